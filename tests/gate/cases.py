"""The cases of the gate: bad and odd input beside what an editor is told of it.

A file of cases holds one family; its name begins with that of the family. Its first lines, up to an
empty one, may give settings (``GATE = {…}``). A case is its title, then between lines with a
single dot what is given and what is expected:

- ``! line:column message``: an error; the text is refused;
- ``? line:column message``: a warning; the text is published;
- ``= …``: the HTML of the body, line by line, where it matters;
- nothing: accepted.

What is given is a body, unless it begins with a head; lines are counted in what stands here
(``头1`` is the first of the head that was put before it). Lines
``=== path`` part several files, and places are then told with their files (``=== link path -> target``,
``=== pipe path``, ``=== folder path``). ``%gbk`` as the first line gives the encoding. Between ‹ and ›
stands what cannot be typed: ``‹U+202E›``, ``‹0xff›``, ``‹500×[›``, ``‹stairs 100×- x›``, ``‹png 4›``.
"""

import ast
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from press import gate
from press.check import Checker, of_data
from press.gate.report import Told
from tests.press.small import picture

HERE = Path(__file__).parent
OWN = "articles/2026/11/a.md"
HEAD = """\
标题: 快递业务量公布
日期: 2026-11-22 09:30
频道: 电商资讯
来源: 掌柜志
作者: 编辑部
标签: 快递, 退货
摘要: 这一篇讲快递业务量。
资料: 国家邮政局 | 公报 | 2026-11-20 | https://www.example.com/
资料: 国家统计局 | 公报 | 2026-11-21 | https://www.example.com/b

"""
WORLD: dict[str, bytes] = {
    "data/channels.toml": "".join(
        f'[[channel]]\nname = "{name}"\naddress = "{address}"\n'
        for name, address in (("电商资讯", "news"), ("法规", "law"), ("卖家学堂", "school"))
    ).encode(),
    "articles/2026/11/other.md": f"{HEAD}另一篇的正文。\n\n## 节\n\n这一节。\n".replace(
        "快递业务量公布", "快递业务量的另一篇"
    ).encode(),
    "pages/about.md": "标题: 关于\n摘要: 本站。\n\n关于本站。\n".encode(),
    "pictures/2026/11/x.png": picture(4),
}
# Where the given is a whole file even if it has no head.
WHOLE = ("encoding", "metadata")
TOKEN = re.compile(r"‹([^‹›]*)›")
ENCODED = re.compile(r"%([a-z0-9-]+)\n")
PART = re.compile(r"^=== (?:(link|pipe|folder) )?(\S+)(?: -> (\S+))?$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One input and what is expected of it."""

    file: str
    title: str
    given: str
    expected: tuple[str, ...]
    settings: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def family(self) -> str:
        """The family of rules it is about."""
        return self.file.partition("-")[0]

    @property
    def name(self) -> str:
        """What it is called in a list of tests."""
        return f"{self.file}: {self.title}"

    @property
    def several(self) -> bool:
        """Whether it gives files by their paths."""
        return self.given.startswith("=== ")

    @property
    def is_body(self) -> bool:
        """Whether it gives only a body, to which a head has to be put."""
        begins = self.given.startswith(("标题", "---", "Title", "title", "%"))
        return not (self.several or self.family in WHOLE or begins)

    @property
    def lines_before(self) -> int:
        """How many lines of the file come before what is given."""
        return HEAD.count("\n") if self.is_body else 0

    def files(self) -> dict[str, bytes | tuple[str, str]]:
        """Return the files that it adds to the world; what is no file as its kind and target."""
        if not self.several:
            return {OWN: encoded(HEAD + self.given if self.is_body else self.given)}
        found: dict[str, bytes | tuple[str, str]] = {}
        pieces = PART.split(self.given)[1:]
        for kind, path, target, content in zip(*[iter(pieces)] * 4, strict=True):
            name = TOKEN.sub(
                lambda token: expanded(token[1]).decode("utf-8", "surrogateescape"), path
            )
            if kind:
                found[name] = (kind, target or "")
            else:
                text = content.removeprefix("\n")
                text = HEAD + text.removeprefix("…\n") if text.startswith("…\n") else text
                found[name] = encoded(text)
        return found


def encoded(text: str) -> bytes:
    """Return the bytes that a case means."""
    encoding = "utf-8"
    if found := ENCODED.match(text):
        encoding, text = found[1], text[found.end() :]
    pieces = TOKEN.split(f"{text}\n")
    return b"".join(
        expanded(piece) if number % 2 else piece.encode(encoding)
        for number, piece in enumerate(pieces)
    )


def expanded(token: str) -> bytes:
    """Return the bytes of what stands between ‹ and ›."""
    if token.startswith("U+"):
        return chr(int(token[2:], 16)).encode("utf-8", "surrogatepass")
    if token.startswith("0x"):
        return bytes.fromhex(token[2:])
    if token.startswith("png "):
        return picture(int(token[4:]))
    count, _, text = token.removeprefix("stairs ").partition("×")
    text = text.replace("\\n", "\n")
    if token.startswith("stairs "):
        return "".join(f"{'  ' * step}{text}\n" for step in range(int(count))).encode()
    return (text * int(count)).encode()


def load() -> list[Case]:
    """Read all files of cases."""
    return [case for path in sorted(HERE.glob("*.md")) for case in of_file(path)]


def of_file(path: Path) -> Iterator[Case]:
    """Read one file of cases."""
    text = path.read_text(encoding="utf-8")
    settings: dict[str, Any] = {}
    if text.startswith("GATE = "):
        given, _, text = text.partition("\n\n")
        settings = ast.literal_eval(given.removeprefix("GATE = "))
    lines = iter(text.split("\n"))
    for title in filter(None, lines):
        opening = next(lines)
        assert opening == ".", f"{path.name}: a dot should follow “{title}”"
        given = "\n".join(iter(lines.__next__, "."))
        expected = tuple(iter(lines.__next__, "."))
        yield Case(path.stem, title, given, expected, settings)


def put(content: Path, files: dict[str, bytes | tuple[str, str]]) -> None:
    """Write files, links and pipes below a folder."""
    for path, what in files.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        match what:
            case bytes():
                file.write_bytes(what)
            case ("link", target):
                file.symlink_to(target)
            case ("pipe", _):
                os.mkfifo(file)
            case ("folder", _):
                file.mkdir()


def settings_of(case: Case) -> dict[str, Any]:
    """Return GATE with the rules of the case's own family only, unless its file wants others."""
    modules = gate.families().items()
    switchable = {
        name: "off"
        for family, module in modules
        if family not in gate.SAFETY and family != case.family
        for kind in ("RULES", "FILE_RULES")
        for name in getattr(module, kind, {})
    }
    return {**case.settings, "levels": switchable | dict(case.settings.get("levels", {}))}


def outcome(case: Case) -> tuple[list[str], str]:
    """Put a case through the gate; return what is told, in the form of ``expected``, and the HTML."""
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        put(content, {**WORLD, **case.files()})
        if wrong := of_data(content):
            return [written(case, one) for one in wrong], ""
        checker = Checker({"PATH": str(content), "GATE": settings_of(case)})
        paths = checker.paths()
        told = {*checker.check(paths), *checker.together(paths)}
        if case.family == "metadata":
            told |= set(checker.compared(paths, paths))
        found = sorted(told)
        html = "" if any(one.level == "error" for one in found) else checker.html(OWN)
        return [written(case, one) for one in found], html


def written(case: Case, told: Told) -> str:
    """Write a finding as a case expects it."""
    sign = "!" if told.level == "error" else "?"
    path = f"{told.path.removeprefix('content/')}:" if case.several else ""
    line: int | str = told.line - case.lines_before
    if told.line <= case.lines_before:
        line = f"头{told.line}"
    message = " ".join(told.message.split("\n"))
    return f"{sign} {path}{line}:{told.column} {message}"


def shown(case: Case) -> list[str]:
    """Return the outcome of a case as far as the case asks for it."""
    found, html = outcome(case)
    if any(line.startswith("=") for line in case.expected):
        found += [f"= {line}" for line in html.splitlines()]
    return found

"""Tell editors what is wrong in their files: where, and what to write instead."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins import _content, _facts, reader
from plugins._limits import OutOfTimeError, too_long, within
from plugins._problem import printable
from plugins._topics import unknown
from press import gate, workers
from press.gate import alike, report
from press.gate.pictures import unused
from press.gate.report import Told
from press.values import located

PATH = "content"


def of_data(content: Path) -> list[Told]:
    """Return what is wrong in content/data."""
    from plugins import _data  # noqa: PLC0415

    return [report.parse(message) for message in _data.load(content)[1]]


class Checker:
    """Checks the files of one site, by its settings."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        reader.register()
        for name in settings.get("PLUGINS") or ():
            import_module(name).register()
        self.settings = settings
        self.root = Path(settings.get("PATH", PATH))
        self.plugins = _facts.active([*(settings.get("PLUGINS") or ()), "plugins.reader"])
        given = {"TIMEZONE": "Asia/Shanghai", **settings, "PATH": str(self.root)}
        self.bound = _facts.bind_all(self.plugins, given)
        self.limits = self.bound["reader"]
        self.by = gate.Reading(
            self.root,
            self.limits.names,
            ZoneInfo(self.limits.TIMEZONE),
            self.limits,
            gate.gate_of(settings.get("GATE")),
        )
        self.ignored = settings.get("IGNORE_FILES", _content.IGNORED)

    def paths(self) -> list[str]:
        """Return all that a build would look at."""
        return list(_content.files(self.root, self.ignored))

    def together(self, paths: Sequence[str]) -> list[Told]:
        """Return what is wrong with all files as seen together, or outside of the known folders."""
        found = _content.of_all(self.root, paths, self.ignored)
        return [
            Told(f"{self.root.name}/{printable(path)}", 1, 1, why, "files") for path, why in found
        ]

    def unused(self, paths: Sequence[str]) -> list[Told]:
        """Return the pictures that nothing on the site shows."""
        root, settings = self.root.name, str(self.settings.get("WECHAT_QR", ""))
        found = [
            (path, why)
            for path, why in unused(self.root, [path for path in paths if path != settings])
            if not _content.misplaced(self.root, path)  # which is told by itself
        ]
        return [
            Told(f"{root}/{printable(path)}", 1, 1, why, "unused-picture", "warning")
            for path, why in found
        ]

    def borrowed(self, paths: Sequence[str]) -> list[Told]:
        """Return where a site of another name still bears that of ours. Cost: O(bytes of all texts)."""
        from plugins.share import MARKED  # noqa: PLC0415  the settings have loaded it

        name = self.settings.get("SITENAME", MARKED)
        if name == MARKED:
            return []
        data = [f"data/{file.name}" for file in sorted((self.root / "data").glob("*.toml"))]
        found = []
        for path in [*(path for path in paths if path.endswith(".md")), *data]:
            text = (self.root / path).read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.split("\n"), 1) if MARKED in text else ():
                if MARKED in line:
                    why = f"这里还写着“{MARKED}”，站名却是“{name}”；请换成自己的，或删去"
                    where = f"{self.root.name}/{printable(path)}", number, line.index(MARKED) + 1
                    found.append(Told(*where, why, "borrowed-name", "warning"))
        return found

    def compared(self, paths: Sequence[str], every: Sequence[str]) -> list[Told]:
        """Return what of these articles stands in another one too: a title, 头条.

        Cost: O(bytes of all articles), the heads of those alone that may be alike.
        """
        articles = [path for path in every if path.startswith("articles/") and path.endswith(".md")]
        chosen = set(paths)
        if not chosen.issuperset(articles):
            marks = self._marks(path for path in articles if path in chosen)
            articles = list(alike.like(self.root, articles, marks))
        marks = [mark for part in workers.share(self._marks, articles) for mark in part]
        now = datetime.now(self.by.zone)
        return [
            Told(f"{self.root.name}/{path}", line, 1, why, rule, "warning")
            for path, line, why, rule in alike.twice(marks, now)
            if path in chosen
        ]

    def _marks(self, paths: Iterable[str], _number: int = 0) -> list[alike.Mark]:
        found = (alike.mark_of(self.root, path, self.by.zone) for path in paths)
        return [mark for mark in found if mark]

    def check(self, paths: Sequence[str]) -> list[Told]:
        """Check files on all cores."""
        return [one for part in workers.share(self._share, paths) for one in part]

    def html(self, path: str) -> str:
        """Return the HTML of a text's lead and body, "" if it is refused."""
        text, _ = gate.read(path, self.by)
        return f"{text.lead}\n{text.html}" if text else ""

    def _share(self, paths: Iterable[str], _number: int) -> list[Told]:
        return [one for path in paths for one in self._one(path)]

    def _one(self, path: str) -> Iterator[Told]:
        if not path.startswith((*(f"{folder}/" for folder in _content.KINDS), "pictures/")):
            return  # data, and what beside() judges
        shown = f"{self.root.name}/{printable(path)}"
        misplaced = _content.misplaced(self.root, path)
        yield from (Told(shown, *problem, "files") for problem in misplaced)
        if misplaced:
            return
        if path.startswith("pictures/"):
            found = gate.examine_file(self.root, path, self.by.gate)
            yield from (Told(shown, *finding) for finding in found)
            return
        told: list[Told] = []
        try:
            with within(self.limits.seconds):
                text, found = gate.read(path, self.by)
                told = [Told(shown, *finding) for finding in found]
                if text is not None:
                    told += [*self._facts(text), *self._topics(shown, text)]
        except OutOfTimeError:
            told.append(Told(shown, 1, 1, too_long(self.limits.seconds), "markup"))
        yield from told

    @cached_property
    def topics(self) -> set[str]:
        """The names of all dossiers that a build would show."""
        paths = [path for path in self.paths() if path.startswith("topics/")]
        heads = [_content.begin(self.root, path, self.by.zone).head for path in paths]
        return {head.title for head in heads if head and head.status != "draft"}

    def _topics(self, shown: str, text: _content.Text) -> Iterator[Told]:
        """Tell of dossiers that are not there; a build hears it when it makes their pages."""
        if "topics" not in self.plugins or text.kind not in {"article", "flash"}:
            return
        for name in text.head.topics:
            if name not in self.topics and text.head.status != "draft":
                line = text.head.lines.get("topic", 1)
                yield Told(shown, line, 1, unknown(name, self.topics), "metadata")

    def _facts(self, text: _content.Text) -> list[Told]:
        """Return what plugins refuse, as a build would hear it."""
        metadata, told = _content.metadata(text), []
        for name, plugin in self.plugins.items():
            if plugin.facts:
                try:
                    _facts.fact_of(plugin, text.html, metadata, self.bound[name])
                except _facts.RefusalError as refusal:
                    told += map(report.parse, refusal.messages)
        return told


def told_of(refusal: _facts.RefusalError) -> list[Told]:
    """Return what is wrong with the settings, each with its line."""
    return [report.parse(located(message)) for message in refusal.messages]


def tell(found: Sequence[Told], count: int, form: str) -> int:
    """Print what was found; return the exit status."""
    if form == "github":
        for one in found:
            print(report.annotation(one))
    elif found:
        print(report.listed(found))
    if found:
        print(f"检查了{count}个文件，{report.summary(found)}", file=sys.stderr)
    else:
        print(f"检查了{count}个文件，没有发现问题。")
    return int(any(one.level == "error" for one in found))


def main(arguments: list[str]) -> int:
    """``python -m press check [FILE…]``: report all problems, file by file; 1 if one is an error."""
    from press.settings import execute, judge  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m press check")
    parser.add_argument("files", nargs="*", type=Path, help="要检查的稿件，默认全部")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), help="设置文件")
    parser.add_argument(
        "--format", choices=["text", "github"], default="text", help="github：工作流的注释"
    )
    options = parser.parse_args(arguments)
    try:
        settings = execute(options.settings)
        judge(settings, options.settings)
    except _facts.RefusalError as refusal:
        return tell(told_of(refusal), 0, options.format)
    root = Path(settings.get("PATH", PATH)).resolve()
    for file in options.files:
        if not file.absolute().is_relative_to(root) or not file.is_file():
            raise SystemExit(f"{file}不是{root.name}/里的文件；不写文件名，就检查全部")
    chosen = [file.absolute().relative_to(root).as_posix() for file in options.files]
    if wrong := of_data(root):
        return tell(wrong, len(chosen), options.format)
    try:
        checker = Checker(settings)
    except _facts.RefusalError as refusal:
        return tell(told_of(refusal), 0, options.format)
    every = checker.paths()
    paths = chosen or every
    shown = {f"{root.name}/{printable(path)}" for path in paths} if chosen else None
    together = checker.together(every)
    found = checker.check(paths) + [one for one in together if not shown or one.path in shown]
    found += checker.compared(paths, every)
    if not chosen:
        found += checker.unused(every) + checker.borrowed(every)
    return tell(sorted(set(found)), len(paths), options.format)

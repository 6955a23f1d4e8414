"""Mend what is safe to mend in the texts, and show it: ``make fix``.

What it mends is what the copy desk (``press/gate/style.py``) finds and knows a repair for, in prose
alone: half-width marks, straight quotes, ellipses, dashes, full-width figures, spaces; and dates in
heads. A rule that is off, or let pass in a text, mends nothing. A repair that would change anything
but the words of the page is not made.
"""

import argparse
import difflib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content, _head
from plugins._dates import parse_date, split_day
from plugins._facts import RefusalError
from plugins._limits import Limits, OutOfTimeError, too_long, within
from press.gate import Gate, Source, gate_of
from press.gate._prose import Edit, prose_of
from press.gate.style import DESK

ROUNDS = 8  # a repair may make room for another, as “. after ” does once the quotes are right

ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?)?")
SECONDS = re.compile(r"\d[:：]\d{1,2}[:：]\d|秒")
OFFSET = re.compile(r"(?:[Zz]|[+-]\d{2}:?\d{2})$")
DAY_TEXT = re.compile(r"[ \t　]*[:：,，]?[ \t　]*")


def repair(text: str, gate: Gate, zone: ZoneInfo) -> str:
    """Return a text (with \\n at the end of lines) as it should be; the same if nothing is wrong."""
    for _ in range(ROUNDS):
        mended = _apply(text, [*_dates(text, zone), *_prose(text, gate)])
        if mended == text:
            break
        text = mended
    return text


def _apply(text: str, edits: list[Edit]) -> str:
    """Make the edits that do not overlap an earlier one."""
    pieces, done = [], 0
    for edit in sorted(edits):
        if edit.start >= done:
            pieces += [text[done : edit.start], edit.text]
            done = edit.end
    return "".join([*pieces, text[done:]])


def _dates(text: str, zone: ZoneInfo) -> Iterator[Edit]:
    """Yield what makes the dates of a head ISO; a value that no date is stays."""
    fields, _, _, _ = _head.split(text)
    begins = [0]
    for field in fields:
        while len(begins) < field.line:
            begins.append(text.find("\n", begins[-1]) + 1)
        at = begins[field.line - 1] + field.column - 1
        if not text.startswith(field.value, at):
            continue  # quoted or folded, as YAML may be
        if field.name in ("date", "modified"):
            iso, rest = _moment(field.value, zone), len(field.value)
        elif field.name in ("point", "correction"):
            iso, rest = _day(field.value)
        else:
            continue
        if iso and iso != field.value[:rest]:
            yield Edit(at, at + rest, iso)


def _moment(value: str, zone: ZoneInfo) -> str:
    """Return a date as ISO, "" if it is that already, or none."""
    if ISO.fullmatch(value):
        return ""
    try:
        moment, timed = parse_date(value, zone)
    except ValueError:
        return ""
    if not timed:
        return f"{moment:%Y-%m-%d}"
    seconds = ":%S" if SECONDS.search(value) or moment.second else ""
    offset = "%z" if OFFSET.search(value) else ""
    return format(moment, f"%Y-%m-%d %H:%M{seconds}{offset}")


def _day(value: str) -> tuple[str, int]:
    """Return the day at the beginning of a line of the head, and how long it is as written."""
    try:
        parts = split_day(value)
    except ValueError:
        return "", 0
    if not parts or not parts[1]:
        return "", 0
    written = len(value) - len(parts[1])
    if ISO.fullmatch(value[:written].rstrip()):
        return "", 0
    return f"{parts[0]} ", written


def _prose(text: str, gate: Gate) -> Iterator[Edit]:
    """Yield what the copy desk would write instead, in the body."""
    _, body, line, _ = _head.split(text)
    prose = prose_of(text, body)
    source = Source("", text, None, body, line, _content.Names(tags={}))
    for name, (rule, _) in DESK.items():
        if gate.levels[name] == "off":
            continue
        for flaw in rule(prose, source, gate):
            edit = prose.edit(flaw)
            if edit and not prose.is_allowed(name, edit.start):
                yield edit


# ---- files ----


class Outcome(NamedTuple):
    """What became of one file."""

    before: str
    after: str
    problem: str  # why it could not be read


def mend(path: Path, gate: Gate, zone: ZoneInfo, *, write: bool) -> Outcome:
    """Mend one file in one step, keeping its encoding, its line ends and its mode."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Outcome("", "", f"1:1: 读不出这个文件（{error.strerror}）：请检查它的权限")
    text, problems = _head.decode(data)
    if problems:
        first = problems[0]
        return Outcome("", "", f"{first.line}:{first.column}: {first.message}")
    seconds = Limits().seconds
    try:
        with within(seconds):
            after = repair(text, gate, zone)
    except OutOfTimeError:
        return Outcome("", "", f"1:1: {too_long(seconds)}")
    if after != text and write:
        try:
            _write(path, _like(data, after))
        except OSError as error:
            return Outcome("", "", f"1:1: 写不进这个文件（{error.strerror}）：请检查权限和磁盘")
    return Outcome(text, after, "")


def _like(data: bytes, text: str) -> bytes:
    """Write a text as the file was: with its byte order mark, each line with its own end."""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    lines = text.encode().split(b"\n")
    was = data.removeprefix(mark).split(b"\n")
    ended = [
        line + b"\r" if old.endswith(b"\r") and not line.endswith(b"\r") else line
        for line, old in zip(lines, was, strict=True)
    ]
    return mark + b"\n".join(ended)


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _diff(shown: str, outcome: Outcome) -> str:
    lines = difflib.unified_diff(
        outcome.before.splitlines(),
        outcome.after.splitlines(),
        shown,
        shown,
        "原来",
        "改后",
        n=0,
        lineterm="",
    )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """``python -m press fix [FILE…]``: mend texts; 1 if one cannot be read."""
    from press.settings import execute  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m press fix")
    parser.add_argument("files", nargs="*", type=Path, help="要改的稿件，默认全部")
    parser.add_argument("--dry-run", action="store_true", help="只看会改什么，不写入")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), help="设置文件")
    options = parser.parse_args(arguments)
    settings: dict[str, Any] = execute(options.settings)
    root = Path(settings.get("PATH", "content"))
    try:
        gate = gate_of(settings.get("GATE"))
    except RefusalError as refusal:
        print(*refusal.messages, sep="\n")
        return 1
    zone = ZoneInfo(settings.get("TIMEZONE", "Asia/Shanghai"))
    inside = root.resolve()
    for file in options.files:
        if not file.absolute().is_relative_to(inside) or not file.is_file():
            raise SystemExit(f"{file}不是{root.name}/里的文件；不写文件名，就改全部")
    chosen = [file.absolute().relative_to(inside).as_posix() for file in options.files]
    ignored = settings.get("IGNORE_FILES", _content.IGNORED)
    paths = chosen or list(_content.files(root, ignored))
    texts = [path for path in paths if path.endswith(".md") and not path.startswith("pictures/")]
    changed = places = unread = 0
    for path in texts:
        shown, file = f"{root.name}/{path}", root / path
        if file.is_symlink():
            continue  # what it leads to is mended where it lies
        outcome = mend(file, gate, zone, write=not options.dry_run)
        if outcome.problem:
            unread += 1
            print(f"{shown}:{outcome.problem}", file=sys.stderr)
        elif outcome.before != outcome.after:
            changed += 1
            diff = _diff(shown, outcome)
            places += diff.count("\n@@")
            print(diff, end="\n\n")
    done = "会改" if options.dry_run else "改了"
    if changed:
        print(f"看了{len(texts)}篇，{done}{changed}篇，共{places}处。", file=sys.stderr)
    else:
        print(f"看了{len(texts)}篇，没有要改的。", file=sys.stderr)
    return int(unread > 0)

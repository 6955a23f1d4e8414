"""Rules about the head of a text. What it cannot do without is in ``plugins/_head.py``."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from plugins import _head
from plugins._content import KINDS
from press.gate import Gate, Place, Rule, Source


def required(source: Source, gate: Gate) -> Iterator[Place]:
    """Miss the fields that the house wants, though a text can be built without them."""
    kind = KINDS[source.path.partition("/")[0]]
    head = source.head
    if head is None or head.status == "draft" or head.withdrawal:
        return
    for name in gate.required.get(kind, ()):
        if name in head.blank:
            yield *head.blank[name], _head.is_blank(name)
        elif name not in head.lines:
            yield 1, 1, f"缺少{_head.called(name)}：请加一行“{_head.example(name)}”"


def folder_of_date(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find a date of another month than the folder's: one of them is a slip."""
    head = source.head
    _, *folder, _ = source.path.split("/")
    if head is None or head.date is None or len(folder) != 2:  # noqa: PLR2004  year and month
        return
    if (right := f"{head.date.year}/{head.date.month:02}") != "/".join(folder):
        what = (
            f"日期在{right}，文件却在{'/'.join(folder)}/：请改日期，或在发布之前把文件移到{right}/"
        )
        yield head.lines.get("date", 1), 1, what


def tag_form(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find tags that are several, or bear the # of social media: they would get addresses."""
    head = source.head
    if head is None or "tags" not in head.lines:
        return
    for tag in head.tags:
        if TWO.search(tag):
            why = "中间有空格，会当成一个标签；几个标签之间请用逗号或顿号"
        elif tag.strip("#＃") != tag:
            why = f"不用“#”；请写“{tag.strip('#＃ ')}”"
        else:
            continue
        line = head.lines["tags"]
        written = source.text.split("\n")[line - 1]
        yield line, max(written.find(tag), 0) + 1, f"标签“{tag}”{why}"


def future_day(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find a correction, withdrawal or change of a day that has come nowhere: a slip, seen by readers.

    Of a text that is not due yet nothing is said.
    """
    head, now = source.head, datetime.now(UTC)
    if head is None or (head.date and head.date > now):
        return
    today = (now + EASTMOST).date().isoformat()
    for item in head.corrections:
        if item.day > today:
            line = _line_of(source, "correction", item.text)
            yield line, 1, f"更正的日子{item.day}还没有到：请写更正的那一天"
    if (item := head.withdrawal) and item.day > today:
        what = f"撤稿写下就生效，不会等到{item.day}：请写今天的日期，或到那天再写"
        yield head.lines["withdrawal"], 1, what
    if head.modified and (day := head.modified.date().isoformat()) > today:
        what = f"修改的日子{day}还没有到：请写改好的那一天"
        yield head.lines["modified"], 1, what


def _line_of(source: Source, name: str, text: str) -> int:
    """Return the line of one of several values of a key: the first that holds its text."""
    first = source.head.lines[name] if source.head else 1
    lines = source.text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if text in line), first)


EASTMOST = timedelta(hours=14)  # ahead of UTC
TWO = re.compile(r"[\u3400-\u9fff]#?\s+#?[\u3400-\u9fff]")
RULES: dict[str, tuple[Rule, str]] = {
    "required": (required, "warning"),
    "tag-form": (tag_form, "warning"),
    "folder-date": (folder_of_date, "warning"),
    "future-day": (future_day, "error"),
}

"""Rules about the head of a text. What it cannot do without is in ``plugins/_head.py``."""

from collections.abc import Iterator

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
    if (right := f"{head.date:%Y/%m}") != "/".join(folder):
        what = (
            f"日期在{right}，文件却在{'/'.join(folder)}/：请改日期，或在发布之前把文件移到{right}/"
        )
        yield head.lines.get("date", 1), 1, what


RULES: dict[str, tuple[Rule, str]] = {
    "required": (required, "warning"),
    "folder-date": (folder_of_date, "warning"),
}

"""What articles are to each other, of which none is wrong alone: the same title, a second 头条."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

from plugins import _content


class Mark(NamedTuple):
    """What of an article's head is compared with others'."""

    path: str  # below content/
    title: str
    channel: str
    leads: bool  # 头条: 是
    weight: int
    date: datetime
    title_line: int
    front_line: int


def mark_of(root: Path, path: str, zone: ZoneInfo) -> Mark | None:
    """Read an article's head; None of a draft, of what was withdrawn, and of what is refused."""
    head = _content.begin(root, path, zone).head
    if head is None or head.status == "draft" or head.withdrawal or head.date is None:
        return None
    leads, lines = head.front == "lead", head.lines
    places = lines.get("title", 1), lines.get("front", 1)
    return Mark(path, head.title, head.channel, leads, head.weight, head.date, *places)


def like(root: Path, paths: Iterable[str], marks: Iterable[Mark]) -> Iterator[str]:
    """Yield the files that may have a title or a 头条 of these. Cost: O(bytes of all)."""
    marks = list(marks)
    wanted = {mark.title for mark in marks} | (
        {"头条", "front"} if any(m.leads for m in marks) else set()
    )
    signs = [text.encode() for text in wanted]
    for path in paths if signs else ():
        content = (root / path).read_bytes()
        if any(sign in content for sign in signs):
            yield path


def twice(marks: Iterable[Mark], now: datetime) -> Iterator[tuple[str, int, str, str]]:
    """Yield path, line, what is twice and the rule: of titles at all but the first of a channel, of
    those marked 头条 at all but the one that the front page shows. Cost: O(marks)."""
    titles: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=attrgetter("date", "path")):
        sounds = "".join(filter(str.isalnum, normalize("NFKC", mark.title).casefold()))
        titles[mark.channel, sounds].append(mark)
    for first, *others in titles.values():
        for mark in others:
            what = f"“{mark.channel}”里已有同题的文章content/{first.path}：读者分不清，请给一篇换个标题"
            yield mark.path, mark.title_line, what, "same-title"
    leads = [mark for found in titles.values() for mark in found if mark.leads and mark.date <= now]
    shown = max(leads, key=attrgetter("weight", "date"), default=None)
    for mark in leads:
        if shown and mark is not shown:
            what = (
                f"头条只登一条，登的是content/{shown.path}：请删去这一行；"
                "要让它排进要闻，请写“头条: 要闻”"
            )
            yield mark.path, mark.front_line, what, "second-lead"

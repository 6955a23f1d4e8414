"""Search the texts as they lie in ``content/``: drafts too, each with the lines where a word stands."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content, _search
from plugins._problem import printable

FIELD = {
    "title": 0,
    "tags": 1,
    "author": 1,
    "editor": 1,
    "proofreader": 1,
    "illustrator": 1,
    "source": 1,
    "summary": 2,
}
LEAD, BODY, SPELT = 2, 3, 4
# Marks of Markdown inside a word, a link's address, a note's number.
MARKUP = re.compile(r"\[\^[^\]]*\]|\[\[\d+\]\]|(?<=\])\([^)]*\)|[*`~=\[\]]+")
MOST = 20  # texts that are shown
LINES = 3  # of each
AROUND = 18  # characters before and behind a word


class Line(NamedTuple):
    """A line of a source."""

    number: int
    field: int
    text: str  # without Markdown's marks


class Found(NamedTuple):
    """A text that holds all words."""

    path: str
    mark: str  # （草稿）, or nothing
    lines: tuple[tuple[Line, int], ...]  # each with the number of words in it
    stands: list[list[bool]]
    date: datetime | None
    spelt: bool


def lines_of(opened: _content.Opened) -> Iterator[Line]:
    """Yield the lines that are searched: title, tags, people, source and summary; the body."""
    written = opened.text.split("\n")
    given = opened.head.lines if opened.head else {}
    for key, number in given.items():
        if key in FIELD and number <= len(written):
            yield Line(number, FIELD[key], re.sub(r"^[^:：]*[:：]", "", written[number - 1]))
    field = BODY if "summary" in given else LEAD
    for number, text in enumerate(opened.body.split("\n"), opened.line):
        if text.strip():
            yield Line(number, field, MARKUP.sub("", text))
        elif field == LEAD and number > opened.line:
            field = BODY


def look(opened: _content.Opened, words: Sequence[str], now: datetime) -> Found | None:
    """Look for words in one text; None if it lacks one of them."""
    lines = [(line, _search.runs(line.text)) for line in lines_of(opened)]
    stands = [[False] * len(_search.FIELDS) for _ in words]
    counts = []
    for line, runs in lines:
        there = [any(word in run for run in runs) for word in words]
        for place, yes in enumerate(there):
            stands[place][line.field] |= yes
        if any(there):
            counts.append((line, sum(there)))
    exact = all(map(any, stands))
    if not exact:
        spelt = [
            sound
            for line, _ in lines
            if line.field < LEAD
            for syllables in _search.spelt(line.text)
            for sound in _search.sounds(syllables)
        ]
        for place, word in enumerate(words):
            if re.fullmatch("[a-z]{2,}", word):
                stands[place][SPELT] = any(word in sound for sound in spelt)
    if not all(map(any, stands)):
        return None
    head = opened.head
    draft = head is not None and head.status == "draft"
    later = head is not None and head.date is not None and head.date > now
    mark = "（草稿）" if draft else "（未到发布时间）" if later else ""
    titled = tuple((line, 0) for line, _ in lines if line.field == 0)
    best = sorted(counts, key=lambda one: (-one[1], one[0].field, one[0].number))[:LINES] or titled
    return Found(opened.path, mark, tuple(best), stands, head.date if head else None, not exact)


def in_order(found: list[Found], words: Sequence[str], texts: int) -> list[Found]:
    """Order texts as the site's own search does."""
    held = [sum(any(one.stands[place][:SPELT]) for one in found) for place in range(len(words))]
    rare = [_search.rarity(texts, count) for count in held]
    newest = max((one.date.year for one in found if one.date), default=0)

    def key(one: Found) -> tuple[bool, float, float, str]:
        age = newest - one.date.year if one.date else newest
        moment = one.date.timestamp() if one.date else 0.0
        return one.spelt, -_search.score(one.stands, rare, min(age, 99)), -moment, one.path

    return sorted(found, key=key)


def cut(text: str, words: Sequence[str], *, coloured: bool) -> str:
    """Return a line around the first word that stands in it, the words marked in a terminal."""
    text = text.strip()
    folded = [_search.units(_search.fold(sign)) for sign in text]
    plain = "".join(folded)
    owner = [place for place, part in enumerate(folded) for _ in part]
    hits = []
    for word in words:
        at = plain.find(word)
        while at >= 0:
            hits.append((owner[at], owner[at + len(word) - 1] + 1))
            at = plain.find(word, at + len(word))
    hits.sort()
    start = max(0, hits[0][0] - AROUND) if hits else 0
    end = min(len(text), (hits[0][1] if hits else 0) + 2 * AROUND)
    shown, done = "…" if start else "", start
    for left, right in hits if coloured else ():
        if done <= left and right <= end:
            shown += f"{text[done:left]}\x1b[1;31m{text[left:right]}\x1b[0m"
            done = right
    return printable_line(shown + text[done:end] + ("…" if end < len(text) else ""))


def printable_line(text: str) -> str:
    """Return a line without what could steer a terminal, but for our own marks."""
    return re.sub(r"[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]", "�", text)


def main(arguments: list[str]) -> int:
    """``python -m press find WORDS``: 1 without a word."""
    from press.settings import execute  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m press find")
    parser.add_argument("query", nargs="*", help="要找的词，几个词都要出现；加“”按原样连着找")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), help="设置文件")
    options = parser.parse_args(arguments)
    words = _search.words(" ".join(options.query))
    if not words:
        raise SystemExit("请写要找的词，如：make find Q=快手")
    settings = execute(options.settings)
    root, zone = (
        Path(settings.get("PATH", "content")),
        ZoneInfo(settings.get("TIMEZONE", "Asia/Shanghai")),
    )
    now, found, texts = datetime.now(zone), [], 0
    for path in _content.files(root, settings.get("IGNORE_FILES", _content.IGNORED)):
        if path.endswith(".md") and not path.startswith("pictures/"):
            opened = _content.begin(root, path, zone)
            if opened.text:
                texts += 1
                if one := look(opened, words, now):
                    found.append(one)
    coloured = sys.stdout.isatty()
    shown = [
        f"{root.name}/{printable(one.path)}:{line.number}: {one.mark}"
        + cut(line.text, words, coloured=coloured)
        for one in in_order(found, words, texts)[:MOST]
        for line, _ in one.lines
    ]
    if shown:
        print("\n".join(shown))
    exact = sum(not one.spelt for one in found)
    told = f"{texts}篇里找到{exact}篇"
    if spelt := len(found) - exact:
        told += f"，另有{spelt}篇的标题或标签拼音相合"
    if len(found) > MOST:
        told += f"；只列了前{MOST}篇，多写一个词可以少找一些"
    print(f"{told}。", file=sys.stderr)
    return 0

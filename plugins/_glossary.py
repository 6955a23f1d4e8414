"""The terms of the glossary, and links to them in a text's HTML.

The glossary is a page of its own; each of its headings of the third level is a term.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content
from plugins._text import anchor_of

HEADING = re.compile(r" {0,3}###(?!#) *(\S.*?)(?: +#+)? *")
SIGNS = ("#", " ", "`", "~")  # with which such a line begins
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
PLAIN = re.compile(r"[^<>&*_`\[\]\\~=!|\"]+")  # of a heading: text that means nothing but itself
# Where no link goes: links themselves, code, headings and captions, marks, words of others.
CLOSED = (
    "a|blockquote|button|caption|code|dt|figcaption|figure|h[2-4]|iframe|kbd|label|math|pre|rt|samp"
    "|small|sub|summary|sup|svg|th|time|video"
)
BLOCK_ENDS = ("</p>", "</li>", "</td>", "</dd>")  # a book title does not reach beyond one
NEAR = 12  # characters around a term in which its words are looked for
LATIN = re.compile(r"[A-Za-z0-9]")


class Term(NamedTuple):
    """A term, and the name of its place in the glossary."""

    name: str
    anchor: str


class Mention(NamedTuple):
    """Where in a text's HTML a term stands for the first time, and its address from the root."""

    start: int
    end: int
    url: str


def terms_of(
    content: Path, page: str, zone: ZoneInfo, now: datetime, *, preview: bool
) -> tuple[Term, ...]:
    """Return the terms of ``pages/<page>.md``, none if it is not published. Cost: O(its length)."""
    path = f"pages/{page}.md"
    if not page or not (content / path).is_file():
        return ()
    opened = _content.begin(content, path, zone)
    head = opened.head
    if head is None or opened.problems:
        return ()
    if not preview and _content.unpublished(head, now):
        return ()
    found: dict[str, Term] = {}
    twice = set()
    for name in headings(opened.body):
        if name in found:
            twice.add(name)
        if PLAIN.fullmatch(name):
            found[name] = Term(name, anchor_of(name))
    return tuple(term for name, term in found.items() if name not in twice)


def headings(body: str) -> Iterator[str]:
    """Yield the headings of the third level, those in fences left out."""
    fence = ""
    for line in body.split("\n"):
        if not line.startswith(SIGNS):
            continue
        if mark := FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence):
                fence = ""
        elif not fence and (heading := HEADING.fullmatch(line)):
            yield " ".join(heading[1].split())


class Found(NamedTuple):
    """A term in running text: where it begins in the HTML, and in the text around it."""

    term: Term
    start: int
    text: str
    place: int


@lru_cache(maxsize=1)
def pattern_of(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Return what finds the terms, the longest first, and elements in which none counts."""
    known = {term.name: term for term in terms}
    names = sorted(known, key=len, reverse=True)
    # Each alternative begins with a sign of its own: so the engine passes over all other signs.
    notes = r'<section [^>]*class="notes".*?</section>'
    closed = rf"<(?P<element>{CLOSED})\b[^>]*>.*?</(?P=element)>"
    return re.compile("|".join([notes, closed, *map(re.escape, names)]), re.DOTALL), known


def candidates(html: str, terms: tuple[Term, ...]) -> Iterator[Found]:
    """Yield each mention of a term in running text, none from within a tag or a book title.

    Cost: O(length of the text), whatever the number of terms: nothing is looked at twice.
    """
    pattern, known = pattern_of(terms)
    tag = opened = closed = -1  # the last <, 《 and 》 so far
    seen = 0
    for found in pattern.finditer(html):
        start, end = found.span()
        if html[start] == "<" or not apart(html, start, end):
            continue
        tag = max(tag, html.rfind("<", seen, start))
        opened = max(opened, html.rfind("《", seen, start))
        closed = max(closed, html.rfind("》", seen, start))
        seen = start
        if opened > closed:  # an open title, if its block goes on
            if any(html.find(sign, opened, start) >= 0 for sign in BLOCK_ENDS):
                opened = -1
            else:
                continue
        text_from = html.find(">", tag, start) + 1 if tag >= 0 else 0
        if tag >= 0 and not text_from:  # within the tag itself
            continue
        text_to = html.find("<", end, end + NEAR)
        begin = max(text_from, start - NEAR)
        text = html[begin : text_to if text_to >= 0 else end + NEAR]
        yield Found(known[found[0]], start, text, start - begin)


def apart(text: str, start: int, end: int) -> bool:
    """Tell whether no Latin letter or digit goes on before or behind a stretch that has one there."""
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (
        (LATIN.match(text[start]) and LATIN.match(before))
        or (LATIN.match(text[end - 1]) and LATIN.match(behind))
    )


def linked(html: str, mentions: Iterable[Mention], root: str) -> str:
    """Return a text's HTML with links from its mentions; its text stays as it is."""
    pieces, end = [], 0
    for mention in mentions:
        pieces.append(html[end : mention.start])
        word = html[mention.start : mention.end]
        pieces.append(f'<a class=term href="{root}/{mention.url}">{word}</a>')
        end = mention.end
    return "".join([*pieces, html[end:]]) if pieces else html

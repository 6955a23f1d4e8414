"""The body that is being converted: its lines, what it may ask for, the problems found in it."""

import re
from hashlib import sha256
from collections.abc import Callable
from xml.etree.ElementTree import Element

from plugins._card import Picture
from plugins._problem import Problem

MAX_BYTES = 1_000_000
MAX_BLOCK = 30_000  # characters without a blank line; a long article has 10,000 in all
MAX_DEPTH = 30
MAX_RUN = 100
MAX_MARKS = 3_000

RUN = re.compile(rf"([\[\](){{}}*_`<>~=!&\\])\1{{{MAX_RUN - 1}}}")
DEEP = re.compile(rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d+\.[ \t])){{{MAX_DEPTH + 1}}}", re.MULTILINE)
MARK = re.compile(r"[\[\](*_`<~=&\\]")
BLANK_LINE = re.compile(r"\n[ \t]*\n")


class Source:
    """One body on its way to HTML. Rows count from 0 at the body's first line."""

    def __init__(
        self,
        text: str,
        *,
        line: int,
        math: bool,
        references: int,
        link: Callable[[str], str | None],
        picture: Callable[[str], Picture | None],
    ) -> None:
        self.lines = text.split("\n")
        self.first = line
        self.math = math
        self.references = references
        self.link = link
        self.picture = picture
        self.problems: list[Problem] = []
        self.abbreviations: dict[str, str] = {}
        self.elements: dict[str, Element] = {}  # what a fence made, by its placeholder
        self.players: list[str] = []  # HTML that goes in behind the wall
        self.codes = 0
        self.comments_end = True  # False: an open comment was found, no use to look again
        self.endless: dict[str, int] = {}  # length of a fence mark without an end, by its sign
        self._searched: dict[str, int] = {}
        # Nobody can type a text that holds a digest of itself.
        self._token = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def report(self, row: int, column: int, message: str) -> None:
        """Note a problem at a place of the body; columns count from 0."""
        self.problems.append(Problem(self.first + row, column + 1, message))

    def report_text(self, message: str, *fragments: str) -> None:
        """Note a problem where the first of the fragments stands that the source holds.

        Each call with the same fragment goes on from the last place, so that the second
        faulty link to one target is shown at the second link.
        """
        for fragment in fragments:
            start = self._searched.get(fragment, 0)
            for row in range(start, len(self.lines)):
                if (column := self.lines[row].find(fragment)) >= 0:
                    self._searched[fragment] = row + 1
                    self.report(row, column, message)
                    return
        self.report(0, 0, message)

    def hold_player(self, html: str) -> str:
        """Keep a video's frame back until the wall is passed; return what stands in its place."""
        self.players.append(html)
        return f"<div>video {self._token} {len(self.players) - 1}</div>"

    def put_players(self, html: str) -> str:
        """Put the held videos in."""
        for number, player in enumerate(self.players):
            html = html.replace(f"<div>video {self._token} {number}</div>", player)
        return html

    def hide(self, first: int, last: int) -> None:
        """Keep ``report_text`` from looking into code and comments."""
        for row in range(first, last + 1):
            self.lines[row] = ""


def refuse_monster(text: str, line: int) -> Problem | None:
    """Refuse what no editor writes and what a Markdown reader would choke on."""
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        return Problem(line, 1, f"正文有{size}字节，最多{MAX_BYTES}字节；请分成几篇")
    if run := RUN.search(text):
        return _at(text, line, run.start(), f"连着{MAX_RUN}个以上的“{run[1]}”，请删去")
    if deep := DEEP.search(text):
        return _at(text, line, deep.start(), f"引用或列表套了{MAX_DEPTH}层以上，请减少")
    start = 0
    for block in BLANK_LINE.split(text):
        place = text.find(block, start)
        start = place + len(block)
        if len(block) > MAX_BLOCK:
            return _at(
                text, line, place, f"这一段有{len(block)}字符，最多{MAX_BLOCK}；请用空行分段"
            )
        if len(block) > MAX_MARKS and len(MARK.findall(block)) > MAX_MARKS:
            return _at(text, line, place, f"这一段的标记符号多于{MAX_MARKS}个，请用空行分段")
    return None


def _at(text: str, line: int, place: int, message: str) -> Problem:
    row_start = text.rfind("\n", 0, place) + 1
    return Problem(line + text.count("\n", 0, place), place - row_start + 1, message)

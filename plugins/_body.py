"""The body that is being converted: its lines, what it may ask for, the problems found in it."""

import re
from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from xml.etree.ElementTree import Element

from plugins._card import Picture
from plugins._limits import Limits
from plugins._problem import Problem, limited

LONG = re.compile(r"“([^”]{60})[^”]+”")  # what was typed, in a message
HELD = re.compile("<div>plain ([0-9a-f]{16}) ([0-9]+)</div>")


def no_data(name: str) -> str:
    """Say that there is no file of numbers, where nobody gives any."""
    raise ValueError(f"找不到数据文件“{name}”")


class Source:
    """One body on its way to HTML. Rows count from 0 at the body's first line."""

    def __init__(  # noqa: PLR0913  what a body may ask for
        self,
        text: str,
        *,
        line: int,
        math: bool,
        references: int,
        link: Callable[[str], str | None],
        picture: Callable[[str], Picture | None],
        near: Callable[[str], str] = str,
        data: Callable[[str], str] = no_data,
        limits: Limits = Limits(),  # noqa: B008  frozen
        quick: bool = True,
    ) -> None:
        self.lines = text.split("\n")
        self.first = line
        self.math = math
        self.references = references
        self.link = link
        self.picture = picture
        self.near = near  # the picture that was meant by one that is not there, "" or the same
        self.data = data  # the text of a file of content/data; ValueError says why there is none
        self.limits = limits
        self.quick = quick  # whether plain blocks may pass Markdown by, as all but tests want
        self.problems: list[Problem] = []
        self.abbreviations: dict[str, str] = {}
        self.elements: dict[str, Element] = {}  # what a fence made, by its placeholder
        self.notes_marked = False  # whether a footnote may be marked anywhere
        self.players: list[str] = []  # HTML that goes in behind the wall: videos, charts
        self.plain: list[str] = []  # HTML that needs no wall
        self.hrefs: list[str] = []  # addresses elsewhere, as they were typed
        self.codes = 0
        self.coloured = 0  # characters of code
        self.comments_end = True  # False: an open comment was found, no use to look again
        self.endless: dict[str, int] = {}  # length of a fence mark without an end, by its sign
        self._searched: dict[str, tuple[int, int]] = {}
        self._text = text

    def report(self, row: int, column: int, message: str) -> None:
        """Note a problem at a place of the body; columns count from 0."""
        message = LONG.sub("“\\1……”", message.replace("\n", " "))
        self.problems.append(Problem(self.first + row, column + 1, message))

    def told(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the lines; of very many the first."""
        return tuple(limited(self.problems))

    def report_text(self, message: str, *fragments: str) -> None:
        """Note a problem where the first of the fragments stands that the source holds.

        Each call with the same fragment goes on from the last place, so that the second
        faulty link to one target is shown at the second link.
        """
        for fragment in fragments:
            row, column = self._searched.get(fragment, (0, 0))
            while row < len(self.lines):
                if (column := self.lines[row].find(fragment, column)) >= 0:
                    self._searched[fragment] = (row, column + 1)
                    self.report(row, column, message)
                    return
                row, column = row + 1, 0
            self._searched[fragment] = (row, 0)
        self.report(0, 0, message)

    @cached_property
    def _token(self) -> str:
        # Nobody can type a text that holds a digest of itself.
        return sha256(self._text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def hold_player(self, html: str) -> str:
        """Keep a video's frame or a chart back until the wall is passed; return what stands for it."""
        self.players.append(html)
        return f"<div>video {self._token} {len(self.players) - 1}</div>"

    def put_players(self, html: str) -> str:
        """Put the held videos and charts in."""
        for number, player in enumerate(self.players):
            html = html.replace(f"<div>video {self._token} {number}</div>", player)
        return html

    def hold_plain(self, html: str) -> str:
        """Keep the HTML of plain blocks from Markdown and the wall; return what stands for it."""
        self.plain.append(html)
        return f"<div>plain {self._token} {len(self.plain) - 1}</div>"

    def put_plain(self, html: str) -> str:
        """Put the HTML of plain blocks in."""
        if not self.plain:
            return html
        return HELD.sub(lambda m: self.plain[int(m[2])] if m[1] == self._token else m[0], html)

    def hide(self, first: int, last: int) -> None:
        """Keep ``report_text`` from looking into code and comments."""
        for row in range(first, last + 1):
            self.lines[row] = ""


def refuse_size(text: str, line: int, limits: Limits) -> Problem | None:
    """Refuse what is no article by its size alone."""
    # A character has four bytes at most: few texts need be counted exactly.
    size = len(text) * 4
    if size > limits.bytes:
        size = len(text.encode("utf-8", "surrogatepass"))
    if size > limits.bytes:
        return Problem(line, 1, f"正文有{size}字节，最多{limits.bytes}字节；请分成几篇")
    if (lines := text.count("\n") + 1) > limits.lines:
        return Problem(line, 1, f"正文有{lines}行，最多{limits.lines}行；请分成几篇")
    return None

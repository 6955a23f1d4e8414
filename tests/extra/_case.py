"""What a stranger's tool is to find on a page, and how near it comes.

The truth is read off the page as a reader sees it: heading, first time, byline, picture, text.
"""

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html

SPACE = re.compile(r"\s+")
SIGNS = re.compile(r"[\W_]+")  # punctuation, blanks, and the lines of tables drawn as text
NEAR = 0.98  # what of a text has to be found, and how much of what is found has to be text
SHOWN = 3  # faults that a row tells


@dataclass
class Row:
    """One thing that a judge looked at, on how many pages, and where it was wrong."""

    what: str
    of: int = 0
    faults: list[str] = field(default_factory=list)
    note: str = ""  # such as the worst value
    known: str = ""  # why it cannot be right on all pages; when it is, this has to go

    def look(self, where: str, found: Any, expected: Any) -> None:
        """Compare what was found on a page with what is there."""
        self.of += 1
        if found != expected:
            self.faults.append(f"{where}：{found!r}，应为{expected!r}")

    def tell(self) -> None:
        """Hand the row to whoever started the judge."""
        print(json.dumps(vars(self), ensure_ascii=False), flush=True)


def plain(text: str | None) -> str:
    """Return a text without blanks."""
    return SPACE.sub("", text or "")


def day(moment: Any) -> str:
    """Return the day of a moment, whatever it is told as."""
    return str(moment or "")[:10]


class Story:
    """One article or flash item of a built site."""

    def __init__(self, path: str, source: str, siteurl: str) -> None:
        self.path = path
        self.source = source
        self.url = f"{siteurl}/{path.removesuffix('index.html')}"
        self.siteurl = siteurl
        self.tree = html.document_fromstring(source)

    def of_class(self, name: str) -> list[Any]:
        """Return the elements of a class."""
        return self.tree.xpath(
            f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        )

    @cached_property
    def site(self) -> str:
        """The name of the site."""
        return self.tree.xpath("string(//meta[@property='og:site_name']/@content)")

    @cached_property
    def title(self) -> str:
        """Its heading."""
        return plain(self.tree.xpath("string(//h1)"))

    @cached_property
    def day(self) -> str:
        """When it was published."""
        time = next(self.of_class("byline")[0].iter("time"))
        return (time.get("datetime") or time.text)[:10]

    @cached_property
    def authors(self) -> list[str]:
        """Who signs; the site where nobody does."""
        for item in self.of_class("byline")[0]:
            if plain(item.text_content()).startswith("作者："):
                return [plain(link.text_content()) for link in item.iter("a")]
        return [self.site]

    @cached_property
    def picture(self) -> str:
        """The picture that it shares, else the one at its head, else "": none."""
        shared = self.tree.xpath("string(//meta[@property='og:image']/@content)")
        if shared:
            return shared
        for shown in self.tree.xpath("//*[@class='story__picture']//img/@src"):
            return urljoin(self.url, shown)
        return ""

    @cached_property
    def text(self) -> str:
        """What has to be found: lead and body, without the captions of its pictures."""
        parts = [*self.of_class("lead"), *self.of_class("story__body")]
        return "".join(
            text for part in parts for text in part.xpath(".//text()[not(ancestor::figure)]")
        )

    @cached_property
    def whole(self) -> str:
        """What may be found besides: heading and byline, corrections and sources of the text."""
        names = "byline", "corrections", "references", "story__body"  # with captions
        apart = [part for name in names for part in self.of_class(name)]
        return self.title + self.text + "".join(part.text_content() for part in apart)


def stories(site: Path, siteurl: str) -> Iterator[Story]:
    """Yield every article and flash item of a built site."""
    for path in sorted(site.rglob("index.html")):
        source = path.read_text(encoding="utf-8")
        if 'property=og:type content="article"' in source:
            yield Story(path.relative_to(site).as_posix(), source, siteurl)


def pairs(text: str) -> Counter[str]:
    """Count neighbouring characters, without what only separates them."""
    bare = SIGNS.sub("", text)
    return Counter(map("".join, itertools.pairwise(bare)))


def recall(found: str, expected: str) -> float:
    """Return which part of a text was found, by its pairs of characters.

    >>> recall("甲乙丙", "甲乙丙丁戊")
    0.5
    """
    wanted = pairs(expected)
    return (wanted & pairs(found)).total() / max(1, wanted.total())


class Extraction:
    """The rows of a tool that finds title, day, author, picture and text of articles."""

    def __init__(
        self, *things: str, text_of: Callable[[Story], str] = lambda story: story.text
    ) -> None:
        self.text_of = text_of  # what has to be found of a text
        names = {
            "title": "标题",
            "day": "日期",
            "authors": "作者",
            "picture": "图片",
            "text": "正文查全",
        }
        self.rows = {thing: Row(names[thing]) for thing in things}
        self.exact = Row("正文查准")
        self.worst = {"text": 1.0, "exact": 1.0}

    def look(self, story: Story, **found: Any) -> None:
        """Compare what was found on one page."""
        for thing, value in found.items():
            if thing == "text":
                self._text(story, value or "")
            else:
                self.rows[thing].look(story.path, value, getattr(story, thing))

    def _text(self, story: Story, found: str) -> None:
        values = {"text": recall(found, self.text_of(story)), "exact": recall(story.whole, found)}
        for row, (name, value) in zip((self.rows["text"], self.exact), values.items(), strict=True):
            self.worst[name] = min(self.worst[name], value)
            row.of += 1
            row.note = f"最低{self.worst[name]:.3f}"
            if value < NEAR:
                row.faults.append(f"{story.path}：{value:.3f}")

    def tell(self) -> None:
        """Hand the rows over."""
        for row in self.rows.values():
            row.tell()
        if self.exact.of:
            self.exact.tell()


def run(judge: Callable[[Path, str], Iterable[Row] | None]) -> None:
    """Let a judge look at the site that the command names: ``python -m tests.extra.NAME SITE SITEURL``."""
    import sys

    for row in judge(Path(sys.argv[1]), sys.argv[2]) or ():
        row.tell()

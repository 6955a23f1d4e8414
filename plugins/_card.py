"""What one article may know of another: its card, and nothing of its body.

Lists, feeds, neighbours and related articles are functions of cards, so that a build
need not open a body again to draw a list.
"""

from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup


class Link(NamedTuple):
    """A name and its address from the site's root, without a leading slash ("tag/kuai-shou/")."""

    name: str
    url: str


class Credit(NamedTuple):
    """Who did what: a role of the byline (作者, 责编, 校对, 图) and the person or desk."""

    role: str
    name: str
    url: str


class Point(NamedTuple):
    """One dated point of a dossier's timeline, given by a member article as 节点."""

    day: str
    text: str


class Correction(NamedTuple):
    """What was corrected (更正), or why a text was withdrawn (撤稿), and on which day."""

    day: str  # "2026-11-23"
    text: str


# CSS pixels of a thumbnail, a phone, a column, a wide screen.
WIDTHS = (240, 390, COLUMN := 780, 1280)
ZOOM = 2560  # what a tap on a picture shows


PLATE = (960, 540)  # pixels of a lead picture that is drawn of the text's own chart
PLATE_NAMES = ("图表", "chart")  # how a head asks for it
PLATE_FILE = "chart.svg"  # beside the text that it is of


class Picture(NamedTuple):
    """A picture of the site: its address, its size in CSS pixels, a text for who cannot see it."""

    url: str
    width: int
    height: int
    alt: str
    key: str = ""  # in the names of its renditions (plugins._renditions), "" if it has none

    @property
    def is_plate(self) -> bool:
        """Whether it was drawn of a chart that the text itself shows."""
        return self.url.endswith(f"/{PLATE_FILE}") and not self.url.startswith("pictures/")

    @property
    def widths(self) -> list[int]:
        """The widths in which it is shown: never more than it has itself."""
        return sorted({min(width, self.width) for width in WIDTHS})

    def rendition(self, width: int, form: str) -> str:
        """Return the address of one rendition; its digest says of which picture."""
        return f"{self.url}.{self.key}-{width}.{form}"

    def srcset(self, form: str, root: str = "") -> str:
        """Return the value of ``srcset``: all renditions of one form, with their widths."""
        return ", ".join(f"{root}{self.rendition(w, form)} {w}w" for w in self.widths)

    @property
    def src(self) -> str:
        """What a browser shows that chooses none of the renditions."""
        return self.rendition(min(COLUMN, self.width), "jpg") if self.key else self.url

    @property
    def large(self) -> str:
        """What a tap on the picture shows, "" if a page shows all of it already."""
        if not self.key or self.width <= COLUMN:
            return ""
        return self.rendition(min(ZOOM, self.width), "jpg")

    @property
    def renditions(self) -> list[str]:
        """The addresses of all its renditions."""
        if not self.key:
            return []
        found = [self.rendition(w, form) for w in self.widths for form in ("avif", "jpg")]
        return [*dict.fromkeys([*found, *filter(None, [self.large])])]


class Heading(NamedTuple):
    """A heading of the body, for the list of contents."""

    level: int
    id: str
    text: str


class Card(NamedTuple):
    """One article, flash item, dossier or page, as lists see it."""

    path: str  # source below content/: "articles/2026/11/x.md"
    kind: str  # "article", "flash", "topic", "page" or "withdrawn"
    url: str  # from the site's root: "2026/11/x/"
    title: str
    headline: Markup  # the title, with places where a line of a list may break
    date: datetime  # aware, Asia/Shanghai unless the author said otherwise
    timed: bool  # False: the author gave a day only
    modified: datetime | None
    channel: Link | None
    tags: tuple[Link, ...]
    credits: tuple[Credit, ...]
    topics: tuple[str, ...]  # names of the dossiers it belongs to
    points: tuple[Point, ...]
    series: str
    summary: str  # plain text: the one string for lists, description, feeds and sharing
    keywords: tuple[tuple[str, float], ...]  # (word, weight), heaviest first
    picture: Picture | None
    minutes: tuple[int, int]  # a fast and a slow reader's
    front: str  # "lead" (头条), "second" (要闻) or ""
    pinned: bool  # stays at the head of its channel
    weight: int  # orders equals on the front page, larger first
    digest: str  # of source text, of what it shows on a page
    corrections: tuple[Correction, ...] = ()  # newest first
    withdrawal: Correction | None = None  # of a withdrawn text, which says nothing else of itself
    aliases: tuple[str, ...] = ()  # addresses it had elsewhere (旧网址)
    share: bool = False  # asks for images of its own (分享图), however old it is
    mark: str = ""  # tells the text from any other whatever its address (_ledger.mark_of)


class Subject(NamedTuple):
    """What a list is about: a channel, tag, author, dossier; with its own words and feed."""

    name: str
    url: str
    about: str = ""
    feed: str = ""  # address of its Atom feed, or "" where it has none


class Body(NamedTuple):
    """The text of one article, for the few pages that show it whole: its own, feeds, dossiers."""

    lead: str  # inline HTML of the lead
    html: str
    source: str = ""  # name of the medium that it comes from


class Pager(NamedTuple):
    """Where a list page stands: addresses of its neighbours, None at an end."""

    newer: str | None
    older: str | None
    number: int | None  # None on the first page

"""Tell search engines what there is and when it truly changed.

Adds ``sitemap.xml`` (an index of one file a month, so that a new article changes one small file),
the news sitemap of the last 48 hours before BUILD_NOW, ``urls.txt`` for Baidu and ``robots.txt``.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from xml.etree import ElementTree as Tree

from plugins import _facts
from plugins._card import Card
from plugins._urls import absolute
from plugins._xml import document

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
UNDATED = 1970  # the year that the reader gives a page without a date
NEWS_AGE = timedelta(hours=48)  # Google's rule for news sitemaps


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``SITEMAP`` in pelicanconf.py."""

    limit: int = 50_000  # addresses in urls.txt, the newest
    SITENAME: str
    SITEURL: str
    BUILD_NOW: datetime


def changed(card: Card) -> datetime | None:
    """Return when a text last changed, None for a page that does not say."""
    moment = card.modified or card.date
    return moment if moment.year > UNDATED else None


def part(cards: list[Card], siteurl: str) -> str:
    """Write the sitemap of some texts."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP})
    for card in cards:
        url = Tree.SubElement(root, "url")
        Tree.SubElement(url, "loc").text = absolute(siteurl, card.url)
        if moment := changed(card):
            Tree.SubElement(url, "lastmod").text = moment.isoformat()
    return document(root)


def news(cards: list[Card], siteurl: str, sitename: str) -> str:
    """Write the news sitemap: what is not older than two days."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for card in cards:
        url = Tree.SubElement(root, "url")
        Tree.SubElement(url, "loc").text = absolute(siteurl, card.url)
        item = Tree.SubElement(url, "news:news")
        publication = Tree.SubElement(item, "news:publication")
        Tree.SubElement(publication, "news:name").text = sitename
        Tree.SubElement(publication, "news:language").text = "zh-cn"
        Tree.SubElement(item, "news:publication_date").text = card.date.isoformat()
        Tree.SubElement(item, "news:title").text = card.title
    return document(root)


def index(parts: list[tuple[str, datetime | None]], siteurl: str) -> str:
    """Write the list of the parts, each with the time of its last change."""
    root = Tree.Element("sitemapindex", {"xmlns": SITEMAP})
    for name, moment in parts:
        node = Tree.SubElement(root, "sitemap")
        Tree.SubElement(node, "loc").text = absolute(siteurl, f"sitemaps/{name}.xml")
        if moment:
            Tree.SubElement(node, "lastmod").text = moment.isoformat()
    return document(root)


def newest(cards: tuple[Card, ...], now: datetime) -> list[Card]:
    """Return what belongs into the news sitemap."""
    recent = takewhile(lambda card: card.date >= now - NEWS_AGE, cards)
    return [card for card in recent if card.kind in {"article", "flash"}]


def until(cards: tuple[Card, ...], settings: Settings) -> datetime:
    """Return when the oldest of the news grows too old; without news, a day without end."""
    news = newest(cards, settings.BUILD_NOW)
    return news[-1].date + NEWS_AGE if news else datetime.max.replace(tzinfo=UTC)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File | _facts.Drawn]:
    """Write all parts, their index and the two plain lists. Cost: O(articles)."""
    months: dict[tuple[int, int] | None, list[Card]] = defaultdict(list)
    cards = tuple(card for card in cards if card.kind != "withdrawn")
    for card in cards:
        dated = card.kind in {"article", "flash"}
        months[(card.date.year, card.date.month) if dated else None].append(card)
    siteurl, parts = settings.SITEURL, []
    for month, members in months.items():
        name = "{:04}-{:02}".format(*month) if month else "pages"
        yield _facts.Drawn(f"sitemaps/{name}.xml", part, {"cards": members, "siteurl": siteurl})
        parts.append((name, max(filter(None, map(changed, members)), default=None)))
    yield _facts.Drawn("sitemap.xml", index, {"parts": sorted(parts), "siteurl": siteurl})
    recent = newest(cards, settings.BUILD_NOW)
    site = {"siteurl": siteurl, "sitename": settings.SITENAME}
    yield _facts.Drawn("sitemaps/news.xml", news, {"cards": recent, **site})
    root = absolute(siteurl, "")
    listed = [f"{root}{card.url}\n" for card in cards[: settings.limit]]
    yield _facts.File("urls.txt", "".join(listed))
    sitemaps = "".join(
        f"Sitemap: {absolute(siteurl, name)}\n" for name in ("sitemap.xml", "sitemaps/news.xml")
    )
    yield _facts.File("robots.txt", f"User-agent: *\nAllow: /\n\n{sitemaps}")


def register() -> None:
    """Join the run."""
    _facts.register("sitemap", settings=Settings, pages=pages, until=until)

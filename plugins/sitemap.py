"""Tell search engines what there is and when it truly changed.

Adds ``sitemap.xml`` (an index of one file a month, so that a new article changes one small file),
the news sitemap of the last 48 hours before BUILD_NOW, ``urls.txt`` for Baidu and ``robots.txt``.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from xml.etree import ElementTree as Tree

from plugins import _facts
from plugins._card import Card
from plugins._urls import absolute

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


def document(root: Tree.Element) -> str:
    """Return an XML document as text."""
    Tree.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Tree.tostring(root, encoding="unicode")}\n'


def part(cards: list[Card], settings: Settings) -> str:
    """Write the sitemap of some texts."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP})
    for card in cards:
        url = Tree.SubElement(root, "url")
        Tree.SubElement(url, "loc").text = absolute(settings.SITEURL, card.url)
        if moment := changed(card):
            Tree.SubElement(url, "lastmod").text = moment.isoformat()
    return document(root)


def news(cards: list[Card], settings: Settings) -> str:
    """Write the news sitemap: what is not older than two days."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for card in cards:
        url = Tree.SubElement(root, "url")
        Tree.SubElement(url, "loc").text = absolute(settings.SITEURL, card.url)
        item = Tree.SubElement(url, "news:news")
        publication = Tree.SubElement(item, "news:publication")
        Tree.SubElement(publication, "news:name").text = settings.SITENAME
        Tree.SubElement(publication, "news:language").text = "zh-cn"
        Tree.SubElement(item, "news:publication_date").text = card.date.isoformat()
        Tree.SubElement(item, "news:title").text = card.title
    return document(root)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File]:
    """Write all parts, their index and the two plain lists."""
    months: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        dated = card.kind in {"article", "flash"}
        months[f"{card.date:%Y-%m}" if dated else "pages"].append(card)
    index = Tree.Element("sitemapindex", {"xmlns": SITEMAP})
    for name, members in sorted(months.items()):
        yield _facts.File(f"sitemaps/{name}.xml", part(members, settings))
        node = Tree.SubElement(index, "sitemap")
        Tree.SubElement(node, "loc").text = absolute(settings.SITEURL, f"sitemaps/{name}.xml")
        if moments := [moment for moment in map(changed, members) if moment]:
            Tree.SubElement(node, "lastmod").text = max(moments).isoformat()
    yield _facts.File("sitemap.xml", document(index))
    oldest = settings.BUILD_NOW - NEWS_AGE
    recent = [card for card in cards if card.kind in {"article", "flash"} and card.date >= oldest]
    yield _facts.File("sitemaps/news.xml", news(recent, settings))
    listed = [absolute(settings.SITEURL, card.url) for card in cards][: settings.limit]
    yield _facts.File("urls.txt", "".join(f"{url}\n" for url in listed))
    sitemaps = "".join(
        f"Sitemap: {absolute(settings.SITEURL, name)}\n"
        for name in ("sitemap.xml", "sitemaps/news.xml")
    )
    yield _facts.File("robots.txt", f"User-agent: *\nAllow: /\n\n{sitemaps}")


def register() -> None:
    """Join Pelican's run."""
    _facts.register("sitemap", settings=Settings, pages=pages)

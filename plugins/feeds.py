"""Write feeds with the full text: Atom 1.0 (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Adds ``/feeds/atom.xml``, ``rss.xml`` and ``feed.json`` for the site, and an Atom feed for the flash
news and for each channel, author and dossier. A feed's time is its newest entry's, never the
clock's. Settings: ``FEEDS``, see :class:`Settings`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

from plugins import _data, _facts
from plugins._card import Body, Card
from plugins._text import without_drawings
from plugins._topics import members_of
from plugins._urls import absolute, absolute_links
from plugins._xml import document

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # what an empty site's feed says of its last change


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``FEEDS`` in pelicanconf.py."""

    limit: int = 20
    SITENAME: str
    SITEURL: str
    SITESUBTITLE: str = ""
    CHANNELS: tuple[_data.Channel, ...] = ()


class Site(NamedTuple):
    """Whose feeds they are."""

    name: str
    url: str


class Entry(NamedTuple):
    """One article as every kind of feed needs it."""

    card: Card
    body: Body
    site: Site

    @property
    def link(self) -> str:
        """The web address of the article."""
        return absolute(self.site.url, self.card.url)

    @property
    def id(self) -> str:
        """A name that outlives a change of protocol or title (RFC 4151)."""
        host = urlsplit(self.site.url).hostname
        return f"tag:{host},{self.card.date:%Y-%m-%d}:/{self.card.url}"

    @property
    def authors(self) -> list[tuple[str, str]]:
        """Name and web address of who signs; of the site where nobody does."""
        return [
            (credit.name, absolute(self.site.url, credit.url))
            for credit in self.card.credits
            if credit.role == "作者"
        ] or [(self.site.name, absolute(self.site.url, ""))]

    @property
    def updated(self) -> datetime:
        """When the text last changed."""
        return self.card.modified or self.card.date


class Feed(NamedTuple):
    """A feed before it takes a form."""

    site: Site
    url: str
    title: str
    page: str
    about: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest of its texts changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


@lru_cache(maxsize=256)  # an article stands in several feeds
def whole_text(body: Body, link: str) -> str:
    """Return lead and body with links that lead from anywhere, and charts as tables."""
    return absolute_links(f"<p>{body.lead}</p>{without_drawings(body.html)}", link)


def feeds(cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies) -> Iterator[Feed]:
    """Yield the site's feed and every other one that has an entry. Cost: O(articles × channels)."""
    articles = [card for card in cards if card.kind in {"article", "flash"}]
    site = Site(settings.SITENAME, settings.SITEURL)

    def feed(url: str, name: str, page: str, about: str, members: Iterable[Card]) -> Iterator[Feed]:
        newest = islice(members, settings.limit)
        entries = tuple(Entry(card, bodies(card.path), site) for card in newest)
        title = f"{name}-{site.name}" if name else site.name
        if entries or not name:
            yield Feed(site, url, title, page, about, entries)

    yield from feed("feeds/", "", "", settings.SITESUBTITLE, articles)
    flash = (card for card in articles if card.kind == "flash")
    yield from feed("feeds/flash/", "快讯", "flash/", "", flash)
    upper = {item.name: item.parent for item in settings.CHANNELS}
    for channel in settings.CHANNELS:
        members = (
            card
            for card in articles
            if card.channel and channel.name in {card.channel.name, upper.get(card.channel.name)}
        )
        url = f"channel/{channel.address}/"
        yield from feed(f"feeds/{url}", channel.name, url, channel.about, members)
    authors: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in articles:
        for credit in card.credits:
            members = authors[credit.url, credit.name]
            if not members or members[-1] is not card:  # who wrote and drew stands there once
                members.append(card)
    for (url, name), of_author in sorted(authors.items()):
        yield from feed(f"feeds/{url}", name, url, "", of_author)
    topics = {card.title: card for card in cards if card.kind == "topic"}
    for name, members_of_topic in sorted(members_of(cards).items()):
        if topic := topics.get(name):
            yield from feed(f"feeds/{topic.url}", name, topic.url, topic.summary, members_of_topic)


def add(parent: Tree.Element, name: str, text: str = "", **attributes: str) -> Tree.Element:
    """Append a child with text and attributes."""
    child = Tree.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def atom(feed: Feed) -> str:
    """Write a feed as Atom."""
    root = Tree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    add(root, "title", feed.title)
    if feed.about:
        add(root, "subtitle", feed.about)
    add(root, "id", absolute(feed.site.url, feed.page))
    add(root, "link", rel="alternate", type="text/html", href=absolute(feed.site.url, feed.page))
    own = absolute(feed.site.url, f"{feed.url}atom.xml")
    add(root, "link", rel="self", type="application/atom+xml", href=own)
    add(root, "updated", feed.updated.isoformat())
    for item in feed.entries:
        node = add(root, "entry")
        add(node, "title", item.card.title)
        add(node, "id", item.id)
        add(node, "link", rel="alternate", type="text/html", href=item.link)
        add(node, "published", item.card.date.isoformat())
        add(node, "updated", item.updated.isoformat())
        for name, url in item.authors:
            author = add(node, "author")
            add(author, "name", name)
            add(author, "uri", url)
        if item.card.channel:
            add(node, "category", term=item.card.channel.name)
        for tag in item.card.tags:
            add(node, "category", term=tag.name)
        add(node, "summary", item.card.summary)
        add(node, "content", whole_text(item.body, item.link), type="html")
    return document(root)


def rss(feed: Feed) -> str:
    """Write a feed as RSS."""
    from email.utils import format_datetime  # noqa: PLC0415  most builds write no feed

    names = {"xmlns:content": CONTENT, "xmlns:dc": CREATOR, "xmlns:atom": ATOM}
    root = Tree.Element("rss", {"version": "2.0", **names})
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", absolute(feed.site.url, feed.page))
    add(channel, "description", feed.about or feed.title)
    add(channel, "language", "zh-cn")
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    own = absolute(feed.site.url, f"{feed.url}rss.xml")
    add(channel, "atom:link", rel="self", type="application/rss+xml", href=own)
    for item in feed.entries:
        node = add(channel, "item")
        add(node, "title", item.card.title)
        add(node, "link", item.link)
        add(node, "guid", item.id, isPermaLink="false")
        add(node, "pubDate", format_datetime(item.card.date))
        for name, _ in item.authors:
            add(node, "dc:creator", name)
        if item.card.channel:
            add(node, "category", item.card.channel.name)
        for tag in item.card.tags:
            add(node, "category", tag.name)
        add(node, "description", item.card.summary)
        add(node, "content:encoded", whole_text(item.body, item.link))
    return document(root)


def json_feed(feed: Feed) -> str:
    """Write a feed as JSON Feed."""
    items = [
        {
            "id": item.id,
            "url": item.link,
            "title": item.card.title,
            "summary": item.card.summary,
            "content_html": whole_text(item.body, item.link),
            "date_published": item.card.date.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [{"name": name, "url": url} for name, url in item.authors],
            "tags": [tag.name for tag in item.card.tags],
            "language": "zh-CN",
        }
        for item in feed.entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(feed.site.url, feed.page),
        "feed_url": absolute(feed.site.url, f"{feed.url}feed.json"),
        "description": feed.about,
        "language": "zh-CN",
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.Drawn]:
    """Write every feed as Atom, and the site's in all three forms."""
    for feed in feeds(cards, settings, bodies):
        yield _facts.Drawn(f"{feed.url}atom.xml", atom, {"feed": feed})
        if feed.url == "feeds/":
            yield _facts.Drawn("feeds/rss.xml", rss, {"feed": feed})
            yield _facts.Drawn("feeds/feed.json", json_feed, {"feed": feed})


def register() -> None:
    """Join the run."""
    _facts.register("feeds", settings=Settings, pages=pages, forget=whole_text.cache_clear)

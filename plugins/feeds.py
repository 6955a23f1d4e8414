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
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

from plugins import _data, _facts
from plugins._card import Card
from plugins._topics import members_of
from plugins._urls import absolute, absolute_links

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


@dataclass(frozen=True)
class Entry:
    """One article as every kind of feed needs it."""

    card: Card
    id: str
    link: str
    html: str
    authors: tuple[tuple[str, str], ...]  # name and web address; the site where nobody signs

    @property
    def updated(self) -> datetime:
        """When the text last changed."""
        return self.card.modified or self.card.date


@dataclass(frozen=True)
class Feed:
    """A feed before it takes a form."""

    url: str
    title: str
    page: str
    about: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest of its texts changed."""
        return max((entry.updated for entry in self.entries), default=NEVER)


def entry(card: Card, settings: Settings, bodies: _facts.Bodies) -> Entry:
    """Make an entry; its id (RFC 4151) outlives a change of protocol or title."""
    link = absolute(settings.SITEURL, card.url)
    host = urlsplit(settings.SITEURL).hostname
    body = bodies(card.path)
    html = absolute_links(f"<p>{body.lead}</p>{body.html}", link)
    authors = tuple(
        (credit.name, absolute(settings.SITEURL, credit.url))
        for credit in card.credits
        if credit.role == "作者"
    ) or ((settings.SITENAME, absolute(settings.SITEURL, "")),)
    return Entry(card, f"tag:{host},{card.date:%Y-%m-%d}:/{card.url}", link, html, authors)


def feeds(cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies) -> Iterator[Feed]:
    """Yield the site's feed and every other one that has an entry."""
    articles = [card for card in cards if card.kind in {"article", "flash"}]
    made: dict[str, Entry] = {}

    def feed(url: str, name: str, page: str, about: str, members: Iterable[Card]) -> Iterator[Feed]:
        newest = list(members)[: settings.limit]
        for card in newest:
            if card.path not in made:
                made[card.path] = entry(card, settings, bodies)
        entries = tuple(made[card.path] for card in newest)
        title = f"{name}-{settings.SITENAME}" if name else settings.SITENAME
        if entries or not name:
            yield Feed(url, title, page, about, entries)

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
        for author in {(credit.url, credit.name) for credit in card.credits}:
            authors[author].append(card)
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


def xml(root: Tree.Element) -> str:
    """Return a document as text."""
    Tree.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Tree.tostring(root, encoding="unicode")}\n'


def atom(feed: Feed, settings: Settings) -> str:
    """Write a feed as Atom."""
    root = Tree.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    add(root, "title", feed.title)
    if feed.about:
        add(root, "subtitle", feed.about)
    add(root, "id", absolute(settings.SITEURL, feed.page))
    add(root, "link", rel="alternate", type="text/html", href=absolute(settings.SITEURL, feed.page))
    own = absolute(settings.SITEURL, f"{feed.url}atom.xml")
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
        add(node, "content", item.html, type="html")
    return xml(root)


def rss(feed: Feed, settings: Settings) -> str:
    """Write a feed as RSS."""
    names = {"xmlns:content": CONTENT, "xmlns:dc": CREATOR, "xmlns:atom": ATOM}
    root = Tree.Element("rss", {"version": "2.0", **names})
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", absolute(settings.SITEURL, feed.page))
    add(channel, "description", feed.about or feed.title)
    add(channel, "language", "zh-cn")
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    own = absolute(settings.SITEURL, f"{feed.url}rss.xml")
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
        add(node, "content:encoded", item.html)
    return xml(root)


def json_feed(feed: Feed, settings: Settings) -> str:
    """Write a feed as JSON Feed."""
    items = [
        {
            "id": item.id,
            "url": item.link,
            "title": item.card.title,
            "summary": item.card.summary,
            "content_html": item.html,
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
        "home_page_url": absolute(settings.SITEURL, feed.page),
        "feed_url": absolute(settings.SITEURL, f"{feed.url}feed.json"),
        "description": feed.about,
        "language": "zh-CN",
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.File]:
    """Write every feed as Atom, and the site's in all three forms."""
    for feed in feeds(cards, settings, bodies):
        yield _facts.File(f"{feed.url}atom.xml", atom(feed, settings))
        if feed.url == "feeds/":
            yield _facts.File("feeds/rss.xml", rss(feed, settings))
            yield _facts.File("feeds/feed.json", json_feed(feed, settings))


def register() -> None:
    """Join Pelican's run."""
    _facts.register("feeds", settings=Settings, pages=pages)

"""Write feeds with the full text: Atom 1.0 (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Adds ``/feeds/atom.xml``, ``rss.xml`` and ``feed.json`` for the site, and an Atom feed for the flash
news and for each channel, author and dossier. A feed's time is its newest entry's, never the
clock's. Who opens one in a browser sees a page, by ``theme/feed.css``.
Settings: ``FEEDS``, see :class:`Settings`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache, lru_cache
from html import escape
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree

from plugins import _data, _facts
from plugins._card import Body, Card, Picture
from plugins._frozen import Frozen
from plugins._text import without_drawings
from plugins._topics import members_of
from plugins._urls import absolute, absolute_links, relative
from plugins._xml import ATOM, STYLE, XHTML, add, document

CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"
# What readers keep of a text; the rest (classes, places, drawings that need our styles) is ours.
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    "img": {"alt", "height", "src", "title", "width"},
    "math": {"display"},
    "ol": {"start"},
    "th": {"scope"},
    "time": {"datetime"},
    "video": {"controls", "poster", "src"},
}
DROPPED = {"iframe", "script", "style", "svg"}  # with what is in them
OURS = {"div", "input", "label", "picture", "section", "source", "span", "wbr"}
TASK = re.compile("<input [^>]*>")
VIDEO = re.compile(r'<details class="video">.*?</iframe>(.*?)</details>', re.DOTALL)
MONTH = re.compile(r"([0-9]{4})/([0-9]{2})/")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # what an empty site's feed says of its last change


class Settings(Frozen):
    """``FEEDS`` in pelicanconf.py."""

    limit: _facts.Count = 20
    host: str = ""  # in the entries' names: the former one, where a site has moved to another
    icon: str = "theme/icon-180.png"
    SITENAME: str
    SITEURL: str
    SITESUBTITLE: str = ""
    CHANNELS: tuple[_data.Channel, ...] = ()


class Site(NamedTuple):
    """Whose feeds they are."""

    name: str
    url: str
    host: str
    icon: str


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
        """A name (RFC 4151) that outlives a change of title, date and protocol, and 旧网址."""
        url = self.card.aliases[0] if self.card.aliases else self.card.url
        month = MONTH.search(url)
        day = "-".join(month.groups()) if month else f"{self.card.date:%Y-%m-%d}"
        return f"tag:{self.site.host},{day}:/{url}"

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

    @property
    def categories(self) -> list[str]:
        """Its channel and its tags."""
        return [link.name for link in (self.card.channel, *self.card.tags) if link]

    @property
    def html(self) -> str:
        """The whole text, with the picture at its head and with what was put right since."""
        opening = shown(self.card.picture, self.site.url) if self.card.picture else ""
        items = "".join(f"<li>{day}：{escape(text)}</li>" for day, text in self.card.corrections)
        closing = f"<h2>更正</h2><ul>{items}</ul>" if items else ""
        return whole_text(self.body, self.link, opening, closing)


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


def shown(picture: Picture, siteurl: str) -> str:
    """Write the picture at the head of an article."""
    url, size = absolute(siteurl, picture.src), f'width="{picture.width}" height="{picture.height}"'
    return f'<p><img src="{escape(url)}" {size} alt="{escape(picture.alt)}"></p>'


@lru_cache(maxsize=256)  # an article stands in several feeds
def whole_text(body: Body, link: str, opening: str, closing: str) -> str:
    """Return lead and body as any reader shows them: plain tags, links that lead from anywhere, charts as tables."""
    html = VIDEO.sub(r"\1", without_drawings(body.html))
    html = TASK.sub(lambda task: "☑" if "checked" in task[0] else "☐", html)
    html = absolute_links(f"<p>{body.lead}</p>{html}", link)
    return cleaner().clean(f"{opening}{html}{closing}").strip()


@cache
def cleaner() -> Any:
    """Return what leaves only plain tags."""
    import nh3  # noqa: PLC0415  most builds write no feed

    from plugins import _clean  # noqa: PLC0415

    tags = (_clean.TAGS | {"video"}) - DROPPED - OURS
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=DROPPED,
        attributes={tag: ATTRIBUTES[tag] for tag in tags & ATTRIBUTES.keys()},
        generic_attribute_prefixes=set(),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def feeds(cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies) -> Iterator[Feed]:
    """Yield the site's feed and every other one that has an entry. Cost: O(articles × channels)."""
    articles = [card for card in cards if card.kind in {"article", "flash"}]
    host = settings.host or urlsplit(settings.SITEURL).hostname or ""
    site = Site(settings.SITENAME, settings.SITEURL, host, settings.icon)

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


def atom(feed: Feed) -> str:
    """Write a feed as Atom."""
    root = Tree.Element("feed", {"xmlns": ATOM, "xmlns:h": XHTML, "xml:lang": "zh-CN"})
    add(root, "title", feed.title)
    if feed.about:
        add(root, "subtitle", feed.about)
    add(root, "id", absolute(feed.site.url, feed.page))
    add(root, "link", rel="alternate", type="text/html", href=absolute(feed.site.url, feed.page))
    own = absolute(feed.site.url, f"{feed.url}atom.xml")
    add(root, "link", rel="self", type="application/atom+xml", href=own)
    add(root, "updated", feed.updated.isoformat())
    add(root, "icon", absolute(feed.site.url, feed.site.icon))
    add(root, "h:a", "打开网页", href=absolute(feed.site.url, feed.page))
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
        for name in item.categories:
            add(node, "category", term=name)
        add(node, "summary", item.card.summary)
        add(node, "content", item.html, type="html")
        add(node, "h:a", "打开文章", href=item.link)
    return document(root, relative(STYLE, feed.url))


def rss(feed: Feed) -> str:
    """Write a feed as RSS."""
    from email.utils import format_datetime  # noqa: PLC0415  most builds write no feed

    names = {
        "xmlns:content": CONTENT,
        "xmlns:dc": CREATOR,
        "xmlns:atom": ATOM,
        "xmlns:h": XHTML,
    }
    root = Tree.Element("rss", {"version": "2.0", **names})
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", absolute(feed.site.url, feed.page))
    add(channel, "description", feed.about or feed.title)
    add(channel, "language", "zh-cn")
    add(channel, "lastBuildDate", format_datetime(feed.updated))
    own = absolute(feed.site.url, f"{feed.url}rss.xml")
    add(channel, "atom:link", rel="self", type="application/rss+xml", href=own)
    picture = add(channel, "image")
    add(picture, "url", absolute(feed.site.url, feed.site.icon))
    add(picture, "title", feed.title)
    add(picture, "link", absolute(feed.site.url, feed.page))
    add(channel, "h:a", "打开网页", href=absolute(feed.site.url, feed.page))
    for item in feed.entries:
        node = add(channel, "item")
        add(node, "title", item.card.title)
        add(node, "link", item.link)
        add(node, "guid", item.id, isPermaLink="false")
        add(node, "pubDate", format_datetime(item.card.date))
        add(node, "atom:updated", item.updated.isoformat())
        for name, _ in item.authors:
            add(node, "dc:creator", name)
        for name in item.categories:
            add(node, "category", name)
        add(node, "description", item.card.summary)
        add(node, "content:encoded", item.html)
        add(node, "h:a", "打开文章", href=item.link)
    return document(root, relative(STYLE, feed.url))


def json_feed(feed: Feed) -> str:
    """Write a feed as JSON Feed."""
    site = feed.site

    def item(entry: Entry) -> dict[str, Any]:
        card = entry.card
        return {
            "id": entry.id,
            "url": entry.link,
            "title": card.title,
            "summary": card.summary,
            "content_html": entry.html,
            "image": absolute(site.url, card.picture.src) if card.picture else "",
            "date_published": card.date.isoformat(),
            "date_modified": entry.updated.isoformat(),
            "authors": [{"name": name, "url": url} for name, url in entry.authors],
            "tags": entry.categories,
            "language": "zh-CN",
        }

    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(site.url, feed.page),
        "feed_url": absolute(site.url, f"{feed.url}feed.json"),
        "description": feed.about,
        "icon": absolute(site.url, site.icon),
        "language": "zh-CN",
        "items": [filled(item(entry)) for entry in feed.entries],
    }
    return json.dumps(filled(told), ensure_ascii=False, indent=1) + "\n"


def filled(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what has nothing to say."""
    return {key: value for key, value in told.items() if value != ""}


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
    _facts.register(
        "feeds",
        settings=Settings,
        pages=pages,
        sees=("kind", "url", "title", "summary", "channel", "credits", "topics"),
        forget=whole_text.cache_clear,
    )

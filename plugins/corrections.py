"""List what was wrong and has been mended (更正), and what was withdrawn (撤稿), each with its day.

Adds ``article.corrections``, newest first; the page ``/corrections/`` with those of the whole site,
under the words of ``content/pages/corrections.md``; and their Atom feed, ``/feeds/corrections/``.
Settings: ``CORRECTIONS``, see :class:`Settings`.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as Tree
from zoneinfo import ZoneInfo

from plugins import _facts
from plugins._card import Card, Correction, Link, Subject
from plugins._frozen import Frozen
from plugins._lists import leaves
from plugins._urls import absolute, relative
from plugins._xml import ATOM, STYLE, XHTML, add, document

URL = "corrections/"
FEED = f"feeds/{URL}atom.xml"
INTRO = "pages/corrections.md"


class Settings(Frozen):
    """``CORRECTIONS`` in pelicanconf.py."""

    size: _facts.Count = 50  # entries on a full page
    limit: int = 50  # entries of the feed, the newest
    name: str = "更正"  # where there is no page of that address to name it
    home: str = "首页"
    SITENAME: str
    SITEURL: str
    TIMEZONE: str


class Entry(NamedTuple):
    """One correction or withdrawal, for ``components/record.html``."""

    day: str
    text: str
    name: str  # of the article; of a withdrawn one only its address is told
    url: str
    withdrawn: bool

    @property
    def id(self) -> str:
        """A name for feed readers: the same as long as nobody rewords the entry."""
        return hashlib.sha256(f"{self.day} {self.text}".encode()).hexdigest()[:12]


def facts(_html: str, metadata: Mapping[str, Any], _settings: Settings) -> tuple[Correction, ...]:
    """Order the corrections of one article's head."""
    return tuple(sorted(metadata["head"].corrections, reverse=True))


def entries_of(cards: Sequence[Card]) -> list[Entry]:
    """Return all corrections and withdrawals, newest first. Cost: O(articles)."""
    found = []
    for card in cards:
        for item in card.corrections:
            found.append(Entry(item.day, item.text, card.title, card.url, withdrawn=False))
        if item := card.withdrawal:
            found.append(Entry(item.day, item.text, f"/{card.url}", card.url, withdrawn=True))
    found.sort(key=lambda entry: (entry.url, entry.text))
    return sorted(found, key=lambda entry: entry.day, reverse=True)


def atom(entries: Sequence[Entry], title: str, site: Mapping[str, str]) -> str:
    """Write the feed; an entry's time is the beginning of its day."""
    siteurl, zone = site["url"], ZoneInfo(site["zone"])

    def moment(day: str) -> str:
        return datetime.fromisoformat(day).replace(tzinfo=zone).isoformat()

    root = Tree.Element("feed", {"xmlns": ATOM, "xmlns:h": XHTML, "xml:lang": "zh-CN"})
    page, own = absolute(siteurl, URL), absolute(siteurl, FEED)
    add(root, "title", title)
    add(root, "id", page)
    add(root, "link", rel="alternate", type="text/html", href=page)
    add(root, "link", rel="self", type="application/atom+xml", href=own)
    add(root, "updated", moment(entries[0].day))
    add(add(root, "author"), "name", site["name"])
    add(root, "h:a", "打开网页", href=page)
    for entry in entries:
        node = add(root, "entry")
        add(node, "title", f"{'撤稿' if entry.withdrawn else '更正'}：{entry.name}")
        add(node, "id", f"tag:{urlsplit(siteurl).hostname},{entry.day}:/{entry.url}#{entry.id}")
        href = absolute(siteurl, entry.url)
        add(node, "link", rel="alternate", type="text/html", href=href)
        add(node, "updated", moment(entry.day))
        add(node, "content", entry.text, type="text")
        add(node, "h:a", "打开文章", href=href)
    return document(root, relative(STYLE, FEED.removesuffix("atom.xml")))


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.Page | _facts.Drawn]:
    """Draw the list, its pages and its feed. Cost: O(articles)."""
    entries = entries_of(cards)
    own = next((card for card in cards if card.path == INTRO), None)
    feed = FEED if entries else ""
    name, about = (own.title, own.summary) if own else (settings.name, "")
    for leaf in leaves(URL, entries, settings.size):
        first = leaf.pager.number is None
        days = groupby(leaf.items, key=lambda entry: entry.day)
        yield _facts.Page(
            f"{leaf.url}index.html",
            "corrections",
            {
                "subject": Subject(name, URL, about, feed),
                "intro": bodies(INTRO) if own and first else None,
                "days": [(day, list(group)) for day, group in days],
                "trail": (Link(settings.home, ""),),
                "pager": leaf.pager,
            },
        )
    if entries:
        site = {"name": settings.SITENAME, "url": settings.SITEURL, "zone": settings.TIMEZONE}
        title = f"{name}-{settings.SITENAME}"
        newest = entries[: settings.limit]
        data = {"entries": newest, "title": title, "site": site}
        yield _facts.Drawn(FEED, atom, data)


def register() -> None:
    """Join the run."""
    _facts.register(
        "corrections",
        settings=Settings,
        facts=facts,
        pages=pages,
        sees=("path", "url", "title", "summary", "corrections", "withdrawal"),
    )

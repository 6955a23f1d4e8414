"""Tell search engines what there is and when it truly changed.

Adds ``sitemap.xml`` (an index of one file a month, so that a new article changes one small file, one
for pages and dossiers and one for lists), the news sitemap of the last 48 hours before BUILD_NOW,
``urls.txt`` for Baidu and ``robots.txt``. Tags and archives are left to their links: thousands of
pages that hold nothing but what channels and authors list.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any
from xml.etree import ElementTree as Tree

from plugins import _data, _facts
from plugins._card import Card
from plugins._frozen import Frozen
from plugins._topics import members_of
from plugins._urls import absolute
from plugins._xml import add, document

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
UNDATED = 1970  # the year that the reader gives a page without a date
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_MOST = 1000  # addresses, as Google allows
NEWS_AGE = timedelta(hours=48)  # Google's rule for news sitemaps


class Settings(Frozen):
    """``SITEMAP`` in pelicanconf.py."""

    limit: int = 50_000  # addresses in urls.txt, the newest
    SITENAME: str
    SITEURL: str
    BUILD_NOW: datetime
    CHANNELS: tuple[_data.Channel, ...] = ()


def changed(card: Card) -> datetime | None:
    """Return when a text last changed, None for a page that does not say."""
    moment = card.modified or card.date
    return moment if moment.year > UNDATED else None


def last_change(cards: list[Card]) -> datetime:
    """Return the newest change of articles that stand newest first. Cost: O(cards)."""
    return max([cards[0].date, *[card.modified for card in cards if card.modified]])


def lists_of(
    cards: tuple[Card, ...], channels: tuple[_data.Channel, ...]
) -> dict[str, datetime | None]:
    """Return when each list last changed: when the newest change of its members was.

    The front page, all flash news, channels with their lower ones, authors. Cost: O(articles).
    """
    alike: dict[tuple[Any, ...], list[Card]] = defaultdict(list)
    for card in cards:
        if card.kind in {"article", "flash"}:
            alike[card.kind, card.channel, card.credits].append(card)
    above = {channel.name: channel.parent for channel in channels}
    address = {channel.name: f"channel/{channel.address}/" for channel in channels}
    found: dict[str, datetime | None] = {"": None} | dict.fromkeys(address.values())
    for (kind, channel, credits_), members in alike.items():
        urls = {"", *[credit.url for credit in credits_]}
        if kind == "flash":
            urls.add("flash/")
        elif channel:
            urls |= {channel.url, address.get(above.get(channel.name, ""), channel.url)}
        moment = last_change(members)
        for url in urls:
            found[url] = max(found.get(url) or moment, moment)
    return found


def entry(root: Tree.Element, address: str, moment: datetime | None) -> Tree.Element:
    """Add an address and when it last changed, as far as that is known."""
    url = add(root, "url")
    add(url, "loc", address)
    if moment:
        add(url, "lastmod", moment.isoformat())
    return url


def texts(cards: list[Card], moments: dict[str, datetime], siteurl: str) -> str:
    """Write the sitemap of some texts, with their pictures; ``moments``: what changed later."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP})
    for card in cards:
        moment = moments.get(card.url) or changed(card)
        url = entry(root, absolute(siteurl, card.url), moment)
        if card.picture and not card.picture.is_plate:  # its page shows the chart itself
            root.set("xmlns:image", IMAGE)
            add(add(url, "image:image"), "image:loc", absolute(siteurl, card.picture.url))
    return document(root)


def lists(moments: dict[str, datetime | None], siteurl: str) -> str:
    """Write the sitemap of the lists."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP})
    for url, moment in sorted(moments.items()):
        entry(root, absolute(siteurl, url), moment)
    return document(root)


def news(cards: list[Card], siteurl: str, sitename: str) -> str:
    """Write the news sitemap: what is not older than two days."""
    root = Tree.Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    for card in cards:
        item = add(entry(root, absolute(siteurl, card.url), None), "news:news")
        publication = add(item, "news:publication")
        add(publication, "news:name", sitename)
        add(publication, "news:language", "zh-cn")
        add(item, "news:publication_date", card.date.isoformat())
        add(item, "news:title", card.title)
    return document(root)


def index(parts: list[tuple[str, datetime | None]], siteurl: str) -> str:
    """Write the list of the parts, each with the time of its last change."""
    root = Tree.Element("sitemapindex", {"xmlns": SITEMAP})
    for name, moment in parts:
        node = add(root, "sitemap")
        add(node, "loc", absolute(siteurl, f"sitemaps/{name}.xml"))
        if moment:
            add(node, "lastmod", moment.isoformat())
    return document(root)


def newest(cards: tuple[Card, ...], now: datetime) -> list[Card]:
    """Return what belongs into the news sitemap."""
    recent = takewhile(lambda card: card.date >= now - NEWS_AGE, cards)
    return [card for card in recent if card.kind in {"article", "flash"}][:NEWS_MOST]


def until(cards: tuple[Card, ...], settings: Settings) -> datetime:
    """Return when the oldest of the news grows too old; without news, a day without end."""
    news = newest(cards, settings.BUILD_NOW)
    return news[-1].date + NEWS_AGE if news else datetime.max.replace(tzinfo=UTC)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File | _facts.Drawn]:
    """Write all parts, their index and the two plain lists. Cost: O(articles)."""
    cards = tuple(card for card in cards if card.kind != "withdrawn")
    months: dict[tuple[int, int] | None, list[Card]] = defaultdict(list)
    for card in cards:
        dated = card.kind in {"article", "flash"}
        months[(card.date.year, card.date.month) if dated else None].append(card)
    siteurl, parts = settings.SITEURL, []
    own = {card.title: card for card in months[None] if card.kind == "topic"}
    topics = {
        own[name].url: max(last_change(members), changed(own[name]) or members[0].date)
        for name, members in members_of(cards).items()
        if name in own
    }
    for month, members in months.items():
        if members:
            name = "{:04}-{:02}".format(*month) if month else "pages"
            later = topics if month is None else {}
            data = {"cards": members, "moments": later, "siteurl": siteurl}
            yield _facts.Drawn(f"sitemaps/{name}.xml", texts, data)
            moments = [last_change(members)] if month else [*map(changed, members), *later.values()]
            parts.append((name, max(filter(None, moments), default=None)))
    found = lists_of(cards, settings.CHANNELS)
    yield _facts.Drawn("sitemaps/lists.xml", lists, {"moments": found, "siteurl": siteurl})
    parts.append(("lists", found[""]))
    yield _facts.Drawn("sitemap.xml", index, {"parts": sorted(parts), "siteurl": siteurl})
    recent = newest(cards, settings.BUILD_NOW)
    site = {"siteurl": siteurl, "sitename": settings.SITENAME}
    yield _facts.Drawn("sitemaps/news.xml", news, {"cards": recent, **site})
    root = absolute(siteurl, "")
    addresses = [*(card.url for card in cards), *sorted(found)][: settings.limit]
    yield _facts.File("urls.txt", "".join(f"{root}{address}\n" for address in addresses))
    sitemaps = "".join(
        f"Sitemap: {absolute(siteurl, name)}\n" for name in ("sitemap.xml", "sitemaps/news.xml")
    )
    yield _facts.File("robots.txt", f"User-agent: *\nAllow: /\n\n{sitemaps}")


def register() -> None:
    """Join the run."""
    _facts.register(
        "sitemap",
        settings=Settings,
        pages=pages,
        until=until,
        sees=("kind", "url", "title", "modified", "channel", "credits", "topics"),
    )

"""List articles as the peers of the benchmark do, and no more.

Adds the front list of all articles, a list of each channel and tag, one archive and one feed of
full texts; lends templates ``channels`` for the menu.
"""

from collections import defaultdict
from collections.abc import Iterator
from email.utils import format_datetime
from itertools import groupby

from markupsafe import escape

from plugins import _data, _facts
from plugins._card import Body, Card, Link
from plugins._frozen import Frozen
from plugins._lists import leaves
from plugins._urls import absolute, absolute_links


class Settings(Frozen):
    """``PLAIN`` in the settings."""

    size: int = 20  # items on a full page, and in the feed
    SITENAME: str
    SITEURL: str
    CHANNELS: tuple[_data.Channel, ...] = ()


def channels(settings: Settings) -> tuple[Link, ...]:
    """Return the channels of the menu."""
    return tuple(Link(item.name, f"channel/{item.address}/") for item in settings.CHANNELS)


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.Page | _facts.Drawn]:
    """Draw all lists, the archive and the feed. Cost: O(articles × their tags)."""
    members: dict[Link, list[Card]] = defaultdict(list)
    articles = [card for card in cards if card.kind == "article"]
    members[Link("最新", "")] = articles
    members |= {channel: [] for channel in channels(settings)}
    for card in articles:
        members[card.channel].append(card)
        for tag in card.tags:
            members[tag].append(card)
    for subject, listed in members.items():
        for leaf in leaves(subject.url, listed, settings.size):
            data = {"subject": subject, "cards": leaf.items, "pager": leaf.pager}
            yield _facts.Page(f"{leaf.url}index.html", "list", data)
    years = [
        (year, list(of_year))
        for year, of_year in groupby(articles, key=lambda card: card.date.year)
    ]
    yield _facts.Page("archives/index.html", "archives", {"years": years})
    newest = [(card, bodies(card.path)) for card in articles[: settings.size]]
    data = {"newest": newest, "name": settings.SITENAME, "site": settings.SITEURL}
    yield _facts.Drawn("index.xml", feed, data)


def feed(newest: list[tuple[Card, Body]], name: str, site: str) -> str:
    """Write the newest articles with their full text as RSS 2.0."""
    items = []
    for card, text in newest:
        link = absolute(site, card.url)
        body = escape(absolute_links(text.html, link))
        items.append(
            f"<item><title>{escape(card.title)}</title><link>{link}</link>"
            f"<pubDate>{format_datetime(card.date)}</pubDate><guid>{link}</guid>"
            f"<description>{body}</description></item>\n"
        )
    name, root = escape(name), absolute(site, "")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{name}</title><link>{root}</link><description>{name}</description>\n"
        f"{''.join(items)}</channel></rss>\n"
    )


def register() -> None:
    """Join the run."""
    _facts.register(
        "plain", settings=Settings, pages=pages, template_globals={"channels": channels}
    )

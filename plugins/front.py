"""Rank the front page like a newspaper's.

One lead (头条), the seconds (要闻), then flash news, channel blocks and dossiers; in a block pinned
articles (置顶) come first, everywhere heavier ones (权重) before newer ones. What stands above the
fold does not come again below it, and a section without news vanishes.
Settings: ``FRONT``, see :class:`Settings`.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time
from itertools import chain, islice
from operator import attrgetter

from plugins import _data, _facts
from plugins._card import Card, Subject
from plugins._frozen import Frozen
from plugins._lists import by_day
from plugins._topics import members_of, points_of


class Settings(Frozen):
    """``FRONT`` in pelicanconf.py: how many of each."""

    seconds: int = 4
    flash: int = 8
    block: int = 4  # articles of a channel
    topics: int = 3
    points: int = 3  # of a dossier's timeline, the newest
    BUILD_NOW: datetime
    CHANNELS: tuple[_data.Channel, ...] = ()
    ANNOUNCEMENT: _data.Announcement | None = None


def lead_and_seconds(ranked: list[Card], settings: Settings) -> tuple[Card | None, list[Card]]:
    """Choose by the editors' marks, then by rank; the first without a mark fill the seconds."""
    marked: dict[str, list[Card]] = {"lead": [], "second": [], "": []}
    for card in ranked:
        marked[card.front].append(card)
    leads, seconds, rest = marked.values()
    lead = next(chain(leads, seconds, rest), None)
    others = (card for card in chain(seconds, leads, rest) if card is not lead)
    return lead, list(islice(others, settings.seconds))


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Page]:
    """Draw the front page. Cost: O(articles)."""
    articles = [card for card in cards if card.kind == "article"]
    ranked = sorted(articles, key=attrgetter("weight"), reverse=True)  # newest among equals
    lead, seconds = lead_and_seconds(ranked, settings)
    above = {card.path for card in (lead, *seconds) if card}
    members: dict[str, list[Card]] = defaultdict(list)
    for card in ranked:
        if card.channel and card.path not in above:
            members[card.channel.name].append(card)
    blocks = [
        (
            Subject(channel.name, f"channel/{channel.address}/", channel.about),
            sorted(members[channel.name], key=lambda card: not card.pinned)[: settings.block],
        )
        for channel in settings.CHANNELS
        if channel.name in members
    ]
    flash = list(islice((card for card in cards if card.kind == "flash"), settings.flash))
    yield _facts.Page(
        "index.html",
        "index",
        {
            "lead": lead,
            "seconds": seconds,
            "blocks": blocks,
            "flash": by_day(flash),
            "topics": topics_of(cards, settings),
            "announcement": announcement_of(settings),
            "day": articles[0].date.date() if articles else None,
        },
    )


def topics_of(
    cards: tuple[Card, ...], settings: Settings
) -> list[tuple[Subject, list[tuple[str, str]]]]:
    """Choose the dossiers whose members are newest, each with its latest points."""
    members = members_of(cards)
    topics = [card for card in cards if card.kind == "topic" and members.get(card.title)]
    topics.sort(key=lambda card: members[card.title][0].date, reverse=True)
    return [
        (
            Subject(card.title, card.url, card.summary),
            [point for point, _ in points_of(members[card.title])][-settings.points :],
        )
        for card in topics[: settings.topics]
    ]


def announcement_of(settings: Settings) -> _data.Announcement | None:
    """Return the announcement between its first and last day."""
    given, today = settings.ANNOUNCEMENT, settings.BUILD_NOW.date()
    return given if given and given.start <= today <= given.end else None


def until(_cards: tuple[Card, ...], settings: Settings) -> datetime:
    """Return the end of the day: the announcement comes and goes by days."""
    now = settings.BUILD_NOW
    return datetime.combine(now, time.max, now.tzinfo)


def register() -> None:
    """Join the run."""
    _facts.register(
        "front",
        settings=Settings,
        pages=pages,
        until=until,
        sees=(
            *("kind", "channel", "front", "pinned", "weight"),
            *("url", "title", "summary", "topics", "points"),  # of dossiers
        ),
    )

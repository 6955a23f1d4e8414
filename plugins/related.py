"""Find the articles nearest to an article by the words that they share.

Adds ``article.related``. Keywords weigh by a fixed table, and only articles near in time are
compared word by word, so that a new article changes the lists of few others and of no old one.
Settings: ``RELATED``, see :class:`Settings`.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest

from plugins import _facts
from plugins._card import Card


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``RELATED`` in pelicanconf.py."""

    limit: int = 5
    reach: int = 20  # for each keyword so many newer and so many older articles are compared


def lines(card: Card, _settings: Settings) -> Iterator[tuple[Hashable, float]]:
    """Line up the articles of each keyword; and of each channel, for those who share none."""
    if card.kind == "article":
        yield from card.keywords
        yield ("channel", card.channel.url if card.channel else ""), 0.0


def value(
    _card: Card, near: Mapping[Hashable, _facts.Near], settings: Settings
) -> tuple[Card, ...]:
    """Rank by cosine, equals by nearness in time on the heaviest word that they share.

    The channel's nearest come last, so that no list is empty by accident. Cost: O(keywords × reach).
    """
    scores: dict[str, float] = defaultdict(float)
    cards: dict[str, Card] = {}
    for weight, newer, older in near.values():
        for stand in filter(None, chain.from_iterable(zip_longest(newer, older))):
            path = stand.card.path
            cards[path] = stand.card
            scores[path] += weight * stand.weight
    best = sorted(scores, key=lambda path: -round(scores[path], 6))
    return tuple(cards[path] for path in best[: settings.limit])


RELATION = _facts.Relation(lines=lines, reach=lambda settings: settings.reach, value=value)


def register() -> None:
    """Join the run."""
    _facts.register("related", settings=Settings, relation=RELATION)

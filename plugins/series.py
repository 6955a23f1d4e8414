"""Show the parts of a series on each of them, oldest first.

Adds ``article.series``; None for an article that belongs to none.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from plugins import _facts
from plugins._card import Card


class Series(NamedTuple):
    """A series, for ``components/series.html``."""

    name: str
    cards: tuple[Card, ...]


def relations(cards: tuple[Card, ...], _settings: _facts.NoSettings) -> Mapping[str, Series]:
    """Gather the articles that name the same series. Cost: O(articles)."""
    parts: dict[str, list[Card]] = defaultdict(list)
    for card in reversed(cards):
        if card.kind == "article" and card.series:
            parts[card.series].append(card)
    return {
        card.path: Series(name, tuple(members))
        for name, members in parts.items()
        for card in members
    }


def register() -> None:
    """Join Pelican's run."""
    _facts.register("series", relations=relations)

"""Link an article to the one before and the one after it in its channel.

Adds ``article.neighbours``; flash items have theirs among flash items.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from plugins import _facts
from plugins._card import Card


class Neighbours(NamedTuple):
    """The next article each way, None at an end."""

    older: Card | None
    newer: Card | None


def relations(cards: tuple[Card, ...], _settings: _facts.NoSettings) -> Mapping[str, Neighbours]:
    """Line up each channel by time. Cost: O(articles)."""
    lines: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.kind in {"article", "flash"}:
            lines[card.channel.url if card.channel else card.kind].append(card)
    return {
        card.path: Neighbours(older, newer)
        for line in lines.values()
        for newer, card, older in zip([None, *line], line, [*line[1:], None], strict=False)
    }


def register() -> None:
    """Join Pelican's run."""
    _facts.register("neighbours", relations=relations)

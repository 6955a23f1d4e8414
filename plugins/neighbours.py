"""Link an article to the one before and the one after it in its channel.

Adds ``article.neighbours``; flash items have theirs among flash items.
"""

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from plugins import _facts
from plugins._card import Card


class Neighbours(NamedTuple):
    """The next article each way, None at an end."""

    older: Card | None
    newer: Card | None


def lines(card: Card, _settings: _facts.NoSettings) -> Iterator[tuple[str, float]]:
    """Line up each channel, and the flash items."""
    if card.kind in {"article", "flash"}:
        yield card.channel.url if card.channel else card.kind, 1.0


def value(
    _card: Card, near: Mapping[Hashable, _facts.Near], _settings: _facts.NoSettings
) -> Neighbours:
    """Take the next one each way."""
    (line,) = near.values()
    older, newer = (stands[0][1] if stands else None for stands in (line.older, line.newer))
    return Neighbours(older, newer)


RELATION = _facts.Relation(lines=lines, reach=lambda _settings: 1, value=value)


def register() -> None:
    """Join the run."""
    _facts.register("neighbours", relation=RELATION)

"""Show the parts of a series on each of them, oldest first.

Adds ``article.series``; None for an article that belongs to none.
"""

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from plugins import _facts
from plugins._card import Card


class Series(NamedTuple):
    """A series, for ``components/series.html``."""

    name: str
    cards: tuple[Card, ...]


def lines(card: Card, _settings: _facts.NoSettings) -> Iterator[tuple[str, float]]:
    """Line up the parts of each series."""
    if card.kind == "article" and card.series:
        yield card.series, 1.0


def value(card: Card, near: Mapping[Hashable, _facts.Near], _settings: _facts.NoSettings) -> Series:
    """Gather the whole series, oldest first."""
    (line,) = near.values()
    newer, older = ([card for _, card, _ in stands] for stands in (line.newer, line.older))
    return Series(card.series, (*reversed(older), card, *newer))


RELATION = _facts.Relation(lines=lines, reach=lambda _settings: None, value=value)


def register() -> None:
    """Join the run."""
    _facts.register("series", relation=RELATION)

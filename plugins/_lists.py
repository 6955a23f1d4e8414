"""Cut lists into pages that never change once they are full.

Pages are numbered from the oldest item: page 1 holds the oldest ``size`` items for ever. The page
at the list's own address holds the newest ``size`` to ``2 × size - 1`` and has no number. So a new
item changes one page, and when a page fills, its neighbour's link; a deleted or back-dated item
shifts the later pages, which is the price.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from plugins._card import Card, Pager


class Leaf(NamedTuple):
    """One page of a list."""

    url: str
    items: Sequence[Any]  # newest first
    pager: Pager


def leaves(url: str, items: Sequence[Any], size: int) -> Iterator[Leaf]:
    """Cut ``items``, newest first, into the pages of the list at ``url``."""
    numbered = max(0, len(items) // size - 1)
    first = len(items) - numbered * size

    def address(number: int) -> str:
        return url if number > numbered else f"{url}page/{number}/"

    older = address(numbered) if numbered else None
    yield Leaf(url, items[:first], Pager(None, older, None))
    for number in range(numbered, 0, -1):
        start = first + (numbered - number) * size
        below = address(number - 1) if number > 1 else None
        pager = Pager(address(number + 1), below, number)
        yield Leaf(address(number), items[start : start + size], pager)


def by_day(cards: Sequence[Card]) -> list[tuple[str, list[Card]]]:
    """Group cards, newest first, by day: ``("2026-11-22", cards)``."""
    groups = groupby(cards, key=lambda card: card.date.date())
    return [(day.isoformat(), list(group)) for day, group in groups]

"""Find the articles nearest to an article by the words that they share.

Adds ``article.related``. Keywords weigh by a fixed table, and only articles near in time are
compared word by word, so that a new article changes the lists of few others and of no old one.
Settings: ``RELATED``, see :class:`Settings`.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import timedelta
from heapq import nlargest
from itertools import chain

from plugins import _facts
from plugins._card import Card
from plugins._frozen import Frozen

SAME = 1e-6  # scores nearer to one another are the same, in whatever order they were added up


class Settings(Frozen):
    """``RELATED`` in pelicanconf.py."""

    limit: int = 5
    reach: int = 20  # for each keyword so many newer and so many older articles are compared


def lines(card: Card, _settings: Settings) -> Sequence[tuple[Hashable, float]]:
    """Line up the articles of each keyword; and of each channel, for those who share none."""
    if card.kind != "article":
        return ()
    return *card.keywords, (("channel", card.channel.url if card.channel else ""), 0.0)


def value(card: Card, near: Mapping[Hashable, _facts.Near], settings: Settings) -> tuple[Card, ...]:
    """Rank by cosine, equals by nearness in time.

    The channel's nearest come last, so that no list is empty by accident. Cost: O(keywords × reach).
    """
    *words, channel = near.values()
    scores: dict[int, float] = defaultdict(float)
    cards: dict[int, Card] = {}
    for weight, newer, older in words:
        for place, other, its in chain(newer, older):  # the inner loop of a whole build
            scores[place] += weight * its
            cards[place] = other
    if len(scores) < settings.limit:
        for place, other, _ in chain(channel.newer, channel.older):
            scores[place] += 0.0
            cards[place] = other
    least = min(nlargest(settings.limit, scores.values()), default=0.0) - SAME
    best = [place for place, score in scores.items() if score >= least]

    def rank(place: int) -> tuple[float, timedelta, int]:
        return -round(scores[place], 6), abs(cards[place].date - card.date), place

    return tuple(cards[place] for place in sorted(best, key=rank)[: settings.limit])


RELATION = _facts.Relation(lines=lines, reach=lambda settings: settings.reach, value=value)


def register() -> None:
    """Join the run."""
    _facts.register("related", settings=Settings, relation=RELATION)

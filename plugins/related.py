"""Find the articles nearest to an article by the words that they share.

Adds ``article.related``. Keywords weigh by a fixed table, so a new article changes the lists of
those few that share its words and of no other. Cost: O(articles × keywords × ``candidates``).
Settings: ``RELATED``, see :class:`Settings`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from plugins import _facts
from plugins._card import Card


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``RELATED`` in pelicanconf.py."""

    limit: int = 5
    candidates: int = 200  # the newest so many articles of a word are compared


def relations(cards: tuple[Card, ...], settings: Settings) -> Mapping[str, tuple[Card, ...]]:
    """Compare each article with those that share a keyword, by cosine; equals by newness.

    An article that shares words with none gets its channel's nearest in time, so that no list is
    empty by accident.
    """
    articles = [card for card in cards if card.kind == "article"]
    sharing: dict[str, list[tuple[int, float]]] = defaultdict(list)
    channels: dict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(articles):
        channels[card.channel.url if card.channel else ""].append(place)
        for word, weight in card.keywords:
            if len(sharing[word]) < settings.candidates:
                sharing[word].append((place, weight))
    found = {}
    for place, card in enumerate(articles):
        scores: dict[int, float] = defaultdict(float)
        for word, weight in card.keywords:
            for other, its in sharing[word]:
                scores[other] += weight * its
        scores.pop(place, None)
        near = sorted(scores, key=lambda other: (-round(scores[other], 6), other))
        if len(near) < settings.limit:
            same = channels[card.channel.url if card.channel else ""]
            near += sorted(
                (other for other in same if other != place and other not in scores),
                key=lambda other: (abs(other - place), other),
            )
        found[card.path] = tuple(articles[other] for other in near[: settings.limit])
    return found


def register() -> None:
    """Join Pelican's run."""
    _facts.register("related", settings=Settings, relations=relations)

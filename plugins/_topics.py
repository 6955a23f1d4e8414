"""Who belongs to a dossier (专题), and the points of its timeline."""

from collections import defaultdict
from collections.abc import Mapping

from plugins._card import Card, Point


def members_of(cards: tuple[Card, ...]) -> Mapping[str, list[Card]]:
    """Return the articles of each dossier by its name, newest first. Cost: O(articles)."""
    members: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.topics and card.kind in {"article", "flash"}:
            for name in card.topics:
                members[name].append(card)
    return members


def points_of(members: list[Card]) -> list[tuple[Point, Card]]:
    """Return the dated points that members gave, oldest first; of one point told twice, one."""
    found = {(point.day, point.text): (point, card) for card in members for point in card.points}
    return [found[key] for key in sorted(found)]

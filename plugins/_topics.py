"""Who belongs to a dossier (专题), and the points of its timeline."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from plugins._card import Card, Point


def members_of(cards: tuple[Card, ...]) -> Mapping[str, list[Card]]:
    """Return the articles of each dossier by its name, newest first. Cost: O(articles)."""
    members: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.topics and card.kind in {"article", "flash"}:
            for name in card.topics:
                members[name].append(card)
    return members


def unknown(name: str, titles: Iterable[str]) -> str:
    """Tell that there is no dossier of a name, with the nearest that there is."""
    import difflib  # noqa: PLC0415  for a mistake only

    near = difflib.get_close_matches(name, titles, 1)
    hint = f"是不是“{near[0]}”？" if near else "请先在 content/topics/ 里写它的开头。"
    return f"没有“{name}”这个专题；{hint}"


def points_of(members: list[Card]) -> list[tuple[Point, Card]]:
    """Return the dated points that members gave, oldest first; of one point told twice, one."""
    found = {(point.day, point.text): (point, card) for card in members for point in card.points}
    return [found[key] for key in sorted(found)]

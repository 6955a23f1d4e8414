"""Draw the dossiers (专题): their own words, a timeline of their members' points, their members.

Adds the pages ``/topic/…/`` and, if there is a dossier, ``/topic/`` with all of them. Settings: ``TOPICS``, see :class:`Settings`.
"""

from collections.abc import Iterator

from plugins import _facts
from plugins._card import Card, Link, Subject
from plugins._frozen import Frozen
from plugins._lists import leaves
from plugins._topics import members_of, points_of, unknown


class Settings(Frozen):
    """``TOPICS`` in pelicanconf.py."""

    size: _facts.Count = 20
    home: str = "首页"
    name: str = "专题"  # of the list of all


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.Page]:
    """Draw each dossier; an article that names an unknown one is refused."""
    topics = {card.title: card for card in cards if card.kind == "topic"}
    members = members_of(cards)
    wrong = [
        f"content/{members[name][0].path}:1: {unknown(name, topics)}"
        for name in members.keys() - topics.keys()
    ]
    if wrong:
        raise _facts.RefusalError(*sorted(wrong))
    home, every = Link(settings.home, ""), Link(settings.name, "topic/")
    if topics:
        listed = [
            (
                Subject(name, card.url, card.summary),
                len(members.get(name, ())),
                members[name][0].date if name in members else None,
            )
            for name, card in sorted(topics.items())
        ]
        listed.sort(key=lambda one: one[2].timestamp() if one[2] else 0, reverse=True)
        data = {"subject": Subject(*every), "dossiers": listed, "trail": (home,)}
        yield _facts.Page("topic/index.html", "dossiers", data)
    for name, card in sorted(topics.items()):
        body = bodies(card.path)
        feed = f"feeds/{card.url}atom.xml" if name in members else ""
        subject = Subject(name, card.url, card.summary, feed)
        for leaf in leaves(card.url, members.get(name, []), settings.size):
            first = leaf.pager.number is None
            yield _facts.Page(
                f"{leaf.url}index.html",
                "topic",
                {
                    "subject": subject,
                    "intro": body if first else None,
                    "points": points_of(members.get(name, [])) if first else [],
                    "cards": leaf.items,
                    "trail": (home, every),
                    "pager": leaf.pager,
                },
            )


def register() -> None:
    """Join the run."""
    _facts.register(
        "topics",
        settings=Settings,
        pages=pages,
        sees=("kind", "url", "title", "summary", "topics", "points"),
    )

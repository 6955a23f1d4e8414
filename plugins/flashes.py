"""List the flash news (快讯) by day, with clock times.

Adds the pages ``/flash/``. Settings: ``FLASHES``, see :class:`Settings`.
"""

from collections.abc import Iterator

from plugins import _facts
from plugins._card import Card, Link, Subject
from plugins._frozen import Frozen
from plugins._lists import by_day, leaves


class Settings(Frozen):
    """``FLASHES`` in pelicanconf.py."""

    size: _facts.Count = 40
    name: str = "快讯"
    about: str = "有日期、有出处的短消息。"
    home: str = "首页"


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Page]:
    """Draw the list of flash items; none while there are none."""
    items = [card for card in cards if card.kind == "flash"]
    if not items:
        return
    subject = Subject(settings.name, "flash/", settings.about, "feeds/flash/atom.xml")
    for leaf in leaves("flash/", items, settings.size):
        yield _facts.Page(
            f"{leaf.url}index.html",
            "flashes",
            {
                "subject": subject,
                "days": by_day(leaf.items),
                "trail": (Link(settings.home, ""),),
                "pager": leaf.pager,
            },
        )


def register() -> None:
    """Join the run."""
    _facts.register("flashes", settings=Settings, pages=pages, sees=("kind",))

"""Say where a page stands: the links of 「您当前的位置」, without the page itself.

Adds ``article.trail``; the breadcrumbs and the structured data both come from it.
Settings: ``TRAIL``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any

from plugins import _data, _facts
from plugins._card import Link
from plugins._frozen import Frozen


class Settings(Frozen):
    """``TRAIL`` in pelicanconf.py: the names of pages that have no name of their own."""

    home: str = "首页"
    flash: str = "快讯"
    CHANNELS: tuple[_data.Channel, ...] = ()


def trail_of(kind: str, channel: str, settings: Settings) -> tuple[Link, ...]:
    """Return the way to a text of a kind and channel, upper channels first."""
    trail = []
    listed = {item.name: item for item in settings.CHANNELS}
    while item := listed.pop(channel, None):
        trail.append(Link(item.name, f"channel/{item.address}/"))
        channel = item.parent
    if kind == "flash":
        trail.append(Link(settings.flash, "flash/"))
    return (Link(settings.home, ""), *reversed(trail))


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> tuple[Link, ...]:
    """Find the way to one article."""
    channel = metadata["channel"]
    return trail_of(metadata["kind"], channel.name if channel else "", settings)


def register() -> None:
    """Join the run."""
    _facts.register("trail", settings=Settings, facts=facts)

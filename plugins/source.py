"""Say which medium a text comes from.

Adds ``article.source``: its name and address, None where the head has no 来源. Addresses of known
media stand in content/data/sources.toml; the head's 来源链接 goes before them.
"""

from collections.abc import Mapping
from typing import Any

from plugins import _data, _facts
from plugins._card import Link
from plugins._frozen import Frozen


class Settings(Frozen):
    """No settings of its own."""

    MEDIA: tuple[_data.Medium, ...] = ()


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Link | None:
    """Find the address of the medium."""
    head = metadata["head"]
    if not head.source:
        return None
    listed = (medium.url for medium in settings.MEDIA if medium.name == head.source)
    return Link(head.source, head.source_url or next(listed, ""))


def register() -> None:
    """Join the run."""
    _facts.register("source", settings=Settings, facts=facts)

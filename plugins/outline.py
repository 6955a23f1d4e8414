"""Give long articles a list of their headings.

Adds ``article.outline``: the headings of the second level, empty for a short text.
Settings: ``OUTLINE``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any

from plugins import _facts
from plugins._card import Heading
from plugins._frozen import Frozen
from plugins._text import length


class Settings(Frozen):
    """``OUTLINE`` in pelicanconf.py."""

    from_chars: int = 2000
    level: _facts.Count = 2


def facts(html: str, metadata: Mapping[str, Any], settings: Settings) -> tuple[Heading, ...]:
    """List the headings of a text that is long enough to need it."""
    headings = tuple(item for item in metadata["headings"] if item.level == settings.level)
    return headings if len(headings) > 1 and length(html) >= settings.from_chars else ()


def register() -> None:
    """Join the run."""
    _facts.register("outline", settings=Settings, facts=facts)

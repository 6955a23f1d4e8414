"""Let a headline break between words, never inside one.

Adds ``article.headline``: the title with ``<wbr>`` where a line may end; the style sheet forbids
all other breaks. The site's own words stand in content/data/words.txt.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from plugins import _facts
from plugins._text import chunks


@dataclass(frozen=True, kw_only=True)
class Settings:
    """No settings of its own."""

    WORDS: tuple[str, ...] = ()


def headline(title: str, words: tuple[str, ...]) -> Markup:
    """Return a title as HTML that may break between its words."""
    return Markup("<wbr>".join(map(escape, chunks(title, words))))  # noqa: S704 each is escaped


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Markup:
    """Cut one article's title."""
    return headline(metadata["head"].title, settings.WORDS)


def register() -> None:
    """Join the run."""
    _facts.register("headline", settings=Settings, facts=facts)

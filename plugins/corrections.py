"""List what was wrong in an article and has been mended, each with its day (更正).

Adds ``article.corrections``, newest first.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins import _facts


class Correction(NamedTuple):
    """One correction, for ``components/corrections.html``."""

    day: str
    text: str


def facts(
    _html: str, metadata: Mapping[str, Any], _settings: _facts.NoSettings
) -> tuple[Correction, ...]:
    """Order the corrections of one article's head."""
    given = (Correction(item.day, item.text) for item in metadata["head"].corrections)
    return tuple(sorted(given, reverse=True))


def register() -> None:
    """Join the run."""
    _facts.register("corrections", facts=facts)

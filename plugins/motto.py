"""Choose the motto of a day from content/data/mottos.txt.

Adds ``article.motto``, chosen by the article's own day and never by the clock. Rendezvous hashing
(Thaler and Ravishankar, 1998): a new line takes its days evenly from all others and moves no more.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from plugins import _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """No settings of its own."""

    MOTTOS: tuple[str, ...] = ()


def motto_of(settings: Settings, day: date | None) -> str | None:
    """Return the motto of a day: the same day has the same motto on every page."""
    return highest(settings.MOTTOS, day.isoformat()[:10]) if day else None


@cache
def highest(mottos: tuple[str, ...], day: str) -> str | None:
    """Return the motto whose hash with the day is highest: sixty hashes, so once a day."""

    def score(motto: str) -> bytes:
        return hashlib.sha256(f"{day}\n{motto}".encode()).digest()

    return max(mottos, key=score, default=None)


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> str | None:
    """Choose by the article's day."""
    return motto_of(settings, metadata["date"].date())


def register() -> None:
    """Join the run; lists ask for the motto of their newest article's day."""
    _facts.register(
        "motto", settings=Settings, facts=facts, template_globals={"motto_of": motto_of}
    )

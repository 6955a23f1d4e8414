"""Tell readers how long an article is.

Adds ``article.reading``: its length and the minutes that a fast and a slow reader need.
Settings: ``READING``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins import _facts
from plugins._frozen import Frozen
from plugins._text import length


class Settings(Frozen):
    """``READING`` in pelicanconf.py: characters read in a minute, and the wording."""

    fast: _facts.Count = 500
    slow: _facts.Count = 300
    text: str = "本文共{chars}字，阅读本文大概需要{minutes}分钟"


class Reading(NamedTuple):
    """How long an article is, for ``components/byline.html``."""

    chars: int
    fastest: int
    slowest: int
    text: str


def estimate(chars: int, settings: Settings) -> Reading:
    """Turn a length into whole minutes, never below one: fast readers down, slow readers up."""
    fastest = max(1, chars // settings.fast)
    slowest = max(1, -(-chars // settings.slow))
    minutes = f"{fastest}" if fastest == slowest else f"{fastest}～{slowest}"
    return Reading(chars, fastest, slowest, settings.text.format(chars=chars, minutes=minutes))


def facts(html: str, metadata: Mapping[str, Any], settings: Settings) -> Reading:
    """Count the body, its lead included if that was its first paragraph."""
    head = metadata["head"]
    if head.count is not None:
        return estimate(head.count, settings)
    own_lead = "" if head.summary else metadata["lead"]
    return estimate(length(own_lead) + length(html), settings)


def register() -> None:
    """Join the run."""
    _facts.register("reading", settings=Settings, facts=facts)

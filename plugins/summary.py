"""Give every article the one string that describes it everywhere.

``article.summary``: the lead as plain text if it is short enough, else cut between words. It is
the description of the page, of lists, feeds and shared links, so that they can never differ.
Settings: ``SUMMARY``, see :class:`Settings`.
"""

import re
from collections.abc import Mapping
from typing import Any

from plugins import _facts
from plugins._frozen import Frozen
from plugins._text import cut_at_word, plain_text

FIRST_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)


class Settings(Frozen):
    """``SUMMARY`` in pelicanconf.py."""

    limit: int = 90  # counted characters
    WORDS: tuple[str, ...] = ()


def inputs(html: str, metadata: Mapping[str, Any], _settings: Settings) -> str:
    """Return the lead; of a page without one its first paragraph."""
    lead = metadata["lead"]
    if not lead and (first := FIRST_PARAGRAPH.search(html)):
        lead = first[1]
    return lead


def facts(html: str, metadata: Mapping[str, Any], settings: Settings) -> str:
    """Cut what summarises a text to its length."""
    text = plain_text(inputs(html, metadata, settings))
    return cut_at_word(text, settings.limit, settings.WORDS)


def register() -> None:
    """Join the run."""
    _facts.register("summary", settings=Settings, facts=facts, inputs=inputs)

"""Link the first mention of each term in an article to its place in the glossary.

Adds ``article.glossary``: where the terms stand in the article's HTML, which the template turns into
links by the filter ``linked``. The terms are the headings of the third level of a page. Settings:
``GLOSSARY``, see :class:`Settings`.
"""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from plugins import _facts
from plugins._frozen import Frozen
from plugins._glossary import Found, Mention, Term, candidates
from plugins._text import segmenter


class Settings(Frozen):
    """``GLOSSARY`` in pelicanconf.py: the file of ``content/pages``, "" for no links; how many."""

    page: str = "glossary"
    most: int = 4  # of an article, the first: more would be noise
    TERMS: tuple[Term, ...] = ()
    WORDS: tuple[str, ...] = ()


def mentions(html: str, metadata: Mapping[str, Any], settings: Settings) -> Iterator[Found]:
    """Yield where terms stand, in other words too."""
    if metadata["kind"] == "article" and settings.TERMS:
        yield from candidates(html, settings.TERMS)


def inputs(html: str, metadata: Mapping[str, Any], settings: Settings) -> tuple[Found, ...]:
    """Return all mentions, each with the text around it."""
    return tuple(mentions(html, metadata, settings))


def facts(html: str, metadata: Mapping[str, Any], settings: Settings) -> tuple[Mention, ...]:
    """Find the first mention of each term, as a word of its own. Cost: O(length of the text)."""
    found: dict[str, Mention] = {}
    for (name, anchor), start, text, place in mentions(html, metadata, settings):
        if len(found) >= settings.most:
            break
        if name not in found and is_word(text, place, place + len(name), settings.WORDS):
            url = f"{settings.page}/#{anchor}"
            found[name] = Mention(start, start + len(name), url)
    return tuple(sorted(found.values()))


def is_word(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Tell whether no word of the text begins outside of a stretch and ends in it, or the reverse.

    So 货盘 is none in 发货盘点, whose words are 发货 and 盘点.
    """
    ends = {0, *accumulate(map(len, segmenter(words)(text)))}
    return start in ends and end in ends


def register() -> None:
    """Join the run."""
    _facts.register("glossary", settings=Settings, facts=facts, inputs=inputs)

"""Find the words that an article is about, by how rare they are in common Chinese.

Adds ``article.keywords``: (word, weight), heaviest first; :mod:`plugins.related` compares them.
Weights come from the fixed table keywords.tsv, so that a new article changes no other one's words.
Settings: ``KEYWORDS``, see :class:`Settings`.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plugins import _facts
from plugins._text import body_text, segmenter

RARE = 12.0  # about the median rarity of all words of the table's source
WORTH = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9+#.-]+")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``KEYWORDS`` in pelicanconf.py."""

    limit: int = 16
    title_weight: int = 4  # a word of the title counts as so many of the body
    tag_weight: int = 6
    WORDS: tuple[str, ...] = ()


@cache
def rarity() -> dict[str, float]:
    """Read the background table: a word and its inverse document frequency."""
    text = Path(__file__).with_name("keywords.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {word: float(value) for word, value in rows}


def weigh(counts: Mapping[str, int], limit: int) -> tuple[tuple[str, float], ...]:
    """Weigh words by tf-idf, damped, and scale the heaviest ``limit`` to length one."""
    table = rarity()
    weights = {
        word: (1 + math.log(count)) * table.get(word, RARE) for word, count in counts.items()
    }
    best = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:limit]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return tuple((word, round(weight / length, 4)) for word, weight in best)


def facts(
    html: str, metadata: Mapping[str, Any], settings: Settings
) -> tuple[tuple[str, float], ...]:
    """Weigh the words of title, tags, lead and body."""
    cut = segmenter(settings.WORDS).cut

    def words(text: str) -> list[str]:
        return [token.lower() for token in cut(text) if WORTH.fullmatch(token)]

    head = metadata["head"]
    counts = Counter(words(body_text(f"{metadata['lead']} {html}")))
    for word in words(head.title):
        counts[word] += settings.title_weight
    for tag in head.tags:
        counts[tag.lower()] += settings.tag_weight
    return weigh(counts, settings.limit)


def register() -> None:
    """Join the run."""
    _facts.register("keywords", settings=Settings, facts=facts)

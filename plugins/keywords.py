"""Find the words that an article is about, by how rare they are in common Chinese.

Adds ``article.keywords``: (word, weight), heaviest first; :mod:`plugins.related` compares them.
Weights come from the fixed table keywords.tsv, so that a new article changes no other one's words.
Settings: ``KEYWORDS``, see :class:`Settings`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from plugins import _facts
from plugins._frozen import Frozen
from plugins._text import body_text, segmenter

RARE = 12.0  # about the median rarity of all words of the table's source
WORTH = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9+#.-]+")


class Settings(Frozen):
    """``KEYWORDS`` in pelicanconf.py."""

    limit: int = 12
    chars: int = 1200  # of the body, from its beginning: news tells the main thing first
    title_weight: int = 4  # a word of the title counts as so many of the body
    tag_weight: int = 6
    WORDS: tuple[str, ...] = ()


@cache
def rarity() -> dict[str, float]:
    """Read the background table: a word and its inverse document frequency."""
    text = Path(__file__).with_name("keywords.tsv").read_text(encoding="utf-8")
    cells = "\t".join(line for line in text.splitlines() if not line.startswith("#")).split("\t")
    return dict(zip(cells[::2], map(cache(float), cells[1::2]), strict=True))  # few differ


@cache
def damped(count: int) -> float:
    """Let a word that stands twice count less than double."""
    return 1 + math.log(count)


def worth(tokens: Iterable[str]) -> dict[str, int]:
    """Count the words that can say what a text is about."""
    found: dict[str, int] = {}
    known, fit = rarity(), WORTH.fullmatch
    for token, count in Counter([token for token in tokens if len(token) > 1]).items():
        if token in known:  # what is known is worth it
            found[token] = found.get(token, 0) + count
        elif fit(token):
            word = token.lower()
            found[word] = found.get(word, 0) + count
    return found


def weigh(counts: Mapping[str, int], limit: int) -> tuple[tuple[str, float], ...]:
    """Weigh words by tf-idf, damped, and scale the heaviest ``limit`` to length one."""
    rare = rarity().get
    weights = {word: damped(count) * rare(word, RARE) for word, count in counts.items()}
    least = min(sorted(weights.values(), reverse=True)[:limit], default=0.0)
    heavy = [item for item in weights.items() if item[1] >= least]
    best = sorted(heavy, key=lambda item: (-item[1], item[0]))[:limit]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return tuple((word, round(weight / length, 4)) for word, weight in best)


def inputs(
    html: str, metadata: Mapping[str, Any], settings: Settings
) -> tuple[str, tuple[str, ...], str]:
    """Return title, tags, and the lead with the beginning of the body."""
    head, body = metadata["head"], body_text(html)[: settings.chars]
    return head.title, tuple(head.tags), f"{body_text(metadata['lead'])} {body}"


def facts(
    html: str, metadata: Mapping[str, Any], settings: Settings
) -> tuple[tuple[str, float], ...]:
    """Weigh the words of title, tags, lead and body."""
    cut = segmenter(settings.WORDS)
    title, tags, text = inputs(html, metadata, settings)
    counts = worth(cut(text))
    for word, times in worth(cut(title)).items():
        counts[word] = counts.get(word, 0) + times * settings.title_weight
    for tag in map(str.lower, tags):
        counts[tag] = counts.get(tag, 0) + settings.tag_weight
    return weigh(counts, settings.limit)


def register() -> None:
    """Join the run."""
    _facts.register("keywords", settings=Settings, facts=facts, inputs=inputs)

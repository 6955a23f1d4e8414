"""Let a headline break between phrases, never inside a word.

Adds ``article.headline``: the title with ``<wbr>`` where a line may end; the style sheet forbids
all other breaks. The site's own words stand in content/data/words.txt.

Between Han and Latin letters or figures ``text-autospace`` leaves a gap, but not across a ``<wbr>``.
There an empty ``<i>`` marks the place, and the style sheet makes gap and break of it (CLREQ, 3.2.2):
no reader, search or feed meets a space that nobody typed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from plugins import _facts
from plugins._frozen import Frozen
from plugins._text import CLOSING, HAN, LETTER, chunks

BREAK, GAP = Markup("<wbr>"), Markup("<i></i>")
APART = f"{HAN}[0-9{LETTER}]|[0-9{LETTER}]{HAN}"  # compiled for a new title alone: it is dear
PHRASE = 4  # characters, a mark after them left out: a line of twelve is still filled evenly
# Words of one character that belong to what follows: adverbs, prepositions, conjunctions.
LEADING = (
    "从在向对把被将让为以按比跟与和或及不没未无已还又再更最很太只都要会能可新老大小多少各每谁这那"
)


class Settings(Frozen):
    """No settings of its own."""

    WORDS: tuple[str, ...] = ()


def phrases(words: Iterable[str]) -> list[str]:
    """Join single characters to their neighbours, then short words, but not across a mark.

    >>> phrases(["品牌", "日", "佣金：", "大幅", "下调", "新", "规则"])
    ['品牌日', '佣金：', '大幅下调', '新规则']
    >>> phrases(["图文", "要", "不要", "标：", "开店的"])
    ['图文', '要不要标：', '开店的']
    >>> phrases(["十年：", "增速", "慢了，", "占比稳了"])
    ['十年：', '增速慢了，', '占比稳了']
    """
    return join(join(words, belongs), is_short)


def is_short(before: str, word: str) -> bool:
    """Tell whether two neighbours are short enough to stand in one line wherever it ends."""
    return len(before) + len(word.rstrip(CLOSING)) <= PHRASE


def belongs(before: str, word: str) -> bool:
    """Tell whether one of two neighbours is a single character that leans on the other."""
    bare = word.rstrip(CLOSING)  # a mark after it makes it no longer: 要不要标：
    return len(before) == 1 or (len(bare) == 1 and bare not in LEADING)


def join(words: Iterable[str], fits: Callable[[str, str], bool]) -> list[str]:
    """Join each word to what stands before it, if that fits and does not end with a mark."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1][-1] not in CLOSING and fits(joined[-1], word):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def headline(title: str, words: tuple[str, ...]) -> Markup:
    """Return a title as HTML that may break between its phrases."""
    pieces: list[str] = []
    for phrase in phrases(chunks(title, words)):
        if pieces:
            pieces.append(GAP if re.fullmatch(APART, pieces[-1][-1] + phrase[0]) else BREAK)
        pieces.append(phrase)
    return Markup().join(pieces)


def inputs(_html: str, metadata: Mapping[str, Any], _settings: Settings) -> str:
    """Return the title."""
    return metadata["head"].title


def facts(html: str, metadata: Mapping[str, Any], settings: Settings) -> Markup:
    """Cut one article's title."""
    return headline(inputs(html, metadata, settings), settings.WORDS)


def register() -> None:
    """Join the run."""
    _facts.register("headline", settings=Settings, facts=facts, inputs=inputs)

"""Pure functions on text: lengths, words and cuts that Chinese readers expect."""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from rjieba import Jieba

TAG = re.compile(r"<[^>]*>")
APART = re.compile(r'<(pre|math)\b.*?</\1>|<section [^>]*class="footnotes".*?</section>', re.DOTALL)
MARK = re.compile(r'<sup (?:class="cite"|id="fnref)[^>]*>.*?</sup>', re.DOTALL)
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
WORD = r"[A-Za-z0-9]+(?:[.,'’-][A-Za-z0-9]+)*"
COUNTED = re.compile(f"{HAN}|{WORD}")
SPACE = re.compile(r"\s+")
OPENING = "“‘（《〈【「『([{￥¥$"
CLOSING = "，。、；：？！”’）》〉】」』)]}…—～·%‰,.;:?!/∶+＋"
STOPS = "，。、；：…—～·,.;:~ "  # what an ellipsis takes the place of
SHORT_QUOTE = re.compile(r"[“‘「][^”’」]{1,3}$")  # as it begins
PARTICLES = "的地得了着过们吗呢吧啊"
NUMBER = re.compile(r"[\d一二两三四五六七八九十百千万亿几][+＋]?$")
UNIT = re.compile(
    r"[年月日号时点分秒个件家条元倍岁名场次万亿千百多余成折款种省季周天期起字篇级米]|公里"
)
# Thousands, decimals, times, ratios and ranges: 1,234 9:30 3/4 7～12 5%—8% 7万～12万
HALF_NUMBER = re.compile(r"[0-9](?:[,.:：/∶]|[%‰万亿元]?[～~—–－-]+)$|第$")


def plain_text(html: str) -> str:
    """Return what a reader reads of some HTML, in one line and without marks of notes."""
    return SPACE.sub(" ", unescape(TAG.sub("", MARK.sub("", html)))).strip()


def count_chars(text: str) -> int:
    """Count one for each Han character, Latin word and number; punctuation counts nothing."""
    return len(COUNTED.findall(text))


def body_text(html: str) -> str:
    """Return the text that counts: with tables, without code, formulas, notes and their marks."""
    return unescape(TAG.sub(" ", MARK.sub("", APART.sub(" ", html))))


@lru_cache(maxsize=2)
def segmenter(words: tuple[str, ...]) -> Jieba:
    """Return a segmenter that also knows the site's own words."""
    made = Jieba()
    for word in words:
        made.add_word(word, 100_000, None)
    return made


def chunks(text: str, words: tuple[str, ...]) -> list[str]:
    """Cut a line where it may break: between words, never inside one.

    Opening marks stay with what follows and closing marks with what goes before (CLREQ, line
    composition rules); a number and a short quotation stay whole, a number keeps its unit and a
    word its particle.
    """
    cut: list[str] = []
    for token in segmenter(words).cut(text):
        if cut and joins(cut[-1], token):
            cut[-1] += token
        else:
            cut.append(token)
    return cut


def joins(before: str, token: str) -> bool:
    """Tell whether a line must not break between two tokens."""
    return (
        token[0] in CLOSING
        or before[-1] in OPENING
        or token.isspace()
        or token in PARTICLES
        or bool(SHORT_QUOTE.search(before))
        or bool(NUMBER.search(before) and UNIT.match(token))
        or bool(HALF_NUMBER.search(before) and token[0].isdigit())
        or bool(before[-1].isdigit() and token[0] == "－")
        or bool(re.match(r"[\dA-Za-z]", token) and re.search(r"[\dA-Za-z./+-]$", before))
    )


def cut_at_word(text: str, limit: int, words: tuple[str, ...], mark: str = "……") -> str:
    """Shorten a text to ``limit`` counted characters, between words and never inside a number."""
    if count_chars(text) <= limit:
        return text
    kept: list[str] = []
    length = 0
    for chunk in chunks(text, words):
        length += count_chars(chunk)
        if length > limit:
            break
        kept.append(chunk)
    return "".join(kept).rstrip(STOPS + OPENING) + mark


def entities(text: str) -> str:
    """Write every character as an HTML entity: a mail address that simple harvesters overlook."""
    return "".join(f"&#{ord(character)};" for character in text)


def join_han(parts: Iterable[str]) -> str:
    """Join names as Chinese does."""
    return "、".join(parts)

"""Pure functions on text: lengths, words and cuts that Chinese readers expect."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import unescape
from itertools import count
from typing import NamedTuple

TAG = re.compile(r"<[^>]*>")
# Of a chart (_chart_svg.py); in its svg stands another.
DRAWING = r'<svg role="img".*?</svg>(?=<figcaption>)'
APART = re.compile(
    rf'<(pre|math)\b.*?</\1>|<section [^>]*class="notes".*?</section>|{DRAWING}', re.DOTALL
)
FIRST_DRAWING = re.compile(
    rf'<figure class="chart"><p><strong>(?P<title>[^<]*)</strong></p>(?P<svg>{DRAWING})'
    r"<figcaption>(?:单位：(?P<unit>[^<；]*)；)?(?P<table>.*?)</figcaption>",
    re.DOTALL,
)
DRAWN_KIND = re.compile(r'aria-label="([^：]*)：')
DRAWN_ROW = re.compile(r"<tr><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td></tr>")
CHART = re.compile(
    rf"{DRAWING}(<figcaption>[^<]*)<details[^>]*><summary>([^<]*)</summary>(.*?)</details>",
    re.DOTALL,
)
MARK = re.compile(r'<sup (?:class="cite"|id="fnref)[^>]*>.*?</sup>', re.DOTALL)
NO_NAME = re.compile(r"[^\w\s-]")
SPACES = re.compile(r"[-\s]+")
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
LETTER = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
WORD = rf"[0-9{LETTER}]+(?:[.,'’-][0-9{LETTER}]+)*"
COUNTED = re.compile(f"({HAN}+)|{WORD}")
# The same by the upper half of each character's number, a third of the time for common Chinese:
# blocks of nothing but Han, and those that hold Han or letters of words among others.
HAN_BLOCKS = bytes([*range(0x34, 0x4D), *range(0x4E, 0xA0), 0xF9, 0xFA])
OTHER_BLOCKS = re.compile(rb"[\x01\x02\x4d\xd8-\xdf]")
LATIN_1 = r"0-9A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\xff"
LATIN_WORD = re.compile(rf"[{LATIN_1}]+(?:[.,'-][{LATIN_1}]+)*".encode())
SPACE = re.compile(r"\s+")
UNCOMMON = re.compile("[^\n -~×·‘’“”—…→①-⑳\u3000-〕\u4e00-\u9fff！（），：；？～￥]")
OPENING = "“‘（《〈【「『([{￥¥$"
CLOSING = "，。、；：？！”’）》〉】」』)]}…—～·%‰,.;:?!/／∶+＋"
STOPS = "，。、；：…—～·,.;:~ "  # what an ellipsis takes the place of
SHORT_QUOTE = re.compile(r"[“‘「][^”’」]{1,3}$")  # as it begins
PARTICLES = "的地得了着过们吗呢吧啊"
NUMBER = re.compile(r"[\d一二两三四五六七八九十百千万亿几][+＋]?$")
UNIT = re.compile(
    r"[年月日号时点分秒个件家条元倍岁名场次万亿千百多余成折款种省季周天期起字篇级米]|公里"
)
LATIN = re.compile(rf"[\d{LETTER}]")
HARVESTED = re.compile(r"\b\w|\W")
LATIN_END = re.compile(rf"[\d{LETTER}./+-]$")
# Thousands, decimals, times, ratios and ranges: 1,234 9:30 3/4 7～12 5%—8% 7万～12万
HALF_NUMBER = re.compile(r"[0-9](?:[,.:：/∶]|[%‰万亿元]?[～~—–－-]+)$|第$")


@lru_cache(maxsize=1)  # one look for all who search a text for something rare
def is_common(text: str) -> bool:
    """Tell whether a text has no signs but those of nearly all: ASCII, Han and the marks of Chinese."""
    return UNCOMMON.search(text) is None


def slug(text: str) -> str:
    """Return the name that Python-Markdown's ``slugify_unicode`` gives to a text."""
    return SPACES.sub("-", NO_NAME.sub("", text).strip().lower())


def anchor_of(heading: str) -> str:
    """Return the name of a heading's place; of Latin letters alone it could be one of the page's."""
    name = slug(heading)
    return f"s-{name}" if name.isascii() else name


def plain_text(html: str) -> str:
    """Return what a reader reads of some HTML, in one line and without marks of notes."""
    return SPACE.sub(" ", unescape(TAG.sub("", MARK.sub("", html)))).strip()


def count_chars(text: str) -> int:
    """Count one for each Han character, Latin word and number; punctuation counts nothing."""
    blocks = text.encode("utf-16-be", "surrogatepass")[::2]
    others = blocks.translate(None, HAN_BLOCKS)
    if OTHER_BLOCKS.search(others):
        return sum([len(han) or 1 for han in COUNTED.findall(text)])
    latin = text.replace("’", "'").encode("latin-1", "replace")
    return len(blocks) - len(others) + len(LATIN_WORD.findall(latin))


@lru_cache(maxsize=4)  # several facts ask for the same text
def body_text(html: str) -> str:
    """Return the text that counts: with tables, without code, formulas, notes and their marks."""
    return unescape(TAG.sub(" ", MARK.sub("", APART.sub(" ", html))))


class Drawing(NamedTuple):
    """A chart of a text: its title, its unit or "", its drawing as HTML, what it is, its numbers."""

    title: str
    unit: str
    svg: str
    kind: str  # as its description says: 数字
    rows: tuple[tuple[str, str], ...]  # of a table of two columns


def first_drawing(html: str) -> Drawing | None:
    """Return the first chart of a text, None if it has none."""
    if "<svg" not in html or not (found := FIRST_DRAWING.search(html)):
        return None
    kind = DRAWN_KIND.search(found["svg"])
    return Drawing(
        unescape(found["title"]),
        unescape(found["unit"] or ""),
        found["svg"],
        kind[1] if kind else "",
        tuple(
            (unescape(first), unescape(second))
            for first, second in DRAWN_ROW.findall(found["table"])
        ),
    )


def without_drawings(html: str) -> str:
    """Return a text for those who know none of our styles: of a chart the table is left, in the open."""
    return CHART.sub(r"\1<p>\2</p>\3", html) if "<svg" in html else html


@lru_cache(maxsize=4)
def length(html: str) -> int:
    """Return how long a text is for its readers."""
    return count_chars(body_text(html))


_made = count()  # how many segmenters there are


@lru_cache(maxsize=2)
def segmenter(words: tuple[str, ...]) -> Callable[[str], list[str]]:
    """Return what cuts a text into words, the site's own among them.

    The package makes one segmenter when it is loaded, which takes a quarter of a small build: the
    first words are taught to that one. Others need a new one, since words cannot be unlearnt.
    """
    import rjieba  # noqa: PLC0415  a build that cuts nothing does without

    made = rjieba if next(_made) == 0 else rjieba.Jieba()
    for word in words:
        made.add_word(word, 100_000, None)
    return made.cut


def chunks(text: str, words: tuple[str, ...]) -> list[str]:
    """Cut a line where it may break: between words, never inside one.

    Opening marks stay with what follows and closing marks with what goes before (CLREQ, line
    composition rules); a number and a short quotation stay whole, a number keeps its unit and a
    word its particle.
    """
    cut: list[str] = []
    for token in segmenter(words)(text):
        if cut and joins(cut[-1], token):
            cut[-1] += token
        else:
            cut.append(token)
    return cut


def joins(before: str, token: str) -> bool:
    """Tell whether a line must not break between two tokens."""
    first, last = token[0], before[-1]
    end = len(before)  # patterns are looked for near it: this runs for every word of every title
    return (
        first in CLOSING
        or last in OPENING
        or token.isspace()
        or token in PARTICLES
        or bool(SHORT_QUOTE.search(before, end - 5))
        or bool(UNIT.match(token) and NUMBER.search(before, end - 3))
        or bool(first.isdigit() and HALF_NUMBER.search(before))
        or bool(first == "－" and last.isdigit())
        or bool(LATIN.match(token) and LATIN_END.search(before, end - 2))
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


def entities(address: str) -> str:
    """Write a mail address so that simple harvesters overlook it: each mark and each word's first
    letter as an HTML entity.

    >>> entities("mailto:a@example.org")
    '&#109;ailto&#58;&#97;&#64;&#101;xample&#46;&#111;rg'
    """
    return HARVESTED.sub(lambda sign: f"&#{ord(sign[0])};", address)


def join_han(parts: Iterable[str]) -> str:
    """Join names as Chinese does."""
    return "、".join(parts)

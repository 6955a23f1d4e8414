"""Rules about characters that a file may hold and a text should not.

Bytes and control characters are refused where files are decoded: ``plugins/_head.py``.
"""

import re
from collections.abc import Iterator
from itertools import islice

from plugins._text import is_common
from press.gate import Gate, Place, Rule, Source

MOST = 20  # of one kind: a text pasted from elsewhere needs no longer list
# U+200D stays: emoji are joined with it, and U+200C, which some scripts need.
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff\ufff9-\ufffb"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010fffd"
_STACKED = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
INVISIBLE, PRIVATE = re.compile(f"[{_INVISIBLE}]"), re.compile(f"[{_PRIVATE}]")
STACK = re.compile(f"[{_STACKED}]{{4,}}")


def _places(pattern: re.Pattern[str], source: Source) -> Iterator[tuple[int, int, str]]:
    if is_common(source.text):
        return
    for found in islice(pattern.finditer(source.body), MOST):
        before = source.body[: found.start()]
        line = source.line + before.count("\n")
        yield line, found.start() - (before.rfind("\n") + 1) + 1, found[0]


def invisible(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find characters that nobody sees, and that search and comparison stumble over."""
    for line, column, sign in _places(INVISIBLE, source):
        yield line, column, f"这里有看不见的字符U+{ord(sign):04X}，多半是从别处粘贴来的：请删去"


def private(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find characters whose glyph only one font or program knows."""
    for line, column, sign in _places(PRIVATE, source):
        what = f"字符U+{ord(sign):04X}在各人电脑上样子不同，多数是个方框：请换成通用的字"
        yield line, column, what


def stacked(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find signs put on one another so high that they cover the lines around."""
    for line, column, signs in _places(STACK, source):
        yield line, column, f"一个字上叠了{len(signs)}个附加符号，会盖住上下行：请删去"


RULES: dict[str, tuple[Rule, str]] = {
    "invisible": (invisible, "warning"),
    "private-use": (private, "warning"),
    "stacked": (stacked, "warning"),
}

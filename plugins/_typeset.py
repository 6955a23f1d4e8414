"""Set a headline in lines as a printer would, for what is drawn rather than styled.

Rules from CLREQ (Requirements for Chinese Text Layout): two marks side by side share half a width,
an opening mark at the start and a closing one at the end of a line hang out, Han and Latin stand an
eighth of a width apart. Widths and places are in em: the size of the type is one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

OPENING = "“‘（《〈【「『"
CLOSING = "，。、；：”’）》〉】」』"
STOPS = CLOSING + "？！…—"
NEVER_FIRST = STOPS + "～·／"
INSIDE = 0.3  # of the room: so uneven may lines be, rather than end inside a clause
HALF = 0.5  # of a full-width mark is empty
AUTOSPACE = 0.125  # between Han and Latin, as text-autospace has it
LEADING = 1.3  # from line to line
LATIN = re.compile(r"[A-Za-z0-9À-ɏͰ-ϿЀ-ӿ%+#@&$€£]")
WHOLE = re.compile(r"[A-Za-z0-9.,:/%+#@&$_-]+|.", re.DOTALL)  # what no line breaks if it can
MORE = "…"

Advance = Callable[[str], float]  # the width of one character


class Run(NamedTuple):
    """A piece of a line that is drawn as it is, and where it begins."""

    left: float
    text: str


class Setting(NamedTuple):
    """A text in lines, and the size at which it is set."""

    size: int
    lines: tuple[str, ...]


@lru_cache(maxsize=8192)  # asked for at every place where a line might end
def is_han(char: str) -> bool:
    """Tell whether a character is Han; a pattern of these ranges takes 5 ms to compile."""
    return (
        "一" <= char <= "\u9fff"
        or "\u2e80" <= char <= "\u3007"
        or "\u3400" <= char <= "\u4dbf"
        or "\uf900" <= char <= "\ufaff"
    )


@lru_cache(maxsize=8192)  # as above
def gap(before: str, after: str) -> float:
    """Return what two neighbours stand apart; negative: they share the space that is empty in both.

    >>> gap("》", "（"), gap("快", "手"), gap("年", "3")
    (-0.5, 0.0, 0.125)
    """
    if (before in CLOSING and (after in CLOSING or after in OPENING)) or (
        before in OPENING and after in OPENING
    ):
        return -HALF
    if (is_han(before) and LATIN.match(after)) or (LATIN.match(before) and is_han(after)):
        return AUTOSPACE
    return 0.0


def runs(line: str, advance: Advance) -> Iterator[Run]:
    """Yield the pieces of a line: each sign by itself, but ASCII together, as its letters are kerned.

    The first begins left of the margin if it is an opening mark.
    """
    left = -HALF if line[:1] and line[0] in OPENING else 0.0
    text, start = line[:1], left
    for before, char in pairwise(line):
        left += advance(before)
        if not (before.isascii() and char.isascii()):
            yield Run(start, text)
            left += gap(before, char)
            text, start = "", left
        text += char
    if text:
        yield Run(start, text)


def width(line: str, advance: Advance) -> float:
    """Return how much room a line takes between its margins."""
    if not line:
        return 0.0
    found = sum(map(advance, line)) + sum(map(gap, line, line[1:]))
    return found - HALF * ((line[0] in OPENING) + (line[-1] in CLOSING))


def broken(phrases: Sequence[str], room: float, advance: Advance) -> list[str] | None:
    """Part phrases into as few lines as can be, about equally long; None: one is too long."""
    count = len(phrases)
    if any(width(phrase.strip(), advance) > room for phrase in phrases):
        return None
    # best[end]: for the phrases before it the fewest lines, their unevenness, where the last begins.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, count + 1):
        found = []
        for start in range(end - 1, -1, -1):
            free = room - width("".join(phrases[start:end]).strip(), advance)
            if free < 0:
                break
            lines, uneven, _ = best[start]
            inside = end < count and phrases[end - 1].rstrip()[-1:] not in STOPS
            found.append((lines + 1, uneven + free**2 + inside * (room * INSIDE) ** 2, start))
        best.append(min(found))
    made, end = [], count
    while end:
        start = best[end][2]
        made.append("".join(phrases[start:end]).strip())
        end = start
    return made[::-1]


def pieces(text: str) -> list[str]:
    """Cut a text where a line of running text may end: between any two Han, but not before a mark.

    >>> pieces("“双11”，7～9亿件")
    ['“双', '11”，', '7～', '9', '亿', '件']
    """
    joined: list[str] = []
    for piece in WHOLE.findall(text):
        if joined and (piece[0] in NEVER_FIRST or joined[-1][-1] in OPENING or piece.isspace()):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def split(phrases: Sequence[str], room: float, advance: Advance) -> list[str]:
    """Cut phrases that no line holds: between words and numbers, or anywhere as the last resort."""
    found: list[str] = []
    for phrase in phrases:
        if width(phrase.strip(), advance) <= room:
            found.append(phrase)
            continue
        for piece in pieces(phrase):
            found += [piece] if width(piece.strip(), advance) <= room else piece
    return found


def filled(text: str, room: float, advance: Advance) -> list[str]:
    """Part running text into lines, each as full as it can be."""
    lines: list[str] = []
    for piece in split([text], room, advance):
        if lines and width((lines[-1] + piece).strip(), advance) <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.strip() for line in lines]


def cut(lines: Sequence[str], most: int, room: float, advance: Advance) -> tuple[str, ...]:
    """Leave out the lines after the first ``most``, with an ellipsis at the end of the last."""
    if len(lines) <= most or most <= 0:
        return tuple(lines[: max(0, most)])
    last = lines[most - 1]
    while last and width(last + MORE, advance) > room:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip(OPENING + CLOSING) + MORE)


def fit(
    phrases: Sequence[str], room: float, height: float, sizes: Sequence[int], advance: Advance
) -> Setting:
    """Set phrases in the largest of some sizes (largest first) in which all find room, in pixels.

    In the smallest one, what is too much is cut off with an ellipsis.
    """
    for size in sizes:
        lines = broken(phrases, room / size, advance)
        if lines is not None and most_lines(height, size) >= len(lines):
            return Setting(size, tuple(lines))
    size = sizes[-1]
    room /= size
    parts = split(phrases, room, advance)
    lines, most = broken(parts, room, advance) or parts, max(1, most_lines(height, size))
    if len(lines) > most:
        lines = filled("".join(phrases), room, advance)
    return Setting(size, cut(lines, most, room, advance))


def most_lines(height: float, size: int, leading: float = LEADING) -> int:
    """Return how many lines a height has room for; the last needs no leading."""
    return int((height - size) // (size * leading)) + 1 if height >= size else 0

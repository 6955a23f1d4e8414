"""The pieces of a text by which the search finds words in it.

Exact without positions: a text holds a word if it holds all *pieces* of three characters that the
word is made of, but where a longer piece *forks* in the text. 平台 forks in “甲平台涨，乙平台跌”: 甲 and
乙 stand before it, 涨 and 跌 after it, yet 甲平台跌 stands nowhere. So a text says which pieces fork in
it, and for each of these which continuations are true. A word then is found, by induction over its
length, where it stands and nowhere else.

:mod:`plugins._pieces_of_many` finds the same in whole volumes, faster.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

PAIR, PIECE = 2, 3  # characters
LONGEST = 32  # characters of a word that are looked for
BREAK = "\n"  # between runs of text; no word crosses it
FORK = 8  # flags of a list, beside its field
# The lists on which texts stand, by field and FORK and by name: their places, the first one first.
Lists = dict[int, dict[str, list[int]]]


def pieces(text: str) -> tuple[set[str], set[str]]:
    """Return the pieces of a field by which words are found, and those of them that fork.

    Pieces are all of one and of three characters; those of two that end a run, for the others begin
    a longer one; and of each longer piece that forks, its true continuations by a character each
    way. Cost: O(length), but for texts that repeat themselves.
    """
    runs = [BREAK + run for run in text.split(BREAK)]
    text = "".join([*runs, BREAK])
    three = [run[at : at + PIECE] for run in runs for at in range(len(run) - PAIR)]
    found = {*three}
    tails = [piece[1:] for piece in found]
    # Only before these stand different characters: only they can fork.
    places: dict[str, list[int]] = {
        piece: [] for piece, count in Counter(tails).items() if count > 1
    }
    before = {
        piece: places[tail] for piece, tail in zip(found, tails, strict=True) if tail in places
    }
    found.update([run[-PAIR:] for run in runs], text)
    found -= {run[:size] for run in runs for size in (1, PAIR, PIECE)}  # they begin with BREAK
    spots: list[int] = []
    start = 0
    for run in runs:
        spots += range(start, start + len(run) - PAIR)
        start += len(run)
    for spot, piece in zip(spots, three, strict=True):
        if piece in before:
            before[piece].append(spot)
    forks: set[str] = set()
    waiting = [(starts, 3) for starts in places.values()]  # with the character before each
    while waiting:
        starts, least = waiting.pop()
        for size in range(least, LONGEST):
            after = [text[start + size] for start in starts]
            rights = {*after}
            if len(rights) > 1 or BREAK in rights:
                break  # else, wherever it stands, it goes on in the same way
        else:
            continue
        pairs = {*zip([text[start] for start in starts], after, strict=True)}
        lefts = {left for left, _ in pairs}
        true = pairs
        if BREAK in rights or BREAK in lefts:
            true = {pair for pair in pairs if BREAK not in pair}
        if len(lefts - {BREAK}) * len(rights - {BREAK}) > len(true):
            piece = text[starts[0] + 1 : starts[0] + size]
            forks.add(piece)
            found.update([left + piece + right for left, right in true])
        if len(pairs) > len(rights):  # different ones before the same
            same: dict[str, list[int]] = {right: [] for right in rights}
            for start, right in zip(starts, after, strict=True):
                same[right].append(start)
            same.pop(BREAK, None)
            waiting += [
                (group, size + 1)
                for group in same.values()
                if len(group) > 1 and len({text[start] for start in group}) > 1
            ]
    return found, forks


def asked(word: str) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what a word asks of a text: its pieces; and for each inner piece, if that forks there,
    the longer one that must be true.

    >>> asked("直播电商")
    (['直播电', '播电商'], [('播电', '直播电商')])
    """
    if len(word) <= PIECE:
        return [word], []
    must = [word[at : at + PIECE] for at in range(len(word) - PIECE + 1)]
    inner = [
        (word[start:end], word[start - 1 : end + 1])
        for start in range(1, len(word) - 2)
        for end in range(start + 2, len(word))
    ]
    return must, inner


def lists_of(texts: Iterable[tuple[int, Sequence[str]]]) -> Lists:
    """Return the lists of some texts, of which place and fields are given, in order of their places.

    Cost: O(length), some two microseconds a character.
    """
    lists: Lists = defaultdict(lambda: defaultdict(list))
    for place, fields in texts:
        for field, text in enumerate(fields):
            if text:
                for flags, names in zip((field, field | FORK), pieces(text), strict=True):
                    on = lists[flags]
                    for name in names:
                        on[name].append(place)
    return lists

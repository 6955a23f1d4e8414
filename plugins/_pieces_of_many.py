"""The lists of many texts at once, by numpy: those of :func:`plugins._pieces.lists_of`, faster.

What there is a set of strings, here is a sorted array of numbers, in which equal ones are neighbours.
"""

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from plugins._pieces import BREAK, FORK, LONGEST, PIECE, Lists

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing here multiplies, and forks want none
import numpy as np

SIGN = 16  # bits of a character
SIGNS = (1 << SIGN) - 1
PORTION = 1 << 18  # characters worked on at once: they take some 50 MB
LEAST = 1 << 5  # characters as which a text counts, so that its number in a portion fits into SIGN
BROKEN = ord(BREAK)
Text = tuple[int, Sequence[str]]  # place and fields


def lists_of_many(texts: Iterable[Text]) -> Lists:
    """Return the lists of some texts, of which place and fields are given, in order of their places.

    Five times as fast as :func:`plugins._pieces.lists_of`; but to load numpy takes as long as twenty
    texts. Cost: O(n log n) of the characters.
    """
    lists: Lists = defaultdict(lambda: defaultdict(partial(array, "I")))
    for portion in portions(texts):
        places, fields = zip(*portion, strict=True)
        for field, column in enumerate(zip(*fields, strict=True)):
            part = Portion(places, column)
            part.put_short(lists[field])
            part.put_forks(lists[field], lists[field | FORK])
    return lists


def portions(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Cut texts into portions of about PORTION characters."""
    portion: list[Text] = []
    size = 0
    for place, fields in texts:
        portion.append((place, fields))
        size += max(LEAST, *map(len, fields))
        if size > PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def firsts(*columns: np.ndarray) -> np.ndarray:
    """Tell for each place whether it is the first of those that are equal in all columns."""
    found = np.ones(len(columns[0]), bool)
    found[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return found


def numbered(first: np.ndarray) -> np.ndarray:
    """Return to which group each place belongs, from 0, by the places that begin one."""
    return np.cumsum(first) - 1


class Portion:
    """One field of some texts."""

    def __init__(self, places: Sequence[int], texts: Sequence[str]) -> None:
        self.text = "".join([f"{BREAK}{text}{BREAK}" for text in texts])
        raw = self.text.encode("utf-16-le", "surrogatepass")
        self.signs = np.frombuffer(raw, "<u2").astype(np.int64)
        self.owner = np.repeat(np.arange(len(texts)), [len(text) + 2 for text in texts])
        self.places = np.array(places, np.uintc)
        self.bits = len(self.text).bit_length()  # of a spot

    def put_short(self, found: dict[str, array]) -> None:
        """Put the texts on the lists of their pieces of up to three characters."""
        solid = self.signs != BROKEN
        pair = solid[:-1] & solid[1:]
        spots = solid, pair[:-1] & ~solid[2:], pair[:-1] & solid[2:]  # of one, two, three
        keys = [self.keys(np.flatnonzero(where), size) for size, where in enumerate(spots, 1)]
        key = np.sort(np.concatenate(keys))
        key = key[firsts(key)]
        begin = np.flatnonzero(firsts(key >> SIGN))
        signs = [(key[begin] >> SIGN * left & SIGNS).astype(np.uint32) for left in (3, 2, 1)]
        names = np.stack(signs, 1).view(f"<U{PIECE}").ravel().tolist()
        places = self.places[key & SIGNS]
        starts = [*(begin * places.itemsize).tolist(), places.nbytes]
        raw = places.tobytes()
        for name, (start, end) in zip(names, pairwise(starts), strict=True):
            found[name].frombytes(raw[start:end])

    def keys(self, spots: np.ndarray, size: int) -> np.ndarray:
        """Return the pieces of ``size`` characters at some spots, each with the text's number."""
        key = np.zeros(len(spots), np.uint64)
        for at in range(PIECE):
            key <<= SIGN
            if at < size:
                key |= self.signs[spots + at].astype(np.uint64)
        return key << SIGN | self.owner[spots].astype(np.uint64)

    def put_forks(self, found: dict[str, array], forks: dict[str, array]) -> None:
        """Put the texts on the lists of the pieces that fork in them, and of their continuations.

        A spot is where the character before a piece stands; a group, all spots of a piece in a text.
        By the characters after it a group falls apart into those of longer pieces. Of these, only
        groups go on before which different characters stand: no other piece can fork.
        """
        told: list[tuple[np.ndarray, int]] = []
        forking: list[tuple[np.ndarray, int]] = []
        group, spot = self.pairs()
        for size in range(PIECE, LONGEST):  # of a piece and the character before it
            if not len(spot):
                break
            group, right, spot = self.ordered(group, self.signs[spot + size], spot)
            begin = firsts(group, right)
            child, parent, right = numbered(begin), group[begin], right[begin]
            child, left, spot = self.ordered(child, self.signs[spot], spot)
            one = firsts(child, left)
            of, left, at = child[one], left[one], spot[one]
            whose = parent[of]
            true = (left != BROKEN) & (right[of] != BROKEN)
            lefts = np.sort(whose << SIGN | left)
            lefts = lefts[firsts(lefts)]
            ways = np.bincount(lefts >> SIGN, lefts & SIGNS != BROKEN)
            ways *= np.bincount(parent, right != BROKEN)
            fork = (ways > np.bincount(whose, true))[whose]
            told.append((at[fork & true], size + 1))
            forking.append((at[fork & firsts(whose)] + 1, size - 1))
            on = ((np.bincount(of) > 1) & (right != BROKEN))[child]
            group, spot = numbered(firsts(child[on])), spot[on]
        self.put(told, found)
        self.put(forking, forks)

    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the groups of pieces of two before which different characters stand."""
        solid = self.signs != BROKEN
        spot = np.flatnonzero(solid[1:-1] & solid[2:])
        key = np.sort((self.signs[spot + 1] << SIGN | self.signs[spot + 2]) << self.bits | spot)
        spot = key & (1 << self.bits) - 1
        group = numbered(firsts(key >> self.bits, self.owner[spot]))
        group, left, spot = self.ordered(group, self.signs[spot], spot)
        on = (np.bincount(group[firsts(group, left)]) > 1)[group]
        return numbered(firsts(group[on])), spot[on]

    def ordered(
        self, group: np.ndarray, sign: np.ndarray, spot: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return spots ordered by their groups and by a character of each, beside both."""
        key = np.sort((group << SIGN | sign) << self.bits | spot)
        both = key >> self.bits
        return both >> SIGN, both & SIGNS, key & (1 << self.bits) - 1

    def put(self, some: Sequence[tuple[np.ndarray, int]], lists: dict[str, array]) -> None:
        """Put texts on lists: of each name, where it stands and its length are given."""
        if not some:
            return
        at = np.concatenate([spots for spots, _ in some])
        end = np.concatenate([spots + size for spots, size in some])
        order = np.argsort(at, kind="stable")
        at, end = at[order], end[order]
        places = self.places[self.owner[at]]
        for first, last, place in zip(at.tolist(), end.tolist(), places.tolist(), strict=True):
            lists[self.text[first:last]].append(place)

"""The index read as theme/static/search.js reads it, so that many questions can be asked quickly."""

import json
import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from plugins import _pieces, _search

TOLD = re.compile(r'data-volumes="?([^">]*)')


class Hit(NamedTuple):
    """One result."""

    url: str
    title: str
    spelt: bool  # found by pinyin only
    inside: bool = False  # a word of it stands in the body alone


class Part:
    """One volume; ``read`` are its bytes that were asked for."""

    def __init__(self, content: bytes, years: list[tuple[int, int]]) -> None:
        self.years = [year for year, texts in years for _ in range(texts)]
        self.count = len(self.years)
        self.buckets = _search.buckets_of(self.count)
        self.content = content
        self.read = 0
        self._known: dict[int, dict[str, set[int]]] = {}

    @cached_property
    def volume(self) -> _search.Volume:
        return _search.read_volume(self.content, self.count)

    def bucket(self, number: int) -> dict[str, set[int]]:
        if number not in self._known:
            raw = self.volume.buckets[number]
            assert not raw or int.from_bytes(raw[:2], "little") == _search.checksum(raw[2:])
            self.read += _search.SLOT * 2 + len(raw)
            known = self._known[number] = {}
            for key, flag, content, _ in _search.read_bucket(raw, self.count):
                texts = set(_search.read_list(flag, content))
                known[key] = known.get(key, set()) | texts
                if len(key) > _pieces.PIECE and ord(key[-1]) < _pieces.FORK:
                    pair = key[: _pieces.PAIR] + key[-1]
                    known[pair] = known.get(pair, set()) | texts
        return self._known[number]

    def stands(self, word: str) -> list[set[int]]:
        """The texts in which a word stands, field by field."""
        must, inner = _pieces.asked(word)
        lists: dict[str, set[int]] = {}
        for number in {_search.bucket(piece, self.buckets) for piece in must}:
            lists |= self.bucket(number)

        def on(piece: str, flags: int) -> set[int]:
            return lists.get(piece + chr(flags), set())

        found = []
        for field in range(len(_search.FIELDS)):
            texts = set.intersection(*(on(piece, field) for piece in must))
            for piece, longer in inner:
                texts &= (texts - on(piece, field | _pieces.FORK)) | on(longer, field)
            found.append(texts)
        if not re.fullmatch("[a-z]{2,}", word):
            found[_search.FIELDS.index("spelt")] = set()
        return found

    def card(self, place: int) -> list[str]:
        raw = self.volume.cards[place]
        self.read += len(raw)
        return written_on(raw)

    def forget(self) -> None:
        """Ask for everything anew: a first query."""
        self.read = 0
        self._known.clear()
        self.__dict__.pop("volume", None)


@cache
def written_on(raw: bytes) -> list[str]:
    """What stands on a card."""
    return json.loads(raw)


class Index:
    """All volumes of a built site."""

    def __init__(self, told: str, read: Callable[[str], bytes]) -> None:
        self.parts = []
        for volume in told.split():
            name, *years = volume.split(":")
            counts = [tuple(map(int, year.split(","))) for year in years]
            self.parts.append(Part(read(name), counts))

    @classmethod
    def of(cls, site: Path) -> "Index":
        page = (site / "search/index.html").read_text(encoding="utf-8")
        return cls(TOLD.search(page)[1], lambda name: (site / f"search/{name}.bin").read_bytes())

    def find(self, query: str, shown: int | None = None) -> list[Hit]:
        """Results in their order; the cards of the first ``shown`` are read."""
        words = _search.words(query)
        if not words:
            return []
        hits, held = [], [0] * len(words)
        for number, part in enumerate(self.parts):
            fields = [part.stands(word) for word in words]
            exact = [set.union(*word[:4]) for word in fields]
            held = [count + len(places) for count, places in zip(held, exact, strict=True)]
            everywhere = set.intersection(*exact)
            for place in set.intersection(*(set.union(*word) for word in fields)):
                spelt = place not in everywhere
                on = [[place in field for field in word] for word in fields]
                hits.append((number, place, [[*word[:4], word[4] and spelt] for word in on], spelt))
        texts = sum(part.count for part in self.parts)
        rare = [_search.rarity(texts, count) for count in held]
        now = max(max(part.years) for part in self.parts)

        def order(hit) -> tuple:
            number, place, stands, spelt = hit
            age = now - self.parts[number].years[place]
            return spelt, -_search.score(stands, rare, age), -number, -place

        return [
            Hit(*self.parts[number].card(place)[:2], spelt, any(map(inside, stands)))
            if shown is None or rank < shown
            else Hit("", "", spelt)
            for rank, (number, place, stands, spelt) in enumerate(sorted(hits, key=order))
        ]

    @property
    def read(self) -> int:
        return sum(part.read for part in self.parts)

    def forget(self) -> None:
        for part in self.parts:
            part.forget()


def inside(stands: list[bool]) -> bool:
    """Whether a word stands in the body and where no result shows it."""
    title, _, lead, body, _ = stands
    return body and not title and not lead


def grep(words: Iterable[str], fields: Iterable[list[str]]) -> list[int]:
    """The texts that hold all words: the plain way, each as the runs of its fields."""
    wanted = list(words)
    return [
        place
        for place, runs in enumerate(fields)
        if all(any(word in run for run in runs) for word in wanted)
    ]

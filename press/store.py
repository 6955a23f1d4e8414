"""Keep something between builds, and never believe it if it is not what was kept.

A file is a line that names the format, a SHA-256 over version and payload, and the payload. What
is missing, cut short, changed or of another version is read as nothing.
"""

import hashlib
import os
import pickle
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"press 1\n"
SIZE = 16  # values of a part, about: what is read for one of them, and written again with it
Place = tuple[int, int, bytes]  # offset, length and digest
SIZE_OF_SIZE = 8  # bytes


class LostRecordError(RuntimeError):
    """Something kept is no longer what it was when the build began."""


def seal(version: bytes, payload: bytes | memoryview) -> bytes:
    """Return what stands before a payload."""
    found = hashlib.sha256(version)
    found.update(payload)
    return MAGIC + found.digest()


def save(path: Path, version: bytes, payload: bytes) -> None:
    """Replace the file at ``path`` in one step."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(seal(version, payload))
        file.write(payload)
    new.replace(path)


def load(path: Path, version: bytes) -> memoryview | None:
    """Return the payload of the file at ``path``, None if it cannot be believed."""
    try:
        content = memoryview(path.read_bytes())
    except OSError:
        return None
    start = len(MAGIC) + hashlib.sha256().digest_size
    payload = content[start:]
    return payload if content[:start] == seal(version, payload) else None


class Shards:
    """Values by name, kept in parts of neighbouring names: one is read when a value of it is wanted.

    What is asked for together has neighbouring names: the texts of a month. Parts lie one after the
    other in a file, each with its checksum in a table; on saving, unchanged ones are copied from the
    last file to the next, and what has grown too large is parted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.extra: Any = None  # one more value, always saved
        self.dirty: set[int] = set()
        self.firsts = [""]  # of each part, a name that is no greater than any in it
        self.places: list[Place] = [(0, 0, b"")]  # of each part in the file
        self._parts: dict[int, dict[str, Any]] = {0: {}}  # those that are in memory

    @property
    def clean(self) -> bool:
        """Whether no value has changed since they were read or saved."""
        return not self.dirty

    def part_of(self, name: str) -> int:
        """Return the number of the part in which a name is kept."""
        return bisect_right(self.firsts, name) - 1

    def get(self, name: str) -> Any:
        """Return a value, None if there is none of that name.

        Raises:
            LostRecordError: its part is not as it was saved.

        """
        return self._part(self.part_of(name)).get(name)

    def __setitem__(self, name: str, value: Any) -> None:
        number = self.part_of(name)
        self._part(number)[name] = value
        self.dirty.add(number)

    def __delitem__(self, name: str) -> None:
        number = self.part_of(name)
        self._part(number).pop(name, None)
        self.dirty.add(number)

    def all(self) -> dict[str, Any]:
        """Return all values. Cost: O(values); twice it costs no more than once."""
        self._read(range(len(self.firsts)))
        return {name: value for part in self._parts.values() for name, value in part.items()}

    def load(self, version: bytes) -> None:
        """Read the table of what was saved; stay empty if it cannot be believed."""
        self.extra, self.dirty, self.firsts = None, set(), [""]
        self.places, self._parts = [(0, 0, b"")], {0: {}}
        table = load(self.path.with_suffix(".table"), version)
        try:
            if table is not None and self.path.stat().st_size == table_size(table):
                self.firsts, self.places, self.extra = pickle.loads(table[SIZE_OF_SIZE:])
                self._parts = {}
        except OSError:
            return

    def _part(self, number: int) -> dict[str, Any]:
        if number not in self._parts:
            self._read([number])
        return self._parts[number]

    def _read(self, numbers: Iterable[int]) -> None:
        wanted = [number for number in numbers if number not in self._parts]
        if not wanted:
            return
        try:
            with self.path.open("rb") as file:
                for number in wanted:
                    offset, length, known = self.places[number]
                    file.seek(offset)
                    part = file.read(length)
                    if hashlib.sha256(part).digest() != known:
                        raise LostRecordError(self.path.name)
                    self._parts[number] = pickle.loads(part)
        except OSError as error:
            raise LostRecordError(self.path.name) from error

    def save(self, version: bytes) -> None:
        """Write all values; those of unchanged parts as they were read.

        The table is written last, and fits no other file of parts.
        """
        if not self.path.exists():
            self.dirty = set(range(len(self.firsts)))  # nothing to copy from
        if self.dirty:
            self._write()
        offset, length, _ = self.places[-1]
        table = pickle.dumps((self.firsts, self.places, self.extra), 5)
        size = (offset + length).to_bytes(SIZE_OF_SIZE, "little")
        save(self.path.with_suffix(".table"), version, size + table)

    def _write(self) -> None:
        for number in self.dirty:
            self._part(number)  # while the file that has it is there
        known, parts, start = [*zip(self.firsts, self.places, strict=True)], self._parts, 0
        self.firsts, self.places, self._parts = [], [], {}
        new = self.path.with_suffix(".new")
        with ExitStack() as files:
            target = files.enter_context(new.open("wb"))
            if len(self.dirty) < len(known):
                former = files.enter_context(self.path.open("rb"))
            for changed, numbers in groupby(range(len(known)), self.dirty.__contains__):
                run = [*numbers]
                if changed:
                    values = {name: one for n in run for name, one in parts[n].items()}
                    for part in evenly(values) or [{}] * (len(run) == len(known)):
                        raw = pickle.dumps(part, 5)
                        place = start, len(raw), hashlib.sha256(raw).digest()
                        self._note(min(part, default=""), place, part)
                        start += target.write(raw)
                else:
                    offset = known[run[0]][1][0]
                    for number in run:
                        first, (at, length, digest) = known[number]
                        self._note(first, (at - offset + start, length, digest), parts.get(number))
                    former.seek(offset)
                    start += target.write(former.read(at + length - offset))
        new.replace(self.path)
        self.dirty = set()

    def _note(self, first: str, place: Place, part: dict[str, Any] | None) -> None:
        """Add a part behind those before it; the first takes whatever comes before its names."""
        if part is not None:
            self._parts[len(self.places)] = part
        self.firsts.append(first if self.places else "")
        self.places.append(place)


def evenly(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Cut values into parts of neighbouring names: few values are one part, none are none."""
    names = sorted(values)
    count = len(names) // SIZE if len(names) > 2 * SIZE else bool(names)
    cuts = [len(names) * number // count for number in range(count + 1)] if count else []
    return [{name: values[name] for name in names[start:end]} for start, end in pairwise(cuts)]


def table_size(table: memoryview) -> int:
    """Return the size of the file of parts to which a table belongs."""
    return int.from_bytes(table[:SIZE_OF_SIZE], "little")


class Pack:
    """Records in one append-only file; what a record is worth is said by who holds its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.end = path.stat().st_size if path.exists() else 0
        self._file: BinaryIO | None = None

    def append(self, records: Iterable[bytes]) -> Iterator[tuple[int, int, int]]:
        """Write records one by one and yield the place of each: offset, length, checksum."""
        with self.path.open("ab") as file:
            self.end = file.tell()
            for record in records:
                file.write(record)
                place = self.end, len(record), zlib.crc32(record)
                self.end += len(record)
                yield place

    def absorb(self, other: "Pack") -> int:
        """Append the whole of another pack and remove it; return where it begins now."""
        import shutil  # noqa: PLC0415  slow to load, and only for what was read

        with self.path.open("ab") as file, other.path.open("rb") as part:
            start = file.tell()
            shutil.copyfileobj(part, file, 1 << 20)
            self.end = file.tell()
        other.path.unlink()
        return start

    def read(self, place: tuple[int, int, int]) -> bytes | None:
        """Return the record at a place, None if it is not there whole."""
        offset, length, checksum = place
        try:
            if self._file is None:
                self._file = self.path.open("rb", buffering=0)
            record = os.pread(self._file.fileno(), length, offset)
        except OSError:
            return None
        whole = record and len(record) == length and zlib.crc32(record) == checksum
        return record if whole else None  # no record is empty

    def close(self) -> None:
        """Let go of the file, before another takes its place."""
        if self._file is not None:
            self._file.close()
            self._file = None

"""Keep something between builds, and never believe it if it is not what was kept.

A file is a line that names the format, a SHA-256 over version and payload, and the payload. What
is missing, cut short, changed or of another version is read as nothing.
"""

import hashlib
import os
import pickle
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"press 1\n"
SIZE = 64  # values of a part, about: what is read for one of them, and written again with it
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
    """Values by name, kept in parts: a part is read when one of its values is asked for.

    The number of parts follows the number of values, so that a change costs about the same on any
    site. Parts lie one after the other in a file, each with its checksum in a table; on saving an
    unchanged one is copied from the last file to the next.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.extra: Any = None  # one more value, always saved
        self.dirty: set[int] = set()
        self.places: list[tuple[int, int, bytes]] = []  # offset, length and digest of each part
        self._parts: dict[int, dict[str, Any]] = {0: {}}  # those that are in memory

    @property
    def clean(self) -> bool:
        """Whether no value has changed since they were read or saved."""
        return not self.dirty

    def part_of(self, name: str) -> int:
        """Return the number of the part in which a name is kept."""
        return zlib.crc32(name.encode()) % len(self.places) if self.places else 0

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
        self._read(range(max(1, len(self.places))))
        return {name: value for part in self._parts.values() for name, value in part.items()}

    def load(self, version: bytes) -> None:
        """Read the table of what was saved; stay empty if it cannot be believed."""
        self.extra, self.places, self.dirty, self._parts = None, [], set(), {0: {}}
        table = load(self.path.with_suffix(".table"), version)
        try:
            if table is not None and self.path.stat().st_size == table_size(table):
                self.places, self.extra = pickle.loads(table[SIZE_OF_SIZE:])
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

    def save(self, version: bytes, count: int) -> None:
        """Write all values, about ``count``; those of unchanged parts as they were read.

        The table is written last, and fits no other file of parts.
        """
        if not self.path.exists():
            self.dirty = set(range(len(self.places)))  # nothing to copy from
        wanted = 1 << (max(count, 1) // SIZE).bit_length()
        if not len(self.places) / 2 <= wanted <= len(self.places) * 2:
            values = self.all()
            self.places = [(0, 0, b"")] * wanted
            self._parts = {number: {} for number in range(wanted)}
            self.dirty = set(range(wanted))
            for name, value in values.items():
                self._parts[self.part_of(name)][name] = value
        if self.dirty:
            self._write()
        offset, length, _ = self.places[-1]
        table = pickle.dumps((self.places, self.extra), 5)
        size = (offset + length).to_bytes(SIZE_OF_SIZE, "little")
        save(self.path.with_suffix(".table"), version, size + table)
        self.dirty.clear()

    def _write(self) -> None:
        new, start = self.path.with_suffix(".new"), 0
        with ExitStack() as files:
            target = files.enter_context(new.open("wb"))
            former = None
            if len(self.dirty) < len(self.places):
                former = files.enter_context(self.path.open("rb"))
            for number, (offset, length, known) in enumerate(self.places):
                if number in self.dirty:
                    part = pickle.dumps(self._part(number), 5)
                    known = hashlib.sha256(part).digest()  # noqa: PLW2901
                else:
                    former.seek(offset)
                    part = former.read(length)
                target.write(part)
                self.places[number] = (start, len(part), known)
                start += len(part)
        new.replace(self.path)


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

"""Keep something between builds, and never believe it if it is not what was kept.

A file is a line that names the format, a SHA-256 over version and payload, and the payload. What
is missing, cut short, changed or of another version is read as nothing.
"""

import hashlib
import os
import pickle
import shutil
import zlib
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

MAGIC = b"press 1\n"
SIZE = 256  # entries of a shard, about: what one changed entry makes to be written again


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


class Shards(dict[str, Any]):
    """Entries by path, saved in parts of which only the changed ones are pickled again.

    The number of parts follows the number of entries, so that a change costs about the same on
    any site; reading costs O(entries). Parts lie one after the other in a file, each with its
    checksum in a table; an unchanged one is copied from the last file to the next.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.extra: Any = None  # one more value, always saved
        self.dirty: set[int] = set()
        self.places: list[tuple[int, int, bytes]] = []  # offset, length and digest of each part

    @property
    def clean(self) -> bool:
        """Whether no entry has changed since they were read or saved."""
        return not self.dirty

    def part_of(self, path: str) -> int:
        """Return the number of the part in which a path is kept."""
        return zlib.crc32(path.encode()) % len(self.places) if self.places else 0

    def __setitem__(self, path: str, entry: Any) -> None:
        self.dirty.add(self.part_of(path))
        super().__setitem__(path, entry)

    def __delitem__(self, path: str) -> None:
        self.dirty.add(self.part_of(path))
        super().__delitem__(path)

    def load(self, version: bytes) -> None:
        """Read what was saved; stay empty if anything of it cannot be believed."""
        self.clear()
        self.extra, self.places, self.dirty = None, [], set()
        table = load(self.path.with_suffix(".table"), version)
        if table is None:
            return
        places, extra = pickle.loads(table)
        try:
            with self.path.open("rb") as file:
                for _, length, known in places:
                    part = file.read(length)
                    if hashlib.sha256(part).digest() != known:
                        self.clear()
                        return
                    self.update(pickle.loads(part))
        except OSError:
            return
        self.extra, self.places = extra, places

    def save(self, version: bytes) -> None:
        """Write all entries; those of unchanged parts as they were read.

        The table is written last, and fits no other file of parts.
        """
        if not self.path.exists():
            self.places = []  # nothing to copy from
        wanted = 1 << (max(len(self), 1) // SIZE).bit_length()
        if not len(self.places) / 2 <= wanted <= len(self.places) * 2:
            self.places = [(0, 0, b"")] * wanted
            self.dirty = set(range(wanted))
        content: dict[int, dict[str, Any]] = {number: {} for number in self.dirty}
        for name, entry in self.items() if content else ():
            if (number := self.part_of(name)) in content:
                content[number][name] = entry
        if content:
            self._write(content)
        table = pickle.dumps((self.places, self.extra), 5)
        save(self.path.with_suffix(".table"), version, table)
        self.dirty.clear()

    def _write(self, content: dict[int, dict[str, Any]]) -> None:
        new, offset = self.path.with_suffix(".new"), 0
        with ExitStack() as files:
            target = files.enter_context(new.open("wb"))
            former = None
            if len(content) < len(self.places):
                former = files.enter_context(self.path.open("rb"))
            for number, (start, length, known) in enumerate(self.places):
                if number in content:
                    part = pickle.dumps(content[number], 5)
                    known = hashlib.sha256(part).digest()  # noqa: PLW2901
                else:
                    former.seek(start)
                    part = former.read(length)
                target.write(part)
                self.places[number] = (offset, len(part), known)
                offset += len(part)
        new.replace(self.path)


class Pack:
    """Records in one append-only file; what a record is worth is said by who holds its place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.end = path.stat().st_size if path.exists() else 0
        self._file: BinaryIO | None = None

    def append(self, records: Iterable[bytes]) -> list[tuple[int, int, int]]:
        """Write records and return the place of each: offset, length, checksum."""
        places = []
        with self.path.open("ab") as file:
            self.end = file.tell()
            for record in records:
                file.write(record)
                places.append((self.end, len(record), zlib.crc32(record)))
                self.end += len(record)
        return places

    def absorb(self, other: "Pack") -> int:
        """Append the whole of another pack and remove it; return where it begins now."""
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

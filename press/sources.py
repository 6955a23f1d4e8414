"""What lies in a folder, and what of it has changed since the last build.

A file is believed unchanged if its times, size and inode are; otherwise its content decides, so a
fresh clone, where all times are new, costs one reading and nothing more.
"""

import fnmatch
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

Stat = tuple[int, int, int, int]  # mtime_ns, ctime_ns, size, inode
TICK = (
    50_000_000  # nanoseconds: a file changed twice within one tick of the clock may look the same
)


Source = tuple[Stat | None, str]  # None: too young then for its times to be believed; SHA-256


def pattern(names: Iterable[str]) -> Callable[[str], object]:
    """Return what tells whether a name is one of those to ignore."""
    return re.compile("|".join(map(fnmatch.translate, names)) or r"(?!)").match


def walk(root: str, folder: str, ignored: Iterable[str] = ()) -> Iterator[tuple[str, os.DirEntry]]:
    """Yield every file below ``root/folder`` with its path from ``root``; links are followed."""
    unwanted = pattern(ignored)
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        try:
            entries = os.scandir(f"{root}/{inside}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                if unwanted(entry.name):
                    continue
                path = f"{inside}/{entry.name}"
                if entry.is_dir():
                    waiting.append(path)
                elif entry.is_file():
                    yield path, entry


def stat_of(entry: os.DirEntry) -> Stat:
    """Return what tells a file's state without reading it."""
    found = entry.stat()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  10,000 path objects would cost
        return hashlib.sha256(file.read()).hexdigest()


class Scan(NamedTuple):
    """The files below one root now, and how they differ from those of the last build."""

    files: dict[str, Source]
    changed: set[str]  # of another content, or new
    removed: set[str]
    added: set[str]
    aside: set[str]  # those of a name to ignore: no part of the site, but a text may name one


def scan(
    root: str, folders: Iterable[str], former: dict[str, Source], ignored: Iterable[str] = ()
) -> Scan:
    """Look at all files of some folders. Cost: O(files), and a reading of those touched."""
    old = time.time_ns() - TICK
    files: dict[str, Source] = {}
    changed, added, aside = set(), set(), set()
    unwanted = pattern(ignored)
    for folder in folders:
        for path, entry in walk(root, folder):
            if unwanted(entry.name) or any(map(unwanted, path.split("/")[1:-1])):
                aside.add(path)
            stat = stat_of(entry)
            known = former.get(path)
            if known and known[0] == stat:
                files[path] = known
                continue
            digest = digest_of(f"{root}/{path}")
            files[path] = (stat if max(stat[0], stat[1]) < old else None, digest)
            if known is None:
                added.add(path)
            if known is None or known[1] != digest:
                changed.add(path)
    return Scan(files, changed, former.keys() - files.keys(), added, aside)

"""What lies in a folder, and what of it has changed since the last build.

A file is believed unchanged if its times, size and inode are; otherwise its content decides, so a
fresh clone, where all times are new, costs one reading and nothing more.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from plugins._files import UNREADABLE, beside, collision, collisions, flaw, is_odd, pattern

Stat = tuple[int, int, int, int]  # mtime_ns, ctime_ns, size, inode
TICK = (
    50_000_000  # nanoseconds: a file changed twice within one tick of the clock may look the same
)


LARGE = 16_000_000  # bytes read at once

Source = tuple[Stat | None, str]  # None: too young then for its times to be believed; SHA-256


def walk(
    root: str, folder: str, ignored: Iterable[str] = (), odd: list[str] | None = None
) -> Iterator[tuple[str, os.DirEntry]]:
    """Yield every file below ``root/folder`` with its path from ``root``.

    Links are followed, unless whatever is no plain file or folder is to be noted in ``odd``.
    """
    unwanted = pattern(ignored).match
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
                if odd is not None and is_odd(entry):
                    odd.append(path)
                elif entry.is_dir():
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
        start = file.read(LARGE)
        found = hashlib.sha256(start)
        while len(start) == LARGE:
            start = file.read(LARGE)
            found.update(start)
        return found.hexdigest()


class Scan(NamedTuple):
    """The files below one root now, and how they differ from those of the last build."""

    files: dict[str, Source]
    changed: set[str]  # of another content, or new
    removed: set[str]
    added: set[str]
    aside: set[str]  # those of a name to ignore: no part of the site, but a text may name one
    wrong: list[tuple[str, str]]  # what cannot be read or must not be, and why


def scan(
    root: str, folders: Iterable[str], former: dict[str, Source], ignored: Iterable[str] = ()
) -> Scan:
    """Look at all files of some folders. Cost: O(files), and a reading of those touched."""
    folders = tuple(folders)
    old = time.time_ns() - TICK
    files: dict[str, Source] = {}
    changed, added, aside = set(), set(), set()
    odd: list[str] = []
    mute: list[str] = []  # those that cannot be read
    unwanted = pattern(ignored).match
    for folder in folders:
        for path, entry in walk(root, folder, odd=odd):
            if unwanted(entry.name) or any(map(unwanted, path.split("/")[1:-1])):
                aside.add(path)
            stat = stat_of(entry)
            known = former.get(path)
            if known and known[0] == stat:
                files[path] = known
                continue
            try:
                digest = digest_of(f"{root}/{path}")
            except OSError:
                mute.append(path)
                continue
            files[path] = (stat if max(stat[0], stat[1]) < old else None, digest)
            if known is None:
                added.add(path)
            if known is None or known[1] != digest:
                changed.add(path)
    odd = [path for path in odd if not any(map(unwanted, path.split("/")[1:]))]
    wrong = [(path, flaw(root, path) or UNREADABLE) for path in (*odd, *mute)]
    wrong += beside(root, folders, ignored)
    if added:
        wrong += ((path, collision(other)) for path, other in collisions(files.keys() - aside))
    return Scan(files, changed, former.keys() - files.keys(), added, aside, wrong)

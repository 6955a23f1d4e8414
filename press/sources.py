"""What lies in a folder, and what of it has changed since the last build.

A file is believed unchanged if its times, size and inode are; otherwise its content decides, so a
fresh clone, where all times are new, costs one reading and nothing more.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from plugins._files import UNREADABLE, beside, collision, collisions, flaw, pattern

Stat = tuple[int, int, int, int]  # mtime_ns, ctime_ns, size, inode
TICK = (
    50_000_000  # nanoseconds: a file changed twice within one tick of the clock may look the same
)


DATA = "data"  # its files of numbers, which charts draw
LARGE = 65_536  # bytes read at once: for more, memory is asked of the system, at twice the cost of a text

Source = tuple[Stat | None, str]  # None: too young then for its times to be believed; SHA-256


def folders_in(
    root: str,
    folder: str,
    unwanted: Callable[[str], object],
    odd: list[str] | None = None,
) -> Iterator[tuple[str, list[os.DirEntry]]]:
    """Yield ``root/folder`` and every folder below it with its files.

    Links are followed, unless whatever is no plain file or folder is to be noted in ``odd``.
    """
    waiting, follow = [folder], odd is None
    while waiting:
        inside = waiting.pop()
        files: list[os.DirEntry] = []
        try:
            entries = os.scandir(f"{root}/{inside}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        with entries:
            for entry in entries:
                if unwanted(entry.name):
                    continue
                if entry.is_file(follow_symlinks=follow):
                    files.append(entry)
                elif entry.is_dir(follow_symlinks=follow):
                    waiting.append(f"{inside}/{entry.name}")
                elif odd is not None:
                    odd.append(f"{inside}/{entry.name}")
        yield inside, files


def walk(root: str, folder: str, ignored: Iterable[str] = ()) -> Iterator[tuple[str, os.DirEntry]]:
    """Yield every file below ``root/folder`` with its path from ``root``; links are followed."""
    for inside, files in folders_in(root, folder, pattern(ignored).match):
        for entry in files:
            yield f"{inside}/{entry.name}", entry


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
    aside: set[str]  # of a name to ignore, or numbers: no part of the site, but a text may name one
    touched: set[str]  # of another state, or new: all others are what they were
    wrong: list[tuple[str, str]]  # what cannot be read or must not be, and why


def scan(
    root: str, folders: Iterable[str], former: dict[str, Source], ignored: Iterable[str] = ()
) -> Scan:
    """Look at all files of some folders. Cost: O(files), and a reading of those touched."""
    folders = tuple(folders)
    old = time.time_ns() - TICK
    files: dict[str, Source] = {}
    aside: set[str] = set()
    touched: set[str] = set()
    odd: list[str] = []
    mute: list[str] = []  # those that cannot be read
    unwanted, known = pattern(ignored).match, former.get
    nothing = pattern(()).match
    parts = (folders_in(root, folder, nothing, odd) for folder in folders)
    for inside, entries in chain.from_iterable(parts):
        whole = any(map(unwanted, inside.split("/")[1:]))
        data = inside == DATA or inside.startswith(f"{DATA}/")
        for entry in entries:
            name = entry.name
            if data and not name.endswith(".csv"):  # the others are read by plugins._data
                continue
            path = f"{inside}/{name}"
            if whole or data or unwanted(name):
                aside.add(path)
            found = entry.stat()
            stat = found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
            source = known(path)
            if source is None or source[0] != stat:
                try:
                    digest = digest_of(f"{root}/{path}")
                except OSError:
                    mute.append(path)
                    continue
                touched.add(path)
                source = stat if max(stat[0], stat[1]) < old else None, digest
            files[path] = source
    added = touched.difference(former)
    changed = {path for path in touched if path in added or former[path][1] != files[path][1]}
    odd = [path for path in odd if not any(map(unwanted, path.split("/")[1:]))]
    odd = [path for path in odd if not path.startswith(f"{DATA}/")]  # ``beside`` tells of them
    wrong = [(path, flaw(root, path) or UNREADABLE) for path in (*odd, *mute)]
    wrong += beside(root, [folder for folder in folders if folder != DATA], ignored)
    if added:
        wrong += ((path, collision(other)) for path, other in collisions(files.keys() - aside))
    removed = former.keys() - files.keys()
    return Scan(files, changed, removed, added, aside, touched, wrong)

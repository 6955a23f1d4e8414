"""Check a built tree: every link of it leads to a file that is there, and to a place in that file.

It reads nothing but the tree, so it can check any. :func:`check` looks at all of it; :class:`Audit`
at what a build draws, and at the files that led to what the build takes away.
"""

import marshal
import os
import struct
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from press import links, store, workers
from press.links import Checker, Fault, Look, checksum, has_place, host_of, ids_of, place_name
from press.trees import Trees


def read_file(path: str) -> str:
    """Return the text of a file of a tree; "" if it is not there."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123  10,000 path objects would cost
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def lost_places(looks: Iterable[Look], tree: str) -> Iterator[Fault]:
    """Yield the places of other files that looks found named, and that are not there."""
    known: dict[str, frozenset[str]] = {}
    for look in looks:
        for place in look.places:
            if place.target not in known:
                known[place.target] = ids_of(read_file(f"{tree}/{place.target}"))
            if not has_place(place.fragment, known[place.target]):
                yield Fault(look.page, links.PLACE, *place)


# ---- all of a tree ----


def files_of(folder: str) -> set[str]:
    """Return the path of every file of a tree, in the case in which it is written there."""
    found: set[str] = set()
    for inside, _, names in os.walk(folder):
        prefix = os.path.relpath(inside, folder).replace(os.sep, "/")
        found.update(names if prefix == "." else (f"{prefix}/{name}" for name in names))
    return found


def check(folder: str, siteurl: str) -> list[Fault]:
    """Check a whole tree. Cost: O(bytes), on all cores."""
    files = files_of(folder)
    checker = Checker(host_of(siteurl), files.__contains__)
    looks = look_at([path for path in sorted(files) if path.endswith(links.READ)], folder, checker)
    faults = chain.from_iterable(look.faults for look in looks)
    return sorted({*faults, *lost_places(looks, folder)})


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults that keep a site from being published."""
    return [fault for fault in faults if fault.level == "error"]


def look_at(pages: Sequence[str], tree: str, checker: Checker) -> list[Look]:
    """Look at some files of a tree, on all cores."""

    def work(share: Iterable[str], _number: int) -> list[Look]:
        return [checker.look(page, read_file(f"{tree}/{page}")) for page in share]

    return [*chain.from_iterable(workers.share(work, pages))]


# ---- what a build changes ----

HEAD = struct.Struct("=II")  # bytes of a path, bytes of its checksums
FREE = 1_000_000  # bytes of old records that are not worth a new file
VERSION = b"leads 1"
Token = tuple[int, int, int]


class Leads:
    """For each file of the published tree what it leads to, by checksums, newest record last.

    One file to which a build appends what it has drawn, and which is read only if something that
    links may lead to has gone. What it is worth is said by a token of the published version: a
    crash, a build by others, a missing file give another one, and the tree is looked at anew.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "leads"
        self.state = folder / "leads.state"

    def load(self, token: Token | None) -> "Kept | None":
        """Return what the file was when it was kept; None: it is worth nothing."""
        payload = store.load(self.state, VERSION)
        if payload is None or token is None:
            return None
        known, *kept = marshal.loads(payload)
        return Kept(*kept) if known == token else None

    def leading_to(self, wanted: set[int], kept: "Kept") -> set[str] | None:
        """Return the files that lead to any of some checksums, or did once; None: damaged.

        Cost: O(all links), 4 bytes each.
        """
        records = self._records(kept)
        if records is None:
            return None
        return {page for page, leads in records if not wanted.isdisjoint(leads)}

    def _records(self, kept: "Kept") -> Iterator[tuple[str, memoryview]] | None:
        try:
            content = memoryview(self.path.read_bytes())[: kept.size]
        except OSError:
            return None
        return records_of(content) if zlib.crc32(content) == kept.sum else None

    def keep(self, looks: Iterable[Look], kept: "Kept | None", token: Token | None) -> None:
        """Add the records of some looks; ``kept`` None: they are those of all files."""
        size, renewed, checked = kept or Kept(0, 0, 0)
        records = {look.page: look.leads for look in looks}
        if kept and size > 2 * renewed + FREE:
            former = self._records(kept)
            if former is None:
                return
            records = {page: bytes(leads) for page, leads in former} | records
            size = renewed = checked = 0
        new = b"".join(map(record, records.items()))
        with self.path.open("r+b" if size else "wb") as file:
            file.truncate(size)
            file.seek(size)
            file.write(new)
        now = Kept(size + len(new), renewed or len(new), zlib.crc32(new, checked))
        store.save(self.state, VERSION, marshal.dumps((token, *now)))


class Kept(NamedTuple):
    """What the file of :class:`Leads` was when it was kept."""

    size: int
    renewed: int  # its size when it had one record of each page
    sum: int


def records_of(content: memoryview) -> Iterator[tuple[str, memoryview]]:
    """Yield each file with its checksums."""
    start = 0
    while start < len(content):
        name, leads = HEAD.unpack_from(content, start)
        start += HEAD.size
        page = str(content[start : start + name], "utf-8")
        start += name
        yield page, content[start : start + leads].cast("I")
        start += leads


def record(item: tuple[str, bytes]) -> bytes:
    """Return a file and its checksums as bytes."""
    page, leads = item[0].encode(), item[1]
    return HEAD.pack(len(page), len(leads)) + page + leads


def token_of(manifest: str) -> Token | None:
    """Return what names the published version: its manifest is a new file each time."""
    try:
        found = os.stat(manifest)  # noqa: PTH116
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


class Audit:
    """The check of one build, between drawing and publication.

    :meth:`look` is called for each drawn file in the process that draws it, :meth:`faults` once
    all are drawn, :meth:`keep` after the publication. Cost: O(what is drawn); if a file or a place
    has gone, a reading of 4 bytes a link of the site, and a look at the pages that led to it.
    """

    def __init__(  # noqa: PLR0913, PLR0917  two trees and what is known of them
        self,
        folder: Path,
        siteurl: str,
        trees: Trees,
        published: Mapping[str, object],
        standing: Mapping[str, object],
        drawn: Collection[str],
    ) -> None:
        self.leads = Leads(folder)
        self.output, self.staged, self.manifest = trees.output, trees.staged, trees.manifest
        self.published, self.standing, self.drawn = published, standing, drawn
        self.retained = trees.retained
        self.checker = Checker(host_of(siteurl), self.exists)
        self.kept: Kept | None = None
        self.looks: list[Look] = []

    def exists(self, path: str) -> bool:
        """Tell whether the new tree has a file, of the site or of others."""
        if path in self.standing or path in self.drawn:
            return True
        return path.partition("/")[0] in self.retained and os.path.isfile(  # noqa: PTH113
            f"{self.output}/{path}"
        )

    def look(self, path: str, content: str | bytes | Path) -> Look | None:
        """Look at a drawn file; None if it holds no links."""
        if not path.endswith(links.READ):
            return None
        if isinstance(content, Path):
            content = content.read_bytes()
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else content
        former = None
        if self.standing and path in self.published:
            former = read_file(f"{self.output}/{path}")
        return self.checker.look(path, text, former)

    def faults(self, looks: list[Look]) -> list[Fault]:
        """Return the errors of the new tree; ``looks`` were taken of all drawn files."""
        self.kept = self.leads.load(token_of(self.manifest)) if self.standing else None
        others = self._concerned(looks) if self.kept else None
        if others is None:  # nobody knows what the standing files lead to
            self.kept = None
            others = (path for path in self.standing if path.endswith(links.READ))
        self.looks = [*looks, *look_at(sorted(others), self.staged, self.checker)]
        faults = chain.from_iterable(look.faults for look in self.looks)
        return errors(sorted({*faults, *lost_places(self.looks, self.staged)}))

    def _concerned(self, looks: Iterable[Look]) -> set[str] | None:
        """Return the standing files that led to something that is no longer there."""
        left = self.published.keys() - self.standing.keys()
        gone = {checksum(path) for path in left if path not in self.drawn}
        for look in looks:
            gone.update(checksum(place_name(look.page, key)) for key in look.lost)
        if not gone or self.kept is None:
            return set()
        found = self.leads.leading_to(gone, self.kept)
        return None if found is None else {page for page in found if page in self.standing}

    def keep(self) -> None:
        """Remember what the tree that is published now leads to."""
        with suppress(OSError):  # then the next build looks at all
            self.leads.keep(self.looks, self.kept, token_of(self.manifest))

"""The published folder and its spare: what the press wrote, and how the next version takes its place.

Beside ``output/`` stands ``.build/``: ``staged`` is the spare tree, whose unchanged files are hard
links of the published ones, ``manifest`` the public list of what is published, ``record`` the
press's own memory. A build calls :meth:`Trees.verify`, :meth:`Trees.prepare`, then :func:`write`
and :func:`copy` from any process, and :meth:`Trees.publish`, all under the lock of the build.
"""
# One call for each file of the site: a Path would cost more than the call itself.
# ruff: noqa: PTH102, PTH105, PTH106, PTH108, PTH113, PTH114, PTH115, PTH123, PTH208, PTH211

import errno
import hashlib
import marshal
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from press._switch import resume, switch

FORMAT = b"trees 1, marshal %d\n" % marshal.version
GIT = ".gitignore"
IGNORED_BY_GIT = b"*\n!.gitignore\n"
MANY = 1000  # with more differences, the spare is brought up at once and not at the next edit
CHUNK = 1 << 20
NOT_EMPTY = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR}
FORBIDDEN = frozenset("\\\n\r\0")


class Entry(NamedTuple):
    """A published file: the digest of its content, its size, its time of change in nanoseconds."""

    sha256: str
    size: int
    mtime: int


class IncompleteError(RuntimeError):
    """What was to be published is not what was written."""


class Known(NamedTuple):
    """A tree of the record: its root (device, inode) and the times of its folders but the root."""

    root: tuple[int, int]
    folders: dict[str, int]


class Record(NamedTuple):
    """Both trees: the newest version, where it lies, and how the other tree differs from it."""

    entries: dict[str, Entry]
    newest: Known
    former: Known | None
    undo: dict[str, Entry | None]  # None: not, or not as the press wrote it, in the former tree
    seal: bytes = b""  # digest of all of this, as it was read


def write(staged: str, path: str, content: bytes, known: Entry | None = None) -> Entry:
    """Write a file of the next version, unless ``known``, its verified entry, has this content."""
    digest = hashlib.sha256(content).hexdigest()
    if known is not None and known.sha256 == digest:
        return known
    target = place(staged, path)
    descriptor = create(staged, path)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
    return entry(target, digest)


def copy(staged: str, path: str, source: Path, known: Entry | None = None) -> Entry:
    """Copy a file into the next version, unless ``known`` has its content."""
    with source.open("rb") as file:
        if known is not None:
            if hashlib.file_digest(file, "sha256").hexdigest() == known.sha256:
                return known
            file.seek(0)
        target = place(staged, path)
        digest = hashlib.sha256()
        with open(create(staged, path), "wb") as copied:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
                copied.write(chunk)
    return entry(target, digest.hexdigest())


def remove(staged: str, path: str) -> None:
    """Take a file or folder out of the next version, and the folders that it leaves empty."""
    clear(inside(staged, path))
    while path := path.rpartition("/")[0]:
        try:
            os.rmdir(f"{staged}/{path}")
        except OSError as error:
            if error.errno in NOT_EMPTY:
                return
            raise


def place(staged: str, path: str) -> str:
    """Where ``path`` is to lie; refuses what leads out of the tree or cannot stand in a manifest."""
    if not {"", ".", ".."}.isdisjoint(path.split("/")) or not FORBIDDEN.isdisjoint(path):
        raise ValueError(f"not a path of the site: {path!r}")
    return inside(staged, path)


def inside(staged: str, path: str) -> str:
    """Where ``path`` lies; refuses one that leads through a symbolic link."""
    target = staged
    for folder in path.split("/")[:-1]:
        target = f"{target}/{folder}"
        if os.path.islink(target):
            raise ValueError(f"leads out of the site: {path!r}")
    return f"{staged}/{path}"


def create(staged: str, path: str) -> int:
    """Open a file that did not exist: never the inode of an old one, which both trees may have."""
    target = f"{staged}/{path}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        return os.open(target, flags, 0o666)
    except FileExistsError:
        clear(target)
    except (FileNotFoundError, NotADirectoryError):
        make_folders(staged, path)
    return os.open(target, flags, 0o666)


def make_folders(staged: str, path: str) -> None:
    """Create the folders above ``path``, also where a file of the last version stands."""
    with suppress(OSError):  # most often only the last one is missing
        os.mkdir(f"{staged}/{path.rpartition('/')[0]}")
        return
    target = staged
    for folder in path.split("/")[:-1]:
        target = f"{target}/{folder}"
        try:
            os.mkdir(target)
        except FileExistsError:
            if not is_folder(target):
                with suppress(OSError):  # another process was faster
                    os.unlink(target)
                with suppress(FileExistsError):
                    os.mkdir(target)


def clear(target: str) -> None:
    """Remove whatever stands at ``target``."""
    try:
        os.unlink(target)
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError:
        if not is_folder(target):
            raise
        import shutil  # noqa: PLC0415 - rarely needed, and slow to import

        shutil.rmtree(target)


def link(source: str, staged: str, path: str) -> None:
    """Give the next version a file of the present one, as a copy where the disk cannot link."""
    target = f"{staged}/{path}"
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        make_folders(staged, path)
        try:
            os.link(source, target)
        except OSError:
            # No links on this disk, too many of one file, or none to files of another user.
            import shutil  # noqa: PLC0415

            shutil.copy2(source, target, follow_symlinks=False)


def status_of(path: str) -> os.stat_result | None:
    """The status of what stands there itself; None if there is nothing."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_folder(path: str) -> bool:
    """Whether a real folder stands there, not a link to one."""
    status = status_of(path)
    return status is not None and stat.S_ISDIR(status.st_mode)


def entry(target: str, digest: str) -> Entry:
    """Describe a file that was just written."""
    status = os.lstat(target)
    return Entry(digest, status.st_size, status.st_mtime_ns)


def identity(path: str) -> tuple[int, int] | None:
    """What names a tree wherever it is moved; None if there is no folder."""
    status = status_of(path)
    return (status.st_dev, status.st_ino) if status and stat.S_ISDIR(status.st_mode) else None


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder above the paths, without the root."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def changed_folders(prefix: str, folders: Mapping[str, int]) -> Iterator[tuple[str, int | None]]:
    """Yield the folders whose time is another one, with it; None: it is no folder any more."""
    lstat, kind, folder_kind = os.lstat, stat.S_IFMT, stat.S_IFDIR
    for folder, time in folders.items():
        try:
            status = lstat(prefix + folder)
        except (FileNotFoundError, NotADirectoryError):
            yield folder, None
            continue
        if kind(status.st_mode) != folder_kind:
            yield folder, None
        elif status.st_mtime_ns != time:
            yield folder, status.st_mtime_ns


def names_in(folders: Iterable[str], paths: Iterable[str]) -> dict[str, set[str]]:
    """Which of ``paths`` stand directly in each of ``folders``, by name."""
    names: dict[str, set[str]] = {folder: set() for folder in folders}
    if names.keys() == {""}:
        return {"": {path for path in paths if "/" not in path}}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder in names:
            names[folder].add(name)
    return names


def times_of(tree: str, known: dict[str, int] | None, paths: Iterable[str]) -> dict[str, int]:
    """The times of a tree's folders, of which only those above ``paths`` differ from the known."""
    times = dict(known or {})
    for folder in folders_of(paths):
        status = status_of(f"{tree}/{folder}")
        if status and stat.S_ISDIR(status.st_mode):
            times[folder] = status.st_mtime_ns
        else:
            times.pop(folder, None)
    return times


def replace(target: str, content: bytes) -> None:
    """Give a file a new content in one step."""
    temporary = f"{target}.new"
    with open(temporary, "wb") as file:
        file.write(content)
    os.replace(temporary, target)


def dump(record: Record) -> bytes:
    """Put a record into bytes that tell whether they are whole."""

    def plain(entries: Mapping[str, Entry | None]) -> dict[str, tuple[str, int, int] | None]:
        return {path: kept and tuple(kept) for path, kept in entries.items()}

    content = marshal.dumps(
        (
            plain(record.entries),
            tuple(record.newest),
            record.former and tuple(record.former),
            plain(record.undo),
        )
    )
    return FORMAT + hashlib.sha256(content).digest() + content


def load(path: str) -> Record | None:
    """Read a record; None if it is missing, cut off, damaged or of another version."""
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return None
    head, digest, body = (
        content[: len(FORMAT)],
        content[len(FORMAT) :][:32],
        content[len(FORMAT) + 32 :],
    )
    if head != FORMAT or hashlib.sha256(body).digest() != digest:
        return None
    entries, newest, former, undo = marshal.loads(body)
    new = tuple.__new__
    return Record(
        {path: new(Entry, kept) for path, kept in entries.items()},
        Known._make(newest),
        former and Known._make(former),
        {path: kept and Entry._make(kept) for path, kept in undo.items()},
        digest,
    )


class Trees:
    """The published tree at ``output`` and its spare; ``retained`` names at its root are others'."""

    def __init__(self, output: Path, retained: Collection[str] = ()) -> None:
        self.output = str(output.resolve())
        self.folder = str(output.resolve().with_name(".build"))
        self.staged = f"{self.folder}/staged"
        self.manifest = f"{self.folder}/manifest"
        self.record = f"{self.folder}/record"
        self.unsure = f"{self.folder}/record.open"  # the record's name while the spare is changed
        self.retained = {GIT, *retained}
        self.verified: dict[str, Entry] = {}
        self.wrong: set[str] = set()
        self.published = False
        # Names what is published if the output is just that, else empty.
        self.seal = b""
        self._folders: dict[str, int] | None = None  # of the output; None: unknown
        self._spare: dict[str, int] | None = None  # of the spare; None: unknown
        self._behind: set[str] = set()

    def verify(self) -> dict[str, Entry]:
        """Find which published files are as the press wrote them; note in ``wrong`` what is not.

        That is what was changed, deleted or put there by others. An unknown output (a fresh clone,
        a copy) gives nothing, so that everything is written.
        """
        Path(self.folder).mkdir(parents=True, exist_ok=True)
        resume(Path(self.staged), Path(self.output), Path(f"{self.folder}/former"))
        sure = load(self.record)
        record = sure or load(self.unsure)
        root = identity(self.output)
        self.verified, self.wrong, self._behind = {}, set(), set()
        self._folders = self._spare = other = None
        self.published, self.seal = False, b""
        if record and root == record.newest.root:
            self._check(record.entries, record.newest.folders)
            other = record.former
            if not self.wrong and os.path.lexists(self.manifest):
                self.seal = record.seal
        elif record and record.former and root == record.former.root:
            other = record.newest
            entries = {**record.entries, **record.undo}
            self._check(
                {path: kept for path, kept in entries.items() if kept}, record.former.folders
            )
            self.wrong.update(
                path
                for path, kept in record.undo.items()
                if kept is None and os.path.lexists(f"{self.output}/{path}")
            )
        if record and other:
            self._behind = {*record.undo, *self.wrong}
            if sure and other.root == identity(self.staged):
                self._spare = other.folders
        self._settle_manifest(record, root)
        return self.verified

    def _check(self, entries: dict[str, Entry], folders: dict[str, int]) -> None:
        """Compare the output with what it should be, by the times of its files and folders.

        A stat of each costs half of listing every folder. A folder whose time is another one, and
        the root (whose time some disks change when it is renamed), is listed for others' files.
        """
        output = f"{self.output}/"
        self.verified = self._check_files(entries)
        now, listed = dict(folders), [""]
        for folder, time in changed_folders(output, folders):
            if time is None:
                del now[folder]
            else:
                now[folder] = time
                listed.append(folder)
        self._lose(folders.keys() - now.keys())
        for folder, names in names_in(listed, chain(entries, now)).items():
            for name in set(os.listdir(output + folder)).difference(names):
                path = f"{folder}/{name}" if folder else name
                if path.partition("/")[0] not in self.retained:
                    self.wrong.add(path)
        self._folders = now

    def _check_files(self, entries: dict[str, Entry]) -> dict[str, Entry]:
        """Which files have the size and the time of their entries."""
        output, lstat, kind, regular = f"{self.output}/", os.lstat, stat.S_IFMT, stat.S_IFREG
        verified = {}
        for path, kept in entries.items():
            try:
                status = lstat(output + path)
            except (FileNotFoundError, NotADirectoryError):
                self.wrong.add(path)
                continue
            if (
                status.st_mtime_ns == kept.mtime
                and status.st_size == kept.size
                and kind(status.st_mode) == regular
            ):
                verified[path] = kept
            else:
                self.wrong.add(path)
        return verified

    def _lose(self, folders: set[str]) -> None:
        """Believe nothing below what is no folder any more, but perhaps a link to one."""
        self.wrong |= folders
        for path in [*self.verified] if folders else ():
            if not folders.isdisjoint(folders_of([path])):
                self.wrong.add(path)
                del self.verified[path]

    def _settle_manifest(self, record: Record | None, root: tuple[int, int] | None) -> None:
        """Finish or forget the manifest of a version that was being published at a crash."""
        pending = f"{self.manifest}.next"
        if os.path.lexists(pending):
            if record and root == record.newest.root:
                os.replace(pending, self.manifest)
            else:
                os.unlink(pending)

    def same(self, entries: dict[str, Entry]) -> bool:
        """Whether the output is these entries already, and nothing else."""
        return entries == self.verified and not self.wrong and os.path.lexists(self.manifest)

    def prepare(self) -> None:
        """Make the spare equal to the verified output: by what differs, or anew if it is unknown."""
        with suppress(FileNotFoundError):
            os.replace(self.record, self.unsure)
        self._take_back_retained()
        if self._spare is None or not self._is_intact(self._spare):
            self._link_anew()
            return
        for path in sorted(self._behind.difference(self.verified)):
            remove(self.staged, path)
        for path in sorted(self._behind.intersection(self.verified)):
            clear(inside(self.staged, path))
            link(f"{self.output}/{path}", self.staged, path)

    def _take_back_retained(self) -> None:
        """Count the retained names as behind: they are linked anew just before the publication."""
        self._behind |= self.retained
        if self.retained != {GIT}:
            self._behind.update(
                path for path in self.verified if path.partition("/")[0] in self.retained
            )

    def _is_intact(self, spare: dict[str, int]) -> bool:
        """Whether nobody touched the spare since it was the output; its root is put in order."""
        if any(changed_folders(f"{self.staged}/", spare)):
            return False
        own = names_in([""], chain(self.verified, self._folders or ()))
        self._behind |= own[""].symmetric_difference(os.listdir(self.staged))
        return True

    def _link_anew(self) -> None:
        """Make the spare from nothing but the output."""
        self._spare = None
        clear(self.staged)
        os.mkdir(self.staged)
        for folder in sorted(folders_of(self.verified)):
            os.mkdir(f"{self.staged}/{folder}")
        for path in self.verified:
            link(f"{self.output}/{path}", self.staged, path)

    def publish(self, entries: dict[str, Entry]) -> None:
        """Put the staged tree, which must consist of ``entries``, in the place of the output.

        Files of the output that are not among them are not in the next version.
        """
        changed = [path for path, new in entries.items() if self.verified.get(path) != new]
        gone = [path for path in self.verified if path not in entries]
        for path in gone:
            if not is_folder(f"{self.staged}/{path}"):  # it may have become one in this version
                remove(self.staged, path)
        for name in self.retained:
            self._carry(name, entries)
        if not os.path.lexists(f"{self.staged}/{GIT}"):
            write(self.staged, GIT, IGNORED_BY_GIT)
        for path in changed:
            self._expect(path, entries[path])
        root = identity(self.staged)
        if root is None:
            raise IncompleteError("nothing is staged")
        touched = [*self._behind, *changed, *gone] if self._spare is not None else entries
        newest = Known(root, times_of(self.staged, self._spare, touched))
        former = None
        if self._folders is not None and (root := identity(self.output)):
            former = Known(root, self._folders)
        undo = {path: self.verified.get(path) for path in (*changed, *gone, *self.wrong)}
        lines = [f"{new.sha256}  {new.size}  {path}\n" for path, new in sorted(entries.items())]
        replace(f"{self.manifest}.next", os.fsencode("".join(lines)))
        self._save(Record(entries, newest, former, undo))
        switch(Path(self.staged), Path(self.output), Path(f"{self.folder}/former"))
        self.published = True
        with suppress(OSError):  # published is published; the next build mends the rest
            os.replace(f"{self.manifest}.next", self.manifest)
            if former is None or len(undo) > MANY:
                self._catch_up(Record(entries, newest, former, undo))

    def _carry(self, path: str, entries: dict[str, Entry]) -> None:
        """Take over what others put into the output, but nothing in the place of our own."""
        source, target = f"{self.output}/{path}", f"{self.staged}/{path}"
        if is_folder(source):
            with suppress(FileExistsError):
                os.mkdir(target)
            for name in os.listdir(source):
                self._carry(f"{path}/{name}", entries)
        elif path in entries or path in self.verified or os.path.lexists(target):
            return
        elif os.path.islink(source):
            os.symlink(os.readlink(source), target)
        elif os.path.isfile(source):
            link(source, self.staged, path)

    def _expect(self, path: str, new: Entry) -> None:
        """Refuse the publication if a file is not there as it was written."""
        status = status_of(f"{self.staged}/{path}")
        if status is None:
            raise IncompleteError(f"{path} is missing")
        there = status.st_size, status.st_mtime_ns
        if not stat.S_ISREG(status.st_mode) or there != (new.size, new.mtime):
            raise IncompleteError(f"{path} is not as it was written")

    def _save(self, record: Record) -> None:
        """Remember both trees, each named by its inode, so that the exchange needs no later word."""
        content = dump(record)
        replace(self.record, content)
        self.seal = content[len(FORMAT) :][:32]
        with suppress(FileNotFoundError):
            os.unlink(self.unsure)

    def _catch_up(self, record: Record) -> None:
        """Bring the spare up now, so that the first edit after a great change is cheap too."""
        self.verified, self.wrong, self._behind = record.entries, set(), set(record.undo)
        self._folders = record.newest.folders
        self._spare = record.former and record.former.folders
        self.prepare()
        touched = self.verified if self._spare is None else self._behind
        if root := identity(self.staged):
            spare = Known(root, times_of(self.staged, self._spare, touched))
            self._save(Record(record.entries, record.newest, spare, {}))

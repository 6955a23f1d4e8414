import errno
import hashlib
import itertools
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press import trees
from press.trees import Entry, IncompleteError, Trees, copy, load, remove, write
from tests.press.conftest import environment

GIT = {".gitignore": b"*\n!.gitignore\n"}
OLD = {
    "index.html": b"front 1",
    "same.css": b"same",
    "a/index.html": b"a 1",
    "a/x/index.html": b"x, which goes",
    "b/c/index.html": b"same too",
    "late": b"a file that becomes a folder",
}
NEW = {
    "index.html": b"front 22",
    "same.css": b"same",
    "a/index.html": b"a 22",
    "b/c/index.html": b"same too",
    "d/e/index.html": b"e, which comes",
    "late/index.html": b"a folder that was a file",
}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; folders that hold none are shown too, with a slash."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


def build(site: Path, files: dict[str, bytes], retained: tuple[str, ...] = ()) -> Trees:
    """Bring the site to ``files`` as the engine does."""
    tree = Trees(site / "output", retained)
    entries = expected(files, tree.verify())
    if not tree.same(entries):
        tree.prepare()
        known = tree.verified
        tree.publish(
            {path: write(tree.staged, path, text, known.get(path)) for path, text in files.items()}
        )
    return tree


def expected(files: dict[str, bytes], known: dict[str, Entry]) -> dict[str, Entry]:
    """The entries of the files that the output has already."""
    digests = {path: hashlib.sha256(text).hexdigest() for path, text in files.items()}
    return {
        path: known[path] if path in known and known[path].sha256 == digest else Entry(digest, 0, 0)
        for path, digest in digests.items()
    }


def published(site: Path, files: dict[str, bytes]) -> bool:
    """Whether the output is these files, the manifest tells it, and the record knows it."""
    tree = Trees(site / "output")
    known = tree.verify()
    lines = [
        f"{hashlib.sha256(text).hexdigest()}  {len(text)}  {path}\n"
        for path, text in sorted(files.items())
    ]
    return (
        contents(site / "output") == {**GIT, **files}
        and tree.same(known)
        and known.keys() == files.keys()
        and Path(tree.manifest).read_text() == "".join(lines)
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site whose spare is behind: it has the version before OLD."""
    build(tmp_path, {"index.html": b"front 0", "gone.html": b"gone"})
    build(tmp_path, OLD)
    tick()
    return tmp_path


def tick() -> None:
    """Wait until the disk's clock, which some systems move 100 times a second, has gone on."""
    time.sleep(0.02)


def test_a_first_build_makes_the_spare_by_links(tmp_path):
    tree = build(tmp_path, OLD)
    assert published(tmp_path, OLD)
    staged = Path(tree.staged)
    assert contents(staged) == OLD
    for path in OLD:
        assert (staged / path).samefile(tmp_path / "output" / path)


def test_a_next_build_publishes_what_differs(site):
    before = (site / "output/same.css").stat()
    build(site, NEW)
    assert published(site, NEW)
    after = (site / "output/same.css").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_build_leaves_the_present_tree_alone_until_it_is_published(site):
    tree = Trees(site / "output")
    known = tree.verify()
    tree.prepare()
    for path, text in NEW.items():
        write(tree.staged, path, text, known.get(path))
    remove(tree.staged, "a/index.html")
    assert contents(site / "output") == {**GIT, **OLD}


def test_the_spare_equals_the_output_after_prepare(site):
    build(site, NEW)
    tree = Trees(site / "output")
    tree.verify()
    tree.prepare()
    assert contents(Path(tree.staged)) == NEW


def test_bytes_that_stay_are_not_written_again(site):
    tree = Trees(site / "output")
    known = tree.verify()
    tree.prepare()
    inode = Path(tree.staged, "same.css").stat().st_ino
    assert write(tree.staged, "same.css", b"same", known["same.css"]) is known["same.css"]
    source = site / "source.css"
    source.write_bytes(b"same")
    assert copy(tree.staged, "same.css", source, known["same.css"]) is known["same.css"]
    assert Path(tree.staged, "same.css").stat().st_ino == inode


def test_a_copied_file(site):
    source = site / "film.mp4"
    source.write_bytes(os.urandom(trees.CHUNK + 1))
    tree = Trees(site / "output")
    known = tree.verify()
    tree.prepare()
    entry = copy(tree.staged, "films/film.mp4", source)
    assert entry.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    tree.publish({**known, "films/film.mp4": entry})
    assert published(site, {**OLD, "films/film.mp4": source.read_bytes()})


def test_what_is_the_same_already_need_not_be_published(site):
    output = (site / "output").stat().st_ino
    build(site, OLD)
    assert (site / "output").stat().st_ino == output


@pytest.mark.parametrize(
    "path",
    ["", "/etc/x", "../x", "a/../../x", "a//x", "./x", "a/", "a\\x", "a\nx", "a\0x", "\udcff\n"],
)
def test_a_path_that_is_none_of_the_site_is_refused(site, path):
    with pytest.raises(ValueError, match="not a path"):
        write(str(site / ".build/staged"), path, b"")


def test_nothing_is_written_through_a_link(site):
    outside = site / "outside"
    outside.mkdir()
    (outside / "x").write_bytes(b"theirs")
    staged = site / ".build/staged"
    (staged / "link").symlink_to(outside)
    with pytest.raises(ValueError, match="leads out"):
        write(str(staged), "link/x", b"ours")
    with pytest.raises(ValueError, match="leads out"):
        remove(str(staged), "link/x")
    (staged / "file").symlink_to(outside / "x")
    write(str(staged), "file", b"ours")
    assert (outside / "x").read_bytes() == b"theirs"
    assert (staged / "file").read_bytes() == b"ours"


def test_a_name_in_chinese(tmp_path):
    files = {"图片/题图 一.png": b"png"}
    build(tmp_path, files)
    assert published(tmp_path, files)


def test_a_fresh_clone_and_a_copy_are_not_believed(site, tmp_path):
    clone = tmp_path / "clone"
    shutil.copytree(site / "output", clone / "output")
    shutil.copytree(site / ".build", clone / ".build")
    assert Trees(clone / "output").verify() == {}
    build(clone, NEW)
    assert published(clone, NEW)


@pytest.mark.parametrize("harm", ["missing", "empty", "cut", "bit", "version"])
def test_a_damaged_record_is_not_believed(site, harm):
    record = site / ".build/record"
    content = record.read_bytes()
    assert load(str(record))
    if harm == "missing":
        record.unlink()
    else:
        other = content.replace(b"trees 1", b"trees 0")
        flipped = content[:-9] + bytes([content[-9] ^ 1]) + content[-8:]
        harmed = {"empty": b"", "cut": content[:-1], "bit": flipped, "version": other}
        record.write_bytes(harmed[harm])
    assert load(str(record)) is None
    assert Trees(site / "output").verify() == {}
    build(site, NEW)
    assert published(site, NEW)


def in_place(site: Path) -> None:
    (site / "output/a/index.html").write_bytes(b"vandalism")


def deleted(site: Path) -> None:
    (site / "output/same.css").unlink()


def alien(site: Path) -> None:
    (site / "output/b/c/alien\\ name\n").write_bytes(b"")


def alien_folder(site: Path) -> None:
    (site / "output/alien/deep").mkdir(parents=True)
    (site / "output/alien/deep/file").write_bytes(b"")


def emptied(site: Path) -> None:
    shutil.rmtree(site / "output")
    (site / "output").mkdir()


def away(site: Path) -> None:
    shutil.rmtree(site / "output")


def folder_by_link(site: Path) -> None:
    elsewhere = site / f"elsewhere {time.monotonic_ns()}"
    (site / "output/b").rename(elsewhere)
    (site / "output/b").symlink_to(elsewhere)


def file_by_folder(site: Path) -> None:
    (site / "output/same.css").unlink()
    (site / "output/same.css").mkdir()


def cleaned(site: Path) -> None:
    emptied(site)
    shutil.rmtree(site / ".build")


def spare_gone(site: Path) -> None:
    shutil.rmtree(site / ".build/staged")


def spare_emptied(site: Path) -> None:
    for path in (site / ".build/staged").iterdir():
        path.unlink() if path.is_file() else shutil.rmtree(path)


def spare_robbed(site: Path) -> None:
    (site / ".build/staged/index.html").unlink()


def spare_alien(site: Path) -> None:
    (site / ".build/staged/alien").write_bytes(b"")


def spare_is_a_file(site: Path) -> None:
    shutil.rmtree(site / ".build/staged")
    (site / ".build/staged").write_bytes(b"")


HARMS = [
    in_place,
    deleted,
    alien,
    alien_folder,
    emptied,
    away,
    folder_by_link,
    file_by_folder,
    cleaned,
    spare_gone,
    spare_emptied,
    spare_robbed,
    spare_alien,
    spare_is_a_file,
]


@pytest.mark.parametrize("harm", HARMS)
def test_the_next_build_mends_what_others_did(site, harm):
    files = {**OLD, "index.html": b"front 2"}
    harm(site)
    build(site, files)
    assert published(site, files)
    tick()
    harm(site)
    build(site, NEW)
    assert published(site, NEW)
    build(site, OLD)
    assert published(site, OLD)


@pytest.mark.parametrize("harm", HARMS[:9])
def test_a_build_of_the_same_mends_the_output(site, harm):
    harm(site)
    build(site, OLD)
    assert published(site, OLD)


def test_a_spare_robbed_in_its_depth_is_made_anew(site):
    build(site, {**OLD, "index.html": b"front 2"})
    tick()
    (site / ".build/staged/b/c/index.html").unlink()
    build(site, {**OLD, "index.html": b"front 3"})
    assert published(site, {**OLD, "index.html": b"front 3"})


def test_files_of_others_are_not_published_through_the_link(site):
    folder_by_link(site)
    elsewhere = (site / "output/b").readlink()
    build(site, OLD)
    build(site, NEW)
    assert contents(elsewhere) == {"c/index.html": b"same too"}


def test_retained_names_stay_and_what_the_press_wrote_goes(site):
    output = site / "output"
    (output / "CNAME").write_bytes(b"example.com\n")
    (output / "kept/empty").mkdir(parents=True)
    (output / "kept/page.html").write_bytes(b"theirs")
    (output / "kept/link").symlink_to("page.html")
    names = ("CNAME", "kept", "no such name")
    build(site, {**OLD, "kept/ours.html": b"ours"}, names)
    build(site, NEW, names)
    theirs = {"CNAME": b"example.com\n", "kept/empty/": b"", "kept/page.html": b"theirs"}
    expected = {**GIT, **NEW, **theirs, "kept/link": b"theirs"}
    assert contents(output) == expected
    assert (output / "kept/link").readlink() == Path("page.html")
    (output / "kept/page.html").unlink()
    (output / "kept/link").unlink()
    (output / "CNAME").write_bytes(b"other.example.com\n")
    build(site, OLD, names)
    theirs = {"CNAME": b"other.example.com\n", "kept/empty/": b""}
    assert contents(output) == {**GIT, **OLD, **theirs}
    build(site, {**OLD, "CNAME": b"of the press"}, names)
    assert (output / "CNAME").read_bytes() == b"of the press"
    build(site, OLD, names)
    assert contents(output) == {**GIT, **OLD, "kept/empty/": b""}


def test_their_own_gitignore_stays(site):
    (site / "output/.gitignore").write_bytes(b"*\n")
    build(site, NEW)
    build(site, OLD)
    assert contents(site / "output") == {".gitignore": b"*\n", **OLD}


def test_an_incomplete_tree_is_refused(site):
    tree = Trees(site / "output")
    known = tree.verify()
    tree.prepare()
    entry = write(tree.staged, "index.html", b"new", known["index.html"])
    with pytest.raises(IncompleteError, match="missing"):
        tree.publish({**known, "index.html": entry, "never.html": entry})
    Path(tree.staged, "index.html").write_bytes(b"cut")
    with pytest.raises(IncompleteError, match="as it was written"):
        tree.publish({**known, "index.html": entry})
    assert contents(site / "output") == {**GIT, **OLD}
    assert not tree.published
    build(site, NEW)
    assert published(site, NEW)


def test_a_great_change_brings_the_spare_up_at_once(site):
    many = {f"{n}/index.html": b"%d" % n for n in range(trees.MANY + 1)}
    tree = build(site, {**OLD, **many})
    assert contents(Path(tree.staged)) == {**OLD, **many}
    assert load(tree.record).undo == {}


def test_forked_workers_write(site):
    tree = Trees(site / "output")
    known = tree.verify()
    tree.prepare()
    code = (
        "import sys; from press.trees import write; write(sys.argv[1], sys.argv[2], b'by another')"
    )
    subprocess.run(
        [sys.executable, "-c", code, tree.staged, "w/index.html"], env=environment(), check=True
    )
    entry = write(tree.staged, "w/other.html", b"by this one")
    path = Path(tree.staged, "w/index.html")
    other = Entry(hashlib.sha256(b"by another").hexdigest(), 10, path.stat().st_mtime_ns)
    tree.publish({**known, "w/other.html": entry, "w/index.html": other})
    assert published(site, {**OLD, "w/other.html": b"by this one", "w/index.html": b"by another"})


def test_a_reader_sees_matching_files_at_any_time(tmp_path):
    pair = [tmp_path / "output/one.html", tmp_path / "output/deep/two.html"]
    build(tmp_path, {"one.html": b"0", "deep/two.html": b"0"})
    seen, mixed, stop = set(), [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            first, second, again = (path.read_bytes() for path in (*pair, pair[0]))
            seen.add(first)
            if first == again != second:
                mixed.append((first, second))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 60):
        text = b"%d" % number
        build(tmp_path, {"one.html": text, "deep/two.html": text, "also.html": text})
    stop.set()
    reader.join()
    assert len(seen) > 5
    assert not mixed


PATHS = st.sampled_from(["a", "a/b", "a/b/c", "a/d", "e/f", "e/g/h", "i", "j/k"])
FILES = st.dictionaries(PATHS, st.sampled_from([b"1", b"22", b"333"])).map(
    lambda files: {
        path: text
        for path, text in files.items()
        if not any(other.startswith(f"{path}/") for other in files)
    }
)


@given(versions=st.lists(st.tuples(FILES, st.none() | PATHS), min_size=2, max_size=6))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_sequence_of_versions_and_harm(tmp_path_factory, versions):
    site = tmp_path_factory.mktemp("site")
    for files, harmed in versions:
        target = site / "output" / (harmed or "")
        if harmed and not any(folder.is_file() for folder in target.parents):
            tick()
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(b"harm, in place or new")
        build(site, files)
        assert published(site, files)


# Crashes: a process of its own forks one build after the other and stops each at its n-th step.

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
STEPS = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.symlink", "os.utime"}
EXCHANGES = {"renameat2", "renamex_np"}


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupt() -> None:
    raise KeyboardInterrupt


def stop_at(number: int, stop: Callable[[], None], *, exchange: bool) -> list[str]:
    """Call ``stop`` before the ``number``-th change of the disk; the list then names the step."""
    count, hit = itertools.count(1), []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        called = event == "ctypes.dlsym" and arguments[1] in EXCHANGES
        if called and not exchange:
            raise AttributeError(arguments[1])
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
        if (called or opened or event in STEPS) and next(count) == number:
            hit.append(event)
            stop()

    sys.addaudithook(hook)
    return hit


def first(site: Path) -> dict[str, bytes]:
    (site / "output").mkdir(parents=True)
    (site / "output/.gitignore").write_bytes(GIT[".gitignore"])
    return {}


def edit(site: Path) -> dict[str, bytes]:
    build(site, {"index.html": b"front 0", "gone.html": b"gone"})
    build(site, OLD)
    return OLD


def harmed(site: Path) -> dict[str, bytes]:
    edit(site)
    tick()
    (site / "output/alien").write_bytes(b"")
    (site / "output/same.css").write_bytes(b"vandalism")
    return {**OLD, "alien": b"", "same.css": b"vandalism"}


def great(site: Path) -> dict[str, bytes]:
    trees.MANY = 1
    return edit(site)


def refused(site: Path) -> dict[str, bytes]:
    edit(site)
    tree = Trees(site / "output")
    tree.verify()
    tree.prepare()
    write(tree.staged, "a/x/index.html", b"of a build that was refused")
    write(tree.staged, "alien.html", b"of a build that was refused")
    return OLD


def stops(folder: str, begin: str, stop: str, exchange: str) -> None:
    """Stop builds at every step; print for each the step, what was published, what came next."""
    for number in itertools.count(1):
        site = Path(folder, str(number))
        old = {**GIT, **globals()[begin](site)}
        if not (process := os.fork()):
            hit = stop_at(number, globals()[stop], exchange=exchange == "exchange")
            try:
                tree = Trees(site / "output")
                tree.verify()
                build(site, NEW)
            except (OSError, KeyboardInterrupt):
                pass
            os._exit(1 if hit else 0)
        if not os.waitpid(process, 0)[1]:
            break
        output = site / "output"
        there = contents(output) if output.exists() else None
        states = {"old": old, "new": {**GIT, **NEW}, "none": None}
        state = [name for name, files in states.items() if there == files] or ["mixed"]
        mended = []
        for files in (NEW, OLD, NEW):
            build(site, files)
            mended.append(published(site, files))
        sys.stdout.write(f"{state[0]} {all(mended)}\n")
        sys.stdout.flush()
        shutil.rmtree(site)


@pytest.mark.parametrize(
    ("stop", "exchange"),
    [(kill, "exchange"), (kill, "two steps"), (full, "exchange"), (interrupt, "two steps")],
)
@pytest.mark.parametrize("begin", [first, edit, harmed, great, refused])
def test_a_build_stopped_at_any_step(tmp_path, begin, stop, exchange):
    code = "import sys; from tests.press.test_trees import stops; stops(*sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path, begin.__name__, stop.__name__, exchange],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    states = [line.split() for line in done.stdout.splitlines()]
    assert len(states) > 15
    assert all(mended == "True" for _, mended in states)
    seen = [state for state, _ in states]
    assert {"old", "new"} <= set(seen) <= {"old", "new", "none"}
    if stop is kill:
        # Without an exchange there is one moment between the two renames.
        between = ["none"] if exchange == "two steps" else []
        assert [state for state, _ in itertools.groupby(seen)] == ["old", *between, "new"]
        assert seen.count("none") == len(between)
    else:
        assert "none" not in seen


def limited(folder: str) -> None:
    """Build with a limit on the size of files, which stops a write in its middle."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
    try:
        build(Path(folder), {**NEW, "long.html": b"x" * 5000})
    except OSError as error:
        sys.stdout.write(errno.errorcode[error.errno])


def test_a_write_that_fails_in_its_middle(site):
    code = "import sys; from tests.press.test_trees import limited; limited(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, site],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "EFBIG"
    assert contents(site / "output") == {**GIT, **OLD}
    build(site, NEW)
    assert published(site, NEW)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0
    if (
        not mounted
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk],
            check=False,
            capture_output=True,
        ).returncode
    ):
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_full_disk(small_disk):
    build(small_disk, OLD)
    with pytest.raises(OSError, match="No space left"):
        build(small_disk, {f"{n}.html": b"x" * 4000 for n in range(100)})
    assert contents(small_disk / "output") == {**GIT, **OLD}
    build(small_disk, NEW)
    assert published(small_disk, NEW)


def test_a_disk_without_links(tmp_path):
    code = """
import errno, sys
from pathlib import Path
from tests.press import test_trees
def hook(event, arguments):
    if event == "os.link":
        raise PermissionError(errno.EPERM, "no links")
sys.addaudithook(hook)
site = Path(sys.argv[1])
for files in (test_trees.OLD, test_trees.NEW, test_trees.OLD):
    test_trees.build(site, files)
    print(test_trees.published(site, files), (site / "output/same.css").stat().st_nlink)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True 1\n" * 3


def test_a_file_in_the_place_of_the_folder_for_builds(tmp_path):
    (tmp_path / ".build").write_bytes(b"")
    with pytest.raises(FileExistsError):
        build(tmp_path, OLD)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
@pytest.mark.parametrize("folder", [".build", ".build/staged", "."])
def test_a_folder_that_cannot_be_written(site, folder):
    build(site, OLD)
    (site / folder).chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            build(site, NEW)
        assert contents(site / "output") == {**GIT, **OLD}
    finally:
        (site / folder).chmod(0o700)
    build(site, NEW)
    assert published(site, NEW)

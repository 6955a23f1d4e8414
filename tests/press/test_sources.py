import os
import time

import pytest

from press import sources
from press.sources import scan

OLD = 1_000_000_000


@pytest.fixture
def root(tmp_path):
    for name in ("articles/2026/a.md", "articles/b.md", "pictures/c.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("一")
    return tmp_path


def look(root, former=None, ignored=()):
    return scan(str(root), ["articles", "pictures", "none"], former or {}, ignored)


def rested(root):
    """A second look, after the clock has ticked: all times are believed."""
    first = look(root)
    time.sleep(sources.TICK / 1e9 * 1.5)
    return look(root, first.files)


def test_everything_is_new_at_first(root):
    found = look(root)
    names = {"articles/2026/a.md", "articles/b.md", "pictures/c.png"}
    assert (set(found.files), found.changed, found.added, found.removed) == (
        names,
        names,
        names,
        set(),
    )


def test_what_lies_still_is_not_read_again(root, monkeypatch):
    former = rested(root).files
    monkeypatch.setattr(sources, "digest_of", lambda path: pytest.fail(f"{path} was read"))
    found = look(root, former)
    assert (found.files, found.changed, found.added, found.removed) == (former, set(), set(), set())


def test_a_file_written_just_now_is_read_again(root):
    former = look(root).files
    assert {stat for stat, _ in former.values()} == {None}
    path = root / "articles/b.md"
    times = path.stat()
    path.write_text("二")  # as long as before
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert look(root, former).changed == {"articles/b.md"}


def test_a_change_that_keeps_size_and_time_is_seen(root):
    former = rested(root).files
    path = root / "articles/b.md"
    times = path.stat()
    path.write_text("二")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert look(root, former).changed == {"articles/b.md"}


def test_a_touch_changes_nothing(root):
    former = rested(root).files
    os.utime(root / "articles/b.md", (OLD, OLD))
    found = look(root, former)
    assert (found.changed, found.added, found.removed) == (set(), set(), set())
    assert found.files["articles/b.md"][1] == former["articles/b.md"][1]


def test_a_fresh_clone_is_told_by_its_contents(root, tmp_path_factory):
    former = rested(root).files
    copy = tmp_path_factory.mktemp("copy")
    for path in former:
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_bytes((root / path).read_bytes())
    (copy / "articles/b.md").write_text("二")
    assert look(copy, former).changed == {"articles/b.md"}


def test_a_rename_is_one_file_less_and_one_more(root):
    former = rested(root).files
    (root / "articles/b.md").rename(root / "articles/d.md")
    found = look(root, former)
    assert (found.added, found.removed) == ({"articles/d.md"}, {"articles/b.md"})
    assert found.changed == {"articles/d.md"}


def test_two_files_that_change_places_are_two_changes(root):
    former = rested(root).files
    (root / "articles/b.md").write_text("二")
    former = rested(root).files
    one, other, spare = (root / name for name in ("articles/b.md", "pictures/c.png", "spare"))
    one.rename(spare)
    other.rename(one)
    spare.rename(other)
    assert look(root, former).changed == {"articles/b.md", "pictures/c.png"}


def test_a_file_in_the_place_of_a_folder(root):
    former = rested(root).files
    (root / "articles/2026/a.md").unlink()
    (root / "articles/2026").rmdir()
    (root / "articles/2026").write_text("x")
    found = look(root, former)
    assert (found.removed, found.added) == ({"articles/2026/a.md"}, {"articles/2026"})


def test_what_is_ignored_is_looked_at_and_set_aside(root):
    found = look(root, ignored=["*.png", "2026"])
    assert found.aside == {"articles/2026/a.md", "pictures/c.png"}
    assert found.files.keys() - found.aside == {"articles/b.md"}


def test_files_of_numbers_are_looked_at_and_set_aside(root):
    for name in ("data/a.csv", "data/2026/b.csv", "data/channels.toml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("一")
    found = scan(str(root), ["articles", "data"], {})
    assert found.aside == {"data/a.csv", "data/2026/b.csv"}
    assert found.wrong == []
    assert "data/channels.toml" not in found.files


def test_nothing_of_a_link_is_read(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "e.md").write_text("五")
    (root / "articles/linked").symlink_to(elsewhere)
    (root / "articles/one.md").symlink_to(elsewhere / "e.md")
    (root / "articles/dead.md").symlink_to(elsewhere / "none.md")
    found = look(root)
    odd = {"articles/linked", "articles/one.md", "articles/dead.md"}
    assert {path for path, why in found.wrong if "链接" in why} == odd
    assert not {path for path in found.files if path.startswith(tuple(odd))}


def test_a_pipe_is_told_and_never_opened(root):
    os.mkfifo(root / "articles/pipe.md")
    found = look(root)
    assert [path for path, why in found.wrong if "管道" in why] == ["articles/pipe.md"]


def test_two_names_that_differ_only_in_case_are_told_when_one_is_added(root):
    former = rested(root).files
    assert not look(root, former).wrong
    (root / "articles/B.MD").write_text("")
    assert [path for path, _ in look(root, former).wrong] == ["articles/b.md"]

"""What may lie in content/."""

import os

import pytest

from plugins._files import LONGEST_NAME, beside, collisions, flaw, name_flaw, walk

NAMES = [
    ("pictures/2026/11/门面-2.png", ""),
    ("pictures/a_b.c.png", ""),
    ("pictures/a.png~", "备份"),
    ("pictures/a.png.bak", "备份"),
    ("pictures/图 副本.png", "备份"),
    ("pictures/图的副本.png", "备份"),
    ("pictures/a copy.png", "备份"),
    ("pictures/a (1).png", "备份"),
    ("pictures/a（2）.png", "备份"),
    ("pictures/copyright.png", ""),
    ("pictures/con.png", "Windows"),
    ("pictures/AUX/a.png", "Windows"),
    ("pictures/lpt1", "Windows"),
    ("pictures/console.png", ""),
    ("pictures/a b.png", "不能有“ ”"),
    ("pictures/a?.png", "不能有“?”"),
    ("pictures/a#b.png", "不能有“#”"),
    ("pictures/a%2e.png", "不能有“%”"),
    ("pictures/a\\b.png", "不能有“\\”"),
    ("pictures/a\nb.png", "不能有“〔U+000A〕”"),
    ("pictures/a\u202egnp.exe.png", "不能有“〔U+202E〕”"),
    ("pictures/\u200ba.png", "不能有“〔U+200B〕”"),
    ("pictures/\udcff.png", "不能有"),
    ("pictures/e\u0301.png", "NFD"),
    ("pictures/-a.png", "开头"),
    ("pictures/.a.png", "开头"),
    ("pictures/a./b.png", "结尾"),
    ("pictures/" + "字" * 40 + ".png", "太长"),
    ("pictures/" + "a" * (LONGEST_NAME - 4) + ".png", ""),
]


@pytest.mark.parametrize(("path", "told"), NAMES, ids=[repr(path) for path, _ in NAMES])
def test_names(path, told):
    why = name_flaw(path)
    assert (told in why) if told else why == ""


def test_what_may_not_be_opened(tmp_path):
    root = tmp_path / "content"
    (root / "articles").mkdir(parents=True)
    (root / "articles/a.md").touch()
    (root / "articles/inside.md").symlink_to("a.md")
    (tmp_path / "away").mkdir()
    (tmp_path / "away/b.md").touch()
    (root / "linked").symlink_to(tmp_path / "away")
    os.mkfifo(root / "articles/pipe.md")
    assert flaw(root, "articles/a.md") == ""
    assert "链接" in flaw(root, "articles/inside.md")
    assert "链接" in flaw(root, "linked/b.md")
    assert "管道" in flaw(root, "articles/pipe.md")
    assert "读不出" in flaw(root, "articles/none.md")


def test_a_content_folder_that_is_itself_a_link_is_the_publishers_choice(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there/a.md").touch()
    (tmp_path / "content").symlink_to(tmp_path / "there")
    assert flaw(tmp_path / "content", "a.md") == ""


def test_a_walk_follows_no_link_and_passes_by_what_is_ignored(tmp_path):
    for path in ("p/b/c.png", "p/a.png", "p/.DS_Store", "p/.git/x"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "p/up").symlink_to(tmp_path)
    assert list(walk(tmp_path, "p", [".*"])) == ["p/a.png", "p/b/c.png", "p/up"]
    assert list(walk(tmp_path, "none")) == []


CLASHES = [
    (["a.png", "A.png"], [("a.png", "A.png")]),
    (["2026/a.png", "2026/b.png"], []),
    (["A/a.png", "a/b.png"], [("a/b.png", "A")]),
    (["\u00e9.png", "e\u0301.png"], [("\u00e9.png", "e\u0301.png")]),
    (["stra\u00dfe.png", "STRASSE.png"], [("stra\u00dfe.png", "STRASSE.png")]),
]


@pytest.mark.parametrize(("paths", "told"), CLASHES)
def test_names_that_are_one_on_many_disks(paths, told):
    assert list(collisions(paths)) == told


def test_texts_that_nobody_would_read(tmp_path):
    for path in ("article/a.md", "b.txt", "README.md", "LICENSE", "extra/x.png", "Articles/c.MD"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    (tmp_path / "data").mkdir()
    (tmp_path / "data/channels.toml").symlink_to("/dev/null")
    found = dict(beside(tmp_path, ["articles"], [".*"]))
    assert found.keys() == {"article/a.md", "b.txt", "Articles/c.MD", "data/channels.toml"}

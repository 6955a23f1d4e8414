from datetime import timedelta

import pytest

from plugins.reader import unpublished
from tests.plugins.conftest import NOW, metadata, text, written

SECRET = {
    "articles/2026/11/draft.md": written(
        "标题: 密稿甲\n状态: 草稿\n标签: 密签\n作者: 密人\n系列: 密集", "密文甲。"
    ),
    "articles/2026/12/future.md": written(
        "标题: 密稿乙\n日期: 2026-12-01 08:00\n标签: 密签", "密文乙。"
    ),
    "flash/2026/11/draft.md": written("标题: 密稿丙\n状态: 草稿", "密文丙。", "flash"),
    "pages/draft.md": written("标题: 密稿丁\n状态: 草稿", "密文丁。", "page"),
    "topics/draft.md": written("标题: 密稿戊\n状态: 草稿", "密文戊。", "topic"),
}


def test_the_reader_tells_pelican_what_a_head_says():
    told = metadata("标题: 甲\n日期: 2026-11-22 09:30:15\n标签: 快手\n作者: 某人")
    assert told["title"] == "甲"
    assert told["date"].isoformat() == "2026-11-22T09:30:15+08:00"
    assert told["category"].name == "直播电商"
    assert [tag.slug for tag in told["tags"]] == ["kuai-shou"]
    assert [author.slug for author in told["authors"]] == ["mou-ren"]


def test_a_moment_of_another_zone_is_told_in_the_sites():
    told = metadata("日期: 2026-11-21T20:00:00-05:00\n修改: 2026-11-30T20:00:00Z")
    assert told["date"].isoformat() == "2026-11-22T09:00:00+08:00"
    assert told["modified"].isoformat() == "2026-12-01T04:00:00+08:00"


@pytest.mark.parametrize(
    ("kind", "save_as"),
    [
        ("article", "2026/11/a/index.html"),
        ("flash", "flash/2026/11/a/index.html"),
        ("page", "a/index.html"),
        ("topic", ""),
    ],
)
def test_a_text_is_written_at_its_address(kind, save_as):
    assert metadata(kind=kind)["save_as"] == save_as


@pytest.mark.parametrize(
    ("head", "later", "hidden"),
    [
        pytest.param("", timedelta(), True, id="before its time"),
        pytest.param("", timedelta(hours=1, minutes=30), False, id="at its minute"),
        pytest.param("", timedelta(days=1), False, id="after it"),
        pytest.param("状态: 草稿", timedelta(days=1), True, id="a draft"),
    ],
)
def test_a_text_is_published_at_its_time(head, later, hidden):
    early = NOW.replace(hour=8, minute=0)
    assert unpublished(text(head), early + later) is hidden


def test_drafts_and_the_future_leave_no_byte(small):
    site = small({**SECRET, "articles/2026/11/a.md": written()})
    built = site.build()
    assert (built.returncode, built.stderr) == (0, "")
    files = site.files()
    assert [path for path, content in files.items() if "密".encode() in content] == []
    assert [
        path for path in files if "draft" in path or "future" in path or "2026/12" in path
    ] == []


def test_a_preview_shows_them(small):
    site = small(SECRET)
    built = site.build(PREVIEW="1")
    assert built.returncode == 0, built.stderr
    pages = dict(site.pages())
    assert "密文甲。" in pages["2026/11/draft/index.html"]
    assert "密文乙。" in pages["2026/12/future/index.html"]
    assert "密文丙。" in pages["flash/2026/11/draft/index.html"]
    assert "密稿丁" in pages["draft/index.html"]
    assert "密稿戊" in pages["topic/draft/index.html"]


def test_bad_files_stop_the_build_with_every_mistake_and_nothing_is_written(small):
    site = small(
        {
            "articles/2026/11/good.md": written(),
            "articles/2026/11/a.md": "标题: 甲\nSorce: 某报\n日期: 明天\n\n# 大题\n",
            "articles/2026/11/B.md": written(),
            "flash/2026/11/f.md": written("频道: 直播电商", kind="flash"),
            "pages/p.md": written(kind="page", body="<script>alert(1)</script>"),
            "articles/2026/11/note.txt": "",
        }
    )
    built = site.build()
    assert built.returncode == 1
    told = built.stderr.splitlines()
    for place in (
        "content/articles/2026/11/a.md:1:1: ",  # no channel
        "content/articles/2026/11/a.md:2:1: ",  # an unknown key
        "content/articles/2026/11/a.md:3:5: ",  # no date
        "content/articles/2026/11/a.md:5:1: ",  # a title in the body
        "content/articles/2026/11/B.md:1:1: ",
        "content/flash/2026/11/f.md:3:1: ",
        "content/pages/p.md:3:1: ",
        "content/articles/2026/11/note.txt:1: ",
    ):
        assert [line for line in told if line.startswith(place)], place
    assert all(line.startswith("content/") for line in told if line)
    assert site.files() == {}


def test_a_mistake_in_the_data_stops_the_build(small):
    site = small({"data/mottos.txt": "句\n", "data/ads.toml": '[[ad]]\nslot = "top"\n'})
    built = site.build()
    assert built.returncode == 1
    assert built.stderr.startswith("content/data/ads.toml:2: ")
    assert site.files() == {}

"""What ``make find`` finds in the sources, and how it says where."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugins import _content, _search
from press import find

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 28, tzinfo=ZONE)
HEAD = "标题: {title}\n日期: 2026-11-{day} 09:30\n频道: 电商\n"
FILES = {
    "articles/2026/11/gmv.md": HEAD.format(title="快手GMV走了多远", day=20)
    + "标签: 快手, 数据\n作者: 李四\n摘要: 逐年排开。\n\n第一段说**成**交额。\n\n第二段，见[公报](https://example.com/kuaishou)，1,250万单。\n",
    "articles/2026/11/caogao.md": HEAD.format(title="没写完的", day=21)
    + "状态: 草稿\n\n这里也说到快手。\n\n第二段。\n",
    "flash/2026/11/hou.md": HEAD.format(title="以后才发", day=29).replace("频道: 电商\n", "")
    + "\n快手，下月见。\n",
    "articles/2026/11/huai.md": "标题：坏了的头\n\n快手\n",
}


@pytest.fixture
def content(tmp_path):
    for path, text in FILES.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "content"


@pytest.fixture
def search(content, capsys, monkeypatch):
    monkeypatch.chdir(content.parent)
    (content.parent / "conf.py").write_text('PATH = "content"\nTIMEZONE = "Asia/Shanghai"\n')

    def search(*query: str) -> tuple[list[str], str]:
        assert find.main(["--settings", "conf.py", "--", *query]) == 0
        told = capsys.readouterr()
        return told.out.splitlines(), told.err.strip()

    return search


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        pytest.param(
            ["走了多远"],
            ["content/articles/2026/11/gmv.md:1: 快手GMV走了多远"],
            id="title",
        ),
        pytest.param(["成交额"], ["content/articles/2026/11/gmv.md:8: 第一段说成交额。"], id="marks of Markdown"),
        pytest.param(["1250万"], ["content/articles/2026/11/gmv.md:10: 第二段，见公报，1,250万单。"], id="thousands"),
        pytest.param(["李四"], ["content/articles/2026/11/gmv.md:5: 李四"], id="author"),
        pytest.param(["example"], [], id="not an address"),
        pytest.param(["公報"], ["content/articles/2026/11/gmv.md:10: 第二段，见公报，1,250万单。"], id="traditional"),
        pytest.param(
            ["下月见"], ["content/flash/2026/11/hou.md:4: （未到发布时间）快手，下月见。"], id="later"
        ),
        pytest.param(
            ["也说到快手"], ["content/articles/2026/11/caogao.md:6: （草稿）这里也说到快手。"], id="draft"
        ),
    ],
)  # fmt: skip
def test_it_says_file_line_and_sentence(search, query, lines):
    found, _ = search(*query)
    assert found == lines


def test_all_words_must_stand_in_a_text(search):
    found, told = search("快手", "公报")
    assert {line.partition(":")[0] for line in found} == {"content/articles/2026/11/gmv.md"}
    assert told == "4篇里找到1篇。"


def test_the_title_goes_before_the_body(search):
    found, told = search("快手")
    assert found[0].startswith("content/articles/2026/11/gmv.md:1:")
    assert told == "4篇里找到4篇。"


def test_a_text_with_a_faulty_head_is_searched_too(search):
    found, _ = search("快手")
    assert any(line.startswith("content/articles/2026/11/huai.md:") for line in found)


def test_pinyin_finds_titles_and_says_so(search):
    found, told = search("zouleduoyuan")
    assert found == ["content/articles/2026/11/gmv.md:1: 快手GMV走了多远"]
    assert told == "4篇里找到0篇，另有1篇的标题或标签拼音相合。"


def test_nothing_found_is_said(search):
    assert search("没有的词") == ([], "4篇里找到0篇。")


@pytest.mark.parametrize("query", [[], [""], ["，。"]])
def test_without_a_word_it_says_what_to_write(query):
    with pytest.raises(SystemExit, match="请写要找的词，如：make find Q=快手"):
        find.main(query)


def test_words_are_marked_in_a_terminal_and_a_long_line_is_cut():
    line = "前" * 40 + "快手" + "后" * 60
    shown = find.cut(line, ["快手"], coloured=True)
    assert shown == "…" + "前" * 18 + "\x1b[1;31m快手\x1b[0m" + "后" * 36 + "…"


def test_a_text_cannot_steer_the_terminal():
    assert find.cut("快手\x07\x9b", ["快手"], coloured=False) == "快手��"


def test_the_sources_are_read_by_lines_with_their_fields(content):
    opened = _content.begin(content, "articles/2026/11/gmv.md", ZONE)
    assert [(line.number, _search.FIELDS[line.field]) for line in find.lines_of(opened)] == [
        (1, "title"),
        (4, "marks"),
        (5, "marks"),
        (6, "lead"),
        (8, "body"),
        (10, "body"),
    ]

from datetime import datetime
from pathlib import Path

import pytest

from press.new import start

NOW = datetime(2026, 11, 22, 9, 5, 7)
HEAD = """\
标题: 快手 C# 大会
日期: 2026-11-22 09:05:07
频道: 电商资讯
标签:
摘要:
作者:
状态: 草稿

"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/channels.toml").write_text(
        '[[channel]]\nname = "电商资讯"\n[[channel]]\nname = "法规"\n', encoding="utf-8"
    )
    return tmp_path


def test_the_head_is_filled_in_and_the_address_suggested(content):
    path = start(content, " 快手\nC# 大会 ", NOW)
    assert path == content / "articles/2026/11/kuai-shou-c-sharp-da-hui.md"
    assert path.read_text(encoding="utf-8") == HEAD


def test_nothing_is_overwritten(content):
    names = [start(content, "女装", NOW).name for _ in range(3)]
    assert names == ["nv-zhuang.md", "nv-zhuang-2.md", "nv-zhuang-3.md"]


@pytest.mark.parametrize("title", ["", "  ", "——！"])
def test_a_title_without_a_word_is_refused(content, title):
    with pytest.raises(SystemExit, match="请给出标题"):
        start(content, title, NOW)
    assert not (content / "articles").exists()


def test_the_command_says_where_it_is(tiny, run):
    (tiny / "content/data").mkdir()
    (tiny / "content/data/channels.toml").write_text('[[channel]]\nname = "电商资讯"\n')
    result = run("press", "new", "--", "--help 重庆$5")
    assert result.returncode == 0, result.stderr
    [path] = (tiny / "content/articles").rglob("*.md")
    assert path.name == "help-chong-qing-5.md"
    assert path.relative_to(tiny).as_posix() in result.stdout

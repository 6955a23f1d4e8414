"""A withdrawn text is past being edited: nobody is told what was wrong in it."""

from zoneinfo import ZoneInfo

import pytest

from plugins import _content
from plugins._limits import Limits
from press import gate

HEAD = "标题: 甲\n日期: 2026-11-01 08:00\n频道: 电商\n标签: 一, 二\n"


@pytest.mark.parametrize(("line", "found"), [("", True), ("撤稿: 2026-11-02 不实\n", False)])
def test_what_is_wrong_in_a_text_is_told_unless_it_is_withdrawn(tmp_path, line, found):
    file = tmp_path / "articles/2026/12/a.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"{HEAD}{line}\n![](x.png)\n\n<script>1</script>\n", encoding="utf-8")
    names = _content.Names(channels=(), tags={})
    by = gate.Reading(tmp_path, names, ZoneInfo("Asia/Shanghai"), Limits(), gate.gate_of({}))
    _, findings = gate.read("articles/2026/12/a.md", by)
    assert bool(findings) is found

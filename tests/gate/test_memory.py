"""What builds say of warnings, what they remember of them, and when they look again."""

import json
import os
import subprocess
import sys

import pytest

from press.gate import families
from tests.gate.cases import HEAD
from tests.gate.test_build import FOOTER, NOW, ROOT, Site

BARE = "标题: {title}\n日期: 2026-11-22 09:30\n频道: 电商资讯\n作者: 编辑部\n标签: 快递\n资料: 统计局 | 公报\n摘要: 讲一件事。\n\n正文。\n"
LACKS = "content/articles/2026/11/{}.md:1:1: 提醒"
OTHERS = "没有改动的稿件里另有{}处提醒"


@pytest.fixture
def site(tmp_path):
    """A site of which two articles do not name their source."""
    site = Site(tmp_path)
    settings(site, 'GATE = {"levels": {**QUIET, "required": "warning"}}')
    for name in ("one", "two"):
        write(site, name, BARE.format(title="快递业务量公布了"))
    return site


QUIET = {
    name: "off"
    for family in ("law", "style", "pictures", "links")
    for kind in ("RULES", "FILE_RULES")
    for name in getattr(families()[family], kind, {})
}


def write(site, name, text):
    (site.folder / f"content/articles/2026/11/{name}.md").write_text(text, encoding="utf-8")


def settings(site, lines):
    (site.folder / "conf.py").write_text(
        f"from pelicanconf import *\nTHEME = {str(ROOT / 'theme')!r}\n{FOOTER}QUIET = {QUIET}\n{lines}\n",
        encoding="utf-8",
    )


def of_source(built):
    return [line for line in built.stderr.splitlines() if "缺少“来源”" in line]


def test_warnings_are_told_when_a_text_is_read_and_counted_afterwards(site):
    built = site.build("press")
    assert built.returncode == 0, built.stderr
    assert len(of_source(built)) == 2
    again = site.build("press")
    assert (again.returncode, of_source(again)) == (0, [])
    assert OTHERS.format(2) in again.stderr
    write(site, "one", BARE.format(title="快递业务量又公布了"))
    edited = site.build("press")
    assert [line.partition(":")[0] for line in of_source(edited)] == [
        "content/articles/2026/11/one.md"
    ]
    assert OTHERS.format(1) in edited.stderr
    write(site, "one", HEAD + "正文。\n")
    assert of_source(mended := site.build("press")) == []
    assert OTHERS.format(1) in mended.stderr


def test_another_level_is_felt_by_texts_that_did_not_change(site):
    assert site.build("press").returncode == 0
    before = site.output()
    settings(site, 'GATE = {"levels": {**QUIET, "required": "error"}}')
    refused = site.build("press")
    assert refused.returncode == 1
    assert len(of_source(refused)) == 2
    assert site.output() == before
    settings(site, 'GATE = {"levels": {**QUIET, "required": "off"}}')
    silent = site.build("press")
    assert (silent.returncode, of_source(silent)) == (0, [])
    assert "提醒" not in silent.stderr
    assert site.output() == before  # a level is on no page


def test_what_only_pelican_can_build_keeps_the_rules_too(site):
    more = 'FEED_ALL_ATOM = "all.atom.xml"\nGATE = {"levels": {**QUIET, "required": "error"}}'
    settings(site, more)
    refused = site.build("press")
    assert refused.returncode == 1
    assert "只有Pelican自己能处理" in refused.stderr
    assert len(of_source(refused)) == 2
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('GATE = {"leves": {}}', "GATE 里没有“leves”这一项；是不是 levels？"),
        ('READER = {"secnds": 1}', "READER 里没有“secnds”这一项；是不是 seconds？"),
    ],
)
def test_a_setting_that_nobody_knows_stops_the_build(site, lines, told):
    settings(site, lines)
    refused = site.build("press")
    assert refused.returncode == 1
    assert told in refused.stderr


@pytest.mark.parametrize("builder", ["press", "stock"])
def test_a_text_that_takes_too_long_is_refused_by_name(site, builder):
    slow = "\n\n".join(f"第{n}段**粗体**和[链接](https://example.com/{n})。" for n in range(900))
    write(site, "slow", f"{HEAD}{slow}\n")
    settings(site, 'READER = {"seconds": 0.001}')
    refused = site.build(builder)
    assert refused.returncode == 1
    assert "content/articles/2026/11/slow.md:1:1: 读这篇用了0.001秒以上" in refused.stderr


def test_children_keep_the_time_too(site):
    slow = "\n\n".join(f"第{n}段**粗体**和[链接](https://example.com/{n})。" for n in range(900))
    for number in range(70):  # more than one process would take alone
        write(site, f"n{number}", f"{HEAD}{slow if number % 35 == 34 else '正文。'}\n")
    settings(site, 'READER = {"seconds": 0.001}')
    refused = site.build("press")
    for number in (34, 69):
        assert f"n{number}.md:1:1: 读这篇用了0.001秒以上" in refused.stderr


def test_the_preview_tells_warnings_in_the_terminal(site):
    with subprocess.Popen(
        [sys.executable, "-m", "press.builder", "conf.py", "output"],
        cwd=site.folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{site.folder}", "BUILD_NOW": NOW},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as builder:
        said, warnings = builder.communicate("\n", timeout=120)
    assert json.loads(said)["error"] == ""
    assert warnings.count("缺少“来源”") == 2

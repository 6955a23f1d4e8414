import html
import json
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urljoin

import pytest

from plugins import csp, reading, statistics
from plugins._facts import Plugin, RefusalError, bind, build_now, where
from tests.plugins.conftest import Site, metadata, written

READING = Plugin(name="reading", settings=reading.Settings)
HREF = re.compile(r'\s(?:href|src)="([^"]*)"')
RICH = {
    "articles/2026/11/a.md": written(
        "标题: “甲” & <乙>\n标签: 快手、权利\n作者: 某甲\n专题: 服务商\n节点: 2021-07-22 大会\n系列: 开店\n"
        "资料: 国家统计局 | 公报 | 2026-01-17 | https://www.stats.gov.cn/a\n更正: 2026-11-23 一处",
        "首段。\n\n## 小题\n\n见[乙](b.md)。[[1]]\n\n| 甲 | 乙 |\n| - | - |\n| 1 | 2 |",
    ),
    "articles/2026/11/b.md": written("频道: 法规\n日期: 2026-11-21\n标签: 快手\n系列: 开店"),
    "articles/2025/01/c.md": written("日期: 2025-01-02 03:04:05 +00:00"),
    "flash/2026/11/f.md": written("标签: 快递", kind="flash", body="一条。"),
    "topics/fuwushang.md": written(kind="topic"),
    "pages/about.md": written(kind="page"),
    "data/mottos.txt": "货真价实\n和气生财\n",
    "data/tags.toml": '[tags]\n"权利" = "quan-li-right"\n',
}
NO_FOOT = "FOOTER_PAGES = []"  # its pages are the real site's
FAULTY = '''
"""Breaks at one article."""
from plugins import _facts


def facts(html, metadata, settings):
    return 1 // (metadata["head"].title != "坏")


def register():
    _facts.register("faulty", facts=facts)
'''
CLASH = '''
"""Takes an article's address."""
from plugins import _facts


def pages(cards, settings, bodies):
    yield _facts.File("2026/11/a/index.html", "")


def register():
    _facts.register("clash", pages=pages)
'''


def broken_links(site: Site) -> list[tuple[str, str]]:
    """Return every link inside the site that leads to no file, with its page."""
    files = site.files()
    found = []
    for path, page in site.pages():
        for link in HREF.findall(page):
            whole = urljoin(f"https://x.cn/{path}", html.unescape(link))
            if path == "404.html" or not whole.startswith("https://x.cn/"):
                continue
            target = unquote(whole.removeprefix("https://x.cn/").partition("#")[0])
            if (
                f"{target}index.html" if target.endswith("/") or not target else target
            ) not in files:
                found.append((path, link))
    return found


@pytest.mark.parametrize(
    ("key", "hint"),
    [("fasst", "是不是 fast？"), ("txt", "是不是 text？"), ("SITEURL", "是不是 ")],
)
def test_an_unknown_setting_is_refused_with_the_nearest_name(key, hint):
    with pytest.raises(RefusalError, match=f"READING 里没有“{key}”这一项；{hint}"):
        bind(READING, {"READING": {key: 1}})


def test_a_plugin_without_settings_takes_none():
    with pytest.raises(RefusalError, match="没有可设的项"):
        bind(Plugin(name="series"), {"SERIES": {"size": 1}})


def test_settings_are_the_defaults_and_what_is_given():
    assert bind(READING, {"READING": {"fast": 400}}) == reading.Settings(fast=400)
    assert bind(READING, {"READING": None}) == bind(READING, {}) == reading.Settings()


def test_a_setting_in_capitals_is_the_sites():
    plugin = Plugin(name="csp", settings=csp.Settings)
    found = bind(plugin, {"STATISTICS": {"script": "https://s.example.com/s.js"}}).STATISTICS
    assert found["script"] == "https://s.example.com/s.js"


def test_a_plugin_sees_no_setting_that_it_does_not_name():
    with pytest.raises(RefusalError):
        bind(READING, {"READING": {"WORDS": ()}})
    assert not hasattr(bind(READING, {"SITEURL": "https://example.com"}), "SITEURL")


def test_a_setting_that_a_plugin_needs_must_be_there():
    @dataclass(frozen=True, kw_only=True)
    class Needs:
        SITEURL: str

    with pytest.raises(RefusalError, match="缺少设置 SITEURL，插件 map 要用到它"):
        bind(Plugin(name="map", settings=Needs), {})


def test_a_plugin_may_refuse_a_value():
    with pytest.raises(RefusalError, match="https"):
        bind(
            Plugin(name="statistics", settings=statistics.Settings), {"STATISTICS": {"script": "a"}}
        )


@pytest.mark.parametrize(
    ("written_now", "moment"),
    [
        ("2026-11-22T09:30:00+08:00", "2026-11-22T09:30:00+08:00"),
        ("2026-11-22T17:30:00+00:00", "2026-11-23T01:30:00+08:00"),
        ("2026-11-22T09:30", "2026-11-22T09:30:00+08:00"),
        ("2026-11-22", "2026-11-22T00:00:00+08:00"),
    ],
)
def test_the_builds_now_is_in_the_sites_zone(written_now, moment):
    assert build_now(written_now, "Asia/Shanghai").isoformat() == moment


def test_without_a_word_now_is_the_start_of_the_build():
    before = datetime.now().astimezone()
    assert before <= build_now("", "Asia/Shanghai") <= datetime.now().astimezone()


def test_a_now_that_is_none_is_refused():
    with pytest.raises(RefusalError, match="BUILD_NOW 写成了“今天”"):
        build_now("今天", "Asia/Shanghai")


def test_a_refusal_names_the_line_of_a_field():
    assert where(metadata("许可: X"), "licence") == "content/articles/2026/11/a.md:4:"
    assert where(metadata(), "licence") == "content/articles/2026/11/a.md:1:"


def check_policies(site: Site) -> None:
    """Check that every page's policy holds the true hashes of its style and its data."""
    for path, page in site.pages():
        policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
        data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        for text in (*re.findall(r"<style>(.*?)</style>", page, re.DOTALL), *data):
            assert csp.digest(text) in policy, path
        for text in data:
            json.loads(text)


def test_two_clean_builds_are_the_same_whatever_machine_built_them(small, tmp_path):
    site, other = small(RICH), Site(tmp_path / "another folder")
    for path, content in RICH.items():
        other.write(path, content)
    one = site.build(PYTHONHASHSEED="1", TZ="UTC", LANG="C", LC_ALL="C", settings=NO_FOOT)
    two = other.build(PYTHONHASHSEED="77", TZ="America/New_York", LC_ALL="", settings=NO_FOOT)
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    files, same = site.files(), other.files()
    assert len(files) > 30
    assert [path for path in files if files[path] != same.get(path)] == []
    assert files.keys() == same.keys()
    assert not [path for path, content in files.items() if str(tmp_path).encode() in content]
    assert broken_links(site) == []
    check_policies(site)


def test_a_site_below_a_path_links_relatively_and_names_itself_wholly(small):
    site = small(RICH)
    built = site.build(SITEURL="https://example.com/zhi/", settings=NO_FOOT)
    assert built.returncode == 0, built.stderr
    assert broken_links(site) == []
    for path, page in site.pages():
        rooted = [link for link in HREF.findall(page) if link.startswith("/")]
        if path == "404.html":
            assert all(link.startswith("/zhi/") for link in rooted)
        else:
            assert rooted == []
            url = f"https://example.com/zhi/{path.removesuffix('index.html')}"
            assert f'<link rel="canonical" href="{url}">' in page


@pytest.mark.parametrize("count", [0, 1])
def test_the_smallest_sites_build(small, count):
    files = {f"articles/2026/11/a{number}.md": written() for number in range(count)}
    site = small(files)
    built = site.build(settings=NO_FOOT)
    assert (built.returncode, built.stderr) == (0, "")
    assert {"index.html", "404.html", "feeds/atom.xml", "sitemap.xml"} <= site.files().keys()
    assert broken_links(site) == []
    assert len(re.findall("<h1", dict(site.pages())["index.html"])) == 1


def test_refusals_and_exceptions_of_plugins_are_told_in_one_run_and_nothing_is_written(small):
    site = small(
        {
            "articles/2026/11/a.md": written("许可: WTFPL"),
            "articles/2026/11/b.md": written("标题: 坏"),
            "flash/2026/11/f.md": written("许可: X", kind="flash"),
        }
    )
    (site.folder / "faulty.py").write_text(FAULTY, encoding="utf-8")
    built = site.build(settings='PLUGINS = [*PLUGINS, "faulty"]')
    assert built.returncode == 1
    told = sorted(line for line in built.stderr.splitlines() if line)
    assert [line.split(": ")[0] for line in told] == [
        "content/articles/2026/11/a.md:4",
        "content/articles/2026/11/b.md:1",
        "content/flash/2026/11/f.md:3",
    ]
    assert "ZeroDivisionError" in told[1]
    assert site.files() == {}


def test_two_plugins_cannot_write_one_address(small):
    site = small({"articles/2026/11/a.md": written()})
    (site.folder / "clash.py").write_text(CLASH, encoding="utf-8")
    built = site.build(settings='PLUGINS = [*PLUGINS, "clash"]')
    assert built.returncode == 1
    assert "2026/11/a/index.html：articles/2026/11/a.md 与 clash" in built.stderr
    assert site.files() == {}

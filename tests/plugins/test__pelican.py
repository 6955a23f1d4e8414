import html
import json
import re
from urllib.parse import unquote, urljoin

import pytest
from pelican.settings import DEFAULT_CONFIG

from plugins import csp
from plugins._pelican import Reader
from tests.plugins.conftest import Site, text, written

HREF = re.compile(r'\s(?:href|src)="?([^"\s>]*)')
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


def metadata(head=""):
    """Return what the reader tells Pelican of a text with this head."""
    return Reader(dict(DEFAULT_CONFIG)).metadata(text(head))


def broken_links(site: Site) -> list[tuple[str, str]]:
    """Return every link inside the site that leads to no file, with its page."""
    files = site.files()
    found = []
    for path, page in site.pages():
        for link in HREF.findall(page):
            whole = urljoin(f"https://x.cn/{path}", html.unescape(link))
            if path == "404.html" or not whole.startswith("https://x.cn/"):
                continue
            target = unquote(
                whole.removeprefix("https://x.cn/").partition("#")[0].partition("?")[0]
            )
            if (
                f"{target}index.html" if target.endswith("/") or not target else target
            ) not in files:
                found.append((path, link))
    return found


def test_the_reader_tells_pelican_what_a_head_says():
    found = metadata("标题: 甲\n日期: 2026-11-22 09:30:15\n标签: 快手\n作者: 某人")
    assert found["title"] == "甲"
    assert found["date"].isoformat() == "2026-11-22T09:30:15+08:00"
    assert found["category"].name == "直播电商"
    assert [tag.slug for tag in found["tags"]] == ["kuai-shou"]
    assert [author.slug for author in found["authors"]] == ["mou-ren"]


def test_a_moment_of_another_zone_is_told_in_the_sites():
    found = metadata("日期: 2026-11-21T20:00:00-05:00\n修改: 2026-11-30T20:00:00Z")
    assert found["date"].isoformat() == "2026-11-22T09:00:00+08:00"
    assert found["modified"].isoformat() == "2026-12-01T04:00:00+08:00"


def check_policies(site: Site) -> None:
    """Check that every page's policy holds the true hashes of its style and its data."""
    for path, page in site.pages():
        policy = html.unescape(re.search(r'Content-Security-Policy content="([^"]*)"', page)[1])
        data = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
        for inline in (*re.findall(r"<style>(.*?)</style>", page, re.DOTALL), *data):
            assert csp.digest(inline) in policy, path
        for found in data:
            json.loads(found)


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
            if 'name=robots content="noindex"' in page:
                assert f'<link rel=canonical href="{url}">' not in page
                continue
            assert f'<link rel=canonical href="{url}">' in page


@pytest.mark.parametrize("count", [0, 1])
def test_the_smallest_sites_build(small, count):
    files = {f"articles/2026/11/a{number}.md": written() for number in range(count)}
    site = small(files)
    built = site.build(settings=NO_FOOT, CONFIRM="" if count else "yes")
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
        "content/articles/2026/11/note.txt:1:1: ",
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

"""What a build does to the ledger of published addresses, and what it asks of a build."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.press.small import (
    LEDGER,
    NOW,
    STOCK,
    Child,
    Small,
    article,
    contents,
    environment,
    same_as_stock,
    texts,
    told,
)

ONE = "articles/2026/10/dazhe.md"
COUNT = """
import json, os
from pathlib import Path
from plugins import _ledger
from press import build, settings
from press.scope import load_plugins
from press.site import Site

read, text = [], _ledger.Ledger.text
_ledger.Ledger.text = lambda ledger: read.append(1) or text(ledger)
folder = Path(".build").absolute()
counts = []
for path, old, new in [("", "", ""), ("", "", ""), *{edits!r}]:
    if path:
        file = Path(path)
        file.write_text(file.read_text().replace(old, new))
    found = settings.read(Path("pelicanconf.py"), {{"DEBUG": False}}, folder / "cache/settings")
    load_plugins(found)
    read.clear()
    build.publish(found, Site(folder).build)
    counts.append(len(read))
print(json.dumps(counts[1:]))  # the first one is of a folder that was copied
"""


@pytest.fixture
def site(tmp_path):
    """A small site, not built yet."""
    return Small(tmp_path / "站")


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A small site that was published once, for copies of it."""
    site = Small(tmp_path_factory.mktemp("first") / "站")
    built(site)
    return site.root


@pytest.fixture
def published(first, tmp_path):
    """A small site that was published once."""
    site = Small.__new__(Small)
    site.root, site.undo = tmp_path / "站", {}
    shutil.copytree(first, site.root)
    return site


def press(site, **given):
    """Build; return the status and what was said."""
    more = {name: given.pop(name) for name in ("CI",) if name in given}
    done = subprocess.run(
        [sys.executable, "-m", "press", "html"],
        cwd=site.root,
        env=environment(NOW, **given) | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout


def built(site, **given):
    status, said = press(site, **given)
    assert status == 0, said
    return said


def refused(site, **given):
    """Refuse to build; the output stays as it is, and so does the ledger."""
    before, ledger = contents(site.root / "output"), site.get(LEDGER)
    status, said = press(site, **given)
    assert (status, contents(site.root / "output"), site.get(LEDGER)) == (1, before, ledger)
    return said


def rows(site):
    """The ledger's lines by their addresses."""
    lines = (site.get(LEDGER) or b"").decode().splitlines()
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines if line[0] != "#"}


def move(site, old, new, **changes):
    """Rename a text, edited or not."""
    site.put(f"content/{old}", None)
    site.put(f"content/{new}", replace(texts()[old], **changes).source())


# ---- who writes it, and when ----


def test_the_first_build_begins_the_ledger(site):
    assert site.get(LEDGER) is None
    built(site)
    found = rows(site)
    assert found["2026/10/dazhe/"][0::2] == [ONE, "2026-11-22"]
    assert found["tag/tui-huo/"] == ["tag:退货", "", "2026-11-22"]
    assert {
        "channel/live/",
        "author/li-si/",
        "topic/xingui/",
        "about/",
        "flash/2026/11/kuaixun/",
    } <= (found.keys())
    assert not {"2026/11/caogao/", "2026/11/jianglai/", "tag/zhi-ci-yi-gao/"} & found.keys()


def test_an_edit_does_not_touch_it(published):
    file = published.root / LEDGER
    before = file.stat().st_ino, file.stat().st_mtime_ns
    published.put(f"content/{ONE}", replace(texts()[ONE], body="全都改了。").source())
    built(published)
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == before


def test_a_new_article_adds_its_lines_only(published):
    before = (published.get(LEDGER) or b"").decode().splitlines()
    new = article("新的一篇", "2026-11-21 08:00", "电商", 标签="新签")
    published.put("content/articles/2026/11/xin.md", new.source())
    built(published)
    after = (published.get(LEDGER) or b"").decode().splitlines()
    assert [line.split("\t")[0] for line in after if line not in before] == [
        "2026/11/xin/",
        "tag/xin-qian/",
    ]
    assert [line for line in after if line in before] == before


@pytest.mark.parametrize("given", [{"preview": True}, {"CI": "true"}], ids=["preview", "CI"])
def test_who_publishes_nothing_writes_nothing(site, given):
    built(site, **given)
    assert site.get(LEDGER) is None


def test_ci_warns_of_what_nobody_committed(published):
    assert "警告" not in built(published, CI="true")
    new = article("新的一篇", "2026-11-21 08:00", "电商")
    published.put("content/articles/2026/11/xin.md", new.source())
    said = built(published, CI="true")
    assert f"{LEDGER}:1:1: 警告：1个网址没有登记：/2026/11/xin/；" in said
    assert "2026/11/xin/" not in rows(published)


def test_what_ci_has_built_is_written_by_the_next_build_at_home(site):
    built(site, CI="true")
    built(site)
    assert "2026/10/dazhe/" in rows(site)


def test_the_full_way_through_pelican_writes_it_too(site):
    conf = site.get("pelicanconf.py") or b""
    site.put("pelicanconf.py", conf + b'FEED_ALL_ATOM = "all.xml"\n')
    assert "整站重建" in built(site)
    assert "2026/10/dazhe/" in rows(site)


def test_no_other_file_is_left_beside_it(published):
    assert sorted(path.name for path in (published.root / LEDGER).parent.glob("*addresses*")) == [
        "addresses.tsv"
    ]


def test_it_is_read_only_if_something_that_matters_has_changed(published):
    edits = [
        (f"content/{ONE}", "正文的第一段", "改写的第一段"),  # also the summary, in many lists
        (f"content/{ONE}", "标题: 打折", "标题: 优惠"),
        (f"content/{ONE}", "标签: 促销", "标签: 新签"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", COUNT.format(edits=edits)],
        cwd=published.root,
        env=environment(NOW) | {"PYTHONPATH": str(published.root)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, 0, 1, 1]


def test_a_text_that_is_not_due_is_named_and_a_draft_is_not(published):
    for day in ("25", "24"):
        title = f"十一月{day}日的事"
        published.put(
            f"content/articles/2026/11/d{day}.md", article(title, f"2026-11-{day}", "电商").source()
        )
    draft = article("没写完的事", "2026-11-23", "电商", 状态="草稿")
    published.put("content/articles/2026/11/draft.md", draft.source())
    told = "日期没到，这次没有发布：content/articles/2026/11/d24.md（2026-11-24 00:00）等3篇；"  # one of the site
    assert told in built(published)
    assert told in built(published)  # also where nothing has changed
    assert "日期没到" not in built(published, preview=True)


# ---- what moves, and what is lost ----


def test_a_renamed_article_is_answered_at_its_old_address(published):
    move(published, ONE, "articles/2026/10/youhui.md", title="优惠的账怎么算", body="改了。")
    for path in ("articles/2026/11/tuihuo.md",):  # which links to it
        source = (published.get(f"content/{path}") or b"").decode()
        published.put(f"content/{path}", source.replace("dazhe.md", "youhui.md").encode())
    built(published)
    page = (published.root / "output/2026/10/dazhe/index.html").read_text()
    assert 'content="0; url=../../../2026/10/youhui/"' in page
    assert rows(published)["2026/10/dazhe/"][-1] == "2026/10/youhui/"
    first = contents(published.root / "output")
    built(published)  # now the ledger says so itself
    assert contents(published.root / "output") == first


def test_renamed_twice_both_old_addresses_lead_to_the_last(published):
    names = ["articles/2025/12/laowen.md", "articles/2025/12/zhong.md", "articles/2025/12/xin.md"]
    links = "articles/2026/11/tuihuo.md"
    for old, new in pairwise(names):
        published.put(f"content/{new}", published.get(f"content/{old}"))
        published.put(f"content/{old}", None)
        source = (published.get(f"content/{links}") or b"").decode()
        named = source.replace(old.rpartition("/")[2], new.rpartition("/")[2])
        published.put(f"content/{links}", named.encode())
        built(published)
    for old in ("laowen", "zhong"):
        page = (published.root / f"output/2025/12/{old}/index.html").read_text()
        assert 'content="0; url=../../../2025/12/xin/"' in page


def test_the_deletion_of_an_article_is_refused_with_both_remedies(published):
    published.put("content/articles/2026/10/baoguo.md", None)
    said = refused(published)
    assert "content/articles/2026/10/baoguo.md不见了" in said
    assert "“撤稿: 2026-11-22 原因”" in said
    assert "“旧网址: /2026/10/baoguo/”" in said
    remedy = replace(
        texts()["articles/2026/10/baoguo.md"], head={"频道": "数据", "撤稿": "2026-11-22 数字不实"}
    )
    published.put("content/articles/2026/10/baoguo.md", remedy.source())
    built(published)
    assert "数字不实" in (published.root / "output/2026/10/baoguo/index.html").read_text()


def test_ci_refuses_a_mass_loss_by_the_committed_ledger_alone(published, tmp_path):
    clone = Small(tmp_path / "克隆")
    clone.put(LEDGER, published.get(LEDGER))
    for path in texts():
        if path.startswith("articles/"):
            clone.put(f"content/{path}", None)
    status, said = press(clone, CI="true")
    assert (status, [*contents(clone.root / "output")]) == (1, [])
    assert "发布过的11篇里，有7篇不见了" in said
    assert "CONFIRM=yes" in said


def take_all_away(published):
    """Remove all texts, and what the settings say of them."""
    for path in texts():
        published.put(f"content/{path}", None)
    settings = published.get("pelicanconf.py") + b"FOOTER_PAGES = []\n"
    settings += b'STRUCTURED_DATA = {"principles": ""}\n'
    published.put("pelicanconf.py", settings)


def test_an_emptied_folder_is_refused_unless_confirmed(published):
    take_all_away(published)
    assert "一篇文章也没有" in refused(published)
    built(published, confirm=True)
    assert not (published.root / "output/2026/10/dazhe/index.html").exists()
    assert rows(published)["2026/10/dazhe/"][-1] == "-"


def test_a_fork_that_removes_the_ledger_begins_anew(published):
    take_all_away(published)
    published.put(LEDGER, None)
    own = article("自己的第一篇", "2026-11-21 08:00", "电商").source()
    published.put("content/articles/2026/11/ziji.md", own)
    built(published)
    assert {address for address in rows(published) if address.startswith("20")} == {"2026/11/ziji/"}


def test_a_preview_shows_what_would_be_refused(published):
    published.put("content/articles/2026/10/baoguo.md", None)
    built(published, preview=True)
    assert not (published.root / "output/2026/10/baoguo/index.html").exists()


def test_a_merge_conflict_is_one_clear_message(published):
    row = (published.get(LEDGER) or b"") + b"<<<<<<< HEAD\n"
    published.put(LEDGER, row)
    said = refused(published)
    number = row.count(b"\n")
    assert f"{LEDGER}:{number}:1: 这里有合并冲突的标记" in said
    assert said.count("addresses.tsv") == 1


def test_stock_pelican_comes_to_the_same_site_whoever_has_written(published, tmp_path):
    stock = Child(STOCK, tmp_path)
    try:
        move(published, "flash/2026/11/kuaixun.md", "flash/2026/11/xin-ming.md")
        same_as_stock(published, stock)
        same_as_stock(published, stock)
        assert told(NOW)["CONFIRM"] == ""
    finally:
        stock.close()

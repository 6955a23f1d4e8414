"""Which plugins are asked for their pages after an edit; what they drew is stock Pelican's all the same."""

import json
import subprocess
import sys

import pytest

from tests.press.small import NOW, STOCK, Child, Small, environment, same_as_stock

CODE = """
import json
import sys
from pathlib import Path
from press import build, settings, site as sites
from press.scope import load_plugins

asked, files = [], []
ask, draw = sites._Run.ask, sites._Run.draw
sites._Run.ask = lambda run, name, plugin: asked.append(name) or ask(run, name, plugin)
sites._Run.draw = lambda run, jobs, *more: (
    files.extend(job.save_as for job in jobs) or draw(run, jobs, *more)
)
folder = Path(".build").absolute()
found = settings.read(Path("pelicanconf.py"), {"DEBUG": False}, folder / "cache/settings")
load_plugins(found)
build.publish(found, sites.Site(folder).build)
print(json.dumps([sorted(asked), sorted(files)]))
"""
TEXT = "content/articles/2026/11/tuihuo.md"
OWN = {"2026/11/tuihuo/index.html", "2026/11/tuihuo/wechat/index.html"}
LISTS = {
    *("2026/11/index.html", "2026/index.html", "index.html", "topic/xingui/index.html"),
    *("author/desk/index.html", "channel/rules/index.html", "tag/kai-dian/index.html"),
    "tag/tui-huo/index.html",
}
FEEDS = {
    *("feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json", "feeds/channel/rules/atom.xml"),
    *("feeds/author/desk/atom.xml", "feeds/topic/xingui/atom.xml"),
}
EDITS = {
    # An edit: what is put in the place of what, who is asked, whether the lists show it.
    "a sentence": ("先看", "先看看", set(), False),
    "a longer text": ("先看", "看。" * 700 + "先看", set(), True),  # other reading minutes
    "a summary": (
        "来源:",
        "摘要: 另一句摘要。\n来源:",
        {"corrections", "feeds", "front", "hosting", "topics"},
        True,
    ),
    "a tag": ("退货，开店", "退货，直播", {"lists", "redirects"}, True),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A small site that was built twice: the second time the ledger was there."""
    site = Small(tmp_path_factory.mktemp("asked") / "站")
    for _ in range(2):
        built(site)
    return site


@pytest.fixture(scope="module")
def stock(site):
    child = Child(STOCK, site.root)
    yield child
    child.close()


def built(site):
    """Build; return who was asked, and what was drawn."""
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=site.root,
        env=environment(NOW) | {"PYTHONPATH": str(site.root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return [set(found) for found in json.loads(done.stdout.splitlines()[-1])]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_asks_only_who_looks_at_what_has_changed(site, stock, edit):
    old, new, plugins, seen = EDITS[edit]
    before = site.get(TEXT)
    site.put(TEXT, before.replace(old.encode(), new.encode()))
    try:
        asked, drawn = built(site)
        assert asked == plugins
        assert drawn >= OWN | FEEDS
        assert (drawn >= LISTS) == seen
        if not seen:
            assert LISTS.isdisjoint(drawn)
        same_as_stock(site, stock)
    finally:
        site.put(TEXT, before)
        built(site)


def test_a_plugin_whose_pages_are_lost_is_asked(site):
    for file in (site.root / ".build/cache").glob("pages.*"):
        file.write_bytes(file.read_bytes()[:-1])
    before = site.get(TEXT)
    site.put(TEXT, before.replace("先看".encode(), "先看看".encode()))
    asked, drawn = built(site)
    assert asked == {"feeds", "search", "topics"}  # those that show texts
    assert drawn >= FEEDS

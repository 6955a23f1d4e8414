"""At what plugins look to decide what stands on their pages is what they say: ``sees``."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.press.conftest import ROOT, environment

CODE = """
import json
import sys
from pathlib import Path

sys.path.insert(0, {root!r})
from plugins import _facts
from plugins._card import Card
from press import settings
from press.scope import load_plugins
from tests.press.test_sees import ALWAYS, cards

found = settings.read(Path({root!r}, "pelicanconf.py"), {{"DEBUG": False}}, Path("none"))
load_plugins(found)
plugins = _facts.active(found["PLUGINS"])
bound = _facts.bind_all(plugins, found | {{"PATH": "content"}})
told = {{}}


class Looked(Exception):
    pass


class Body:
    def __getattr__(self, name):
        raise Looked(name)


def looked(name):
    def look(_):
        raise Looked(name)

    return property(look)


def blind(sees):
    hidden = set(Card._fields) - ALWAYS - set(sees)
    return type("Blind", (Card,), {{name: looked(name) for name in hidden}})


for name, plugin in plugins.items():
    try:
        if plugin.pages and plugin.sees is not None:
            made = blind(plugin.sees)._make
            pages = plugin.pages(tuple(map(made, cards())), bound[name], lambda _: Body())
            told[name] = [len([*pages]), None]
        if plugin.relation:
            lines = _facts.Lines(plugin.relation, cards(), bound[name])
            made = blind(())._make
            for line, stands in lines._lines.items():
                lines._lines[line] = [(place, made(card), weight) for place, card, weight in stands]
            values = [lines.value(card, place) for place, card in enumerate(cards())]
            told[name] = [len([*filter(None, values)]), None]
    except Looked as error:
        told[name] = [0, str(error)]
print(json.dumps(told))
"""
ALWAYS = {"path", "date"}  # by which the cards are in their order


def cards():
    """Return cards of every kind that differ in all that plugins look at."""
    from plugins import _facts
    from plugins._card import Correction, Credit, Link, Picture, Point
    from tests.plugins.conftest import card, when

    given = (
        {},
        {"tags": (Link("退货", "tag/tui-huo/"),), "pinned": True, "weight": 2},
        {"credits": (Credit("作者", "编辑部", "author/bian-ji-bu/"),), "front": "lead"},
        {"picture": Picture("pictures/a.png", 1600, 900, "图", "k"), "minutes": (3, 5)},
        {"corrections": (Correction("2026-11-20", "改了一个数"),), "series": "双11"},
        {"modified": when("2026-11-21 08:00"), "keywords": (("退货", 0.5), ("快递", 0.5))},
    )
    members = {"topics": ("专题",), "points": (Point("2026-11-20", "一件事"),)}
    kinds = ("article", "flash", "page")
    found = [card("topic", kind="topic", title="专题")]
    for month in ("2026-03", "2026-10", "2026-11"):
        for number, values in enumerate(given):
            for kind in kinds:
                own = values | members if kind != "page" and number < 2 else values
                name = f"{kind}{month[5:]}{number}"
                found.append(card(name, f"{month}-0{number + 1} 08:00", kind=kind, **own))
    return _facts.in_order(found)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Of each plugin, how many pages or values it made, and the hidden field at which it looked."""
    folder = tmp_path_factory.mktemp("sees")
    ledger = shutil.ignore_patterns("addresses.tsv")  # of other texts than these
    shutil.copytree(ROOT / "content/data", folder / "content/data", ignore=ledger)
    shutil.copytree(ROOT / "content/pages", folder / "content/pages")
    command = [sys.executable, "-c", CODE.format(root=str(ROOT))]
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


MAKERS = (
    *("archives", "corrections", "feeds", "flashes", "front", "hosting", "lists", "notfound"),
    *("redirects", "search", "share", "sitemap", "topics"),
    *("neighbours", "related", "series"),
)


@pytest.mark.parametrize("name", MAKERS)
def test_a_plugin_looks_at_nothing_that_it_does_not_name(told, name):
    made, looked = told[name]
    assert looked is None
    assert made

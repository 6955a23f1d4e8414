"""What ``plugins/plates.py`` draws of a text's first chart."""

import re
from pathlib import Path

import pytest
from lxml import etree

from plugins import _svg
from plugins._card import PLATE, Body, Picture
from plugins._chart_svg import Chart, Number, Row, figure
from plugins.plates import DARK, LIGHT, Settings, pages, plate
from tests.plugins.conftest import card, in_order

TOKENS = Path(__file__).parents[2] / "theme/styles/tokens.css"


def body(title: str = "快递", rows: int = 3) -> Body:
    chart = Chart(
        kind="column",
        title=title,
        unit="亿件",
        scope="邮政局",
        until="2026年11月",
        source="",
        head=("年份", "业务量"),
        rows=tuple(Row(f"{2020 + n}", (Number(str(n + 1), n + 1),)) for n in range(rows)),
    )
    other = chart._replace(title="另一张")
    return Body("导语", f"<p>甲</p>{figure(chart)}<p>乙</p>{figure(other)}")


def drawn(given: Body) -> str:
    return plate(given, LIGHT, DARK)


def test_it_is_the_first_chart_with_its_title_and_unit():
    text = "".join(etree.fromstring(drawn(body())).itertext())
    assert "快递（单位：亿件）" in text
    assert "另一张" not in text


def test_it_is_a_drawing_that_only_draws():
    assert _svg.size(drawn(body()).encode()) == PLATE


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "a & b", "\"x' ]]>"])
def test_hostile_titles_stay_text(title):
    found = etree.fromstring(drawn(body(title)))
    assert title in "".join(found.itertext())
    assert not found.findall(".//{*}script")


def test_it_follows_the_dark():
    style = etree.fromstring(drawn(body())).find("{*}style").text
    light, dark = style.split("@media(prefers-color-scheme:dark)")
    assert LIGHT["ink"] in light
    assert DARK["ink"] in dark


def test_its_colours_are_the_tokens():
    blocks = re.findall(r"\{([^{}]*--ground[^{}]*)\}", TOKENS.read_text(encoding="utf-8"))
    found = [dict(re.findall(r"--(\w+): (#\w+);", block)) for block in blocks[:2]]
    wanted = [{name: palette[name] for name in LIGHT} for palette in found]
    assert wanted == [LIGHT, DARK]


def test_only_a_text_that_asks_for_it_has_one():
    own = Picture("2026/11/a/chart.svg", *PLATE, "柱图")
    cards = in_order(
        card("a", "2026-11-22", picture=own),
        card("b", "2026-11-21", picture=Picture("pictures/x.png", 8, 6, "图")),
        card("c", "2026-11-20"),
    )
    asked = []
    found = list(pages(cards, Settings(), lambda path: asked.append(path) or body()))
    assert [page.save_as for page in found] == ["2026/11/a/chart.svg"]
    assert len(asked) == 1

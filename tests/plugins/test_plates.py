"""What ``plugins/plates.py`` draws of a text's first chart."""

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from plugins import _svg
from plugins._card import PLATE, Body, Picture
from plugins._chart_svg import Chart, Event, Number, Row, figure, width
from plugins.plates import DARK, LIGHT, Settings, files, plate
from tests.plugins.conftest import card

TOKENS = Path(__file__).parents[2] / "theme/styles/tokens.css"


def chart(kind: str, head: tuple[str, str], **given: Any) -> Chart:
    return Chart(kind=kind, scope="邮政局", until="2026年11月", source="", head=head, **given)


def body(title: str = "快递", rows: int = 3) -> Body:
    found = tuple(Row(f"{2020 + n}", (Number(str(n + 1), n + 1),)) for n in range(rows))
    first = chart("column", ("年份", "业务量"), title=title, unit="亿件", rows=found)
    other = first._replace(title="另一张")
    return Body("导语", f"<p>甲</p>{figure(first)}<p>乙</p>{figure(other)}")


def numbers(*rows: tuple[str, str], unit: str = "万元", title: str = "罚款") -> Body:
    found = tuple(Row(label, (Number(number, 1),)) for number, label in rows)
    return Body(
        "导语", figure(chart("number", ("名称", "罚款"), title=title, unit=unit, rows=found))
    )


def events(*rows: tuple[str, str], title: str = "日程") -> Body:
    found = tuple(Event(day, text, place) for place, (day, text) in enumerate(rows))
    return Body(
        "导语", figure(chart("timeline", ("日期", "事件"), title=title, unit="", events=found))
    )


LONG = "很长的一句话说明它是什么，" * 3
TYPE = {
    "one": numbers(("7", "天数"), unit="天"),
    "one of many digits": numbers(("123456789012345", LONG)),
    "two": numbers(("4982", "一家，11月1日—11日"), ("约3300", "全网"), unit="亿元"),
    "three of many words": numbers(("100", LONG), ("200", LONG + "乙"), ("0.966", "丙" * 40)),
    "many words all over": numbers(
        ("100", LONG), ("200", LONG + "乙"), ("9", "丙" * 40), title="标题" * 30
    ),
    "an event": events(("2026年11月28日", LONG * 3)),
    "three events": events(("2020年", "甲"), ("2021年9月", LONG), ("2026年11月28日", "乙")),
    "40 events": events(*(("2026年11月28日", LONG * 3),) * 40, title="标题" * 30),
}


def texts(given: Body) -> list[tuple[str, float, float, float]]:
    """Words, size, left and baseline of each line that is placed by pixels."""
    return [
        ("".join(node.itertext()), *(float(node.get(name)) for name in ("font-size", "x", "y")))
        for node in etree.fromstring(drawn(given)).findall("{*}text")
    ]


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
    photograph = Picture("pictures/x.png", 8, 6, "图")
    cards = card("a", picture=own), card("b", picture=photograph), card("c")
    found = [file.save_as for card in cards for file in files(card, Settings(), body())]
    assert found == ["2026/11/a/chart.svg"]


@pytest.mark.parametrize("given", TYPE.values(), ids=TYPE.keys())
def test_words_and_numbers_stay_on_the_plate(given):
    for words, size, x, y in texts(given):
        narrowest = width(words) * size * (0.5 if words[0].isdigit() else 0.95)
        assert 0 < x < x + narrowest <= PLATE[0], words
        assert size * 0.7 <= y <= PLATE[1], words


def test_one_number_fills_the_plate_with_its_unit_and_what_it_is():
    _, (number, size, _, _), (label, small, _, _) = texts(TYPE["one"])
    assert (number, label) == ("7天", "天数")
    assert size > PLATE[1] / 2
    assert small >= 30


def test_numbers_of_one_plate_are_of_one_size():
    _, *rest = texts(TYPE["two"])
    sizes = {words: size for words, size, _, _ in rest if words.endswith("亿元")}
    assert set(sizes) == {"4982亿元", "约3300亿元"}
    assert len(set(sizes.values())) == 1


def test_events_stand_beside_their_days():
    _, *rest = texts(TYPE["three events"])
    days = {y for words, _, x, y in rest if x == min(x for _, _, x, _ in rest)}
    assert len(days) == 3
    assert days <= {y for words, _, x, y in rest if x > 200}


def test_of_too_many_events_the_newest_are_shown():
    found = events(*((f"{1990 + n}年", "甲" * 60) for n in range(30)))
    shown = [words for words, *_ in texts(found) if words.endswith("年")]
    assert shown[-1] == "2019年"
    assert 3 <= len(shown) < 30
    assert all(size >= 24 for _, size, _, _ in texts(found))


@pytest.mark.parametrize("given", [numbers(("1", "<b>&")), events(("2020年", "<b>&"))])
def test_hostile_words_beside_numbers_and_days_stay_text(given):
    assert "<b>&" in "".join(etree.fromstring(drawn(given)).itertext())
    assert _svg.size(drawn(given).encode()) == PLATE

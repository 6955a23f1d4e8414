"""Every figure of a table, a chart, a rank and a sentence stands in content/data/facts.csv.

facts.csv is written by hand: ``value`` and ``unit`` as printed, ``date`` as a table's row names it.
A row that names a period (2023, 2023-06, 2023上半年) holds only figures of that period.
"""

import csv
import re
import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

CONTENT = Path(__file__).parents[2] / "content"
ARTICLES = sorted(CONTENT.glob("articles/**/*.md"))
NUMBERS = sorted(path for path in CONTENT.glob("data/**/*.csv") if path.name != "facts.csv")
RANKS = tomllib.loads((CONTENT / "data/ranks.toml").read_text(encoding="utf-8"))["rank"]
PERIOD = re.compile(r"\d{4}(-\d{2}|上半年)?")
UNIT = r"%|万亿元|亿元|亿件|亿人|万人|万元|元|小时|周岁"
STATISTICS = {"%", "万亿元", "亿元", "亿件", "亿人", "万人", "万元"}  # not prices of examples
OWN_SUM = re.compile(rf"\d+(?:\.\d+)?(?:{UNIT})（本站自算）")
FIGURE = re.compile(rf"(\d+(?:\.\d+)?)({UNIT})?")
NOT_A_FIGURE = re.compile(
    r"\d{4}年|次年\d+月|\d{1,2}月(\d{1,2}日)?|\d{1,2}日|\d+天|同期\d{4}|〔\d{4}〕\d+号"
)
RANGE = re.compile(rf"(\d+)(万|亿)?～(\d+)({UNIT})")
CHART = re.compile(r"^```(?:chart|图表)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(\w+)[：:] *(.*)")
HEAD_UNIT = re.compile(rf"（({UNIT})）")


class Figure(NamedTuple):
    value: Decimal
    unit: str
    period: str


with (CONTENT / "data/facts.csv").open(encoding="utf-8") as file:
    FACTS = list(csv.DictReader(file))
KNOWN = {Figure(Decimal(fact["value"]), fact["unit"], fact["date"]) for fact in FACTS}
KNOWN_AT_ALL = {(figure.value, figure.unit) for figure in KNOWN}


def figures(cell: str, unit: str, period: str) -> list[Figure]:
    """The figures of one cell; ``unit`` is its column's, for those that name none."""
    cell = NOT_A_FIGURE.sub("", cell)
    cell = RANGE.sub(lambda found: f"{found[1]}{found[4]}～{found[3]}{found[4]}", cell)
    return [Figure(Decimal(value), own or unit, period) for value, own in FIGURE.findall(cell)]


def tables(path: Path) -> list[tuple[str, list[list[str]]]]:
    """Caption and rows of each table, its examples left out, which say so in the caption."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [
        (
            caption,
            [[cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")],
        )
        for caption, table in pairwise(blocks)
        if table.startswith("|") and "例子为本站所编" not in caption
    ]


def figures_of(rows: list[list[str]]) -> list[Figure]:
    head, _, *body = rows
    units = [found[1] if (found := HEAD_UNIT.search(cell)) else "" for cell in head]
    return [
        figure
        for row in body
        for period in [next((cell for cell in row if PERIOD.fullmatch(cell)), "")]
        for cell, unit in zip(row, units, strict=True)
        if cell != period
        for figure in figures(cell, unit, period)
    ]


def charts(path: Path) -> list[list[Figure]]:
    """The figures of each chart of an article, in the block or in its file."""
    found = []
    for block in CHART.findall(path.read_text(encoding="utf-8")):
        options = dict(OPTION.findall(block))
        text = block
        if name := options.get("数据"):
            text = (CONTENT / "data" / name).read_text(encoding="utf-8")
        lines = [line for line in text.split("\n") if "," in line and not line.startswith("#")]
        _, *rows = csv.reader(lines)
        if options["类型"] == "时间线":
            found.append([figure for _, event in rows for figure in figures_of_prose(event)])
            continue
        found.append(
            [
                Figure(Decimal(cell.removeprefix("约")), options["单位"], period)
                for row in rows
                for period in [row[0] if PERIOD.fullmatch(row[0]) else ""]
                for cell in row[1:]
                if cell not in {"", "—"}
            ]
        )
    return found


def prose(path: Path) -> list[str]:
    """The paragraphs of an article: without tables, charts, examples and what it reckons itself."""
    body = path.read_text(encoding="utf-8").partition("\n\n")[2]
    body = OWN_SUM.sub("", re.sub(r"^```.*?^```$", "", body, flags=re.MULTILINE | re.DOTALL))
    return [line for line in body.split("\n") if line and not line.startswith(("|", ">", "表："))]


def figures_of_prose(line: str) -> list[Figure]:
    return [figure for figure in figures(line, "", "") if figure.unit in STATISTICS]


def unknown(found: list[Figure]) -> list[Figure]:
    return [
        figure
        for figure in found
        if (figure not in KNOWN if figure.period else figure[:2] not in KNOWN_AT_ALL)
    ]


@pytest.mark.parametrize(
    ("cell", "unit", "told"),
    [
        ("约2.63", "万亿元", ["2.63万亿元"]),
        ("6.17（62.4%）", "亿人", ["6.17亿人", "62.4%"]),
        ("20万～100万元", "", ["20万元", "100万元"]),
        ("11月1日—11日", "亿元", []),
        ("—", "亿元", []),
    ],
)
def test_figures_of_a_cell(cell, unit, told):
    assert [f"{one.value}{one.unit}" for one in figures(cell, unit, "")] == told


def test_a_wrong_digit_a_wrong_year_and_a_wrong_unit_are_found():
    rows = [["年份", "GMV（亿元）"], ["---", "---:"]]
    assert not unknown(figures_of([*rows, ["2023", "11844"]]))
    assert unknown(figures_of([*rows, ["2023", "11848"]]))
    assert unknown(figures_of([*rows, ["2022", "11844"]]))
    assert unknown(figures_of([*rows, ["2023", "11844万亿元"]]))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_figure_of_a_table_is_a_fact(path):
    assert [wrong for _, rows in tables(path) for wrong in unknown(figures_of(rows))] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_figure_of_a_chart_is_a_fact_of_its_period(path):
    assert [wrong for found in charts(path) for wrong in unknown(found)] == []


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_statistic_of_the_prose_is_a_fact(path):
    """By value and unit: a sentence may name its period in many ways."""
    assert [wrong for line in prose(path) for wrong in unknown(figures_of_prose(line))] == []


def test_a_wrong_digit_in_a_sentence_is_found():
    right = "2023年第四季度4039亿元，同比增长29.3%；照此算，每天约44亿元（本站自算）"
    assert not unknown(figures_of_prose(OWN_SUM.sub("", right)))
    assert unknown(figures_of_prose(right.replace("4039", "4093")))


def test_every_file_of_numbers_is_drawn_somewhere():
    drawn = {
        dict(OPTION.findall(block)).get("数据")
        for path in ARTICLES
        for block in CHART.findall(path.read_text(encoding="utf-8"))
    }
    assert {path.relative_to(CONTENT / "data").as_posix() for path in NUMBERS} <= drawn


def test_no_chart_is_drawn_by_hand():
    assert sorted(CONTENT.glob("pictures/**/*.svg")) == []


@pytest.mark.parametrize("rank", RANKS, ids=lambda rank: f"{rank['id']}-{rank['edition']}")
def test_every_figure_of_a_rank_is_a_fact(rank):
    period = rank["edition"][:4] if rank["edition"].endswith("年全年") else ""
    cells = [(row["value"], rank["unit"]) for row in rank["row"]]
    cells += [(row.get("note", ""), "") for row in rank["row"]]
    found = [figure for cell, unit in cells for figure in figures(cell, unit, period)]
    placed = re.compile(r"第\d位")
    assert [
        wrong
        for wrong in unknown(found)
        if not any(f"第{wrong.value}位" in placed.findall(cell) for cell, _ in cells)
    ] == []


@pytest.mark.parametrize("rank", RANKS, ids=lambda rank: f"{rank['id']}-{rank['edition']}")
def test_places_in_the_last_edition_are_told_as_they_were(rank):
    editions = [one for one in RANKS if one["id"] == rank["id"] and one["since"] < rank["since"]]
    if not editions:
        assert not any("位" in row.get("note", "") for row in rank["row"])
        return
    last = max(editions, key=lambda one: one["since"])
    ranked = sorted(last["row"], key=lambda row: Decimal(row["value"]), reverse=True)
    places = {row["name"]: place for place, row in enumerate(ranked, start=1)}
    year = last["edition"].removesuffix("全年")
    for row in rank["row"]:
        assert row["note"].endswith(f"{year}第{places[row['name']]}位")


def test_facts_have_their_own_ids_sources_and_a_grade_that_may_be_printed():
    ids = [fact["id"] for fact in FACTS]
    assert len(set(ids)) == len(ids)
    for fact in FACTS:
        assert all(fact.values()), fact
        assert fact["grade"] in {"A", "B", "C"}, fact


def test_a_figure_of_one_account_only_is_told_as_such():
    """Grade C: the table's caption or the article's list of sources says who told it."""
    weak = {Figure(Decimal(f["value"]), f["unit"], f["date"]) for f in FACTS if f["grade"] == "C"}
    for path in ARTICLES:
        for caption, rows in tables(path):
            if weak & set(figures_of(rows)):
                assert re.search(r"据|转述", caption), (path.stem, caption)


def test_no_fact_is_kept_that_nobody_prints():
    printed = [
        figure for path in ARTICLES for _, rows in tables(path) for figure in figures_of(rows)
    ]
    printed += [figure for path in ARTICLES for found in charts(path) for figure in found]
    printed += [
        figure for path in ARTICLES for line in prose(path) for figure in figures_of_prose(line)
    ]
    ranked = [
        Figure(Decimal(row["value"]), rank["unit"], rank["edition"][:4])
        for rank in RANKS
        for row in rank["row"]
    ]
    shown = {figure[:2] for figure in [*printed, *ranked]}
    notes = "".join(row.get("note", "") for rank in RANKS for row in rank["row"])
    assert [
        fact["id"]
        for fact in FACTS
        if (Decimal(fact["value"]), fact["unit"]) not in shown
        and f"{fact['value']}{fact['unit']}" not in notes
    ] == []

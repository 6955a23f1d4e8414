"""What ``plugins/_chart_svg.py`` draws of which numbers."""

import gzip
import re

import html5lib
import pytest

from plugins import _chart_svg as svg
from plugins._chart_svg import Chart, Event, Number, Row, balanced, described, figure, wrapped

LIMIT = 3 * 1024  # bytes of a figure, compressed
BAR = re.compile(r"M(-?\d+) (-?\d+)h(\d+)v(\d+)h-\d+z")
TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")
HOSTILE = '"><script>alert(1)</script><a href="javascript:x" onclick=y>&lt;]]></svg>'


def numbers(*texts: str) -> tuple[Number | None, ...]:
    return tuple(Number(text, svg.worth(text)) if text else None for text in texts)


def chart(kind: str, head: str, *rows: str, base: str = "", unit: str = "亿元") -> Chart:
    """``rows`` are a label and its numbers, apart by spaces; ``_`` is a gap."""
    made = []
    for row in rows:
        label, *texts = row.split()
        made.append(Row(label, numbers(*("" if text == "_" else text for text in texts))))
    return Chart(
        kind=kind,
        title="一张图",
        unit=unit,
        scope="本站",
        until="2026年11月22日",
        source="",
        head=("年份", *head.split()),
        rows=tuple(made),
        base=numbers(base)[0],
    )


def bars(html: str, series: int = 1) -> list[tuple[int, int, int, int]]:
    """x, y, width and height of the bars of a series."""
    paths = re.findall(rf'class="chart-{series}" d="([^"]*)"', html)
    return [tuple(map(int, found)) for path in paths for found in BAR.findall(path)]


def texts(html: str) -> list[str]:
    return TEXT.findall(html)


def test_a_figure_says_what_it_is_of_when_and_by_what_count():
    html = figure(chart("column", "GMV", "2023 11844", "2024 13896")._replace(source="公告"))
    assert html.startswith('<figure class="chart"><p><strong>一张图</strong></p><svg')
    assert "<figcaption>单位：亿元；口径：本站；截至2026年11月22日；来源：公告<details" in html


def test_the_same_numbers_stand_in_a_table():
    html = figure(chart("column", "GMV", "2020 约3812", "2021 _", "2022 9012"))
    assert re.findall(r"<td[^>]*>([^<]*)</td>", html) == [
        *("2020", "约3812"),
        *("2021", "—"),
        *("2022", "9012"),
    ]


def test_columns_are_as_high_as_their_numbers_from_zero():
    (one, other) = bars(figure(chart("column", "甲", "甲 100", "乙 400")))
    assert (one[3], other[3]) == (250, 1000)
    assert one[1] + one[3] == other[1] + other[3] == 1000


def test_negative_columns_hang_from_the_same_zero():
    up, down = bars(figure(chart("column", "甲", "甲 30", "乙 -10")))
    assert (up[1] + up[3], down[1]) == (750, 750)
    assert down[3] == 250


def test_the_newest_of_a_row_of_years_is_red():
    html = figure(chart("column", "甲", "2023 1", "2024 2"))
    assert (len(bars(html, 1)), len(bars(html, 2))) == (1, 1)


def test_what_is_missing_is_told_and_not_drawn():
    html = figure(chart("column", "甲", "2023 1", "2024 _", "2025 3"))
    assert "缺" in texts(html)
    assert len(bars(html, 1)) + len(bars(html, 2)) == 2


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        pytest.param(["2024 5"], ["5"], id="one"),
        pytest.param(["2023 0", "2024 0"], ["0", "0"], id="all zero"),
        pytest.param(["2023 7", "2024 7"], ["7", "7"], id="all equal"),
        pytest.param(["甲 -1", "乙 -2"], ["-1", "-2"], id="all negative"),
        pytest.param(
            ["甲 999999999999999", "乙 0.000001"], ["999999999999999", "0.000001"], id="far apart"
        ),
    ],
)
@pytest.mark.parametrize("kind", ["column", "line"])
def test_odd_numbers_are_labelled(kind, rows, drawn):
    html = figure(chart(kind, "甲", *rows))
    assert sorted(text for text in texts(html) if text in drawn) == sorted(drawn)
    assert "nan" not in html
    assert "inf" not in html


def test_zero_has_no_bar_and_the_smallest_is_seen():
    zero, tiny, large = (
        figure(chart("column", "甲", "甲 0")),
        *bars(figure(chart("column", "甲", "甲 1", "乙 100000"))),
    )
    assert bars(zero) == []
    assert tiny[3] == svg.LEAST
    assert large[3] == 1000


def test_forty_years_stand_with_the_labels_that_fit():
    html = figure(chart("column", "甲", *[f"{1986 + n} {n * 7 % 40}" for n in range(40)]))
    found = texts(html)
    assert len(bars(html, 1)) + len(bars(html, 2)) == 39  # one is zero
    assert {"0", "39", "33"} <= set(found)  # lowest, highest, last
    assert {"1986", "2025"} <= set(found)


def test_long_names_lie_above_their_bars_in_full():
    name = "一个很长的名字，在手机上一行放不下，要写成两行才行"
    html = figure(chart("column", "甲", f"{name} 30", "乙 10"))
    assert "".join(texts(html)).startswith(name)
    (one, other) = bars(html)
    assert (one[2], other[2]) == (1000, 333)


def test_series_of_which_each_year_has_one_take_one_place():
    html = figure(chart("grouped", "一天 十一天", "2018 2135 _", "2019 2684 _", "2020 _ 4982"))
    (first, second), (third,) = bars(html, 1), bars(html, 2)
    assert first[2] == second[2] == third[2]
    assert second[0] - first[0] == pytest.approx(third[0] - second[0], abs=1)


def test_groups_stand_side_by_side_if_there_is_room_and_lie_if_not():
    few = figure(chart("grouped", "甲 乙", "2023 1 2", "2024 3 4"))
    assert {bar[3] for bar in bars(few, 1)} == {250, 750}
    many = figure(chart("grouped", "甲 乙 丙", *[f"{2018 + n} 1{n}.1 2{n}.1 3" for n in range(6)]))
    assert len({bar[3] for bar in bars(many, 1)}) == 1


def test_a_line_never_goes_through_a_gap():
    html = figure(chart("line", "甲", "2021 1", "2022 2", "2023 _", "2024 4", "2025 5"))
    (line,) = re.findall(r'class="chart-1" d="([^"]*)"', html)
    assert re.sub(r"[\d. ]+", "", line) == "MLML"


def test_a_number_between_gaps_is_a_dot():
    html = figure(chart("line", "甲", "2021 1", "2022 _", "2023 3"))
    (dots,) = re.findall(r'class="chart-1 chart-dots" d="([^"]*)"', html)
    assert dots.count("h0") == 2


def test_months_stand_by_the_calendar():
    html = figure(chart("line", "甲", "2023-01 1", "2023-02 1", "2024-01 1"))
    (line,) = re.findall(r'class="chart-1" d="([^"]*)"', html)
    first, second, last = (int(x) for x in re.findall(r"[ML](\d+) ", line))
    assert (second - first) * 11 == pytest.approx(last - second, abs=12)


def test_a_line_begins_at_zero_unless_its_axis_is_shown_broken():
    whole = figure(chart("line", "甲", "2023 60", "2024 80"))
    assert "M40 250L960 0" in whole
    assert "纵轴" not in whole
    broken = figure(chart("line", "甲", "2023 60", "2024 80", base="40"))
    assert "M40 500L960 0" in broken
    assert "纵轴从40起，不是从0起" in texts(broken)
    assert broken.count('<line class="chart-axis"') > whole.count('<line class="chart-axis"')


def test_a_share_is_one_bar_and_leaves_empty_what_nobody_told():
    html = figure(chart("share", "占比", "实物 26", "餐饮 24", unit="%"))
    assert [bars(html, n)[0][0] for n in (1, 2)] == [0, 260]
    assert sum(bars(html, n)[0][2] for n in (1, 2)) == pytest.approx(500, abs=8)


def test_a_slope_has_both_ends_and_no_line_where_one_is_missing():
    html = figure(chart("slope", "2020 2024", "甲 10 20", "乙 5 _"))
    paths = re.findall(r'class="chart-[12]" d="([^"]*)"', html)
    assert [re.sub(r"[\d ]", "", path) for path in paths] == ["ML", "M"]
    assert {"甲 10", "乙 5", "20"} <= set(texts(html))


def test_a_number_that_stands_for_itself_is_large_with_its_unit():
    html = figure(chart("number", "罚款", "上限 200", "下限 100", unit="万元"))
    found = re.findall(r'font-size="(\d)em">(\d+)<tspan[^>]*> (\w+)</tspan>', html)
    assert found == [("4", "200", "万元"), ("4", "100", "万元")]
    assert {"上限", "下限"} <= set(texts(html))


def test_events_stand_apart_by_their_days():
    days = [Event("2021年1月", "甲", 0), Event("2021年2月", "乙", 31), Event("2026年", "丙", 1800)]
    html = figure(chart("timeline", "事件")._replace(unit="", events=tuple(days)))
    first, second, third = (float(y) for y in re.findall(r'cy="([\d.]+)em"', html))
    assert third - second > second - first > 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            chart("column", "甲", "2020 1", "2021 _", "2022 3"),
            "柱形图：一张图，单位亿元。从2020到2022，共3项；最高是2022的3，最低是2020的1，2021空缺。",
        ),
        (chart("column", "甲", "2020 5"), "柱形图：一张图，单位亿元。2020为5。"),
        (
            chart("line", "甲", "2020 5", "2021 5", base="2"),
            "折线图：一张图，单位亿元。从2020到2021，共2项；都是5。纵轴从2起，不是从0起",
        ),
        (
            chart("grouped", "甲 乙", "2020 1 2", "2021 3 _"),
            "分组柱形图：一张图，单位亿元。从2020到2021，共2项；"
            "甲最高是2021的3，最低是2020的1；乙2020为2，2021空缺。",
        ),
        (
            chart("share", "占比", "甲 60", "乙 40", unit="%"),
            "占比图：一张图，单位%。甲60，乙40。",
        ),
        (chart("number", "罚款", "上限 200", unit="万元"), "数字：一张图。上限200万元。"),
        (
            chart("slope", "2020 2024", "甲 1 2"),
            "坡度图：一张图，单位亿元。甲2020为1，2024为2。",
        ),
    ],
)
def test_who_does_not_see_it_hears_what_it_shows(given, said):
    assert described(given) == said


def full(kind: str) -> Chart:
    """As much as a block may hold, with unlike numbers and long names."""
    name = "这是一个写得很长的名称，差不多要到规定的字数了，第{}个"
    odd = [f"{n * 7919 % 99991}.{n * 31 % 97}" for n in range(200)]
    if kind == "timeline":
        found = [Event(f"20{n:02}年", name.format(n) * 3, n * 300) for n in range(40)]
        return chart("timeline", "事件")._replace(events=tuple(found), unit="")
    series = {"number": 1, "column": 1, "grouped": 3, "line": 4, "share": 1, "slope": 2}[kind]
    count = {"number": 3, "column": 60, "grouped": 24, "line": 30, "share": 6, "slope": 8}[kind]
    years = kind in {"grouped", "line"}
    rows = [
        " ".join([str(1990 + n) if years else name.format(n), *odd[n * series : (n + 1) * series]])
        for n in range(count)
    ]
    heads = " ".join(f"第{n}个平台的成交额" for n in range(series))
    return chart(kind, heads, *rows)


@pytest.mark.parametrize("kind", svg.KINDS)
def test_the_fullest_chart_weighs_little(kind):
    assert len(gzip.compress(figure(full(kind)).encode(), 9, mtime=0)) <= LIMIT


@pytest.mark.parametrize("kind", svg.KINDS)
def test_hostile_text_stays_text(kind):
    given = full(kind)
    rows = [row._replace(label=f"{HOSTILE}{n}") for n, row in enumerate(given.rows)]
    events = [event._replace(text=HOSTILE) for event in given.events]
    head = (HOSTILE,) * len(given.head)
    given = given._replace(
        title=HOSTILE, unit=HOSTILE, scope=HOSTILE, until=HOSTILE, source=HOSTILE, head=head
    )
    html = figure(given._replace(rows=tuple(rows), events=tuple(events)))
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    assert parser.errors == []
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    found = {tag.removeprefix("{http://www.w3.org/2000/svg}") for tag in tags}
    assert found <= {
        *(
            "DOCUMENT_FRAGMENT",
            "figure",
            "figcaption",
            "strong",
            "p",
            "details",
            "summary",
            "div",
        ),
        *("table", "thead", "tbody", "tr", "th", "td"),
        *("tspan", "svg", "g", "path", "rect", "line", "circle", "text"),
    }
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in names if str(name).startswith("on") or "href" in str(name)}


@pytest.mark.parametrize("kind", svg.KINDS)
def test_no_number_stands_on_another(kind):
    """By the widths that a phone has: text of one line may not come nearer than its height."""
    html = figure(full(kind))
    place = re.compile(r'<text(?: class="[^"]*")? x="([\d.]+)(?:%|em)" y="([\d.]+)em"')
    found = place.findall(html)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("《办法》施行，甲乙", 4, ["《办法》", "施行，甲", "乙"]),
        ("甲乙丙，丁", 3, ["甲乙", "丙，丁"]),
        ("甲乙《丙》", 3, ["甲乙", "《丙》"]),
        ("一家11月1日—11日", 4, ["一家", "11月", "1日—", "11日"]),
    ],
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, room, lines):
    assert wrapped(text, room) == lines


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("甲乙丙丁戊", 4, ["甲乙丙", "丁戊"]),
        ("甲乙丙丁", 4, ["甲乙丙丁"]),
        ("", 4, [""]),
    ],
)
def test_lines_are_balanced(text, room, lines):
    assert balanced(text, room) == lines

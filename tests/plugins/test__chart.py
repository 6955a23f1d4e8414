"""How ``plugins/_chart.py`` reads a block ``chart``, and what it says of a wrong one."""

import re
from pathlib import Path

import pytest

from plugins import _chart
from plugins._markdown import Body, convert

OPTIONS = {
    "类型": "柱形",
    "标题": "快递",
    "单位": "亿件",
    "口径": "国家邮政局公布",
    "截止日": "2026-11-22",
}
FILES = {
    "parcels.csv": "# 手抄\n年份,业务量\n2024,1750.8\n2025,1989.5\n",
    "short.csv": "年份,业务量\n\n# 注\n2024\n",
    "words.csv": "年份,业务量\n2024,很多\n",
    "all-wrong.csv": "年份,业务量\n2024,很多\n2025,更多\n",
    "empty.csv": "",
}


def data(name: str) -> str:
    if name not in FILES:
        raise ValueError(f"没有文件content/data/{name}")
    return FILES[name]


def block(rows: str = "年份,业务量\n2025,1989.5", **options: str) -> str:
    lines = [f"{name}: {value}" for name, value in (OPTIONS | options).items() if value]
    return "\n".join(["```chart", *lines, *rows.split("\n"), "```"])


def read(text: str) -> Body:
    return convert(
        text,
        line=1,
        take_lead=False,
        math=False,
        references=0,
        link=lambda _: None,
        picture=lambda _: None,
        data=data,
    )


def told(text: str) -> list[str]:
    return [f"{problem.line} {problem.message}" for problem in read(text).problems]


def cells(text: str) -> list[str]:
    body = read(text)
    assert body.problems == ()
    return re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", body.html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(block(), ["年份", "业务量", "2025", "1989.5"], id="in the block"),
        pytest.param(
            block("", 数据="parcels.csv"),
            ["年份", "业务量", "2024", "1750.8", "2025", "1989.5"],
            id="in a file",
        ),
        pytest.param(
            block("\n年份,业务量\n\n2025,约1989.5\n"),
            ["年份", "业务量", "2025", "约1989.5"],
            id="behind a blank line, about",
        ),
        pytest.param(
            block().replace("```chart", "```Chart"),
            ["年份", "业务量", "2025", "1989.5"],
            id="a capital in its name",
        ),
        pytest.param(
            block("地区,占比\n东部,33.4\n中部,33.4\n西部,33.4", 类型="占比", 单位="%"),
            ["地区", "占比", "东部", "33.4", "中部", "33.4", "西部", "33.4"],
            id="parts that rounding makes more than the whole",
        ),
        pytest.param(
            block("年份,业务量\n2021,1\n2024,4"),
            ["年份", "业务量", "2021", "1", "2022", "—", "2023", "—", "2024", "4"],
            id="years that are missing are gaps",
        ),
        pytest.param(
            block('地区,业务量\n"东部,沿海",75.2\n 西部 ,-3'),
            ["地区", "业务量", "东部,沿海", "75.2", "西部", "-3"],
            id="commas in quotes, negative",
        ),
        pytest.param(
            block("年份,业务量\n2024,\n2025,—\n2026,1"),
            ["年份", "业务量", "2024", "—", "2025", "—", "2026", "1"],
            id="gaps",
        ),
        pytest.param(
            block("日期,事件\n2021-07,大会\n2021-07-22,会后", 类型="时间线", 单位=""),
            ["日期", "事件", "2021年7月", "大会", "2021年7月22日", "会后"],
            id="events",
        ),
    ],
)
def test_numbers_are_read(text, expected):
    assert cells(text) == expected


@pytest.mark.parametrize("name", [*_chart.KINDS, *_chart.KINDS.values()])
def test_every_kind_has_a_chinese_and_an_english_name(name):
    rows = {
        "timeline": "日期,事件\n2021,一件",
        "slope": "平台,2020,2024\n甲,1,2",
    }.get(_chart.KINDS.get(name, name), "年份,业务量\n2025,1")
    assert '<figure class="chart">' in read(block(rows, 类型=name)).html


def test_options_may_be_english_and_wide_colons():
    text = "```chart\nkind：column\ntitle: 甲\nunit: 件\nscope: 乙\nuntil: 2026年11月\n\n年,件\n2025,1\n```"
    body = read(text)
    assert body.problems == ()
    assert "单位：件；口径：乙；截至2026年11月<" in body.html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            block(口径="", 截止日=""),
            [
                "1 chart缺少“口径”，请加一行“口径: 国家邮政局公布”",
                "1 chart缺少“截止日”，请加一行“截止日: 2026-11-22”",
            ],
        ),
        (block(单位=""), ["1 chart缺少“单位”，请加一行“单位: 亿件”"]),
        (
            block(类型="饼图"),
            ["2 没有“饼图”这种图可写：柱形、分组柱形、折线、占比、时间线、坡度、数字"],
        ),
        (
            block(类型="折线图"),
            [
                "2 没有“折线图”这种图；是不是“折线”？可写：柱形、分组柱形、折线、占比、时间线、坡度、数字"
            ],
        ),
        (block(截止日="昨天"), ["6 截止日“昨天”不对，请写成“截止日: 2026-11-22”"]),
        (block(截止日="2026-02-30"), ["6 截止日“2026-02-30”不对，请写成“截止日: 2026-11-22”"]),
        (block(来原="局"), ["7 chart里不认识“来原”；是不是“来源”？"]),
        (
            block("标题: 又一个\n年份,业务量\n2025,1"),
            ["7 “标题”写了两次，请删去一行"],
        ),
        (
            block("年份,业务量\n2024,1\n2025,1,989.5"),
            ["9 这一行有3格，表头有2格，没有数的格子写“—”；数里不写千分撇，1,989.5写成1989.5"],
        ),
        (
            block("年份,业务量\n2025，1989"),
            ["8 这一行有1格，表头有2格，没有数的格子写“—”；格子之间要用半角逗号"],
        ),
        (
            block("年份,业务量\n2025,1989.5亿件"),
            [
                "8 “1989.5亿件”不是数：只写数，如1989.5、-3、约830；"
                "单位写在“单位”一行，没有数的写“—”"
            ],
        ),
        (
            block(f"年份,业务量\n2025,{'9' * 400}"),
            [
                f"8 “{'9' * 30}”不是数：只写数，如1989.5、-3、约830；"
                "单位写在“单位”一行，没有数的写“—”"
            ],
        ),
        (block("年份,业务量\n2025,—"), ["8 一个数也没有，请至少写一个"]),
        (block("年份,业务量\n,1"), ["8 第一格是空的，请写上名称或年份"]),
        (block("年份,业务量\n2024,1\n2024,2"), ["9 “2024”写了两次，请合成一行"]),
        (block("年份,业务量\n2025,1\n2024,2"), ["9 2024写在2025后面，请从早到晚写"]),
        (
            block("年份,业务量\n1025,1\n2024,2"),
            ["9 从1025到2024有1000年，柱形最多画60年"],
        ),
        (
            block("年份,甲,乙\n2024,1,2"),
            ["7 柱形要有一列名称和一列数，现在有3列；几列数用“分组柱形”或“折线”"],
        ),
        (block("年份,\n2024,1"), ["7 表头第2格是空的，请写上名称"]),
        (block('年份,业务量\n"2024,1'), ["8 引号没有配对：格子里有逗号的，整格放进一对半角引号"]),
        (
            block(起点="10"),
            ["1 只有折线和坡度可以写“起点”：柱形从0起，才看得出谁是谁的几倍"],
        ),
        (
            block("年份,业务量\n2024,5\n2025,6", 类型="折线", 起点="10"),
            ["1 起点10比最小的数还大，请写小些，或删去“起点”"],
        ),
        (
            block("部分,占比\n甲,-1\n乙,2", 类型="占比", 单位="%"),
            ["8 “甲”是负数，画不成占比：请用柱形"],
        ),
        (
            block("平台,2020\n甲,1", 类型="坡度"),
            ["7 坡度要有三列：名称、从前、后来，如“平台,2020,2024”"],
        ),
        (
            block("日期,事件\n2021-07-22,一件\n2021-07-21,又一件", 类型="时间线", 单位=""),
            ["8 2021年7月21日比上一行早，请从早到晚写"],
        ),
        (
            block("日期,事件\n那天,一件", 类型="时间线", 单位=""),
            ["7 “那天”不是日期，请写成2021-07-22、2021-07或2021"],
        ),
        (block(""), ["1 没有数：请先写一行表头，如“年份,业务量”，再一行一个数，如“2025,1989.5”"]),
        (block("", 数据="none.csv"), ["7 没有文件content/data/none.csv"]),
        (
            block("", 数据="short.csv"),
            ["7 data/short.csv第4行：这一行有1格，表头有2格，没有数的格子写“—”"],
        ),
        (
            block("", 数据="words.csv"),
            [
                "7 data/words.csv第2行：“很多”不是数：只写数，如1989.5、-3、约830；"
                "单位写在“单位”一行，没有数的写“—”"
            ],
        ),
        (
            block(数据="parcels.csv"),
            ["7 数据在“parcels.csv”里，“数据”一行下面不要再写数"],
        ),
    ],
)
def test_a_mistake_is_told_at_its_line(text, expected):
    body = read(text)
    assert told(text) == expected
    assert "<svg" not in body.html or "写了两次" in expected[0] or "不认识" in expected[0]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(block("年份,甲\n2023,1亿\n2024,2\n,三"), [8, 10, 10], id="cells"),
        pytest.param(block("年份,甲\n2023\n2024,2\n2025,1,2"), [8, 10], id="rows of other lengths"),
        pytest.param(block('年份,甲\n"2023,1\n"2024,2'), [8, 9], id="quotes"),
        pytest.param(block("年份,甲\n2023,1\n2023,2\n2023,3"), [9, 10], id="the same name"),
        pytest.param(block("月,甲\n2023-3,1\n2023.4,2", 类型="折线"), [8, 9], id="months"),
        pytest.param(block("年份,甲\n2025,1\n2024,2\n2023,3"), [9, 10], id="the order of years"),
        pytest.param(block("项,甲\n一,-1\n二,-2", 类型="占比", 单位="%"), [8, 9], id="parts"),
        pytest.param(
            block("日期,事件\n那天,\n2024,二\n2023,一", 类型="时间线", 单位=""),
            [7, 7, 9],
            id="events",
        ),
        pytest.param(block("", 数据="all-wrong.csv"), [7, 7], id="a file"),
    ],
)
def test_all_of_a_kind_are_told_at_once(text, lines):
    assert [int(line.partition(" ")[0]) for line in told(text)] == lines


def test_a_chart_that_a_phone_would_wait_for_is_refused():
    names = (
        "".join(chr(0x4E00 + (n * 7919 + row * 104729) % 20000) for n in range(36))
        for row in range(60)
    )
    many = "\n".join(f"{name},{row}" for row, name in enumerate(names, start=1))
    assert told(block(f"名称,数\n{many}")) == [
        "1 这张图字太多，手机上要等：请把名称写短，或分成几张"
    ]


def test_lines_of_the_file_are_counted_below_a_head():
    found = convert(
        "一段。\n\n" + block("年份,业务量\n2025,x"),
        line=10,
        take_lead=False,
        math=False,
        references=0,
        link=lambda _: None,
        picture=lambda _: None,
    ).problems
    assert [problem.line for problem in found] == [19]


def test_a_chart_may_stand_in_a_list_and_in_a_callout():
    body = read("> [!举例] 一个\n>\n" + "\n".join(f"> {line}" for line in block().split("\n")))
    assert body.problems == ()
    assert body.html.startswith('<div class="callout callout-example"')
    assert '<figure class="chart">' in body.html


def test_the_writers_guide_shows_every_kind_as_it_is_drawn():
    guide = Path(__file__).parents[2].joinpath("content/README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```chart\n.*?^```$", guide, re.MULTILINE | re.DOTALL)
    assert [told(text) for text in blocks] == [[]] * len(blocks)
    kinds = {re.search(r"类型: (\S+)", text)[1] for text in blocks}
    assert kinds == set(_chart.KINDS)
    assert kinds <= set(re.findall(r"^\| (\S+) \|", guide, re.MULTILINE))

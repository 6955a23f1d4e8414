"""Heads of content files: what is read of them, and what an editor is told.

Contents: whole files (tests/heads) · names of keys · values · both forms say the same ·
bytes and encodings · parts of a file · any input at all.
"""

from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins._head import Field, Head, Reference, decode, read, split
from plugins._problem import Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")
CASES = Path(__file__).parents[1] / "heads"
KINDS = ("article", "flash", "topic", "page")


def article(*lines):
    """An article's text with the least head and these lines in it."""
    least = ("标题: 快手", "日期: 2026-11-22 09:30", "频道: 电商资讯")
    names = {line.partition(":")[0] for line in lines}
    kept = [line for line in least if line.partition(":")[0] not in names]
    return "\n".join((*kept, *lines, "", "正文。"))


def head_of(text, kind="article"):
    head, _, _, problems = read(text, kind, SHANGHAI)
    assert not problems
    return head


def told(text, kind="article"):
    """What an editor is told, a line for each problem."""
    return [problem.message for problem in read(text, kind, SHANGHAI)[3]]


# ---- whole files ----


def written(value):
    """A value of a head as the expectations in tests/heads write it."""
    if isinstance(value, tuple):
        return " / ".join(" | ".join(item) if isinstance(item, tuple) else item for item in value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def outcome(data, kind):
    """All problems of a file, or all that its head says and where its body begins."""
    text, undecodable = decode(data)
    if undecodable:
        return "".join(f"{p.line}:{p.column}: {p.message}\n" for p in undecodable)
    head, body, line, problems = read(text, kind, SHANGHAI)
    if problems:
        return "".join(f"{p.line}:{p.column}: {p.message}\n" for p in problems)
    said = {name: getattr(head, name) for name in Head._fields if name not in {"lines", "blank"}}
    silent = Head(title="")
    rows = [f"{k} = {written(v)}\n" for k, v in said.items() if v != getattr(silent, k)]
    return "".join((*rows, f"body at {line}: {body}"))


@pytest.mark.parametrize(
    "case", sorted(CASES.glob("*/*.md")), ids=lambda case: f"{case.parent.name}-{case.stem}"
)
def test_a_file_gives_what_stands_beside_it(case):
    expected = case.with_suffix(".txt").read_text(encoding="utf-8")
    assert outcome(case.read_bytes(), case.parent.name) == expected


def test_every_key_stands_in_a_case():
    said = read((CASES / "article/all-keys-in-chinese.md").read_text("utf-8"), "article", SHANGHAI)
    reprint = head_of((CASES / "article/a-reprint-with-all-it-needs.md").read_text("utf-8"))
    withdrawn = head_of((CASES / "article/a-withdrawn-article.md").read_text("utf-8"))
    silent = {
        name
        for name in Head._fields
        if name != "blank"
        and getattr(said[0], name) == getattr(Head(title=""), name)
        and getattr(reprint, name) == getattr(Head(title=""), name)
        and getattr(withdrawn, name) == getattr(Head(title=""), name)
    }
    assert silent == set()


def test_the_lines_of_all_fields_are_known():
    text = article("资料: 甲 | 乙", "资料: 丙 | 丁", "tags: 快手", "摘要:")
    assert head_of(text).lines == {"title": 1, "date": 2, "channel": 3, "reference": 4, "tags": 6}
    assert head_of(text).blank == {"summary": (7, 4)}


# ---- names of keys ----


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        pytest.param("作者: 张三", "authors", ("张三",), id="chinese"),
        pytest.param("author: 张三", "authors", ("张三",), id="english"),
        pytest.param("Authors: 张三", "authors", ("张三",), id="plural and capital"),
        pytest.param("ＡＵＴＨＯＲ：张三", "authors", ("张三",), id="full width"),
        pytest.param(" 作 者 :张三 ", "authors", ("张三",), id="stray spaces"),
        pytest.param("Picture-Alt: 直播间\n题图: a.jpg", "picture_alt", "直播间", id="hyphen"),
        pytest.param("导语: 一句话", "summary", "一句话", id="second chinese name"),
        pytest.param("标签: 比例1:2", "tags", ("比例1:2",), id="colon in the value"),
    ],
)
def test_a_key_is_known_by_any_of_its_names(line, attribute, value):
    assert getattr(head_of(article(line)), attribute) == value


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("Tgas", "“标签”（tags）"),
        ("频到", "“频道”（channel）"),
        ("summry", "“摘要”（summary）"),
        ("来源连接", "“来源链接”（source_url）"),
        ("编辑", "“责编”（editor）"),
        ("description", "“摘要”（summary）"),
        ("关键词", "“标签”（tags）"),
        ("封面", "“题图”（picture）"),
        ("\u200b摘要", "“摘要”（summary）"),
    ],
)
def test_an_unknown_key_is_told_the_nearest(key, meant):
    assert [message for message in told(article(f"{key}: 快手")) if meant in message]


def test_an_unknown_key_like_no_other_is_told_all_names():
    (message,) = told(article("布局: 宽"))
    assert message.startswith("没有“布局”这一项：可以写的有标题、日期、修改、频道、标签")


@pytest.mark.parametrize("key", ["slug", "Save_As", "URL", "template", "lang"])
def test_a_key_that_would_steer_the_build_is_refused(key):
    (message,) = told(article(f"{key}: x"))
    assert message.startswith(f"不能写“{key}”：")
    assert "请删去这一行" in message


def test_a_misspelt_key_is_not_said_to_be_missing_too():
    assert told("标提: 快手\n日期: 2026-11-22\n频道: 电商资讯\n\n正文。") == [
        "没有“标提”这一项：是不是“标题”（title）？请改正或删去这一行"
    ]


@pytest.mark.parametrize("again", ["标题: 又一次", "title: 快手", "标题："])
def test_a_doubled_key_names_the_first_line(again):
    assert told(article("标题: 快手", again)) == ["“标题”写了两次，第一次在第3行：请只留一处"]


@pytest.mark.parametrize(
    ("kind", "line", "allowed"),
    [
        ("flash", "频道: 电商资讯", False),
        ("flash", "来源: 京东", True),
        ("flash", "题图: a.jpg\n题图说明: 直播间", False),
        ("topic", "权重: 3", True),
        ("topic", "头条: 是", False),
        ("page", "标签: 关于", False),
        ("page", "头条: 是", False),
        ("page", "更正: 2026-11-23 改了电话", True),
        ("page", "旧网址: /old/", True),
        ("page", "撤稿: 2026-11-23 不要了", False),
        ("flash", "撤稿: 2026-11-23 不要了", True),
        ("page", "频道:", True),
    ],
)
def test_a_key_belongs_to_its_kinds(kind, line, allowed):
    messages = told(f"标题: 快手\n日期: 2026-11-22\n{line}\n\n正文。", kind)
    assert bool(messages) is not allowed
    assert all("这一项：请删去这一行" in message for message in messages)


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        ("article", {"标题", "日期", "频道"}),
        ("flash", {"标题", "日期"}),
        ("topic", {"标题"}),
        ("page", {"标题"}),
    ],
)
def test_what_a_kind_must_say(kind, required):
    missing = told("状态: 草稿\n\n正文。", kind)
    empty = told("标题:\n日期: \n频道：　\n\n正文。", kind)
    assert {message[3 : message.index("”")] for message in missing} == required
    assert {message[1 : message.index("”")] for message in empty} == required


# ---- values ----


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        (
            "标签: 快手，直播,带货、服务商;GMV；C++",
            "tags",
            ("快手", "直播", "带货", "服务商", "GMV", "C++"),
        ),
        ("标签: 1.6亿，16亿", "tags", ("1.6亿", "16亿")),
        ("作者: 张三、 李四，,", "authors", ("张三", "李四")),
        ("头条: 头条", "front", "lead"),
        ("头条: 是", "front", "lead"),
        ("front: second", "front", "second"),
        ("头条: 否", "front", ""),
        ("置顶: YES", "pinned", True),
        ("置顶: 否", "pinned", False),
        ("版权提示: 否", "notice", False),
        ("版权提示:", "notice", None),
        ("免责声明: true", "disclaimer", True),
        ("AI: 生成", "ai", "generated"),
        ("AI: None", "ai", "none"),
        ("字数: ３５７８", "count", 3578),
        ("权重: -3", "weight", -3),
        ("状态: Draft", "status", "draft"),
        ("资料: 快手｜通稿", "references", (Reference("快手", "通稿", "", ""),)),
        (
            "资料: 快手 | 通稿 | | https://a.cn/x",
            "references",
            (Reference("快手", "通稿", "", "https://a.cn/x"),),
        ),
        (
            "资料: 快手 | 通稿 | https://a.cn/x",
            "references",
            (Reference("快手", "通稿", "", "https://a.cn/x"),),
        ),
        (
            "资料: 快手 | 通稿 | 2026年第3期",
            "references",
            (Reference("快手", "通稿", "2026年第3期", ""),),
        ),
        ("标题: a < b && c > d", "title", "a < b && c > d"),
        ("标题: “双11”——不涨价……", "title", "“双11”——不涨价……"),
        ("标题: " + "长" * 120, "title", "长" * 120),
        (
            "来源链接: https://例子.中国/路径?a=1#b\n来源: 例子",
            "source_url",
            "https://例子.中国/路径?a=1#b",
        ),
    ],
)
def test_a_value_is_read(line, attribute, value):
    assert getattr(head_of(article(line)), attribute) == value


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("标题: " + "长" * 121, 5, "有121字，最多120字"),
        ("标签: 快手，" + "长" * 31, 8, "有31字，最多30字"),
        ("标签: 快手，直播，快手", 11, "“快手”与前面的“快手”重复"),
        ("标签: GMV，ｇｍｖ", 9, "“ｇｍｖ”与前面的“GMV”重复"),
        ("标签: a，a", 7, "“a”与前面的“a”重复"),
        (
            "标签: " + "，".join(f"签{n}" for n in range(31)),
            115,
            "有31个，最多30个，请从“签30”起删减",
        ),
        ("作者: 张三、张三", 8, "重复"),
        ("作者: <i>张三", 5, "不能有HTML标签“<i>”"),
        ("摘要: 好<script src=x>", 6, "不能有HTML标签“<script src=x>”"),
        ("系列: 甲<!-- 乙", 6, "不能有HTML标签“<!--”"),
        ("摘要: 甲\u202e乙", 6, "看不见的字符U+202E"),
        ("摘要: 甲\u200b乙", 6, "看不见的字符U+200B"),
        ("摘要: 甲\t乙", 6, "制表符"),
        ("摘要: 甲\x07乙", 6, "看不见的字符U+0007"),
        ("摘要: 甲\ufffd乙", 6, "乱码"),
        ("摘要: " + "长" * 2001, 5, "有2001字，最多2000字"),
        ("置顶: 好", 5, "可以写“是”、“否”"),
        ("置顶: 1", 5, "可以写“是”、“否”"),
        ("头条: 次条", 5, "可以写“头条”、“要闻”、“否”"),
        ("AI: 是", 5, "可以写“无”、“辅助”、“生成”"),
        ("状态: hidden", 5, "可以写“发布”、“草稿”"),
        ("字数: 约3000", 5, "整数"),
        ("字数: -1", 5, "整数"),
        ("权重: 1.5", 5, "整数"),
        ("权重: 99999", 5, "整数"),
        ("来源: 甲\n来源链接: www.example.com", 7, "不是完整的网址"),
        ("来源: 甲\n来源链接: javascript:alert(1)", 7, "不是完整的网址"),
        ("来源: 甲\n来源链接: https://user:pw@example.com/", 7, "不是完整的网址"),
        ("来源: 甲\n来源链接: https://localhost/", 7, "不是完整的网址"),
        ("来源: 甲\n来源链接: https://example.com/a b", 7, "不是完整的网址"),
        ("来源: 甲\n来源链接: https://example.com/a。", 7, "不是完整的网址"),
        ('来源: 甲\n来源链接: https://example.com/"x', 7, "不是完整的网址"),
        ("题图说明: 甲\n题图: ../a.jpg", 5, "只写content/pictures/里的路径"),
        ("题图说明: 甲\n题图: /a.jpg", 5, "只写content/pictures/里的路径"),
        ("题图说明: 甲\n题图: 2026\\a.jpg", 5, "只写content/pictures/里的路径"),
        ("题图说明: 甲\n题图: https://a.cn/a.jpg", 5, "只写content/pictures/里的路径"),
        ("题图说明: 甲\n题图: pictures/a.jpg", 5, "从pictures/之后写起"),
        ("资料: 快手大会通稿", 5, "缺少标题"),
        ("资料: | 通稿", 5, "缺少发布者"),
        ("资料: 甲 | 乙 | 2026-02-30", 5, "2026年2月没有30日"),
        ("资料: 甲 | 乙 | 2026年13月", 5, "月份13不在1～12之间"),
        ("资料: 甲 | 乙 | 2026 | ftp://a.cn/", 5, "不是完整的网址"),
        ("资料: 甲 | 乙 | 2026 | https://a.cn/ | 丙", 5, "最多四段"),
        ("更正: 改了一个字", 5, "要以日期开头"),
        ("更正: 2026-11 改了一个字", 5, "要写到日"),
        ("更正: 2026-11-23", 5, "只有日期，后面要写文字"),
        ("更正: 2026-11-21 改了一个字", 1, "早于日期"),
        ("撤稿: 主要数字有误", 5, "要以日期开头，如“2026-11-23 主要事实有误”"),
        ("撤稿: 2026-11-23", 5, "只有日期，后面要写文字"),
        ("撤稿: 2026-11-21 有误", 1, "撤稿：2026-11-21早于日期"),
        ("旧网址: /", 6, "请写本站从前的网址"),
        ("旧网址: ../a/", 6, "请写本站从前的网址"),
        ("旧网址: /a/../b/", 6, "请写本站从前的网址"),
        ("旧网址: /a b/", 6, "请写本站从前的网址"),
        ("旧网址: /.git/", 6, "请写本站从前的网址"),
        ("旧网址: /a/?id=1", 6, "请写本站从前的网址"),
        ("旧网址: /pictures/a.png/", 6, "请写本站从前的网址"),
        ("旧网址: /%2e%2e/a/", 6, "请写本站从前的网址"),
        ("节点: 快手大会 2021", 5, "要以日期开头"),
        ("节点: 2021-13 快手大会", 5, "月份13不在1～12之间"),
        ("修改: 2026-11-22 09:29", 1, "早于日期“2026-11-22 09:30”"),
        ("修改: 2026-11-22", 1, "同一天的修改要写明时刻"),
    ],
)
def test_a_value_is_refused_where_it_stands(line, column, message):
    text = article(line)
    head, _, _, (problem,) = read(text, "article", SHANGHAI)
    assert head is None
    assert problem.line == text.count("\n") - 1
    assert (problem.column, message in problem.message) == (column, True)


def test_a_future_date_is_no_mistake():
    assert head_of(article("日期: 2099-12-31")).date.year == 2099


def test_a_change_in_another_zone_is_compared_as_a_moment():
    assert head_of(article("修改: 2026-11-22T01:31:00Z")).modified == datetime(
        2026, 11, 22, 1, 31, tzinfo=UTC
    )


# ---- both forms say the same ----

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20
)
PLAIN = st.from_regex(r"[快手直播GMV0-9“”（）：#*&!%@`'\"{\[ -]{1,20}", fullmatch=True)
TAGS = st.lists(st.from_regex(r"[快手直播a-c]{1,8}", fullmatch=True), max_size=4, unique=True)


@settings(max_examples=150, deadline=None)
@example("快手: “双11” #1", "*GMV*", ["a", "b"], 3, True)
@given(WORDS | PLAIN, WORDS | PLAIN, TAGS, st.integers(-99, 99), st.booleans())
def test_yaml_and_lines_give_the_same_head(title, summary, tags, weight, pinned):
    said = {
        "标题": title.strip(),
        "date": "2026-11-22",
        "频道": "电商资讯",
        "summary": summary.strip(),
        "标签": tags,
        "weight": str(weight),
        "置顶": "是" if pinned else "no",
        "资料": ["甲 | 乙", "丙 | 丁 | 2026"],
    }
    rows = [
        f"{key}: {value}"
        for key, values in said.items()
        for value in (values if key == "资料" else [values])
    ]
    lines = "\n".join(rows).replace(str(tags), "、".join(tags)) + "\n\n正文"
    block = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=10_000)
    by_lines = read(lines, "article", SHANGHAI)
    by_yaml = read(f"---\n{block}---\n正文", "article", SHANGHAI)
    heads = [it[0] and it[0]._replace(lines={}, blank={}) for it in (by_lines, by_yaml)]
    assert heads[0] == heads[1]
    assert sorted(p.message for p in by_lines[3]) == sorted(p.message for p in by_yaml[3])


@pytest.mark.parametrize(
    ("row", "line", "column", "message"),
    [
        ("标题: @快手", 3, 5, "内容不能以这个字符开头"),
        ("标题: *快手*", 3, 5, "“*”“&”在YAML里另有用处"),
        ("标题: *a", 3, 5, "在YAML里另有用处"),
        ("标题: !重要", 3, 5, "在YAML里另有用处"),
        ("标题: 快手: 大会", 3, 7, "内容里有“: ”"),
        ("标题：“快手”: 大会", 3, 8, "内容里有“: ”"),
        ("标题: '快手", 3, 5, "引号没有收尾"),
        ("标题: '快手'大会", 3, 9, "引号后面还有文字"),
        ('标题: "\\快手"', 3, 5, "“\\”另有用处"),
        ('标题: "快\\u0007手"', 3, 6, "看不见的字符U+0007"),
        ("标题: 快手 # 大会", 3, 5, "“# 大会”会被当作注释丢掉"),
        ("标题: [快手", 3, 5, "方括号没有收尾"),
        ("标题: [快手, 大会]", 3, 1, "只能有一个内容，这里列了2个"),
        ("标题: {快: 手}", 3, 5, "只能是文字，或一层列表"),
        ("标题: |\n  快手\n  大会", 3, 5, "要写在一行里"),
        ("标题: 快手\n  大会", 3, 5, "要写在一行里"),
        ("标题: 快手\n\t状态: 草稿", 4, 1, "缩进不能用制表符"),
        ("标题: 快手\n状态", 4, 1, "缺少冒号"),
        ("标题: 快手\n- 状态", 4, 1, "不是“标题: ……”这样的一项"),
        ("标题: 快\x07手", 3, 6, "看不见的字符U+0007"),
        ("标题: 快手\n标题: 大会", 4, 1, "“标题”写了两次，第一次在第3行"),
        ("标题: 快手\nslug: x", 4, 1, "不能写“slug”"),
        ("标题: 快手\n? [a]\n: b", 4, 3, "不是“标题: ……”这样的一项"),
        ("标题: 快手\n作者: " + "[" * 5000, 4, 15, "列表套得太深"),
    ],
)
def test_yaml_is_refused_where_it_reads_otherwise_than_it_looks(row, line, column, message):
    text = f"---\n日期: 2026-11-22\n{row}\n频道: 电商资讯\n---\n正文"
    head, _, _, (problem,) = read(text, "article", SHANGHAI)
    assert head is None
    assert (problem.line, problem.column, message in problem.message) == (line, column, True)


# ---- bytes and encodings ----

TEXT = "标题：快手服务商大会开了\n日期: 2026-11-22\n\n正文。\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="utf-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="windows line ends"),
    ],
)
def test_utf_8_is_read(data):
    assert decode(data) == (TEXT, [])


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("gbk", "GBK（GB18030）编码（按它读，第一行是“标题：快手服务商大会开了”）"),
        ("gb18030", "GBK（GB18030）编码（按它读，第一行是“标题：快手服务商大会开了”）"),
        ("utf-16", "UTF-16编码"),
        ("utf-16-le", "UTF-16编码"),
        ("utf-16-be", "UTF-16编码"),
        ("utf-32", "UTF-32编码"),
    ],
)
def test_another_encoding_is_named_with_the_remedy(encoding, named):
    message = f"文件是{named}：请在编辑器里“另存为”，编码选UTF-8"
    assert decode(TEXT.encode(encoding)) == ("", [Problem(1, 1, message)])


def test_a_broken_byte_is_located():
    text, problems = decode(TEXT.encode().replace("文".encode(), "文".encode()[:2]))
    assert text == ""
    assert problems[0][:2] == (4, 2)
    assert "字节0xE6不是UTF-8" in problems[0].message


@pytest.mark.parametrize(
    "character", ["\0", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\ufffe"]
)
def test_a_control_character_is_located(character):
    _, problems = decode(TEXT.replace("正文", f"正{character}文").encode())
    message = f"这里有看不见的字符U+{ord(character):04X}：请删去"
    assert problems == [Problem(4, 2, message)]


def test_a_carriage_return_alone_is_located():
    _, problems = decode(TEXT.replace("正文", "正\r文").encode())
    assert problems == [Problem(4, 2, "这里有落单的回车符：请删去，或改成换行")]


def test_what_both_decode_and_read_find_is_one_problem():
    text, problems = decode(TEXT.replace("快手", "快\x07手").encode())
    assert read(text, "flash", SHANGHAI)[3] == problems


# ---- parts of a file ----


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("标题: 快手\n\n正文。\n\n又一段。", "正文。\n\n又一段。", 3),
        ("标题: 快手\n \n\n    代码", "    代码", 4),
        ("---\n标题: 快手\n---\n正文。\n---\n", "正文。\n---\n", 4),
        ("---\n标题: 快手\n---", "", 3),
        ("\ufeff\n标题: 快手\r\n\r\n正文。\r\n", "正文。\n", 4),
    ],
)
def test_the_body_begins_on_its_line(text, body, line):
    fields_, rest, number, problems = split(text)
    assert [(one.name, one.value) for one in fields_] == [("title", "快手")]
    assert (rest, number, problems) == (body, line, [])


def test_a_list_in_yaml_gives_a_field_for_each_item():
    text = "---\n标签： [快手, 直播]\nreference:\n  - 甲 | 乙\n---\n"
    assert split(text)[0] == [
        Field("tags", "快手", 2, 6),
        Field("tags", "直播", 2, 10),
        Field("reference", "甲 | 乙", 4, 5),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\n", "\ufeff"])
def test_an_empty_file(text):
    assert told(text) == ["文件是空的：请先写头部（“标题: ……”等），空一行，再写正文"]


# ---- any input at all ----

SCRAPS = st.lists(
    st.sampled_from(
        [
            *":： \n-[]{}'\"*&!#%@，\t\0\u2028\ud800~>|｜",
            *("标题", "日期", "tags", "资料", "slug", "快手", "2026-11-22", "<b>", "https://"),
            *("\n\n", "\r\n", "---\n", "- "),
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=500, deadline=None)
@given(SCRAPS | st.text(), st.sampled_from(KINDS))
def test_any_text_gives_a_head_or_problems_at_places(text, kind):
    head, body, line, problems = read(text, kind, SHANGHAI)
    assert (head is None) == bool(problems)
    assert problems == sorted(problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    rest = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")[line - 1 :]
    assert not body or "\n".join(rest) == body


@settings(max_examples=300, deadline=None)
@given(st.binary() | SCRAPS.map(lambda text: text.encode("utf-16-le", "replace")))
def test_any_bytes_give_a_text_or_problems(data):
    text, problems = decode(data)
    assert text or problems or not data.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<a" * 5_000_000, id="one long line"),
        pytest.param("标题: " + "<a" * 5_000_000, id="one long value"),
        pytest.param("标签: " + "a," * 5_000_000, id="one long list"),
        pytest.param("标提: x\n" * 500_000, id="no empty line"),
        pytest.param("---\n作者: " + "[" * 40_000 + "\n---\n", id="brackets"),
        pytest.param("---\n作者: " + "[" * 5_000_000 + "\n---\n", id="more brackets"),
        pytest.param("---\n" + "标提：x\n" * 8_000 + "---\n", id="many unknown keys"),
        pytest.param("日期: " + " " * 5_000_000 + "x\n\n", id="many spaces"),
    ],
)
def test_an_absurd_file_is_answered_at_once(text):
    begin = process_time()
    assert read(text, "article", SHANGHAI)[3]
    assert process_time() - begin < 3


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/2026/11/jd-live/", "2026/11/jd-live/"),
        ("2026/11/jd-live", "2026/11/jd-live/"),
        ("https://old.example.com/2026/11/jd-live/index.html", "2026/11/jd-live/"),
        ("/post/123.html", "post/123.html"),
        ("/a/p.1/", "a/p.1/"),
        ("/%E5%BC%80%E5%BA%97/", "开店/"),
    ],
)
def test_a_former_address_is_read_as_typed_or_copied(written, address):
    assert head_of(article(f"旧网址: {written}")).aliases == (address,)

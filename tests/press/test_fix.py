"""What ``make fix`` mends, and what it leaves alone.

Contents: what is mended · what is left alone · heads · any text at all · files.
"""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins import _markdown
from plugins._card import Picture
from plugins._dates import parse_date
from press.fix import repair
from press.gate import gate_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
GATE = gate_of({})
HEAD = "标题: 快手\n日期: 2026-11-22\n频道: 电商资讯\n\n"


def mended(body, gate=GATE):
    """A body after the repair."""
    return repair(HEAD + body, gate, SHANGHAI).removeprefix(HEAD)


# ---- what is mended ----


@pytest.mark.parametrize(
    ("body", "after"),
    [
        pytest.param("开会,商家到场.", "开会，商家到场。", id="marks between Han"),
        pytest.param("快手(Kuaishou)来了", "快手（Kuaishou）来了", id="round brackets"),
        pytest.param("他说:\"听过'大搞'吗\".", "他说：“听过‘大搞’吗”。", id="quotes by pairs"),
        pytest.param("《「大搞」两条路》", "《“大搞”两条路》", id="corners"),
        pytest.param('他说“品牌"好', "他说“品牌”好", id="one half of a pair"),
        pytest.param("后来...再后来。。。", "后来……再后来……", id="ellipsis"),
        pytest.param("服务商--第三个词", "服务商——第三个词", id="dash"),
        pytest.param("> --笑古", "> ——笑古", id="the dash of a signature"),
        pytest.param(
            "２０２１年不是，是２０２１年", "２０２１年不是，是2021年", id="full-width figures"
        ),
        pytest.param("快手 GMV 增长 15% 。", "快手GMV增长15%。", id="spaces"),
        pytest.param("　　段首。", "段首。", id="a typed indent"),
        pytest.param("用了3~5天，7月1日-18日", "用了3～5天，7月1日—18日", id="ranges"),
        pytest.param("史蒂夫•乔布斯", "史蒂夫·乔布斯", id="the dot of names"),
        pytest.param(
            "**快手**,见[平台的规则,三条](a.md)",
            "**快手**，见[平台的规则，三条](a.md)",
            id="beside markup",
        ),
        pytest.param("| 甲,乙 |\n|---|\n| 一 ,二 |", "| 甲，乙 |\n|---|\n| 一，二 |", id="tables"),
        pytest.param("> [!要点] 先,后", "> [!要点] 先，后", id="boxes"),
        pytest.param(
            '![图,一](a,b.png "说,明 | 图：某")',
            '![图，一](a,b.png "说，明 | 图：某")',
            id="pictures",
        ),
        pytest.param("一行,\n另一行,", "一行，\n另一行，", id="lines of one paragraph"),
    ],
)
def test_mended(body, after):
    assert mended(body) == after


# ---- what is left alone ----


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("写`快手,抖音`", id="code in a line"),
        pytest.param("```\n快手,抖音...\n```", id="code in a fence"),
        pytest.param("```python\na = '快手,抖音'\n```", id="code of a language"),
        pytest.param("见https://example.com/快手,抖音", id="an address"),
        pytest.param("见[这里](a,b.md)和<https://example.com/a,b>", id="targets of links"),
        pytest.param("水<sub>,</sub>快手,抖音", id="a paragraph with typed HTML"),
        pytest.param("<!-- 快手,抖音 -->", id="a comment"),
        pytest.param("15:40，3:1，1,234，4.12，3-1取胜", id="figures"),
        pytest.param("Why analysts don't trust GMV, and why.", id="English"),
        pytest.param("Yahoo!日本和Node.js，说明.txt", id="names"),
        pytest.param('他说"没有收尾', id="half a pair: nobody knows where it ends"),
        pytest.param(
            "商家,平台,负责人", id="a keyword between commas: nobody knows what was meant"
        ),
        pytest.param("表 ：甲", id="a line that would become a caption"),
        pytest.param("1. \u3000，", id="a line that would be no list"),
        pytest.param("１．先看货", id="a line that would become a list"),
        pytest.param("*[GMV]: 总额\n\nGMV１２", id="a word that would become another"),
        pytest.param("换行  \n再写", id="a typed line break"),
        pytest.param("<!-- 放行: half-width -->\n一,二", id="what an editor lets pass"),
        pytest.param("增长63-68%", id="a range whose first unit is missing"),
        pytest.param("真的吗？？", id="what has more than one remedy"),
    ],
)
def test_left_alone(body):
    assert mended(body) == body


def test_a_rule_that_is_off_mends_nothing():
    assert mended("一,二...三", gate_of({"levels": {"half-width": "off"}})) == "一,二……三"


# ---- heads ----


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("日期: 2026年11月20日 9时30分", "日期: 2026-11-20 09:30"),
        ("日期: 2026年11月20日", "日期: 2026-11-20"),
        ("日期：2026/11/20 9:30:05", "日期：2026-11-20 09:30:05"),
        ("修改: 2026年11月21日下午3点", "修改: 2026-11-21 15:00"),
        ("节点: 2021年7月22日 大会,召开", "节点: 2021-07-22 大会,召开"),
        ("更正: 2026年11月23日：应为3", "更正: 2026-11-23 应为3"),
        ("节点: 2021年7月 大会", "节点: 2021-07 大会"),
        ("日期: 2026-11-20 09:30", "日期: 2026-11-20 09:30"),
        ("日期: 2026-11-20T09:30:00Z", "日期: 2026-11-20T09:30:00Z"),
        ("日期: 11/20/2026", "日期: 11/20/2026"),
        ("摘要: 一,二", "摘要: 一,二"),
        ("来源: 快手,抖音", "来源: 快手,抖音"),
    ],
)
def test_of_a_head_only_dates_are_mended(line, after):
    text = "标题: 快手,抖音\n{}\n频道: 电商资讯\n\n正文。\n"
    assert repair(text.format(line), GATE, SHANGHAI) == text.format(after)


def test_dates_in_yaml():
    text = "---\ntitle: 快手\ndate: {}\n---\n\n正文。\n"
    assert repair(text.format("2026年11月20日"), GATE, SHANGHAI) == text.format("2026-11-20")


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2030, 1, 1)))
@settings(deadline=None)
def test_a_mended_date_is_the_same_date(moment):
    written = f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment.minute}分"
    after = repair(f"标题: 快手\n日期: {written}\n\n正文。", GATE, SHANGHAI).split("\n")[1]
    assert parse_date(after.removeprefix("日期: "), SHANGHAI) == parse_date(written, SHANGHAI)


# ---- any text at all ----

WORDS = st.sampled_from(
    [
        "快手",
        "商家",
        "表",
        "图",
        "一",
        "第二",
        "的",
        "GMV",
        "The",
        "iPhone",
        "15",
        "2021年",
        "9月10日",
        "3:1",
        "15:40",
        "1,234",
        "4.12",
        "63%",
        "x.md",
        "１２",
        "Ａ",
        "％",
    ]
)
MARKS = st.sampled_from(
    [*",.:;?!()\"'“”‘’「」『』《》（），。、；：？！…—-~～–·•_*#>|+=^&<[]!\\ \u3000\t", "...", "--", "。。", "——", "……", "  ", "：“", "”，", "- ", "1. ", "１．", "·", "\n"]
)  # fmt: skip
INLINE = st.sampled_from(
    ["`a,b`", "`` x`,快手 ``", "**重,点**", "*着重*", "~~删,去~~", "==亮==", "[文,字](a.md)", "[[1]]", "[^1]",
     '![图,片](x.png "说,明 | 图：某")', "<https://example.com/a,b>", "https://example.com/快,手", "a,b@example.com",
     "<kbd>快,手</kbd>", "H<sub>2</sub>O", "&amp;", "\\,", "\\*", "<!-- 说,明 -->", "_斜_", "__粗__"]
)  # fmt: skip
LINE = st.lists(WORDS | WORDS | MARKS | INLINE, max_size=9).map("".join)
BLOCK = st.one_of(
    LINE,
    LINE.map(lambda line: f"## {line}"),
    st.lists(LINE.map(lambda line: f"- {line}"), min_size=1, max_size=3).map("\n".join),
    st.lists(LINE.map(lambda line: f"1. {line}"), min_size=1, max_size=3).map("\n".join),
    LINE.map(lambda line: f"> {line}"),
    LINE.map(lambda line: f"> [!要点] {line}\n> 快手,商家"),
    st.tuples(LINE, LINE).map(
        lambda c: f"| 甲,乙 | {c[0]} |\n|---|---:|\n| {c[1]} | 3,快手 |".replace("\n\n", "\n")
    ),
    LINE.map(lambda line: f"```\n{line}\n```"),
    LINE.map(lambda line: f"```timeline\n2021-07-22 | {line}\n```"),
    LINE.map(lambda line: f"[^1]: {line}"),
    LINE.map(lambda line: f"*[GMV]: {line}"),
    LINE.map(lambda line: f"    {line}"),
    st.tuples(LINE, LINE).map("\n".join),
)
BODY = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


def html_of(body):
    """The HTML of a body, whatever it refers to."""
    made = _markdown.convert(
        body, line=1, take_lead=False, math=False, references=9,
        link=lambda href: f"to:{href}", picture=lambda src: Picture(f"at:{src}", 9, 9, ""),
    )  # fmt: skip
    return made.html, [problem.message for problem in made.problems]


def shape(html):
    """What of HTML is not the words of the text: tags in their order, addresses, code."""
    html = re.sub(r' (?:alt|title|aria-label|id)="[^"]*"', "", html)
    code = re.findall(r"<(?:code|pre|kbd)\b.*?</(?:code|pre|kbd)>", html, re.DOTALL)
    return re.findall(r"<[^>]*>", html), code


def figures(text):
    """The figures of a text, whatever their width."""
    return [str(int(digit)) for digit in text if digit.isdigit()]


@given(BODY)
@settings(max_examples=150, deadline=None)
def test_a_second_repair_changes_nothing(body):
    once = mended(body)
    assert mended(once) == once


@given(BODY)
@settings(max_examples=150, deadline=None)
def test_a_repair_keeps_what_is_not_words(body):
    after = mended(body)
    (before_html, before_told), (after_html, after_told) = html_of(body), html_of(after)
    assert shape(after_html) == shape(before_html)
    assert len(after_told) == len(before_told)
    assert figures(after) == figures(body)
    assert after.count("\n") == body.count("\n")


@pytest.mark.parametrize(
    "path", sorted(Path("content").glob("*/**/*.md")), ids=lambda path: path.stem
)
def test_nothing_is_mended_in_our_own_texts(path):
    text = path.read_text(encoding="utf-8")
    assert repair(text, GATE, SHANGHAI) == text


# ---- files ----


@pytest.fixture
def article(tiny):
    """An article of a tiny site, with its path below the site."""
    file = tiny / "content/articles/2026/11/a.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"{HEAD}一,二\n", encoding="utf-8")
    return file


def test_the_change_is_shown_and_written(article, run):
    result = run("press", "fix")
    assert result.returncode == 0
    assert "\n-一,二\n+一，二\n" in result.stdout
    assert result.stdout.startswith("--- content/articles/2026/11/a.md")
    assert result.stderr == "看了1篇，改了1篇，共1处。\n"
    assert article.read_text(encoding="utf-8") == f"{HEAD}一，二\n"
    assert [file.name for file in article.parent.iterdir()] == ["a.md"]
    assert run("press", "fix").stderr == "看了1篇，没有要改的。\n"


def test_a_dry_run_writes_nothing(article, run):
    before = article.stat().st_ino, article.stat().st_mtime_ns
    result = run("press", "fix", "--dry-run", "content/articles/2026/11/a.md")
    assert (result.returncode, result.stderr) == (0, "看了1篇，会改1篇，共1处。\n")
    assert "+一，二" in result.stdout
    assert (article.stat().st_ino, article.stat().st_mtime_ns) == before


def test_line_ends_byte_order_mark_and_mode_stay(article, run):
    text = (
        f"{HEAD}一,二\n三\n".encode()
        .replace(b"\n", b"\r\n")
        .replace("三\r\n".encode(), "三\n".encode())
    )
    article.write_bytes(b"\xef\xbb\xbf" + text)
    article.chmod(0o640)
    assert run("press", "fix").returncode == 0
    assert article.read_bytes() == b"\xef\xbb\xbf" + text.replace(
        "一,二".encode(), "一，二".encode()
    )
    assert article.stat().st_mode & 0o777 == 0o640


def test_a_file_of_another_encoding_is_told_and_left(article, run):
    data = f"{HEAD}一,二\n".encode("gbk")
    article.write_bytes(data)
    result = run("press", "fix")
    assert result.returncode == 1
    assert result.stderr.startswith("content/articles/2026/11/a.md:1:1: 文件是GBK")
    assert article.read_bytes() == data


@pytest.mark.usefixtures("article")
def test_a_file_that_is_not_of_the_content_is_named(run):
    result = run("press", "fix", "pelicanconf.py")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "pelicanconf.py不是content/里的文件；不写文件名，就改全部\n"


@pytest.mark.usefixtures("article")
def test_a_setting_that_nobody_knows_is_told(tiny, run):
    with (tiny / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write('GATE = {"levels": {"half-widht": "off"}}\n')
    result = run("press", "fix")
    assert result.returncode == 1
    assert result.stdout.startswith('pelicanconf.py: GATE["levels"] 里没有“half-widht”这一项')

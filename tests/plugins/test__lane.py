"""The lane against the engine: the same HTML and the same problems for every text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins._body import Source
from plugins._card import Picture
from plugins._clean import wall
from plugins._lane import whole
from plugins._limits import Limits
from plugins._lines import is_tame
from plugins._markdown import by_engine, join_lines
from tests.bench import corpus
from tests.plugins.test__markdown import CASES, PARTS

ROOT = Path(__file__).parents[2]
TABLE = "| 甲 | 乙 |\n| --- | --- |\n| 1 | "
STARTS = (
    "",
    "",
    "## ",
    "### ",
    "#### ",
    "# ",
    "- ",
    "- ",
    TABLE,
    TABLE + "| 乙 | 3 |\n| 12% | ",
    "1. ",
    "2. ",
    "> ",
    "> ",
    "  ",
    "表：",
)
PLAIN = (
    *"甲a1，。：（）“”！!?:;'\"$%^@/(){}+-# \u3000\u00ad\u200b\ufeff\ufe0f\U0001f600\U0001fffeé①",
    *("2021年", "GMV", "1.", "表：", "**乙**", "**“丙”**", "http://a.cn", "ref", "wzxhzdk:0"),
    *("[丁](https://a.cn)", "[“戊” x](http://a-b.example.com/c_d/~e=f*.html?g#h)", "甲乙丙丁"),
    "///Footnotes Place Marker///",
)
STRANGE = (
    *"*_~=<>&|`\\[]\t\r\u00a0\u2003\u2028\x0b\x1c\x85\x00\x02\x03\ufffe\ufdd0\ufffd\n",
    *("**", "***", "![己](x.png)", "[庚](x.md)", "[", "](https://a.cn)", "[!提示](https://a.cn)"),
    *("[x] ", "[^1]", "\n[^1]: 注", "\n[甲]: x.md", "\n*[GMV]: 总额", "<kbd>", "<details>\n\n"),
    *(
        "&amp;",
        "https://xn--a.cn",
        "[辛](https://1.2.3.4.5)",
        "[壬](https://a.cn&b)",
        "\n> ",
        "\n- ",
    ),
    *(
        "\n| a | b |\n|---|---|\n| 1 | 2 |",
        "```\n",
        "\n\n    ",
        "\n表：癸",
        "\n---",
        "\n2. ",
        "[[1]]",
    ),
)
BREAKS = ("\n\n", "\n\n", "\n\n\n", "\n\n\n\n", "\n", "\n- ", "\n3. ", "\n\n \n")


def mixtures(signs: st.SearchStrategy[str], end: str, breaks: tuple[str, ...]) -> st.SearchStrategy:
    """Return texts of blocks that begin as blocks do."""
    inner = st.lists(signs, max_size=6).map("".join)
    block = st.tuples(
        st.sampled_from(STARTS), inner, st.sampled_from((end, f"{end} |")), st.sampled_from(breaks)
    )
    return st.lists(block.map("".join), max_size=8).map("".join)


TAME = mixtures(st.sampled_from(PLAIN), "甲", ("\n\n", "\n\n\n"))
WILD = mixtures(st.sampled_from([*PLAIN * 2, *STRANGE]), "", BREAKS)


def read(text: str, *, quick: bool) -> tuple[str, list[object], dict[str, None]]:
    """Return what ``convert`` makes of a text before it looks at headings and anchors."""
    asked: dict[str, None] = {}

    def link(path: str) -> str | None:
        asked[path] = None
        return "../x/" if path == "x.md" else None

    def picture(path: str) -> Picture | None:
        asked[path] = None
        return Picture("../x.png", 1, 1, "") if path == "x.png" else None

    source = Source(text, line=1, math=False, references=1, link=link, picture=picture, quick=quick)
    html = whole(text) if quick and is_tame(text, Limits()) else None
    return html or by_engine(text, source), source.problems, asked


def texts() -> list[pytest.param]:
    files = [*sorted(CASES.glob("*.md")), *sorted((ROOT / "content").rglob("*.md"))]
    found = [
        pytest.param(piece, id=f"{path.stem} {number}")
        for path in files
        for number, piece in enumerate(path.read_text(encoding="utf-8").split("\n.\n"))
    ]
    return [*found, *(pytest.param(corpus.article(i).body, id=f"article {i}") for i in range(40))]


@pytest.mark.parametrize("text", texts())
def test_a_text_reads_as_the_engine_reads_it(text: str) -> None:
    assert read(text, quick=True) == read(text, quick=False)


@settings(max_examples=400)
@given(TAME)
def test_a_plain_text_reads_as_the_engine_reads_it(text: str) -> None:
    assert read(text, quick=True) == read(text, quick=False)


@settings(max_examples=400)
@given(WILD)
def test_a_mixed_text_reads_as_the_engine_reads_it(text: str) -> None:
    assert read(text, quick=True) == read(text, quick=False)


@settings(max_examples=200)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_a_hostile_text_reads_as_the_engine_reads_it(text: str) -> None:
    assert read(text, quick=True) == read(text, quick=False)


@settings(max_examples=400)
@given(TAME)
def test_the_wall_has_nothing_to_do_behind_the_lane(text: str) -> None:
    html = whole(text)
    assert html is None or join_lines(wall(html)) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("甲**乙**。", "<p>甲<strong>乙</strong>。</p>"),
        ("[甲](https://a.cn/_b?c=1)", '<p><a href="https://a.cn/_b?c=1">甲</a></p>'),
        ("## 甲\n\n### 乙", "<h2>甲</h2>\n<h3>乙</h3>"),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("1. 甲\n1. 乙\n\n丙", "<ol>\n<li>甲</li>\n<li>乙</li>\n</ol>\n<p>丙</p>"),
        ("> 甲\n\n\n> 甲\n", "<blockquote>\n<p>甲</p>\n</blockquote>\n" * 2),
    ],
)
def test_plain_texts_take_the_lane(text: str, html: str) -> None:
    assert whole(text) == html.strip()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "甲\n乙",
            "甲 ",
            "\u3000甲",
            "甲&乙",
            "甲*乙",
            "[^1]",
            "甲\u00a0乙",
            "# 甲",
            "### 甲",
            "",
        ),
        *("[甲](x.md)", "[甲](https://1.2)", "2021. 甲", "表：甲", "> [!提示](https://a.cn)"),
        *(
            "| 甲 |\n| --- | --- |\n| 乙 |",
            "| 甲 |\n| :-: |\n| 乙 |",
            "| 甲 |\n| --- |\n| 乙 | 丙 |",
        ),
        *("- 甲\n\n- 乙", "- 甲\n\n1. 乙"),
    ],
)
def test_other_texts_do_not(text: str) -> None:
    assert whole(text) is None


def test_most_of_an_article_takes_the_lane() -> None:
    """Else every test above could pass by a lane that takes nothing."""
    bodies = [corpus.article(number).body for number in range(40)]
    assert sum(whole(body) is not None for body in bodies) > len(bodies) / 2

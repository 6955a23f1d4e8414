"""The quick engine against the stock one: the same HTML for the same text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from plugins._engine import Engine

CASES = Path(__file__).parents[1] / "markdown"
TEXTS = [
    "甲 [乙][丙] ![丁][丙] [丙]\n\n[丙]: x.md '题'",
    "甲[^1]乙[^1]\n\n[^1]: 注\n\n    第二段\n",
    "甲  \n乙<http://a.b>&amp;&lt;\\<\\*\\[ a@b.c <a@b.c>",
    '[甲](x\\*y.md "题\\*\\"&<>") ![\\[甲](x\\_y.png \'题\\_\') `\\*` \\*',
    "*甲 **乙 _丙_ 丁** 戊* ***己*** 庚*辛",
    "[甲](x.md) [乙](<a b> '题') [丙](x(1).md \"题\") [丁]( x ) [戊](x.md [己](y.md)",
    "1. 甲\n2. 乙\n\n    - 丙\n    - 丁\n\n> 引\n> - 用\n\n* * *\n甲\n***\n乙",
    "| 甲 | 乙 |\n|:--|--:|\n| `a|b` | **丙** |\n| 丁 |",
    "| 甲 |\n|---|\n| 乙 |",
    "甲\n# 题\n乙\n## 题 ##\n> 引",
    "\u3000甲\n \n\t乙\r\n丙\x02\x03\x02klzzwxh:0000\x03 \x0242\x03",
    "甲\n\n   \n\n乙   ",
]
SIGNS = "甲乙a1 ，*_`~=[]()<>!#>|-+\\&;:\"'\n\t"
MARKS = (
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n> ",
    "    ",
    "  \n",
    "**",
    "``",
    "[^1]",
    "\n[^1]: ",
    "\n[甲]: ",
)
MARKS += ("](", "![", "|---|", "&amp;", "<http://a>", "---")
PARTS = st.sampled_from([*SIGNS, *MARKS])


def extensions() -> list[object]:
    return [TableExtension(), FootnoteExtension(), SaneListExtension()]


def stock() -> Markdown:
    """Return Python-Markdown without what Engine leaves out."""
    made = Markdown(extensions=extensions())
    made.preprocessors.deregister("html_block")
    made.parser.blockprocessors.deregister("code")
    made.parser.blockprocessors.deregister("setextheader")
    made.inlinePatterns.deregister("html")
    return made


QUICK, STOCK = Engine(extensions=extensions()), stock()


def cases() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.md"))]
    return TEXTS + [piece for text in texts for piece in text.split("\n.\n")]


@pytest.mark.parametrize("text", cases())
def test_the_html_is_that_of_python_markdown(text: str) -> None:
    assert QUICK.reset().convert(text) == STOCK.reset().convert(text)


@settings(max_examples=500, deadline=None)
@given(st.lists(PARTS, max_size=60).map("".join))
def test_the_html_of_any_text_is_that_of_python_markdown(text: str) -> None:
    assert QUICK.reset().convert(text) == STOCK.reset().convert(text)


@pytest.mark.parametrize("parts", ["inlinePatterns", "postprocessors"])
def test_nothing_is_missing_before_and_behind_the_tree(parts: str) -> None:
    for ours, theirs in zip(getattr(QUICK, parts), getattr(STOCK, parts), strict=True):
        assert isinstance(ours, type(theirs))


def test_the_blocks_are_those_of_python_markdown() -> None:
    assert [type(one) for one in QUICK.parser.blockprocessors] == [
        type(one) for one in STOCK.parser.blockprocessors
    ]


def test_no_pattern_looks_at_its_ancestors() -> None:
    """The quick engine does not know them."""
    assert not any(pattern.ANCESTOR_EXCLUDES for pattern in QUICK.inlinePatterns)

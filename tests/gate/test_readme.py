"""The READMEs tell the figures that the cases give."""

from pathlib import Path

import pytest

from press.gate import law, style
from tests.gate.__main__ import GUIDE_ROW, LISTS, NUMBERS, STYLE_PAGE, figures, rules, table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("file", "language"), [("README.md", 0), ("README.zh-CN.md", 1)])
def test_the_table_of_the_gate(file, language):
    assert table(language) in (ROOT / file).read_text(encoding="utf-8")


def test_nothing_leaks():
    assert {family: leaked for family, (*_, leaked) in figures().items() if leaked} == {}


def test_the_page_of_the_house_style_lists_what_the_checker_looks_for():
    """``python -m tests.gate --readme`` writes it anew."""
    assert STYLE_PAGE.read_text(encoding="utf-8").endswith(f"\n{rules()}")


def test_each_rule_of_the_house_and_of_the_law_is_on_it():
    guide = (ROOT / "content/README.md").read_text(encoding="utf-8")
    told = {name for name, *_ in GUIDE_ROW.findall(guide)}
    assert told == law.RULES.keys() | style.RULES.keys()
    assert rules().count("\n- ") == len(told)
    assert told >= LISTS.keys() | NUMBERS.keys()

"""The pieces of a text: a word is found where it stands and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import _pieces


def holds(field: str, word: str) -> bool:
    """Whether the pieces of a field tell that a word stands there."""
    found, forks = _pieces.pieces(field)
    must, inner = _pieces.asked(word)
    found |= {piece[:2] for piece in found}  # no pair is named that a longer piece begins with
    return found.issuperset(must) and all(
        piece not in forks or longer in found for piece, longer in inner
    )


@pytest.mark.parametrize(
    ("field", "word", "there"),
    [
        ("甲平台涨\n乙平台跌", "甲平台涨", True),
        ("甲平台涨\n乙平台跌", "甲平台跌", False),
        ("甲平台涨\n乙平台跌\n甲平台跌", "甲平台跌", True),
        ("甲平台", "平台", True),
        ("甲平台\n平\n台", "平甲", False),
        ("甲平台\n平台跌", "甲平台跌", False),
        ("哈哈", "哈哈哈", False),
        ("哈哈哈哈", "哈哈哈", True),
        ("哈哈哈", "哈哈哈哈", False),
        ("在甲市召开\n他在乙市召开会", "他在甲市", False),
        ("", "快", False),
    ],
)
def test_a_word_is_found_where_it_stands(field, word, there):
    assert holds(field, word) == there


@given(st.text("ab甲\n", max_size=60), st.text("ab甲", min_size=1, max_size=10))
def test_a_word_is_found_where_it_stands_and_nowhere_else(field, word):
    assert holds(field, word) == (word in field)


@given(st.lists(st.sampled_from(["甲平台", "在", "乙市", "平台在", "涨", "\n"]), max_size=40),
       st.lists(st.sampled_from(["甲平台", "在", "乙市", "台在", "涨"]), min_size=1, max_size=6))  # fmt: skip
def test_phrases_that_repeat_are_told_apart(field, word):
    sought = "".join(word)[: _pieces.LONGEST]
    assert holds("".join(field), sought) == (sought in "".join(field))

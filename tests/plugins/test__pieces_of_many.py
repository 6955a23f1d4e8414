"""Many texts at once stand on the same lists as one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins import _pieces, _pieces_of_many

FIELD = st.text("ab甲平台\ud842\udfb7 \n", max_size=40)
PHRASES = st.lists(
    st.sampled_from(["甲平台", "在乙市", "平台在", "涨", "字" * 33, "\n"]), max_size=30
)


def lists(found) -> dict[int, dict[str, list[int]]]:
    return {
        flags: {name: [*places] for name, places in on.items()} for flags, on in found.items() if on
    }


@given(st.lists(st.tuples(FIELD, PHRASES.map("".join)), max_size=12), st.integers(0, 60))
def test_many_texts_stand_on_the_lists_on_which_each_stands(fields, portion):
    texts = [*enumerate(fields, 3)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_pieces_of_many, "PORTION", portion)
        many = _pieces_of_many.lists_of_many(texts)
    assert lists(many) == lists(_pieces.lists_of(texts))


def test_a_portion_of_many_empty_texts_ends_before_their_numbers_do():
    texts = [(place, ("", "")) for place in range(1 << 17)]
    sizes = [len(portion) for portion in _pieces_of_many.portions(texts)]
    assert sum(sizes) == len(texts)
    assert max(sizes) < 1 << _pieces_of_many.SIGN


def test_texts_keep_the_places_that_they_have():
    found = _pieces_of_many.lists_of_many([(7, ("电商",)), (70_000, ("商",))])
    assert lists(found) == {0: {"电": [7], "商": [7, 70_000], "电商": [7]}}

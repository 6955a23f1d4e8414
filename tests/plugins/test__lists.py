from hypothesis import given
from hypothesis import strategies as st

from plugins._lists import by_day, leaves
from tests.plugins.conftest import card

COUNTS, SIZES = st.integers(0, 200), st.integers(1, 12)


def pages_of(count, size):
    """Return the pages of a list whose items are numbered, newest first."""
    return list(leaves("tag/a/", range(count, 0, -1), size))


@given(COUNTS, SIZES)
def test_every_item_stands_on_one_page_newest_first(count, size):
    shown = [item for leaf in pages_of(count, size) for item in leaf.items]
    assert shown == list(range(count, 0, -1))


@given(COUNTS, SIZES)
def test_the_first_page_holds_from_one_page_to_nearly_two(count, size):
    first = len(pages_of(count, size)[0].items)
    assert first == count if count < size else size <= first < 2 * size


@given(COUNTS, SIZES)
def test_all_other_pages_are_full(count, size):
    assert {len(leaf.items) for leaf in pages_of(count, size)[1:]} <= {size}


@given(COUNTS, SIZES)
def test_a_full_page_keeps_its_address_and_items_when_newer_ones_come(count, size):
    before = {leaf.url: list(leaf.items) for leaf in pages_of(count, size)[1:]}
    after = {leaf.url: list(leaf.items) for leaf in pages_of(count + 1, size)[1:]}
    assert before.items() <= after.items()


@given(COUNTS, SIZES)
def test_a_new_item_changes_at_most_one_numbered_page(count, size):
    before = {leaf.url: leaf for leaf in pages_of(count, size)[1:]}
    after = {leaf.url: leaf for leaf in pages_of(count + 1, size)[1:]}
    assert len([url for url in before if before[url] != after[url]]) <= 1


@given(COUNTS, SIZES)
def test_the_pager_leads_through_all_pages_and_back(count, size):
    found = pages_of(count, size)
    urls = [leaf.url for leaf in found]
    assert [leaf.pager.older for leaf in found] == [*urls[1:], None]
    assert [leaf.pager.newer for leaf in found] == [None, *urls[:-1]]


def test_pages_are_numbered_from_the_oldest():
    assert [(leaf.url, leaf.pager.number) for leaf in pages_of(7, 2)] == [
        ("tag/a/", None),
        ("tag/a/page/2/", 2),
        ("tag/a/page/1/", 1),
    ]


def test_an_empty_list_has_its_page():
    (leaf,) = pages_of(0, 20)
    assert (leaf.url, list(leaf.items)) == ("tag/a/", [])


def test_cards_are_grouped_by_day():
    late, early, other = card("b", "2026-11-22 18:00"), card("a"), card("c", "2026-11-21")
    assert by_day([late, early, other]) == [
        ("2026-11-22", [late, early]),
        ("2026-11-21", [other]),
    ]


def test_no_cards_make_no_day():
    assert by_day([]) == []

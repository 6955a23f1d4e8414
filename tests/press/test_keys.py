"""What counts in the key of a page, and what does not."""

import pickle
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from plugins._card import Card, Link, Picture
from press.keys import Unread, pack, plain, shown, unpack

CARD = Card(
    path="articles/2026/11/x.md",
    kind="article",
    url="2026/11/x/",
    title="题",
    headline=Markup("题"),
    date=datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Shanghai")),
    timed=True,
    modified=None,
    channel=Link("电商", "channel/news/"),
    tags=(Link("退货", "tag/tui-huo/"),),
    credits=(),
    topics=(),
    points=(),
    series="",
    summary="摘要",
    keywords=(("退货", 1.5),),
    picture=Picture("pictures/a.png", 1, 2, "图"),
    minutes=(1, 2),
    front="",
    pinned=False,
    weight=0,
    digest="abc",
)
CODE = """
import sys
sys.path.insert(0, {root!r})
from datetime import date
from press.keys import shown
from tests.press.test_keys import CARD, key
value = {{"a": [CARD, None, True, 1.5, date(2026, 11, 22)], "b": ("x", b"y", CARD.headline)}}
print(key(value).hex(), shown(CARD).hex())
"""


def key(value, digest_of_card=b"digest"):
    """Return what stands for a value in the key of a page."""
    return pack(value, {id(CARD): digest_of_card}).digest


def test_equal_values_have_equal_digests_in_any_process(run_code):
    value = {"a": [CARD, None, True, 1.5, date(2026, 11, 22)], "b": ("x", b"y", CARD.headline)}
    here = f"{key(value).hex()} {shown(CARD).hex()}\n"
    assert {run_code(CODE, PYTHONHASHSEED=seed) for seed in "012"} == {here}


def test_the_same_object_twice_counts_as_two_equal_ones():
    word = "".join(["双", "十一"])
    assert key([word, word]) == key([word, "".join(["双十", "一"])])


DIFFERENT = [
    [1],
    [True],
    [1.0],
    ["1"],
    [b"1"],
    [None],
    ["1", "1"],
    [("1",)],
    [["1"]],
    [Markup("1")],
    [{"1": 1}],
    [{1: "1"}],
    [date(2026, 11, 22)],
    [Link("1", "1")],
]


def test_different_values_have_different_digests():
    assert len({key(value) for value in DIFFERENT}) == len(DIFFERENT)


@pytest.mark.parametrize("field", sorted(set(Card._fields) - {"keywords", "digest"}))
def test_a_card_counts_by_what_it_shows(field):
    assert shown(CARD._replace(**{field: "another"})) != shown(CARD)


@pytest.mark.parametrize("field", ["keywords", "digest"])
def test_what_no_page_shows_of_a_card_does_not_count(field):
    assert shown(CARD._replace(**{field: "another"})) == shown(CARD)


def test_a_card_of_the_site_counts_by_its_digest_alone():
    other = CARD._replace(title="另一个")
    assert pack([CARD], {id(CARD): b"same"}) == pack([other], {id(other): b"same"})
    assert key([CARD], b"same") != key([CARD], b"other")


def test_a_copy_of_a_card_is_refused_since_it_would_grow_old():
    with pytest.raises(TypeError, match=r"copy: articles/2026/11/x\.md"):
        key([CARD._replace(title="另一个")])


def unread(digest):
    return Unread(CARD.path, digest, lambda: pytest.fail("it was read"))


def test_a_body_counts_without_being_read():
    assert key([unread(b"1")]) == key([unread(b"1")])
    assert key([unread(b"1")]) != key([unread(b"2")])


def test_what_was_packed_holds_the_cards_and_bodies_of_now():
    value = {"a": [CARD, (unread(b"1"), "x")], "b": CARD, "c": [CARD], "d": ((CARD, CARD), [])}
    packed = pack(value, {id(CARD): b"digest"}).content
    now, body = CARD._replace(title="新题"), unread(b"2")
    cards, bodies = {CARD.path: now}, {CARD.path: body}
    found = unpack(packed, cards.__getitem__, bodies.__getitem__)
    assert found == {"a": [now, (body, "x")], "b": now, "c": [now], "d": ((now, now), [])}


def test_what_was_packed_tells_by_its_path_that_a_text_is_in_it():
    for value in (CARD, unread(b"1")):
        packed = pack(["x", value], {id(CARD): b"digest"})
        assert packed.holds
        assert CARD.path.encode() in packed.content
    assert not pack(["x", CARD.path], {}).holds


def test_what_is_no_data_has_no_digest():
    with pytest.raises(Exception, match=r"pickle|lambda"):
        key([lambda: 1])


def test_a_record_is_the_same_whichever_of_its_parts_are_one_object():
    name = "".join(["掌柜", "志"])
    again = "".join(["掌柜", "志"])
    assert pickle.dumps((name, name), 5) != pickle.dumps((name, again), 5)
    assert plain(name, name) == plain(name, again)

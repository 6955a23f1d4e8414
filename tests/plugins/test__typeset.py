"""How headlines are set in lines, with type of which a Han is one wide and a letter half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins._typeset import broken, cut, filled, fit, gap, pieces, runs, width


def advance(char):
    return 0.5 if char.isascii() else 1.0


@pytest.mark.parametrize(
    ("pair", "apart"),
    [
        ("快手", 0),
        ("GM", 0),
        ("年3", 0.125),
        ("V走", 0.125),
        ("3，", 0),
        ("》（", -0.5),
        ("”，", -0.5),
        ("“《", -0.5),
        ("，快", 0),
    ],
)
def test_han_and_latin_stand_apart_and_marks_share_a_space(pair, apart):
    assert gap(*pair) == apart


@pytest.mark.parametrize(
    ("line", "wide"),
    [
        pytest.param("快手", 2, id="Han"),
        pytest.param("快手GMV", 2 + 0.125 + 1.5, id="Han and Latin"),
        pytest.param("“快手”", 3, id="marks hang out at both ends"),
        pytest.param("《甲》（乙）", 4.5, id="and share the space between them"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_the_room_that_a_line_takes(line, wide):
    assert width(line, advance) == wide


@pytest.mark.parametrize(
    ("line", "placed"),
    [
        ("快手", [(0, "快"), (1, "手")]),
        ("快手GMV", [(0, "快"), (1, "手"), (2.125, "GMV")]),
        ("“快”，手", [(-0.5, "“"), (0.5, "快"), (1.5, "”"), (2, "，"), (3, "手")]),
    ],
)
def test_a_line_is_drawn_in_runs(line, placed):
    assert list(runs(line, advance)) == placed


@pytest.mark.parametrize(
    ("phrases", "room", "lines"),
    [
        pytest.param("快递 业务量", 8, ["快递业务量"], id="one line"),
        pytest.param("每天 五亿多个 包裹： 快递量 怎么 涨上来", 9,
                     ["每天五亿多个包裹：", "快递量怎么涨上来"], id="a line ends with a clause"),
        pytest.param("甲乙 丙丁 戊己 庚辛", 7, ["甲乙丙丁", "戊己庚辛"], id="lines of equal length"),
        pytest.param("一个很长很长的词", 5, None, id="no room for a phrase"),
    ],
)  # fmt: skip
def test_lines_end_between_phrases(phrases, room, lines):
    assert broken(phrases.split(), room, advance) == lines


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("快手，真快", "快 手， 真 快"),
        ("“双11”的1.6亿", "“双 11” 的 1.6 亿"),
        ("看GMV-2021吗？", "看 GMV-2021 吗？"),
        ("7～9天", "7～ 9 天"),
    ],
)
def test_running_text_ends_lines_anywhere_but_before_a_mark(text, parts):
    assert pieces(text) == parts.split()


def test_running_text_fills_its_lines():
    assert filled("网上零售这门生意的大小，以及走向。", 8, advance) == [
        "网上零售这门生意",
        "的大小，以及走",
        "向。",
    ]


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (3, ("网上零售", "这门生意", "的大小。")),
        (2, ("网上零售", "这门生…")),
        (1, ("网上零…",)),
        (0, ()),
        (-1, ()),
    ],
)
def test_lines_for_which_there_is_no_room_are_left_out(most, shown):
    assert cut(["网上零售", "这门生意", "的大小。"], most, 4, advance) == shown


@pytest.mark.parametrize(
    ("phrases", "size", "lines"),
    [
        pytest.param("快递", 40, ("快递",), id="short: large"),
        pytest.param("快递 业务量 怎么 涨上来", 20, ("快递业务量", "怎么涨上来"), id="smaller"),
        pytest.param("字" * 70, 10, ("字" * 12, "字" * 12, "字" * 12, "字" * 12, "字" * 11 + "…"),
                     id="too much: cut off"),
    ],
)  # fmt: skip
def test_a_headline_is_as_large_as_its_room_lets_it(phrases, size, lines):
    assert fit(phrases.split(), 120, 64, (40, 20, 10), advance) == (size, lines)


@given(
    st.lists(
        st.text("快递业务量“”《》，。：GMV12.% —…", min_size=1, max_size=9), min_size=1, max_size=30
    )
)
def test_no_character_is_lost_and_no_line_is_too_long(phrases):
    phrases = [phrase for phrase in phrases if phrase.strip()] or ["空"]
    setting = fit(phrases, 600, 10_000, (60, 20), advance)
    joined = "".join("".join(phrases).split())
    assert "".join("".join(setting.lines).split()) == joined
    for line in setting.lines:
        assert width(line, advance) <= 600 / setting.size

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.reading import Settings, estimate, facts
from tests.plugins.conftest import metadata, text

SETTINGS = Settings()


def chars(head="", body="", **given):
    found = text(head, body, **given)
    return facts(found.html, metadata(head, body=body, **given), SETTINGS).chars


@pytest.mark.parametrize(
    ("chars", "minutes"),
    [
        pytest.param(0, "1", id="nothing"),
        pytest.param(60, "1", id="short"),
        pytest.param(300, "1", id="a slow reader's minute"),
        pytest.param(301, "1～2", id="one more"),
        pytest.param(1200, "2～4", id="range"),
        pytest.param(3578, "7～12", id="the seed's article"),
        pytest.param(999_999, "1999～3334", id="a book"),
    ],
)
def test_a_length_takes_minutes(chars, minutes):
    assert estimate(chars, SETTINGS).text == f"本文共{chars}字，阅读本文大概需要{minutes}分钟"


@given(st.integers(0, 10**6))
def test_a_fast_reader_never_needs_longer_than_a_slow_one(count):
    found = estimate(count, SETTINGS)
    assert 1 <= found.fastest <= found.slowest


def test_the_wording_and_the_rates_are_settings():
    settings = Settings(fast=100, slow=100, text="{minutes}分，{chars}字")
    assert estimate(250, settings) == (250, 2, 3, "2～3分，250字")


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        pytest.param("一二三。\n\n四五六！", 6, id="the lead and the rest"),
        pytest.param("一二。\n\n## 小题\n\n三", 5, id="headings"),
        pytest.param("一\n\n| 甲 | 乙 |\n| - | - |\n| 丙 | 12% |", 5, id="tables"),
        pytest.param("一\n\n表：二三\n\n| 甲 | 乙 |\n| - | - |\n| 丙 | 丁 |", 7, id="captions"),
        pytest.param("一\n\n```python\nprint(1)\n```", 1, id="code does not count"),
        pytest.param("一[^1]\n\n二\n\n[^1]: 脚注不计。", 2, id="footnotes"),
        pytest.param("一`二`", 2, id="code in a line"),
        pytest.param("——……，。！？“”\n", 0, id="punctuation"),
    ],
)
def test_the_body_counts_as_a_reader_reads_it(body, counted):
    assert chars(body=body) == counted


def test_a_summary_of_its_own_does_not_count():
    assert chars("摘要: 这里有八个汉字", "一二三。") == 3


def test_sources_do_not_count():
    assert chars("资料: 国家统计局 | 公报", "一二三[[1]]。") == 3


def test_the_head_overrides_the_count():
    assert chars("字数: 3578", "一二三。") == 3578

import pytest

from plugins.freshness import Settings, facts, line
from tests.plugins.conftest import CHANNELS, metadata, when

SETTINGS = Settings(CHANNELS=CHANNELS)


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        ("2026-11-22", 1, "2026年12月"),
        ("2026-11-22", 2, "2027年1月"),
        ("2026-11-22", 12, "2027年11月"),
        ("2026-12-31", 1, "2027年1月"),
        ("2027-01-31", 1, "2027年2月"),
        ("2026-01-01", 11, "2026年12月"),
        ("2026-12-01", 120, "2036年12月"),
    ],
)
def test_months_are_added_over_the_ends_of_years(day, months, until):
    assert line(when(day), months, Settings(text="{month}")) == until


def test_the_line_names_the_day_and_the_month():
    assert facts("", metadata("频道: 法规"), SETTINGS) == (
        "本文内容截至2026年11月22日。2027年5月以后读到它，请先核对现行规定与最新数据。"
    )


def test_an_update_makes_a_text_fresh_again():
    found = facts("", metadata("频道: 税务\n修改: 2026-12-31"), SETTINGS)
    assert found.startswith("本文内容截至2026年12月31日。2027年3月以后")


@pytest.mark.parametrize(
    ("head", "kind"), [("频道: 直播电商", "article"), ("", "flash"), ("", "page")]
)
def test_what_does_not_age_has_no_line(head, kind):
    assert facts("", metadata(head, kind=kind), SETTINGS) is None

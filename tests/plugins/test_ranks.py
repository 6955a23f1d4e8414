from datetime import date

import pytest

from plugins import _data
from plugins.ranks import Settings, facts, ranks_of
from tests.plugins.conftest import metadata


def edition(name, since, slot="top"):
    row = (_data.Row(name="广东", value="1"), _data.Row(name="浙江", value="2", note="注"))
    about = {"unit": "亿元", "method": "法", "source": "国家统计局"}
    return _data.Rank(
        id="r",
        title="榜",
        slot=slot,
        edition=name,
        since=date.fromisoformat(since),
        row=row,
        **about,
    )


SETTINGS = Settings(
    EDITIONS=(
        edition("新", "2026-10-01"),
        edition("旧", "2026-01-01"),
        edition("左", "2026-05-01", "foot-left"),
    )
)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        pytest.param("2025-12-31", {}, id="before the first"),
        pytest.param("2026-01-01", {"top": "旧"}, id="the first day"),
        pytest.param(
            "2026-09-30", {"top": "旧", "foot-left": "左"}, id="the last day of an edition"
        ),
        pytest.param("2026-10-01", {"top": "新", "foot-left": "左"}, id="a new edition"),
        pytest.param("2099-01-01", {"top": "新", "foot-left": "左"}, id="long after"),
    ],
)
def test_an_article_shows_the_edition_of_its_day(day, shown):
    found = facts("", metadata(f"日期: {day}"), SETTINGS)
    assert {slot: rank.edition for slot, rank in found.items()} == shown


def test_places_are_numbered():
    rows = ranks_of(SETTINGS, date(2026, 1, 1))["top"].rows
    assert rows == ((1, "广东", "1", ""), (2, "浙江", "2", "注"))


@pytest.mark.parametrize("kind", ["flash", "page", "topic"])
def test_only_articles_have_a_place_for_ranks(kind):
    assert facts("", metadata(kind=kind), SETTINGS) == {}


def test_a_site_without_articles_shows_none():
    assert ranks_of(SETTINGS, None) == {}

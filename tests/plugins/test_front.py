from datetime import date

import pytest

from plugins import _data
from plugins._card import Link, Point
from plugins.front import Settings, pages
from tests.plugins.conftest import CHANNELS, NOW, card, days, in_order, no_bodies

CHANNEL_LINKS = [Link(channel.name, f"channel/{channel.address}/") for channel in CHANNELS]
BULLETIN = _data.Announcement(text="征稿", start=date(2026, 11, 20), end=date(2026, 11, 22))


def front(*cards, now=NOW, announcement=None, **given):
    settings = Settings(BUILD_NOW=now, CHANNELS=CHANNELS, ANNOUNCEMENT=announcement, **given)
    (page,) = pages(in_order(*cards), settings, no_bodies)
    assert page.save_as == "index.html"
    return page.data


def many(count):
    """Return articles over all channels in turn."""
    return [
        item._replace(channel=CHANNEL_LINKS[number % len(CHANNEL_LINKS)])
        for number, item in enumerate(days(count))
    ]


def shown(data):
    blocks = [item for _, members in data["blocks"] for item in members]
    return [item.path for item in [data["lead"], *data["seconds"], *blocks] if item]


@pytest.mark.parametrize(
    ("count", "seconds", "blocks"),
    [
        pytest.param(0, 0, [], id="no article"),
        pytest.param(1, 0, [], id="one article"),
        pytest.param(3, 2, [], id="three articles"),
        pytest.param(6, 4, [1], id="six articles"),
        pytest.param(30, 4, [4, 4, 4], id="thirty articles"),
    ],
)
def test_a_small_site_has_a_sensible_front_page(count, seconds, blocks):
    data = front(*many(count))
    assert bool(data["lead"]) is bool(count)
    assert len(data["seconds"]) == seconds
    assert [len(members) for _, members in data["blocks"]] == blocks


@pytest.mark.parametrize("count", [0, 1, 3, 30])
def test_no_article_stands_twice(count):
    marked = [
        item._replace(front=["lead", "second", ""][number % 3])
        for number, item in enumerate(many(count))
    ]
    found = shown(front(*marked))
    assert len(found) == len(set(found))


def test_unmarked_articles_stand_by_time():
    cards = days(6)
    data = front(*cards)
    assert [data["lead"], *data["seconds"]] == list(cards[:5])


def test_the_marked_lead_leads_however_old():
    *newer, old = days(9)
    assert front(*newer, old._replace(front="lead"))["lead"].path == old.path


def test_of_two_leads_the_heavier_leads_and_the_other_comes_second():
    new, heavy = (item._replace(front="lead") for item in days(2))
    data = front(new, heavy._replace(weight=1), *days(9)[2:])
    assert data["lead"].path == heavy.path
    assert new.path in {item.path for item in data["seconds"]}


def test_marked_seconds_stand_before_unmarked_articles():
    *newer, old = days(9)
    assert (
        front(*newer, old._replace(front="second"), days(1)[0]._replace(front="lead", path="x"))[
            "seconds"
        ][0].path
        == old.path
    )


def test_blocks_stand_in_the_order_of_the_channels():
    assert [subject.name for subject, _ in front(*many(30))["blocks"]] == [
        "直播电商",
        "法规",
        "税务",
    ]


def test_a_channel_without_news_vanishes():
    live = [item._replace(channel=CHANNEL_LINKS[0]) for item in days(9)]
    assert [subject.name for subject, _ in front(*live)["blocks"]] == ["直播电商"]


def test_flash_news_stands_by_day_and_never_above():
    flash = [item._replace(front="lead") for item in days(12, kind="flash")]
    data = front(*flash)
    assert data["lead"] is None
    assert sum(len(items) for _, items in data["flash"]) == 8


def test_the_day_is_the_newest_articles_and_not_the_clocks():
    assert front(*days(3), now=NOW.replace(year=2030))["day"] == date(2026, 11, 22)
    assert front()["day"] is None


def test_dossiers_stand_by_their_newest_member_with_their_latest_points():
    topics = [card(name, kind="topic", title=name) for name in ("a", "b", "c", "d", "empty")]
    members = [
        item._replace(topics=(name,), points=tuple(Point(f"20{n}", name) for n in range(20, 26)))
        for item, name in zip(days(4), "dcba", strict=True)
    ]
    data = front(*topics, *members)
    assert [subject.name for subject, _ in data["topics"]] == ["d", "c", "b"]
    assert [found.day for found in data["topics"][0][1]] == ["2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("now", "stands"),
    [("2026-11-19", False), ("2026-11-20", True), ("2026-11-22", True), ("2026-11-23", False)],
)
def test_an_announcement_stands_from_its_first_day_to_its_last(now, stands):
    moment = NOW.fromisoformat(f"{now}T23:59:00+08:00")
    assert bool(front(now=moment, announcement=BULLETIN)["announcement"]) is stands


def test_ten_thousand_articles_fill_the_same_places():
    data = front(*many(10_000))
    assert len(data["seconds"]) == 4
    assert [len(members) for _, members in data["blocks"]] == [4] * len(CHANNELS)
    found = shown(data)
    assert len(found) == len(set(found))


def test_a_block_begins_with_the_pinned_then_the_heavier_then_the_newer():
    new, light, heavy, pinned = (
        item._replace(channel=CHANNEL_LINKS[0], weight=weight)
        for item, weight in zip(days(9)[5:], (0, -1, 2, 0), strict=True)
    )
    above = [item._replace(front="second") for item in days(5)]
    ((_, members),) = front(*above, new, light, heavy, pinned._replace(pinned=True))["blocks"]
    assert [item.path for item in members] == [item.path for item in (pinned, heavy, new, light)]

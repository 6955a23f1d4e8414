from datetime import date

import pytest
from PIL import Image

from plugins import _data
from plugins._facts import RefusalError
from plugins.ads import Settings, ads_of, facts
from tests.plugins.conftest import metadata, when


def ad(text="纸箱", start="2026-11-01", end="2026-11-30", slot="article-foot", **given):
    return _data.Ad(
        slot=slot,
        text=text,
        link="https://example.com/",
        advertiser="某厂",
        start=date.fromisoformat(start),
        end=date.fromisoformat(end),
        **given,
    )


def shown(*ads, now="2026-11-22", path="."):
    return ads_of(Settings(PATH=str(path), BUILD_NOW=when(now), BOOKINGS=ads))


def test_there_is_none_unless_somebody_booked_one():
    assert shown() == {}


@pytest.mark.parametrize(
    ("now", "runs"),
    [
        pytest.param("2026-10-31 23:59", False, id="the evening before"),
        pytest.param("2026-11-01 00:00", True, id="its first minute"),
        pytest.param("2026-11-30 23:59", True, id="its last minute"),
        pytest.param("2026-12-01 00:00", False, id="the next morning"),
    ],
)
def test_an_ad_runs_from_its_first_day_to_its_last(now, runs):
    assert bool(shown(ad(), now=now)) is runs


def test_of_two_the_later_one_stands():
    found = shown(ad("新", start="2026-11-20"), ad("旧", start="2026-11-02"))
    assert {slot: item.text for slot, item in found.items()} == {"article-foot": "新"}


def test_each_slot_has_its_own():
    assert shown(ad(), ad(slot="list-foot")).keys() == {"article-foot", "list-foot"}


def test_a_picture_comes_with_its_size(tmp_path):
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (640, 80)).save(tmp_path / "pictures/box.png")
    found = shown(ad(picture="box.png"), path=tmp_path)["article-foot"]
    assert found.picture == ("pictures/box.png", 640, 80, "纸箱")


def test_a_missing_picture_is_refused(tmp_path):
    with pytest.raises(RefusalError, match=r"^content/data/ads.toml:1: 没有图片 .*box.png"):
        shown(ad(picture="box.png"), path=tmp_path)


@pytest.mark.parametrize("kind", ["flash", "page", "topic"])
def test_only_articles_and_lists_carry_ads(kind):
    settings = Settings(PATH=".", BUILD_NOW=when("2026-11-22"), BOOKINGS=(ad(),))
    assert facts("", metadata(kind=kind), settings) == {}
    assert facts("", metadata(), settings)["article-foot"].text == "纸箱"

import pytest

from plugins._card import Picture
from plugins.ads import Settings, ads_of, facts
from tests.plugins.conftest import ad, metadata


def shown(*ads):
    return ads_of(Settings(RUNNING=tuple((one, None) for one in ads)))


def test_there_is_none_unless_somebody_booked_one():
    assert shown() == {}


def test_of_two_that_run_the_one_that_started_later_stands():
    found = shown(ad("旧"), ad("新"))
    assert {slot: item.text for slot, item in found.items()} == {"article-foot": "新"}


def test_each_slot_has_its_own():
    assert shown(ad(), ad(slot="list-foot")).keys() == {"article-foot", "list-foot"}


def test_a_picture_is_shown_with_its_size():
    picture = Picture("pictures/box.png", 640, 80, "纸箱")
    found = ads_of(Settings(RUNNING=((ad(), picture),)))
    assert found["article-foot"].picture == picture


@pytest.mark.parametrize("kind", ["flash", "page", "topic"])
def test_only_articles_and_lists_carry_ads(kind):
    settings = Settings(RUNNING=((ad(), None),))
    assert facts("", metadata(kind=kind), settings) == {}
    assert facts("", metadata(), settings)["article-foot"].text == "纸箱"

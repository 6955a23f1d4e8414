import pytest

from plugins._card import Picture
from tests.components.conftest import make_card, text

PICTURE = Picture("pictures/x.png", 1200, 800, "柱状图")


def test_a_row_tells_channel_time_and_length(render):
    meta = render("card", make_card(), "..").find(".//p[@class='card__meta']")
    assert text(meta) == "数据2026-11-22 08:30约2～4分钟"


def test_one_number_when_both_readers_need_as_long(render):
    assert "约1分钟" in text(render("card", make_card(minutes=(1, 1)), ".."))


def test_a_day_without_a_time(render):
    assert "2026-11-22约" in text(render("card", make_card(timed=False), ".."))


def test_a_headline_keeps_the_places_where_it_may_break(render):
    title = render("card", make_card(), "..").find(".//h2/a")
    assert title.get("href") == "../2026/11/x/"
    assert title.find("wbr") is not None


def test_in_its_own_channel_the_channel_is_not_repeated(render):
    assert "数据" not in text(render("card", make_card(), "..", here="channel/data/"))


def test_a_pinned_one_says_so_in_its_channel_and_nowhere_else(render):
    pinned = make_card(pinned=True)
    assert "置顶" in text(render("card", pinned, "..", here="channel/data/"))
    assert "置顶" not in text(render("card", pinned, ".."))
    assert "置顶" not in text(render("card", pinned, "..", "short", here="channel/data/"))
    assert "置顶" not in text(render("card", make_card(), "..", here="channel/data/"))


def test_the_lead_names_its_channel_above_the_headline(render):
    shown = render("card", make_card(), "..", "lead")
    assert text(shown.find(".//p[@class='card__channel']")) == "数据"


def test_a_brief_is_a_headline_only(render):
    assert text(render("card", make_card(), "..", "brief", 3)) == "GMV不是销售额"


@pytest.mark.parametrize(("variant", "attribute"), [("lead", "fetchpriority"), ("row", "loading")])
def test_a_picture_has_its_size_and_is_no_second_stop_for_the_keyboard(render, variant, attribute):
    shown = render("card", make_card(picture=PICTURE), "..", variant)
    image = shown.find(".//img")
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("1200", "800", "")
    assert image.get(attribute) is not None
    assert image.getparent().get("tabindex") == "-1"


def test_seconds_show_no_picture(render):
    assert render("card", make_card(picture=PICTURE), "..", "second").find(".//img") is None


def test_a_hostile_title_stays_text(render):
    card = make_card(summary="<script>alert(1)</script>", channel=None)
    assert render("card", card, "..").find(".//script") is None

"""Which image a link to a text shows, and which images are made."""

import io

import pytest
import zxingcpp
from PIL import Image, ImageChops

from plugins._card import Picture
from plugins._facts import RefusalError, shared_since
from plugins.share import Settings, facts, has_editions, pages, query
from tests.plugins.conftest import CHANNELS, ROOT, card, metadata, no_bodies

SETTINGS = {
    "SITENAME": "小站",
    "SITEURL": "https://example.com/zhi",
    "THEME": str(ROOT / "theme"),
    "CHANNELS": CHANNELS,
}
PHOTO = Picture("pictures/p.jpg", 780, 440, "图")
CHART = Picture("pictures/p.svg", 780, 440, "图")


@pytest.fixture
def settings(tmp_path):
    return Settings(PATH=str(tmp_path / "content"), **SETTINGS)


def shared(settings, head="", kind_of_file="article", **given):
    return facts("", metadata(head, kind=kind_of_file) | given, settings)


@pytest.mark.parametrize(
    ("head", "given", "url"),
    [
        pytest.param("", {}, "2026/11/a/card.png", id="its own card"),
        pytest.param("", {"picture": CHART}, "2026/11/a/card.png", id="also if it has a chart"),
        pytest.param("", {"picture": PHOTO}, "pictures/p.jpg", id="its picture"),
        pytest.param("标题: 𰻝𰻝面", {}, "channel/live/card.png", id="a character that the type lacks"),
        pytest.param("标题: 𰻝𰻝面", {"channel": None}, "card.png", id="and no channel"),
        pytest.param("", {"path": "articles/2026/09/a.md"}, "channel/live/card.png", id="too old"),
        pytest.param("", {"kind": "withdrawn"}, "channel/live/card.png", id="withdrawn"),
    ],
)  # fmt: skip
def test_what_a_link_shows(tmp_path, head, given, url):
    settings = Settings(PATH=str(tmp_path), SHARED_SINCE="2026/10", **SETTINGS)
    found = shared(settings, head, **given)
    assert found.image.url == url
    assert found.own == (url.startswith(("2026", "pictures")))


def test_a_photograph_is_shown_as_a_jpeg_of_screen_width(settings):
    photo = Picture("pictures/p.avif", 4000, 3000, "图", "0123456789")
    shown = shared(settings, picture=photo).image
    assert shown == Picture("pictures/p.avif.0123456789-1280.jpg", 1280, 960, "图")
    assert shown.url in photo.renditions


def test_a_flash_item_has_its_card(settings):
    assert shared(settings, kind_of_file="flash").image.url == "flash/2026/11/a/card.png"


def test_the_words_for_who_cannot_see_it(settings):
    assert shared(settings, "标题: 甲").image.alt == "甲"
    assert shared(settings, "标题: 𰻝").image.alt == "直播电商-小站"


def test_what_is_made(settings):
    cards = (
        card("a"),
        card("b", kind="flash"),
        card("c", picture=PHOTO),
        card("d", title="𰻝"),
        card("e", kind="topic"),
        card("f")._replace(kind="withdrawn"),
    )
    made = [page.save_as for page in pages(cards, settings, no_bodies)]
    cards = ("card.png", "card-4x3.png", "card-1x1.png")
    assert made == [
        *(f"2026/11/a/{name}" for name in (*cards, "poster.png")),
        *(f"flash/2026/11/b/{name}" for name in (*cards, "poster.png")),
        "2026/11/c/poster.png",
        "card.png",
        *(f"channel/{channel.address}/card.png" for channel in CHANNELS),
    ]


def test_what_is_named_is_made(settings):
    found = shared(settings)
    made = {page.save_as for page in pages((card("a"),), settings, no_bodies)}
    assert {image.url for image in (found.image, *found.crops)} <= made
    assert found.page == "2026/11/a/share/"
    assert has_editions(card("a"), settings)


def test_a_text_without_images_has_no_page_for_sharing(settings):
    assert shared(settings, "标题: 𰻝").page == ""
    assert not has_editions(card("a", title="𰻝"), settings)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("快手GMV：“快”", "快手GMV：“快”"),
        ("甲 & 乙", "甲%20%26%20乙"),
        ("100%、C#、1+1=2", "100%25、C%23、1%2B1=2"),
        ("\"\\'", "%22%5C%27"),
    ],
)
def test_a_title_in_the_query_of_an_address(settings, title, written):
    assert query(title) == written
    assert shared(settings, f"标题: {title}").query == written


def drawings(settings, **given):
    (poster,) = (
        page.draw(**page.data)
        for page in pages((card("a", **given),), settings, no_bodies)
        if page.save_as.endswith("poster.png")
    )
    return Image.open(io.BytesIO(poster)), len(poster)


def test_a_poster_shows_card_and_lead_and_leads_to_the_article(settings):
    shown, size = drawings(settings, summary="平台报的成交总额，" * 10)
    assert shown.size == (1080, 1440)
    assert size <= 120_000
    assert [code.text for code in zxingcpp.read_barcodes(shown.convert("L"))] == [
        "https://example.com/zhi/2026/11/a/"
    ]
    without, _ = drawings(settings, summary="𰻝")
    assert ImageChops.difference(shown.convert("L"), without.convert("L")).getbbox()


def test_a_channel_whose_name_the_type_lacks_has_the_sites_card(tmp_path):
    named = [channel for channel in CHANNELS if channel.address == "live"]
    strange = Settings(
        PATH=str(tmp_path / "content"),
        **SETTINGS | {"CHANNELS": (type(named[0])(name="𰻝", address="live"),)},
    )
    site, channel = (page.draw(**page.data) for page in pages((), strange, no_bodies))
    assert site == channel


@pytest.mark.parametrize("newest", ["many", 1.5, None, True])
def test_a_number_that_is_none_is_refused(tmp_path, newest):
    with pytest.raises(RefusalError, match="SHARE 的 newest"):
        shared_since(tmp_path, {"newest": newest})

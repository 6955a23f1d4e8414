"""Which image a link to a text shows, and which images are made."""

import io
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageChops

from plugins._card import Body, Picture
from plugins._facts import RefusalError, shared_since
from plugins._renditions import measure
from plugins.share import Settings, facts, files, has_editions, pages, query
from tests.plugins.conftest import CHANNELS, ROOT, card, metadata, no_bodies

SETTINGS = {
    "SITENAME": "小站",
    "SITEURL": "https://example.com/zhi",
    "THEME": str(ROOT / "theme"),
    "CHANNELS": CHANNELS,
}
KEY = "0123456789"
PHOTO = Picture("pictures/p.jpg", 1600, 1200, "图", KEY)
SHOWN = "pictures/p.jpg.0123456789-1280.jpg"
CHART = Picture("pictures/p.svg", 1600, 1200, "图")
MOVING = Picture("pictures/p.gif", 1600, 1200, "图")


OLD = {"path": "articles/2026/09/a.md"}


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
        pytest.param("", {"picture": MOVING}, "2026/11/a/card.png", id="or a moving picture"),
        pytest.param("", {"picture": PHOTO}, "2026/11/a/card.jpg", id="cut from its photograph"),
        pytest.param("", {"picture": PHOTO, **OLD}, SHOWN, id="the photograph of an old one"),
        pytest.param("标题: 𰻝𰻝面", {"picture": PHOTO}, SHOWN, id="or of one without a card"),
        pytest.param("分享图: 是", OLD, "2026/11/a/card.png", id="old, and it asks"),
        pytest.param("分享图: 是", OLD | {"picture": PHOTO}, "2026/11/a/card.jpg", id="with one"),
        pytest.param("分享图: 否", OLD, "channel/live/card.png", id="old, and it does not ask"),
        pytest.param("标题: 𰻝𰻝面\n分享图: 是", {}, "channel/live/card.png", id="cannot be drawn"),
        pytest.param("标题: 𰻝𰻝面", {}, "channel/live/card.png", id="a character that the type lacks"),
        pytest.param("标题: 𰻝𰻝面", {"channel": None}, "card.png", id="and no channel"),
        pytest.param("", OLD, "channel/live/card.png", id="too old"),
        pytest.param("", {"kind": "withdrawn"}, "channel/live/card.png", id="withdrawn"),
    ],
)  # fmt: skip
def test_what_a_link_shows(tmp_path, head, given, url):
    settings = Settings(PATH=str(tmp_path), SHARED_SINCE="2026/10", **SETTINGS)
    found = shared(settings, head, **given)
    assert found.image.url == url
    assert found.own == (url.startswith(("2026", "pictures")))


def test_the_photograph_of_an_old_text_is_shown_as_its_page_shows_it(tmp_path):
    settings = Settings(PATH=str(tmp_path), SHARED_SINCE="2026/10", **SETTINGS)
    photo = Picture("pictures/p.avif", 4000, 3000, "图", KEY)
    shown = shared(settings, picture=photo, **OLD).image
    assert shown == Picture("pictures/p.avif.0123456789-1280.jpg", 1280, 960, "图")
    assert shown.url in photo.renditions


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((4000, 3000), [(1200, 630), (800, 600), (600, 600)]),
        ((1200, 900), [(1200, 630), (800, 600), (600, 600)]),
        ((1200, 630), [(1200, 630), (800, 600), (600, 600)]),
        ((1200, 1600), [(1200, 630), (800, 600), (600, 600)]),
        ((1199, 900), None),
        ((1600, 629), None),
        ((6000, 700), None),
    ],
    ids=["large", "4:3", "just enough", "upright", "too narrow", "too low", "a panorama"],
)
def test_no_photograph_is_blown_up(settings, size, sizes):
    found = shared(settings, picture=Picture("pictures/p.jpg", *size, "图", KEY))
    images = [found.image, *found.crops]
    if sizes is None:
        assert all(image.url.endswith(".png") for image in images)
        return
    assert [(image.width, image.height) for image in images] == sizes
    assert {image.alt for image in images} == {"图"}


def test_a_flash_item_has_its_card(settings):
    assert shared(settings, kind_of_file="flash").image.url == "flash/2026/11/a/card.png"


def test_the_words_for_who_cannot_see_it(settings):
    assert shared(settings, "标题: 甲").image.alt == "甲"
    assert shared(settings, "标题: 𰻝").image.alt == "直播电商-小站"


def made_of(settings, *cards):
    """The files of some texts, and those of the site."""
    own = [file for card in cards for file in files(card, settings, Body("", ""))]
    return [*own, *pages(cards, settings, no_bodies)]


def test_what_is_made(settings):
    cards = (
        card("a"),
        card("b", kind="flash"),
        card("c", picture=PHOTO),
        card("d", title="𰻝"),
        card("e", kind="topic"),
        card("f")._replace(kind="withdrawn"),
        card("g", "2026-09-01", share=True),
        card("h", "2026-09-01"),
    )
    settings = Settings(PATH=settings.PATH, SHARED_SINCE="2026/10", **SETTINGS)
    made = [page.save_as for page in made_of(settings, *cards)]
    cards = ("card.png", "card-4x3.png", "card-1x1.png")
    assert made == [
        *(f"2026/11/a/{name}" for name in (*cards, "poster.png")),
        *(f"flash/2026/11/b/{name}" for name in (*cards, "poster.png")),
        *(f"2026/11/c/{name}" for name in ("card.jpg", "card-4x3.jpg", "card-1x1.jpg")),
        "2026/11/c/poster.jpg",
        *(f"2026/09/g/{name}" for name in (*cards, "poster.png")),
        "card.png",
        *(f"channel/{channel.address}/card.png" for channel in CHANNELS),
    ]


@pytest.mark.parametrize("picture", [None, PHOTO], ids=["a card", "a photograph"])
def test_what_is_named_is_made(settings, picture):
    found = shared(settings, picture=picture)
    made = {page.save_as for page in made_of(settings, card("a", picture=picture))}
    assert {found.poster, *(image.url for image in (found.image, *found.crops))} <= made
    assert found.page == "2026/11/a/share/"
    assert has_editions(card("a"), settings)


def test_a_text_without_images_has_no_page_for_sharing(settings):
    found = shared(settings, "标题: 𰻝")
    assert (found.page, found.poster) == ("", "")
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
        for page in made_of(settings, card("a", **given))
        if "/poster." in page.save_as
    )
    return Image.open(io.BytesIO(poster)), len(poster)


BANDS = ("black", "red", "lime", "blue", "white")  # of a fifth of its height each


def taken(settings, size, colours=BANDS):
    """A photograph of bands of colour, from top to bottom, with all that a camera adds."""
    image = Image.new("RGB", size)
    for number, colour in enumerate(colours):
        top = size[1] * number // len(colours)
        image.paste(colour, (0, top, size[0], size[1] * (number + 1) // len(colours)))
    exif = Image.Exif()
    exif[0x010E] = "Beijing 39.9N"
    path = Path(settings.PATH, "pictures/p.jpg")
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, "JPEG", quality=95, exif=exif, comment=b"Beijing 39.9N")
    return measure(Path(settings.PATH), "pictures/p.jpg", "图")


def cut_from(settings, photo):
    """What is made of a photograph, by the ends of the names."""
    return {
        page.save_as.removeprefix("2026/11/a/"): page.draw(**page.data)
        for page in made_of(settings, card("a", picture=photo))
        if page.save_as.endswith(".jpg")
    }


def colour_at(image, height):
    """The pure colour at a part of the height."""
    shown = image.getpixel((image.width // 2, round((image.height - 1) * height)))
    return tuple(255 * (value > 127) for value in shown)


BLACK, RED, LIME, BLUE, WHITE = ((0,) * 3, (255, 0, 0), (0, 255, 0), (0, 0, 255), (255,) * 3)


@pytest.mark.parametrize(
    ("size", "name", "top", "bottom"),
    [
        # Of 2000 pixels 840 are shown, from 464 on; 1200 from 320 on; 1600 from 160 on.
        ((1600, 2000), "card.jpg", RED, BLUE),
        ((1600, 2000), "card-4x3.jpg", BLACK, BLUE),
        ((1600, 2000), "card-1x1.jpg", BLACK, WHITE),
        ((1600, 840), "card.jpg", BLACK, WHITE),
        ((1600, 900), "card-4x3.jpg", BLACK, WHITE),
    ],
)
def test_a_card_shows_the_middle_of_a_photograph_or_a_little_above(
    settings, size, name, top, bottom
):
    shown = Image.open(io.BytesIO(cut_from(settings, taken(settings, size))[name]))
    assert (colour_at(shown, 0), colour_at(shown, 0.5)) == (top, LIME)
    assert colour_at(shown, 1) == bottom


def test_a_cut_loses_both_sides_alike(settings):
    photo = taken(settings, (2400, 1000), ["red"])
    image = Image.open(Path(settings.PATH, photo.url))
    image.paste("blue", (1200, 0, 2400, 1000))
    image.save(Path(settings.PATH, photo.url), quality=95)
    photo = measure(Path(settings.PATH), photo.url, "图")
    for made in cut_from(settings, photo).values():
        shown = Image.open(io.BytesIO(made)).convert("RGB")
        middle, height = shown.width // 2, 300
        colours = [shown.getpixel((middle + aside, height)) for aside in (-20, 20)]
        assert [colour[0] > colour[2] for colour in colours] == [True, False]


def test_a_cut_has_the_size_that_is_told_and_says_nothing_of_the_camera(settings):
    photo = taken(settings, (1600, 1000))
    told = shared(settings, picture=photo)
    made = cut_from(settings, photo)
    for picture in (told.image, *told.crops):
        content = made[picture.url.removeprefix("2026/11/a/")]
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.mode) == ("JPEG", "RGB")
            assert image.size == (picture.width, picture.height)
    assert len(made) == 4
    assert not [name for name, content in made.items() if b"Beijing" in content]


def busy(size):
    """A photograph of leaves, say: much detail, large and small."""
    noise = [Image.effect_noise((s, s * 5 // 8), 60).resize(size) for s in (20, 80, 240)]
    return Image.blend(Image.blend(noise[0], noise[1], 0.5), noise[2], 0.2)


def grain(size):
    """Nothing but noise: what a JPEG can do least about."""
    return Image.effect_noise(size, 200)


@pytest.mark.parametrize(("seen", "size"), [(busy, (1600, 1000)), (grain, (1200, 900))])
def test_what_is_cut_from_a_photograph_keeps_its_budget_whatever_it_shows(settings, seen, size):
    photo = taken(settings, size)
    image = seen(size)
    Image.merge("RGB", (image, image.rotate(180), image)).save(Path(settings.PATH, photo.url))
    made = cut_from(settings, measure(Path(settings.PATH), photo.url, "图"))
    assert len(made) == 4
    for name, content in made.items():
        least, most = (60_000, 120_000) if name.startswith("poster") else (25_000, 60_000)
        assert least < len(content) <= most, name
    with Image.open(io.BytesIO(made["card-4x3.jpg"])) as shown:
        assert shown.size == (800, 600)
    with Image.open(io.BytesIO(made["poster.jpg"])) as poster:
        assert [code.text for code in zxingcpp.read_barcodes(poster.convert("L"))]


def test_a_photograph_is_cut_once(settings):
    photo = taken(settings, (1600, 1000))
    first = cut_from(settings, photo)
    Path(settings.PATH, photo.url).unlink()  # nobody looks at it again
    assert cut_from(settings, photo) == first


def test_another_photograph_of_the_same_name_is_cut_anew(settings):
    first = cut_from(settings, taken(settings, (1600, 1000)))
    other = cut_from(settings, taken(settings, (1600, 1000), BANDS[::-1]))
    assert not [name for name in first if first[name] == other[name]]


def test_a_poster_shows_the_photograph_and_leads_to_the_article(settings):
    photo = taken(settings, (1600, 1000))
    shown, size = drawings(settings, picture=photo, title="长" * 40, summary="成交总额，" * 20)
    assert (shown.format, shown.size) == ("JPEG", (1080, 1440))
    assert size <= 120_000
    assert colour_at(shown, 413 / 1440) == LIME
    assert [code.text for code in zxingcpp.read_barcodes(shown.convert("L"))] == [
        "https://example.com/zhi/2026/11/a/"
    ]


@pytest.mark.parametrize("picture", [None, PHOTO], ids=["a card", "a photograph"])
def test_what_draws_knows_no_place_of_this_machine(settings, tmp_path, monkeypatch, picture):
    monkeypatch.chdir(tmp_path)
    made = made_of(settings, card("a", picture=picture))
    assert {page.data["content"] for page in made} == {"content"}
    assert str(tmp_path) not in repr([page.data for page in made])


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
    site, channel = (page.draw(**page.data) for page in made_of(strange))
    assert site == channel


@pytest.mark.parametrize("newest", ["many", 1.5, None, True])
def test_a_number_that_is_none_is_refused(tmp_path, newest):
    with pytest.raises(RefusalError, match="SHARE 的 newest"):
        shared_since(tmp_path, {"newest": newest})

"""What is drawn to be shared: its type, its size in bytes, and that it is drawn once."""

import hashlib
import io
import sys
import zlib

import pytest
from PIL import Image, ImageFont

from plugins import _share
from plugins._share import (
    FONT,
    FONT_SUM,
    FORMS,
    WIDE,
    Form,
    Item,
    card,
    covered,
    since,
    uncovered,
)
from tests.plugins.conftest import ROOT

TITLE = ("三个“大搞”", "与一支队伍：", "2021年", "快手", "为什么", "找服务商")
ITEM = Item(TITLE, "掌柜志", "", "电商资讯", "2026年11月22日")
WORDMARK = (ROOT / "theme/templates/wordmark.svg").read_text()


def opened(content):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("快手GMV从9660万到1.39万亿：“快”——慢", ""),
        ("张珺、李喆怼了℃与№", ""),
        ("𰻝𰻝面与📦", "𰻝📦"),
        ("一\u200b二\n三", "\u200b\n"),
        ("臺灣", "臺灣"),
        ("", ""),
    ],
)
def test_characters_that_the_type_lacks_are_named_once(text, lacking):
    assert uncovered(text) == lacking


def test_every_character_that_is_promised_has_a_shape_of_its_own():
    type_ = ImageFont.truetype(FONT, 24, layout_engine=ImageFont.Layout.BASIC)
    box = bytes(type_.getmask("\U0010fffd"))
    promised = [char for char in map(chr, range(0x21, 0x10000)) if covered(char)]
    assert len(promised) > 7_500
    blank = {"\u3000"}
    boxes = [char for char in promised if bytes(type_.getmask(char)) == box]
    empty = [char for char in promised if not type_.getmask(char).getbbox()]
    assert (boxes, set(empty)) == ([], blank)


def test_the_type_is_the_one_that_images_were_drawn_with():
    assert hashlib.sha256(FONT.read_bytes()).hexdigest() == FONT_SUM


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("phrases", [TITLE, ("啊鑫赢",) * 40], ids=["a title", "a very long one"])
def test_a_card_has_its_size_and_weighs_little(form, phrases):
    made = card(ITEM._replace(phrases=phrases), form)
    assert opened(made).size == (form.width, form.height)
    assert len(made) <= 60_000
    assert made == card(ITEM._replace(phrases=phrases), form)


def test_a_png_holds_what_was_printed():
    sheet = _share.Sheet((64, 40))
    sheet.bar((0, 0, 9, 9))
    sheet.text((4, 36), "字", 20, _share.RED)
    for strategy in (zlib.Z_RLE, zlib.Z_DEFAULT_STRATEGY):
        made = _share.png(sheet.image(), strategy)
        Image.open(io.BytesIO(made)).verify()  # checksums of its parts
        assert opened(made).convert("RGB").tobytes() == sheet.image().convert("RGB").tobytes()


@pytest.mark.parametrize("field", ["phrases", "channel", "day", "about", "site", "mark"])
def test_a_card_shows_all_that_it_says(field):
    value = {"phrases": ("别的",), "mark": WORDMARK}.get(field, "别的")
    item = ITEM._replace(phrases=("短",))  # as of a channel: it leaves room for what it is about
    assert card(item._replace(**{field: value}), WIDE) != card(item, WIDE)


def test_a_title_that_fills_the_card_leaves_no_room_for_more():
    assert card(ITEM._replace(about="别的"), WIDE) == card(ITEM, WIDE)


def test_a_card_keeps_its_margins_clear():
    shown = opened(card(ITEM._replace(phrases=("字",) * 130), WIDE)).convert("L")
    left, top, right, bottom = shown.point(lambda value: 255 if value < 200 else 0).getbbox()
    assert (left >= 60, top >= 36, right <= 1140, bottom <= 600) == (True,) * 4


def inked(image):
    """The box that holds all that is printed."""
    return image.convert("L").point(lambda value: 255 * (value < 200)).getbbox()


@pytest.mark.parametrize("form", FORMS[1:])
def test_a_small_card_is_a_large_one_seen_from_further_away(form):
    whole = Form("", round(form.width / form.scale), round(form.height / form.scale))
    small, large = (inked(opened(card(ITEM, one))) for one in (form, whole))
    assert small == pytest.approx([place * form.scale for place in large], abs=2)


MONTHS = {"articles/2026/11": 3, "flash/2026/11": 2, "articles/2026/10": 4, "articles/2025/12": 1}


@pytest.mark.parametrize(
    ("newest", "month"),
    [(0, "9999"), (1, "2026/11"), (5, "2026/11"), (6, "2026/10"), (10, "2025/12"), (500, "")],
)
def test_the_newest_texts_are_whole_months(tmp_path, newest, month):
    for folder, count in MONTHS.items():
        (tmp_path / folder).mkdir(parents=True)
        for number in range(count):
            (tmp_path / folder / f"{number}.md").touch()
        (tmp_path / folder / "note.txt").touch()
    assert since(tmp_path, newest) == month


def test_to_ask_for_coverage_loads_no_type():
    assert "PIL" not in _share.__dict__
    assert sys.modules["plugins._share"].font.cache_info().maxsize

"""QR codes are what any reader of them reads."""

import re

import pytest
import zxingcpp
from PIL import Image

from plugins._qr import QUIET, dots, svg

ADDRESSES = [
    "https://a.cn/",
    "https://zhanggui.github.io/news/2026/11/kuaishou-fuwushang-2021/",
    "http://127.0.0.1:8000/flash/2026/11/kuaidi-1989-yi/",
    "https://example.com/" + "very-long/" * 40,
]


PATH = re.compile(r'<path stroke="#000" d="(M\d+ \d+\.5[^"]*)"')


def read(rows):
    """Read rows of dots as a phone does, from an image with its quiet zone."""
    size = len(rows) + 2 * QUIET
    image = Image.new("L", (size, size), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.putpixel((x + QUIET, y + QUIET), 0 if dark else 255)
    found = zxingcpp.read_barcodes(image.resize((size * 4, size * 4), Image.Resampling.NEAREST))
    return [code.text for code in found]


def drawn(drawing):
    """The dots that a drawing paints dark: strokes one dot wide, from the middle of a dot's side."""
    size = int(re.search(r'viewBox="0 0 (\d+) ', drawing)[1])
    rows = [[0] * size for _ in range(size)]
    x = y = 0
    for step, right, down in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", PATH.search(drawing)[1]):
        if step == "h":
            for place in range(x, x := x + int(right)):
                rows[y][place] = 1
        else:
            x, y = (x, y) if step == "m" else (0, 0)
            x, y = x + int(right), y + int(float(down))
    edge = [0] * QUIET
    assert all(row[:QUIET] == row[-QUIET:] == edge for row in rows)
    assert not any(map(any, [*rows[:QUIET], *rows[-QUIET:]]))
    return [row[QUIET:-QUIET] for row in rows[QUIET:-QUIET]]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_is_read_as_the_address(address):
    assert read(dots(address)) == [address]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_drawing_paints_these_dots_and_no_other(address):
    assert drawn(svg(address)) == [list(row) for row in dots(address)]


def test_the_ground_is_white_in_any_theme():
    assert '<path fill="#fff" d="M0 0h' in svg(ADDRESSES[0])

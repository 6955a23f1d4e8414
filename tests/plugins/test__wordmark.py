"""The word-mark as it stands on images."""

import io

import pytest
from PIL import Image

from plugins._wordmark import drawn, outlines
from tests.plugins.conftest import ROOT

WORDMARK = (ROOT / "theme/templates/wordmark.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "polygons"),
    [
        ("M1 1h2v2z", [[(1, 1), (3, 1), (3, 3)]]),
        ("M1 1H3V3Z", [[(1, 1), (3, 1), (3, 3)]]),
        ("m1-1 2 0l.5.5", [[(1, -1), (3, -1), (3.5, -0.5)]]),
        ("M1 1h1zm5 5h1", [[(1, 1), (2, 1)], [(6, 6), (7, 6)]]),
    ],
)
def test_a_path_is_read(path, polygons):
    assert outlines(path) == polygons


@pytest.mark.parametrize("path", ["M0 0q4 8 8 0", "M0 0c0 4 8 4 8 0"])
def test_a_curve_goes_from_end_to_end(path):
    (polygon,) = outlines(path)
    assert (polygon[0], polygon[-1]) == ((0, 0), (8, 0))
    assert polygon[4][0] == 4
    assert 3 <= polygon[4][1] <= 4


def test_the_word_mark_is_drawn_as_a_browser_draws_it(page):
    height = 112
    ink, red = drawn(WORDMARK, height)
    shown = page()
    style = f"<style>body{{margin:0}}svg{{display:block;height:{height}px}}</style>"
    shown.set_content(style + WORDMARK)
    shot = Image.open(io.BytesIO(shown.locator("svg").screenshot())).convert("L")
    assert abs(shot.width - ink.width) <= 1
    ours = Image.new("L", shot.size, 255)
    for layer in (ink, red):
        ours.paste(0, (0, 0), layer)
    unlike = sum(abs(a - b) for a, b in zip(ours.tobytes(), shot.tobytes(), strict=True))
    assert unlike / 255 / (shot.width * shot.height) < 0.02


@pytest.mark.parametrize(
    "svg",
    [
        '<svg viewBox="0 0 9 9"><path d="M0 0a1 1 0 0 1 3 3"/></svg>',
        '<svg viewBox="0 0 9 9"><path d="M0 0L1"/></svg>',
        '<svg viewBox="0 0 9 9"><path d="z"/></svg>',
        '<svg viewBox="0 0 9 9"><circle r="3"/></svg>',
        "<svg/>",
        "",
    ],
    ids=["an arc", "cut off", "begins with nothing", "no path", "empty", "none"],
)
def test_what_cannot_be_drawn_is_left_to_type(svg):
    assert drawn(svg, 56) is None

"""What pages know of a picture: the names of its renditions."""

import pytest

from plugins._card import Picture


@pytest.mark.parametrize(
    ("width", "widths", "src", "large"),
    [
        pytest.param(300, [240, 300], 300, 0, id="smaller than a phone"),
        pytest.param(780, [240, 390, 780], 780, 0, id="as wide as a column"),
        pytest.param(1000, [240, 390, 780, 1000], 780, 1000, id="wider"),
        pytest.param(6000, [240, 390, 780, 1280], 780, 2560, id="a photograph"),
    ],
)
def test_a_picture_is_offered_in_the_sizes_that_it_has(width, widths, src, large):
    picture = Picture("p/a.jpg", width, 100, "图", "0123456789")
    assert picture.widths == widths
    assert picture.src == f"p/a.jpg.0123456789-{src}.jpg"
    assert picture.large == (f"p/a.jpg.0123456789-{large}.jpg" if large else "")


def test_a_srcset_tells_each_width():
    picture = Picture("p/a.jpg", 390, 100, "图", "0123456789")
    assert picture.srcset("avif", "../") == (
        "../p/a.jpg.0123456789-240.avif 240w, ../p/a.jpg.0123456789-390.avif 390w"
    )


def test_a_drawing_is_shown_as_it_is():
    drawing = Picture("p/a.svg", 1200, 800, "图")
    assert (drawing.src, drawing.large, drawing.renditions) == ("p/a.svg", "", [])

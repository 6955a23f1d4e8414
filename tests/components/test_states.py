"""Every state of every component: there, sound, and as it looked when somebody last looked at it.

A shot may differ from the kept one by 8 CSS pixels in height and by 4 of 255 in its mean grey:
another version of Chromium or of a font makes less, a rule lost or a word cut more. After a change
that is meant: ``python -m tests.components.gallery --write``, and look at `make components`.
"""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.components.gallery import MODES, SCALE, file_of, kept, shots, states, write
from tests.components.states import STATES
from tests.components.test_all import COMPONENTS

HEIGHT = 8  # CSS pixels
GREY = 4  # of 255


def test_every_component_shows_its_states():
    assert sorted(STATES) == COMPONENTS


def test_every_state_shows_something():
    assert [name for name, html in states() if not html.strip()] == []


@pytest.fixture(scope="module")
def gallery(tmp_path_factory) -> Path:
    return write(tmp_path_factory.mktemp("components"))


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_of_any_state_stands_out_of_the_page(gallery, page, width):
    opened = page(gallery.as_uri(), width=width)
    assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_a_lost_rule_is_noticed(gallery, browser):
    lost = gallery.with_name("lost.html")
    page = gallery.read_text(encoding="utf-8")
    lost.write_text(page.replace("</style>", ".card__title{font-weight:400}</style>"))
    before = kept(file_of(390, dark=False))
    now = shots(browser, lost, 390, dark=False)
    assert "card second title of 120 Han" in [
        name for name, image in now if difference(image, before[name]) > GREY
    ]


def difference(one: Image.Image, two: Image.Image) -> float:
    """Return the mean difference of two grey pictures, where both of them are."""
    size = min(one.width, two.width), min(one.height, two.height)
    found = ImageChops.difference(one.crop((0, 0, *size)), two.crop((0, 0, *size)))
    return ImageStat.Stat(found).mean[0]


@pytest.mark.parametrize(("width", "dark"), MODES)
def test_every_state_looks_as_it_did(gallery, browser, width, dark):
    before = kept(file_of(width, dark=dark))
    faults = []
    now = shots(browser, gallery, width, dark=dark)
    assert [shot.name for shot in now] == list(before)
    for name, image in now:
        grown = (image.height - before[name].height) * SCALE
        changed = difference(image, before[name])
        if abs(grown) > HEIGHT or changed > GREY:
            faults.append(f"{name}: {grown:+} px, {changed:.1f} grey")
    assert faults == []

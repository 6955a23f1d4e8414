"""What is made of a picture for readers: its sizes, its forms, and that it is made once."""

import io
import os
import shutil
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from plugins._card import Picture
from plugins._kept import folder_of
from plugins._renditions import BUDGETS, cut, made, measure, source_of

NAME = "pictures/2026/live.jpg"
PLAIN = "RGB", (900, 600), (200, 30, 30)


@pytest.mark.parametrize("name", ["a.gif", "b.jpg", "c.png", "d.webp"])
def test_pictures_of_every_form_are_measured(tmp_path, name):
    Image.new("RGB", (78, 44)).save(tmp_path / name)
    assert measure(tmp_path, name, "图") == Picture(name, 78, 44, "图")


def test_a_picture_that_claims_to_be_endless_is_none(tmp_path):
    size = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    head = struct.pack(">I", 13) + size + struct.pack(">I", zlib.crc32(size))
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head)
    assert measure(tmp_path, "a.png", "") is None


def test_a_broken_picture_is_none(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert measure(tmp_path, "a.png", "") is None


def test_a_missing_picture_is_none(tmp_path):
    assert measure(tmp_path, "a.png", "") is None
    assert measure(tmp_path, "a.svg", "") is None


def test_a_drawing_has_the_size_that_it_says(tmp_path):
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="78" height="44"></svg>'
    )
    assert measure(tmp_path, "a.svg", "图") == Picture("a.svg", 78, 44, "图")


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("p/a.jpg.0123456789-240.avif", "p/a.jpg"),
        ("p/a.jpg.0123456789-240.webp", ""),
        ("p/a.jpg.01234567-240.avif", ""),
        ("p/a.jpg", ""),
        ("p/0123456789-240.avif", ""),
    ],
)
def test_the_name_of_a_rendition_tells_its_picture(name, picture):
    assert source_of(name) == picture


@pytest.fixture
def content(tmp_path) -> Path:
    """A folder for pictures."""
    content = tmp_path / "content"
    (content / NAME).parent.mkdir(parents=True)
    return content


def save(content: Path, image: Image.Image, form: str = "JPEG", **options: object) -> Picture:
    """Put a picture there, and return it as pages know it."""
    image.save(content / NAME, form, **options)
    picture = measure(content, NAME, "图")
    assert picture
    return picture


def rendition(content: Path, picture: Picture, width: int, form: str) -> Image.Image:
    """Make one rendition and open it."""
    image = Image.open(io.BytesIO(made(content, picture.rendition(width, form))))
    image.load()
    return image


@pytest.mark.parametrize(("form", "named"), [("avif", "AVIF"), ("jpg", "JPEG")])
def test_a_rendition_has_the_form_and_the_width_of_its_name(content, form, named):
    image = rendition(content, save(content, Image.new(*PLAIN)), 390, form)
    assert (image.format, image.size) == (named, (390, 260))


def test_another_picture_of_the_same_name_has_other_names(content):
    one = save(content, Image.new("RGB", (900, 600), "red"))
    other = save(content, Image.new("RGB", (900, 600), "blue"))
    assert one.key != other.key


def test_each_rendition_is_encoded_once(content):
    picture = save(content, Image.new(*PLAIN))
    first = made(content, picture.rendition(390, "avif"))
    (content / NAME).unlink()  # nobody looks at it again
    assert made(content, picture.rendition(390, "avif")) == first


def test_two_builders_encode_the_same_bytes(content):
    picture = save(content, Image.effect_noise((900, 600), 80))
    first = [made(content, name) for name in picture.renditions]
    shutil.rmtree(folder_of(content, "pictures"))
    assert [made(content, name) for name in picture.renditions] == first


def busy() -> Image.Image:
    """A picture that is hard to encode: noise at every scale, as trees and crowds are."""
    image = Image.new("L", (1600, 1067), 128)
    for size in (25, 100, 400, 1600):
        noise = Image.effect_noise((size, size * 2 // 3), 60).resize((1600, 1067))
        image = Image.blend(image, noise, 0.4)
    return Image.merge("RGB", (image, image.rotate(180), image))


@pytest.mark.parametrize("width", [240, 390, 780, 1280])
def test_a_busy_picture_keeps_to_the_budget_of_its_width(content, width):
    picture = save(content, busy(), quality=92)
    assert len(made(content, picture.rendition(width, "avif"))) <= BUDGETS[width]


@pytest.mark.parametrize(
    ("mode", "colour"),
    [
        ("L", 200),
        ("LA", (200, 255)),
        ("P", 1),
        ("1", 1),
        ("RGBA", (200, 30, 30, 255)),
        ("I;16", 51_400),
    ],
)
@pytest.mark.parametrize("form", ["avif", "jpg"])
def test_a_picture_of_any_mode_is_shown(content, mode, colour, form):
    image = Image.new(mode, (900, 600), colour)
    if mode == "P":
        image.putpalette([0, 0, 0, 200, 30, 30])
    shown = rendition(content, save(content, image, "PNG"), 390, form).convert("RGB")
    wanted = {"1": (255, 255, 255), "P": (200, 30, 30), "RGBA": (200, 30, 30)}
    for got, want in zip(shown.getpixel((9, 9)), wanted.get(mode, (200, 200, 200)), strict=True):
        assert abs(got - want) < 8


def test_a_print_picture_in_cmyk_has_its_colours(content):
    picture = save(content, Image.new("CMYK", (900, 600), (0, 255, 255, 0)))
    red, green, blue = rendition(content, picture, 390, "jpg").convert("RGB").getpixel((9, 9))
    assert (red > 200, green < 80, blue < 80) == (True, True, True)


def test_colours_of_another_profile_are_brought_into_that_of_all_screens(content):
    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    image = ImageCms.profileToProfile(Image.new(*PLAIN), srgb, lab, outputMode="LAB")
    assert image  # the profile is read, and nothing of it goes out
    picture = save(content, Image.new(*PLAIN), icc_profile=ImageCms.ImageCmsProfile(srgb).tobytes())
    shown = rendition(content, picture, 390, "jpg")
    assert shown.info.get("icc_profile") is None
    assert abs(shown.getpixel((9, 9))[0] - 200) < 8


def test_behind_what_is_transparent_a_jpeg_is_white(content):
    picture = save(content, Image.new("RGBA", (900, 600), (0, 0, 0, 0)), "PNG")
    assert rendition(content, picture, 390, "jpg").getpixel((9, 9)) == (255, 255, 255)
    assert rendition(content, picture, 390, "avif").getpixel((9, 9))[3] == 0


def test_a_picture_taken_on_its_side_stands_upright(content):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = save(content, Image.new(*PLAIN), exif=exif)
    assert (picture.width, picture.height) == (600, 900)
    assert rendition(content, picture, 390, "avif").size == (390, 585)


def test_nothing_says_where_it_was_taken(content):
    exif = Image.Exif()
    exif[0x010E] = "Beijing 39.9N"
    said = {"comment": b"39.9N", "xmp": b"<x:xmpmeta>39.9N</x:xmpmeta>"}
    picture = save(content, Image.new(*PLAIN), exif=exif, **said)
    for name in picture.renditions:
        assert b"39.9N" not in made(content, name)


def test_what_moves_has_no_renditions(content):
    frames = [Image.new("RGB", (900, 600), colour) for colour in ("red", "blue")]
    assert save(content, frames[0], "WEBP", save_all=True, append_images=frames[1:]).key == ""


def test_a_broken_picture_is_an_error_of_its_own(content):
    picture = save(content, Image.effect_noise((900, 600), 80))
    os.truncate(content / NAME, 900)
    with pytest.raises(OSError, match="truncated"):
        made(content, picture.rendition(390, "jpg"))


@pytest.mark.parametrize("side", [1707, 1067, 853])
@pytest.mark.parametrize("size", [(1200, 630), (800, 600), (600, 600), (920, 400)])
def test_a_cut_may_need_all_of_a_side(tmp_path, side, size):
    """1707 / 600 × 600 is more than 1707 in floats."""
    file = tmp_path / "a.png"
    Image.new("RGB", (side * 3 // 2, side)).save(file)
    assert cut(file, size).size == size

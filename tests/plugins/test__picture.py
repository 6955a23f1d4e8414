import struct
import zlib

import pytest
from PIL import Image

from plugins._picture import measure


@pytest.mark.parametrize("name", ["a.gif", "b.jpg", "c.png", "d.webp"])
def test_pictures_of_every_form_are_measured(tmp_path, name):
    Image.new("RGB", (78, 44)).save(tmp_path / name)
    assert measure(tmp_path, name, "图") == (name, 78, 44, "图")


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
    assert measure(tmp_path, "a.svg", "图") == ("a.svg", 78, 44, "图")

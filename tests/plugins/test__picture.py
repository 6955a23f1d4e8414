import io
import struct
import zlib

import pytest
from PIL import Image

from plugins._card import Picture
from plugins._picture import flaw, published
from plugins._renditions import measure
from tests.plugins.test__media import EXIF, MP4, SAYING, SECRET, drawn


def askew(form: str, orientation: int) -> bytes:
    """A picture of four quarters, red above on the left, that its camera held askew."""
    image = Image.new("RGB", (64, 32), "white")
    image.paste("red", (0, 0, 32, 16))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, SECRET.decode()
    target = io.BytesIO()
    options = {"lossless": True} if form == "WEBP" else {}
    image.save(target, form, exif=exif, **options)
    return target.getvalue()


# How the camera was held, and where the red quarter is then: left or right, above or below.
TURNED = {
    1: (64, 32, "left", "above"),
    2: (64, 32, "right", "above"),
    3: (64, 32, "right", "below"),
    4: (64, 32, "left", "below"),
    5: (32, 64, "left", "above"),
    6: (32, 64, "right", "above"),
    7: (32, 64, "right", "below"),
    8: (32, 64, "left", "below"),
    9: (64, 32, "left", "above"),
}


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "seen"), TURNED.items())
def test_a_picture_goes_out_upright_and_has_the_size_that_was_measured(
    tmp_path, form, orientation, seen
):
    width, height, side, end = seen
    data, name = askew(form, orientation), f"a.{form.lower()}"
    (tmp_path / name).write_bytes(data)
    made = published(data, name)
    assert measure(tmp_path, name, "图") == Picture(name, width, height, "图")
    assert SECRET not in made
    assert published(data, name) == made == published(made, name)
    with Image.open(io.BytesIO(made)) as image:
        assert image.size == (width, height)
        assert image.getexif().get(0x0112, 1) == 1
        x = width // 4 if side == "left" else width * 3 // 4
        y = height // 4 if end == "above" else height * 3 // 4
        red, green, _ = image.convert("RGB").getpixel((x, y))
        assert (red > 200, green < 80) == (True, True)


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
@pytest.mark.parametrize("data", SAYING.values(), ids=SAYING)
def test_an_upright_picture_is_not_encoded_anew(data):
    made = published(data, "a")
    assert SECRET not in made
    assert len(made) > len(data) // 3
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(made)) as after:
        assert after.tobytes() == before.tobytes()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims a size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + end

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    drawn_ = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + drawn_ + chunk(b"IEND", b"")


NOISE = drawn("JPEG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">\n%s</svg>'

# A file that lies in pictures/, and what its editor is told; "" is nothing.
FILES = {
    "a photograph": ("a.jpg", NOISE, ""),
    "the other ending": ("a.jpeg", NOISE, ""),
    "a PNG": ("a.png", drawn("PNG"), ""),
    "a GIF": ("a.gif", drawn("GIF"), ""),
    "a WebP": ("a.webp", drawn("WEBP"), ""),
    "an AVIF": ("a.avif", drawn("AVIF"), ""),
    "a video": ("a.mp4", MP4, ""),
    "a drawing": ("a.svg", SVG % b"", ""),
    "an empty file": ("a.png", b"", "这个文件是空的；请重新存一次"),
    "a PNG called JPEG": (
        "a.jpg",
        drawn("PNG"),
        "扩展名是.jpg，内容却是PNG；请把文件改名为a.png，或重新导出为JPEG",
    ),
    "a video called GIF": (
        "a.gif",
        MP4,
        "扩展名是.gif，内容却是MP4；请把文件改名为a.mp4，或重新导出为GIF",
    ),
    "a drawing called PNG": (
        "a.png",
        SVG % b"<script/>",
        "扩展名是.png，内容却是SVG；请把文件改名为a.svg，或重新导出为PNG",
    ),
    "a program": (
        "a.png",
        b"MZ\x90\0" * 9,
        "扩展名是.png，内容却不是图片或视频；请换成真正的PNG文件",
    ),
    "a page": (
        "a.jpg",
        b"<html><script>alert(1)</script>",
        "扩展名是.jpg，内容却不是图片或视频；请换成真正的JPEG文件",
    ),
    "half a photograph": (
        "a.jpg",
        NOISE[: len(NOISE) // 2],
        "JPEG文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "half a PNG": (
        "a.png",
        drawn("PNG")[:-40],
        "PNG文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "a PNG with a wrong bit": (
        "a.png",
        drawn("PNG")[:60] + b"\0" + drawn("PNG")[61:],
        "PNG文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "half a WebP": (
        "a.webp",
        drawn("WEBP")[:-9],
        "WebP文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "half an AVIF": (
        "a.avif",
        drawn("AVIF")[:-200],
        "AVIF文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "half a video": (
        "a.mp4",
        MP4[:-2],
        "MP4文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "a video without a table": (
        "a.mp4",
        MP4[:16],
        "MP4文件不完整或已损坏，打不开；请重新导出或重新上传一次",
    ),
    "very many pixels": (
        "a.png",
        claiming(8_000, 8_000),
        "图片有8000×8000像素，最多5000万像素；请把它缩小，长边2000像素就够",
    ),
    "endless pixels": (
        "a.png",
        claiming(60_000, 60_000),
        "图片的像素太多，最多5000万像素；请把它缩小，长边2000像素就够",
    ),
    "an AVIF that tells of its place": (
        "a.avif",
        drawn("AVIF", exif=EXIF),
        "AVIF里写着拍摄信息（可能有地点），去不掉；请导出时选“不含元数据”，或改用JPEG",
    ),
    "a drawing that acts": (
        "a.svg",
        SVG % b"<script/>",
        "SVG 图里不能有 <script>；请删去",
    ),
}


@pytest.mark.parametrize(("name", "data", "told"), FILES.values(), ids=FILES)
def test_what_an_editor_is_told_of_a_picture(tmp_path, name, data, told):
    (tmp_path / name).write_bytes(data)
    found = flaw(tmp_path, name)
    assert (found.message if found else "") == told


def test_a_drawings_flaw_is_told_with_its_line(tmp_path):
    (tmp_path / "a.svg").write_bytes(SVG % b'\n<path onclick="x"/>')
    assert flaw(tmp_path, "a.svg").line == 3


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.jpg", "文件有20000001字节，最多20000000字节；请把它缩小，长边2000像素就够"),
        ("a.svg", "文件有20000001字节，最多1000000字节；请把它缩小，长边2000像素就够"),
        ("a.mp4", ""),
    ],
)
def test_a_file_may_have_so_many_bytes(tmp_path, name, told):
    with (tmp_path / name).open("wb") as file:
        file.write(MP4[:-14] + struct.pack(">I4s", 20_000_001 - len(MP4) + 14, b"mdat"))
        file.truncate(20_000_001)
    found = flaw(tmp_path, name)
    assert (found.message if found else "") == told

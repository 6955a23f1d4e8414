"""Files of pictures without what they say besides; not one pixel of them changes."""

import io
import struct

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from plugins._media import BrokenError, cleaned, kind_of, says

SECRET = b"Beijing 39.9N"
EXIF = Image.Exif()
EXIF[0x010E] = SECRET.decode()  # a description
EXIF[0x0112] = 1
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawn(form: str, mode: str = "RGB", **options) -> bytes:
    """A small picture with something on it."""
    target = io.BytesIO()
    image = Image.effect_noise((40, 30), 60).convert(mode)
    image.save(target, form, **options)
    return target.getvalue()


def with_comment_of_png() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=False)
    return info


def animated(form: str) -> bytes:
    target = io.BytesIO()
    frames = [Image.new("P", (9, 9), colour) for colour in (1, 2, 3)]
    frames[0].save(
        target, form, save_all=True, append_images=frames[1:], loop=0, duration=90, comment=SECRET
    )
    return target.getvalue()


def with_segment(data: bytes, marker: int, content: bytes) -> bytes:
    """Put a segment into a JPEG."""
    return (
        data[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + data[2:]
    )


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


MP4 = (
    box(b"ftyp", b"isom\0\0\0\0")
    + box(b"moov", box(b"mvhd", bytes(9)) + box(b"udta", b"\xa9xyz" + SECRET))
    + box(b"mdat", b"frames")
)

SAYING = {
    "JPEG with EXIF": drawn("JPEG", exif=EXIF),
    "JPEG with XMP": drawn("JPEG", xmp=SECRET),
    "JPEG with a comment": drawn("JPEG", comment=SECRET),
    "JPEG with IPTC": with_segment(drawn("JPEG"), 0xED, b"Photoshop 3.0\0" + SECRET),
    "JPEG with a second picture": with_segment(drawn("JPEG"), 0xE2, b"MPF\0" + SECRET),
    "JPEG with something behind it": drawn("JPEG") + SECRET,
    "progressive JPEG": drawn("JPEG", progressive=True, comment=SECRET),
    "CMYK JPEG": drawn("JPEG", "CMYK", comment=SECRET),
    "PNG with EXIF": drawn("PNG", exif=EXIF),
    "PNG with texts": drawn("PNG", pnginfo=with_comment_of_png()),
    "PNG with a palette": drawn("PNG", "P", pnginfo=with_comment_of_png()),
    "PNG with something behind it": drawn("PNG") + SECRET,
    "WebP with EXIF": drawn("WEBP", exif=EXIF),
    "WebP with XMP": drawn("WEBP", xmp=SECRET),
    "WebP without loss": drawn("WEBP", lossless=True, exif=EXIF),
    "GIF with a comment": drawn("GIF", comment=SECRET),
    "animated GIF": animated("GIF"),
    "GIF with something behind it": drawn("GIF") + SECRET,
}


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
@pytest.mark.parametrize("data", SAYING.values(), ids=SAYING)
def test_what_a_file_says_goes_and_the_picture_stays(data):
    assert SECRET in data or b"Beijing" in data
    kind = kind_of(data)
    found = cleaned(data, kind)
    assert SECRET not in found
    assert cleaned(found, kind) == found
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(found)) as after:
        assert after.tobytes() == before.tobytes()
        assert getattr(after, "n_frames", 1) == getattr(before, "n_frames", 1)
        assert (after.mode, after.info.get("loop")) == (before.mode, before.info.get("loop"))
        assert not after.getexif()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_profile_of_the_colours_stays(form):
    data = drawn(form, icc_profile=PROFILE, exif=EXIF)
    with Image.open(io.BytesIO(cleaned(data, kind_of(data)))) as after:
        assert after.info["icc_profile"] == PROFILE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_a_file_that_says_nothing_stays_as_it_is(form):
    data = drawn(form)
    assert cleaned(data, kind_of(data)) == data


def test_a_video_loses_its_place_and_keeps_every_frame_where_it_was():
    found = cleaned(MP4, "mp4")
    assert SECRET not in found
    assert (len(found), found.index(b"frames")) == (len(MP4), MP4.index(b"frames"))
    assert b"mvhd" in found


def test_a_drawing_loses_its_comments_alone():
    svg = b"<svg><!-- by me --><style><![CDATA[/* <!-- kept --> */]]></style></svg>"
    kept = b"<svg><style><![CDATA[/* <!-- kept --> */]]></style></svg>"
    assert cleaned(svg, "svg") == kept


@pytest.mark.parametrize(
    "data",
    [*(data for name, data in SAYING.items() if "behind" not in name), MP4],
    ids=[*(name for name in SAYING if "behind" not in name), "MP4"],
)
def test_a_file_that_is_cut_off_is_broken_wherever_it_is_cut(data):
    kind = kind_of(data)
    for end in range(12, len(data) - 1, 7):
        with pytest.raises(BrokenError):
            cleaned(data[:end], kind)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (drawn("JPEG"), "jpg"),
        (drawn("PNG"), "png"),
        (drawn("GIF"), "gif"),
        (drawn("WEBP"), "webp"),
        (drawn("AVIF"), "avif"),
        (MP4, "mp4"),
        (b"<svg/>", "svg"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "svg"),
        (b"MZ\x90\0", ""),
        (b"%PDF-1.7", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(data, kind):
    assert kind_of(data) == kind


def test_an_avif_with_exif_is_known():
    assert says(drawn("AVIF", exif=EXIF), "avif")
    assert not says(drawn("AVIF"), "avif")

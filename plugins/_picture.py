"""Pictures of content/: what is wrong with one, and the file that is published of it.

The editor's own file is never touched. What goes out is :func:`published`: without anything that the
file says besides the picture, and upright. Only a picture that its camera held askew is encoded
anew; all others lose no pixel (:mod:`plugins._media`).
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from plugins import _media, _svg
from plugins._problem import Problem

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = {"svg": 1_000_000, "mp4": 95_000_000}  # GitHub takes no file of 100 MB
MOST_BYTES_OF_A_PICTURE = 20_000_000
MOST_PIXELS = 50_000_000  # decoded they take 200 MB; no screen shows a fifth of it
ORIENTATION = 0x0112  # of EXIF
EXIF = (b"Exif", b"eXIf", b"EXIF")  # how JPEG, PNG and WebP begin it
UPRIGHT = 1
ON_ITS_SIDE = frozenset([5, 6, 7, 8])
LOSSY = {"quality": 90, "optimize": True}
SAVED = {
    "jpg": ("JPEG", {**LOSSY, "progressive": True}),
    "png": ("PNG", {"optimize": True}),
    "webp": ("WEBP", {"quality": 90, "method": 4}),
}
TURNED = frozenset(["JPEG", "MPO", "PNG", "WEBP"])
NAMED = {
    "jpg": "JPEG",
    "png": "PNG",
    "gif": "GIF",
    "webp": "WebP",
    "avif": "AVIF",
    "mp4": "MP4",
    "svg": "SVG",
}


@contextmanager
def opened(source: Path | io.BytesIO) -> "Iterator[Image.Image]":
    """Open a picture without decoding it.

    Raises:
        OSError, ValueError: it is none that can be read, or one of too many pixels.

    """
    from PIL import Image  # noqa: PLC0415  it costs more than a whole small build

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(source) as image:
                yield image
        except (
            Image.DecompressionBombError,
            Image.DecompressionBombWarning,
            SyntaxError,
            EOFError,
        ) as error:
            raise ValueError(str(error)) from None


def orientation(image: "Image.Image") -> int:
    """Return how the camera was held, as EXIF numbers it from 1 to 8; 1 is upright."""
    from PIL import Image  # noqa: PLC0415  as in ``opened``

    exif = Image.Exif()  # not image.getexif(), which also believes XMP, as no browser does
    exif.load(image.info.get("exif", b""))
    found = exif.get(ORIENTATION, UPRIGHT)
    return found if found in range(2, 9) else UPRIGHT


def published(data: bytes, path: str) -> bytes:
    """Return the file that is published of a picture: upright, and saying nothing but itself.

    Pure: the same bytes give the same bytes, so that any builder writes the same file.

    Raises:
        OSError, ValueError: it is not whole.

    """
    kind = _media.kind_of(data)
    if kind in SAVED and any(sign in data for sign in EXIF):
        with opened(io.BytesIO(data)) as image:
            if orientation(image) != UPRIGHT:
                return _media.cleaned(_turned(image, kind), kind)
    return _media.cleaned(data, kind or PurePosixPath(path).suffix[1:])


def _turned(image: "Image.Image", kind: str) -> bytes:
    from PIL import ImageOps  # noqa: PLC0415  as in ``opened``

    form, options = SAVED[kind]
    target = io.BytesIO()
    upright = ImageOps.exif_transpose(image)
    upright.save(target, form, icc_profile=image.info.get("icc_profile"), **options)
    return target.getvalue()


def flaw(root: Path, path: str) -> Problem | None:  # noqa: PLR0911  one for each flaw
    """Return why the picture at ``path`` cannot be published, with the remedy; None if it can be.

    Cost: O(bytes) and a decoding; :data:`MOST_PIXELS` bounds both.
    """
    file = root / path
    suffix = PurePosixPath(path).suffix[1:]
    named = "jpg" if suffix == "jpeg" else suffix
    size, most = file.stat().st_size, MOST_BYTES.get(named, MOST_BYTES_OF_A_PICTURE)
    if size > most:
        how = "请剪短或压缩" if named == "mp4" else "请把它缩小，长边2000像素就够"
        return Problem(1, 1, f"文件有{size}字节，最多{most}字节；{how}")
    if not size:
        return Problem(1, 1, "这个文件是空的；请重新存一次")
    data = file.read_bytes()
    kind = _media.kind_of(data)
    if not kind and named == "svg":
        return Problem(1, 1, "不是完好的 SVG 图；请重新导出为SVG")
    if kind != named:
        return Problem(1, 1, _wrong_kind(path, kind, named))
    if kind == "svg":
        try:
            _svg.size(data)
        except _svg.UnsafeDrawingError as error:
            return Problem(error.line, 1, str(error))
        return None
    return _broken(data, kind)


def _wrong_kind(path: str, kind: str, named: str) -> str:
    name = PurePosixPath(path)
    if kind:
        better = name.with_suffix(f".{kind}").name
        return f"扩展名是.{named}，内容却是{NAMED[kind]}；请把文件改名为{better}，或重新导出为{NAMED[named]}"
    return f"扩展名是.{named}，内容却不是图片或视频；请换成真正的{NAMED[named]}文件"


def _broken(data: bytes, kind: str) -> Problem | None:
    try:
        if kind != "mp4":
            with opened(io.BytesIO(data)) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    what = f"图片有{width}×{height}像素，最多{MOST_PIXELS // 10_000}万像素"
                    return Problem(1, 1, f"{what}；请把它缩小，长边2000像素就够")
                image.load()
        _media.cleaned(data, kind)
    except (OSError, ValueError) as error:
        if "pixels" in str(error):
            what = f"图片的像素太多，最多{MOST_PIXELS // 10_000}万像素"
            return Problem(1, 1, f"{what}；请把它缩小，长边2000像素就够")
        return Problem(1, 1, f"{NAMED[kind]}文件不完整或已损坏，打不开；请重新导出或重新上传一次")
    if _media.says(data, kind):
        what = "AVIF里写着拍摄信息（可能有地点），去不掉"
        return Problem(1, 1, f"{what}；请导出时选“不含元数据”，或改用JPEG")
    return None

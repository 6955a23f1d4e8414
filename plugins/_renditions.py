"""Renditions: the sizes and forms in which a picture of content/ goes to readers.

A phone gets an AVIF of its own width, a browser that does not know AVIF a JPEG. Pages name them
without a look at a file (:class:`plugins._card.Picture`). Each is encoded once in its life:
another build finds it again (:mod:`plugins._kept`). Pure: one picture gives the same bytes.
"""

import io
import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from plugins import _files, _svg
from plugins._card import WIDTHS, ZOOM, Picture
from plugins._kept import folder_of, kept
from plugins._picture import ON_ITS_SIDE, TURNED, opened, orientation

if TYPE_CHECKING:
    from PIL import Image

RECIPE = b"3"  # of the encoding below: another one makes other names
# Bytes that an AVIF should take at most, by its width; a JPEG may take twice as many.
BUDGETS = {240: 4_000, 390: 10_000, 780: 25_000, 1280: 60_000, ZOOM: 200_000}
QUALITIES = {"avif": (60, 50, 40, 32), "jpg": (80, 70, 60, 50)}  # the first that fits, or the last
DETAILS = (1, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1, 0.05, 0.02)  # of a side, where no quality will do
ABOVE = 0.4  # of what a cut leaves of the height: faces stand above the middle
NAME = re.compile(r"(?P<source>.+)\.(?P<key>[0-9a-f]{10})-(?P<width>\d+)\.(?P<form>avif|jpg)")
FORMS = frozenset(["JPEG", "MPO", "PNG", "WEBP", "AVIF"])
GROUND = (255, 255, 255)  # behind what is transparent, where the form knows no transparency


def measure(root: Path, path: str, alt: str) -> Picture | None:
    """Return the picture at ``path`` below content/ with the size in which it is published.

    Cost: O(bytes), for the key of its renditions.
    """
    if _files.flaw(root, path):  # a pipe would never end, and a link is refused where it lies
        return None
    try:
        if path.endswith(".svg"):
            return Picture(path, *_svg.size((root / path).read_bytes()), alt)
    except _svg.UnsafeDrawingError:
        return Picture(path, 1, 1, alt)  # misplaced() refuses the file itself, and says why
    except OSError:
        return None
    try:
        with opened(root / path) as image:
            width, height = image.size
            if image.format in TURNED and orientation(image) in ON_ITS_SIDE:
                width, height = height, width
            # A mere sign goes out as it is, and so does what moves.
            still = image.format in FORMS and getattr(image, "n_frames", 1) == 1
        key = key_of((root / path).read_bytes()) if still and width > WIDTHS[0] else ""
    except (OSError, ValueError):
        return None
    return Picture(path, width, height, alt, key)


def key_of(data: bytes) -> str:
    """Return what tells the renditions of one picture from those of any other."""
    return sha256(RECIPE + data).hexdigest()[:10]


def source_of(name: str) -> str:
    """Return the picture of which a file is a rendition, "" if it is none."""
    found = NAME.fullmatch(name)
    return found["source"] if found else ""


def made(content: Path, name: str) -> bytes:
    """Return one rendition, as it was kept or newly encoded.

    Cost: O(pixels), about 0.1 s, once for every picture, width and form; then O(bytes).

    Raises:
        OSError, ValueError: its picture is not whole.

    """
    import PIL  # noqa: PLC0415  only builds with new pictures need it

    found = NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    source, key, width, form = found.groups()

    def make() -> bytes:
        image = _decoded((content / source).read_bytes())
        budget = next(budget for most, budget in BUDGETS.items() if int(width) <= most)
        budget *= 2 if form == "jpg" else 1
        return encoded(_resized(image, int(width)), form, budget)

    of_any_key = f"{source}-{width}.{form}"
    return kept(folder_of(content, "pictures"), of_any_key, f"{key} {PIL.__version__}", make)


def cut(file: Path, size: tuple[int, int]) -> "Image.Image":
    """Return the middle of a picture in a size of another shape, from a little above it."""
    from PIL import Image  # noqa: PLC0415  as in ``made``

    image = _decoded(file.read_bytes())
    scale = min(image.width / size[0], image.height / size[1])
    # A float may be a trillionth more than the side that it fills.
    width, height = min(size[0] * scale, image.width), min(size[1] * scale, image.height)
    left, top = (image.width - width) / 2, (image.height - height) * ABOVE
    box = (left, top, left + width, top + height)
    return image.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3)


@lru_cache(maxsize=1)  # the renditions of one picture are made one after the other
def _decoded(data: bytes) -> "Image.Image":
    """Return a picture upright, in sRGB, no wider than its largest rendition."""
    from PIL import ImageOps  # noqa: PLC0415  as in ``made``

    with opened(io.BytesIO(data)) as image:
        # Decoding a photograph at a half or a quarter costs a quarter or a sixteenth.
        image.draft(image.mode, (ZOOM, ZOOM))
        image.load()
        found = _in_srgb(ImageOps.exif_transpose(image))
        found.info.clear()  # some forms are saved with what it holds: comments, XMP
    return _resized(found, min(ZOOM, found.width))


def _in_srgb(image: "Image.Image") -> "Image.Image":
    from PIL import ImageCms  # noqa: PLC0415  as in ``made``

    mode = "RGBA" if image.has_transparency_data else "RGB"
    if profile := image.info.get("icc_profile"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if image.mode not in {"RGB", "RGBA", "CMYK", "L"}:
                image = image.convert(mode)
            target = "RGBA" if image.mode == "RGBA" else "RGB"
            image = ImageCms.profileToProfile(
                image, own, ImageCms.createProfile("sRGB"), outputMode=target
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # as a browser does with a profile that it cannot read
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert(mode)


def _resized(image: "Image.Image", width: int) -> "Image.Image":
    from PIL import Image  # noqa: PLC0415  as in ``made``

    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def encoded(image: "Image.Image", form: str, budget: int) -> bytes:
    """Return a picture in a form, at the best quality that keeps to a budget of bytes, if any does."""
    from PIL import Image  # noqa: PLC0415  as in ``made``

    if form == "jpg" and image.mode == "RGBA":
        ground = Image.new("RGB", image.size, GROUND)
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    data = b""
    for quality in QUALITIES[form]:
        target = io.BytesIO()
        if form == "jpg":
            image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
        else:
            # One thread: what several make is not promised to be the same each time.
            image.save(target, "AVIF", quality=quality, speed=8, max_threads=1, autotiling=False)
        data = target.getvalue()
        if len(data) <= budget:
            break
    return data


def within(budget: int, draw: Callable[[float], "Image.Image"]) -> bytes:
    """Return as a JPEG what ``draw`` draws with as much detail as keeps to a budget of bytes.

    Noise over the whole of 1200×900 pixels keeps to 60 kB with a tenth of its detail.
    """
    data = b""
    for detail in DETAILS:
        data = encoded(draw(detail), "jpg", budget)
        if len(data) <= budget:
            break
    return data


def softened(image: "Image.Image", detail: float) -> "Image.Image":
    """Return a picture in its own size, with a part of its detail a side."""
    if detail == 1:
        return image
    return _resized(image, max(1, round(image.width * detail))).resize(image.size)

"""Measure pictures of content/."""

from pathlib import Path

from plugins import _svg
from plugins._card import Picture
from plugins._files import flaw


def measure(root: Path, path: str, alt: str) -> Picture | None:
    """Return the picture at ``path`` below content/ with the size that its own bytes tell."""
    if flaw(root, path):  # a pipe would never end, and a link is refused where it lies
        return None
    try:
        if path.endswith(".svg"):
            return Picture(path, *_svg.size((root / path).read_bytes()), alt)
    except _svg.UnsafeDrawingError:
        return Picture(path, 1, 1, alt)  # misplaced() refuses the file itself, and says why
    except OSError:
        return None
    from PIL import Image  # noqa: PLC0415  it costs more than a whole small build

    try:
        with Image.open(root / path) as image:
            return Picture(path, *image.size, alt)
    except (OSError, ValueError, Image.DecompressionBombError):
        return None

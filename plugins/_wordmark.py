"""Draw the word-mark for images: an SVG of paths, filled by the nonzero rule as a browser fills it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
PATH = re.compile(r'<path d="([^"]*)"')
STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
NEEDS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4}  # numbers; Z none
PIECES = 8  # straight ones of a curve
FINE = 4  # dots in each direction of a pixel

Dot = tuple[float, float]


def outlines(path: str) -> list[list[Dot]]:
    """Return the polygons of a path of lines and Bézier curves (SVG 2, 9.3).

    >>> outlines("M1 1h2v2z")
    [[(1.0, 1.0), (3.0, 1.0), (3.0, 3.0)]]

    Raises:
        ValueError: it has arcs or smooth curves, or is no path.

    """
    found: list[list[Dot]] = []
    x = y = 0.0
    for command, numbers in STEP.findall(path):
        kind, values = command.upper(), [*map(float, NUMBER.findall(numbers))]
        if kind == "Z" and found and not values:
            x, y = found[-1][0]
            continue
        need = NEEDS.get(kind)
        if not need or not values or len(values) % need or not (found or kind == "M"):
            raise ValueError(path)
        for start in range(0, len(values), need):
            near = values[start : start + need]
            if kind == "H":
                near = [near[0], 0 if command.islower() else y]
            elif kind == "V":
                near = [0 if command.islower() else x, near[0]]
            dots = list(zip(near[::2], near[1::2], strict=True))
            if command.islower():
                dots = [(x + right, y + down) for right, down in dots]
            if kind == "M" and not start:
                found.append([])
            found[-1] += curve([(x, y), *dots]) if kind in "CQ" else dots
            x, y = dots[-1]
    return found


def curve(dots: Sequence[Dot]) -> list[Dot]:
    """Return a Bézier curve as straight pieces (de Casteljau)."""
    found = []
    for step in range(1, PIECES + 1):
        part, near = step / PIECES, list(dots)
        while len(near) > 1:
            near = [
                (ax + (bx - ax) * part, ay + (by - ay) * part)
                for (ax, ay), (bx, by) in pairwise(near)
            ]
        found.append(near[0])
    return found


def turns_left(polygon: Sequence[Dot]) -> bool:
    """Tell which way a polygon goes round."""
    ahead = [*polygon[1:], polygon[0]]
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(polygon, ahead, strict=True)) < 0


@lru_cache(maxsize=8)
def drawn(svg: str, height: int) -> "tuple[Image.Image, Image.Image] | None":
    """Return what is ink of a word-mark, and what is red: all paths but the first.

    None: there is none, or it is of more than paths.
    """
    box, paths = BOX.search(svg), PATH.findall(svg)
    if not box or not paths:
        return None
    try:
        found = [outlines(path) for path in paths]
    except ValueError:
        return None
    from PIL import Image  # noqa: PLC0415  it costs more than a whole small build

    scale = height / float(box[2])
    size = round(float(box[1]) * scale), height
    layers = [Image.new("L", (size[0] * FINE, height * FINE)) for _ in range(2)]
    for number, polygons in enumerate(found):
        shape = filled(polygons, layers[0].size, scale * FINE)
        layers[number > 0].paste(shape, mask=shape)
    ink, red = (layer.resize(size, Image.Resampling.BOX) for layer in layers)
    return ink, red


def filled(polygons: Sequence[Sequence[Dot]], size: tuple[int, int], scale: float) -> "Image.Image":
    """Fill what the polygons of a path go round more often one way than the other."""
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415  as above

    rounds = [Image.new("L", size) for _ in range(2)]
    for polygon in polygons:
        shape, way = Image.new("L", size), turns_left(polygon)
        ImageDraw.Draw(shape).polygon([(x * scale, y * scale) for x, y in polygon], 1)
        rounds[way] = ImageChops.add(rounds[way], shape)
    return ImageChops.difference(*rounds).point([0, *[255] * 255])

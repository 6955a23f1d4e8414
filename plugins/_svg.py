"""Read the size of a drawing, and refuse one that does more than draw.

An SVG file can hold scripts, load other files and lead elsewhere; a reader who opens the file itself
would run them (SVG 2, chapters 2 and 15). Only the elements below are let in.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "style",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "symbol",
        "use",
        "marker",
    ]
)
NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


class UnsafeDrawingError(ValueError):
    """A drawing that cannot be shown; the text says why."""


def size(data: bytes) -> tuple[int, int]:
    """Return width and height in CSS pixels; raise :class:`UnsafeDrawingError` for anything else."""
    from lxml import etree  # noqa: PLC0415  most builds look at no drawing

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnsafeDrawingError(f"不是完好的 SVG 图（第{error.lineno}行）") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeDrawingError("SVG 图里不能有 DOCTYPE")
    if root.tag != f"{NAMESPACE}svg":
        raise UnsafeDrawingError('SVG 图要以 <svg xmlns="http://www.w3.org/2000/svg" …> 开头')
    for element in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        refuse_active(element)
    box = (root.get("viewBox") or "").replace(",", " ").split()
    width = NUMBER.fullmatch(root.get("width") or (box[2] if len(box) == 4 else ""))  # noqa: PLR2004
    height = NUMBER.fullmatch(root.get("height") or (box[3] if len(box) == 4 else ""))  # noqa: PLR2004
    if not (width and height):
        raise UnsafeDrawingError('SVG 图要写明大小，如 <svg width="780" height="440" …>')
    return round(float(width[1])), round(float(height[1]))


def refuse_active(element: "etree._Element") -> None:
    """Refuse an element that acts, loads or leads elsewhere."""
    from lxml import etree  # noqa: PLC0415  as in ``size``

    if element.tag is etree.Comment:
        return
    if element.tag is etree.ProcessingInstruction:
        raise UnsafeDrawingError(f"SVG 图里不能有 <?{element.target}?>")
    name = str(element.tag).removeprefix(NAMESPACE)
    if name not in ELEMENTS:
        raise UnsafeDrawingError(f"SVG 图里不能有 <{name.rpartition('}')[2]}>")
    text = "".join(element.itertext()) if name == "style" else ""
    for key, value in [*element.attrib.items(), ("", text)]:
        short = key.rpartition("}")[2].lower()
        foreign = re.search(r"url\(\s*[^)#\s]|@import|image-set\(|src\(|\\", value, re.IGNORECASE)
        leads = short == "base" or (short == "href" and not value.startswith("#"))
        if short.startswith("on") or foreign or leads:
            raise UnsafeDrawingError(
                f"SVG 图里的“{(key and short) or 'style'}”会引用或执行别的东西"
            )

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
DECLARED = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
NUMBER = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


MOST_NESTED = 20  # <use> of <use>
MOST_DRAWN = 20_000  # elements, those that <use> draws again counted each time


class UnsafeDrawingError(ValueError):
    """A drawing that cannot be shown; the text says why, ``line`` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def size(data: bytes) -> tuple[int, int]:
    """Return width and height in CSS pixels; raise :class:`UnsafeDrawingError` for anything else."""
    from lxml import etree  # noqa: PLC0415  most builds look at no drawing

    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:  # a browser may read another encoding otherwise than we do
            raise UnsafeDrawingError("SVG 图要用UTF-8编码；请重新存一次") from None
    if DECLARED.match(data) and DECLARED.match(data)[1].lower() not in {b"utf-8", b"us-ascii"}:
        raise UnsafeDrawingError('SVG 图要用UTF-8编码，请写 encoding="utf-8"')
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        line = data.partition(b"<!")[0].count(b"\n") + 1
        raise UnsafeDrawingError("SVG 图里不能有 DOCTYPE 和 ENTITY；请删去这一段", line)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise UnsafeDrawingError(f"不是完好的 SVG 图（第{line}行）；请重新导出", line) from None
    if root.tag != f"{NAMESPACE}svg":
        raise UnsafeDrawingError('SVG 图要以 <svg xmlns="http://www.w3.org/2000/svg" …> 开头')
    for element in (*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()):
        try:
            refuse_active(element)
        except UnsafeDrawingError as error:
            raise UnsafeDrawingError(f"{error}；请删去", element.sourceline or 1) from None
    refuse_endless(root)
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


def refuse_endless(root: "etree._Element") -> None:
    """Refuse drawings in which one element stands for very many, or for itself."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    costs: dict[object, int] = {}

    def cost(element: "etree._Element", above: tuple[object, ...]) -> int:
        if element in above or len(above) > MOST_NESTED:
            raise UnsafeDrawingError("SVG 图里的 <use> 又用到它自己", element.sourceline or 1)
        if element not in costs:
            total = 0
            for inner in element.iter():
                total += 1
                if inner.tag == f"{NAMESPACE}use":
                    href = next((v for k, v in inner.attrib.items() if k.endswith("href")), "")
                    if (target := named.get(href[1:])) is not None:
                        total += cost(target, (*above, element))
            costs[element] = total
        return costs[element]

    if cost(root, ()) > MOST_DRAWN:
        raise UnsafeDrawingError(f"SVG 图画出的东西超过{MOST_DRAWN}件，会让浏览器停住；请简化")

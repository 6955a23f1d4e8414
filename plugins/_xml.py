"""Write XML documents: feeds and sitemaps."""

from xml.etree import ElementTree as Tree

ATOM = "http://www.w3.org/2005/Atom"
XHTML = "http://www.w3.org/1999/xhtml"  # of what people see of a feed
STYLE = "theme/feed.css"


def add(parent: Tree.Element, name: str, text: str = "", **attributes: str) -> Tree.Element:
    """Append a child with text and attributes."""
    child = Tree.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def document(root: Tree.Element, style: str = "") -> str:
    """Return a document as text, one element a line; ``style``: how a browser is to show it."""
    Tree.indent(root, "")
    shown = f'<?xml-stylesheet type="text/css" href="{style}"?>\n' if style else ""
    text = Tree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{shown}{text}\n'

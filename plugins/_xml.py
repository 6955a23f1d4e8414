"""Write XML documents: feeds and sitemaps."""

from xml.etree import ElementTree as Tree


def document(root: Tree.Element) -> str:
    """Return a document as text, one element a line."""
    Tree.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Tree.tostring(root, encoding="unicode")}\n'

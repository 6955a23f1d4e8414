"""What on a page would act, load or lead elsewhere than a reader sees; nothing of it may be there."""

import re
from collections.abc import Iterator

import html5lib
from lxml import etree

NEVER = {
    "applet", "audio", "base", "button", "embed", "form", "frame", "frameset", "iframe", "keygen",
    "link", "marquee", "meta", "noscript", "object", "option", "param", "plaintext", "portal",
    "script", "select", "slot", "source", "style", "svg", "template", "textarea", "title", "track",
    "video", "xmp",
}  # fmt: skip
ADDRESSES = {
    "action", "background", "cite", "data", "formaction", "href", "longdesc", "manifest", "ping",
    "poster", "src", "srcset", "xlink:href",
}  # fmt: skip
# As a browser reads an address: without white space and controls (URL standard, "basic URL parser").
IGNORED = re.compile(r"[\x00-\x20]")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
SAFE = {"http", "https", "mailto", "tel"}


def active(html: str) -> Iterator[str]:
    """Yield what acts in the HTML of a body, as a browser would read it."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    for element in parser.parseFragment(html, container="main"):
        if isinstance(element, str):
            continue
        yield from active_in(element)


def active_in(root: etree._Element) -> Iterator[str]:
    """Yield what acts in a tree."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname.lower()
        if name in NEVER:
            yield f"<{name}>"
        if name == "input" and element.get("type") != "checkbox":
            yield "<input>"
        for spelt, value in element.attrib.items():
            key = spelt.rpartition("}")[2].lower()
            if key.startswith("on") or key in {"style", "srcdoc", "autofocus", "contenteditable"}:
                yield f"{name} {key}={value}"
            found = SCHEME.match(IGNORED.sub("", value)) if key in ADDRESSES else None
            if found and found[1].lower() not in SAFE:
                yield f"{name} {key}={value}"

"""An article as rich text that the editor of WeChat's official accounts keeps when it is pasted.

What that editor takes away is described by tools that write for it (the README of
https://github.com/doocs/md, and https://verysmallwoods.com/blog/20260119-wechat-markdown-copy-paste):
scripts, style sheets, classes, ids, handlers, links to elsewhere, drawings by address. So every element
bears its style, links are numbered notes, and code has its blanks and line ends as characters.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INK, SECOND, ACCENT, LINE, SOFT, TINT = (  # tokens.css, light: pasted text follows no theme
    "#1a1c1f",
    "#5c636d",
    "#c8102e",
    "#e3e6ea",
    "#f5f6f8",
    "#fbe8eb",
)
TEXT = f"margin:0 0 18px;font-size:16px;line-height:1.8;color:{INK}"
ITEM = f"margin:0 0 8px;font-size:16px;line-height:1.8;color:{INK}"
NOTE = f"margin:0 0 6px;font-size:13px;line-height:1.6;color:{SECOND};word-break:break-all"
HEAD = f"margin:32px 0 12px;font-weight:bold;line-height:1.45;color:{INK}"
CODE = "font-family:Menlo,Consolas,monospace"
CELL = f"padding:6px 10px;border:1px solid {LINE};font-size:14px;line-height:1.6;color:{INK}"
MARK = f"color:{ACCENT};font-size:12px;line-height:1"


class Made(NamedTuple):
    """What becomes of an element."""

    tag: str
    style: str


ELEMENTS = {
    "p": Made("p", TEXT),
    "h2": Made("h2", f"{HEAD};font-size:20px;padding-top:10px;border-top:2px solid {INK}"),
    "h3": Made("h3", f"{HEAD};font-size:17px"),
    "h4": Made("h4", f"{HEAD};font-size:16px"),
    "ul": Made("ul", "margin:0 0 18px;padding:0 0 0 1.4em;list-style:disc"),
    "ol": Made("ol", "margin:0 0 18px;padding:0 0 0 1.6em;list-style:decimal"),
    "li": Made("li", ITEM),
    "blockquote": Made(
        "blockquote", f"margin:0 0 18px;padding:0 0 0 14px;border-left:3px solid {LINE}"
    ),
    "figure": Made("section", "margin:0 0 18px"),
    "figcaption": Made("p", f"{NOTE};margin:8px 0 0"),
    "caption": Made("p", f"{NOTE};margin:0 0 8px"),
    "summary": Made("p", f"{TEXT};font-weight:bold"),
    "dt": Made("p", f"{ITEM};font-weight:bold"),
    "dd": Made("p", f"{ITEM};margin-left:1.4em"),
    "table": Made("table", "width:100%;margin:0 0 18px;border-collapse:collapse"),
    "thead": Made("thead", ""),
    "tbody": Made("tbody", ""),
    "tr": Made("tr", ""),
    "th": Made("th", f"{CELL};background:{SOFT};font-weight:bold;text-align:left"),
    "td": Made("td", CELL),
    "hr": Made("hr", f"margin:24px 0;border:0;border-top:1px solid {LINE}"),
    "strong": Made("strong", "font-weight:bold"),
    "em": Made("em", "font-style:normal;-webkit-text-emphasis:filled dot;text-emphasis:filled dot"),
    "del": Made("del", f"color:{SECOND}"),
    "mark": Made("span", f"background:{TINT}"),
    "code": Made("code", f"{CODE};font-size:14px;background:{SOFT};padding:2px 4px"),
    "kbd": Made("code", f"{CODE};font-size:14px;border:1px solid {LINE};padding:1px 5px"),
    "samp": Made("code", f"{CODE};font-size:14px"),
    "small": Made("span", "font-size:13px"),
    "sub": Made("sub", "font-size:12px"),
    "sup": Made("sup", MARK),
    "br": Made("br", ""),
}
CLASSES = {
    "callout": Made(
        "section",
        f"margin:0 0 18px;padding:12px 14px 1px;border-left:3px solid {ACCENT};background:{SOFT}",
    ),
    "callout-title": Made("p", f"{TEXT};margin-bottom:6px;font-weight:bold;color:{ACCENT}"),
    "details": Made("section", f"margin:0 0 18px;padding-left:14px;border-left:3px solid {LINE}"),
    "table": Made("section", "margin:0;overflow-x:auto"),
    "footnotes": Made("section", f"margin:24px 0 0;padding-top:12px;border-top:1px solid {LINE}"),
    "timeline": Made("section", "margin:0 0 18px"),
    "tasks": Made("ul", "margin:0 0 18px;padding:0;list-style:none"),
    "math": Made("section", "margin:0 0 18px;text-align:center"),
}
ASIDE = {"num": "right", "mid": "center"}  # how a cell is set
# Elements that show nothing there, and all that is in them.
GONE = frozenset(
    ["audio", "button", "iframe", "script", "select", "style", "svg", "template", "video"]
)
EMPTY = frozenset(["br", "hr"])
# Where a blank between two elements is none of the text; a pasted list would get empty items of it.
BLOCKS = frozenset(
    [
        "blockquote",
        "details",
        "div",
        "dl",
        "figure",
        "ol",
        "section",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
DRAWINGS = ".svg"


class Source(NamedTuple):
    """One numbered line at the end."""

    words: str
    url: str


class Edition:
    """One article on its way."""

    def __init__(self, page: str, sources: Sequence[Source] = ()) -> None:
        self.page = page
        self.notes = list(sources)
        self.numbers: dict[str, int] = {}

    def note(self, words: str, url: str) -> str:
        """Return the mark of a link; equal addresses have one."""
        number = self.numbers.get(url)
        if number is None:
            self.notes.append(Source(words, url))
            number = self.numbers[url] = len(self.notes)
        return f'<sup style="{MARK}">[{number}]</sup>'

    def inner(self, node: "HtmlElement") -> str:
        """Return all that is in an element."""
        apart = node.tag in BLOCKS
        found = [self.text(node.text, apart)]
        for child in node:
            if isinstance(child.tag, str):
                found.append(self.element(child))
            found.append(self.text(child.tail, apart))
        return "".join(found)

    @staticmethod
    def text(text: str | None, apart: bool) -> str:
        """Return some text; between blocks blanks are none."""
        return "" if not text or (apart and not text.strip()) else escape(text, quote=False)

    def element(self, node: "HtmlElement") -> str:  # noqa: PLR0911  one for each kind
        """Return what becomes of an element."""
        tag, names = node.tag, (node.get("class") or "").split()
        if tag in GONE:
            src = node.get("src") or ""
            return (
                self.note("视频", urljoin(self.page, src))
                if tag in {"iframe", "video"} and src
                else ""
            )
        if tag == "a":
            return self.link(node, names)
        if tag == "img":
            return self.picture(node)
        if tag == "pre":
            return code(node)
        if tag == "math":
            return escape(formula(node), quote=False)
        if tag == "input":
            return "☑ " if node.get("checked") is not None else "☐ "
        if tag == "sup" and "cite" in names:
            return f'<sup style="{MARK}">[{escape(plain(node))}]</sup>'
        if tag == "sup" and (node.get("id") or "").startswith("fnref"):
            return f'<sup style="{MARK}">注{escape(plain(node))}</sup>'
        if tag == "table" and (captions := node.findall("caption")):
            before = "".join(map(self.element, captions))
            for caption in captions:
                node.remove(caption)
            return before + self.made(ELEMENTS["table"], node, names)
        known = next((CLASSES[name] for name in names if name in CLASSES), None)
        if known and not (tag == "span" and known.tag == "section"):
            return self.made(known, node, names)
        if tag in ELEMENTS:
            return self.made(ELEMENTS[tag], node, names)
        return self.inner(node)

    def made(self, made: Made, node: "HtmlElement", names: Sequence[str]) -> str:
        """Return an element in its new form."""
        style = made.style
        for name in names:
            if name in ASIDE:
                style += f";text-align:{ASIDE[name]}"
        attributes = f' style="{style}"' if style else ""
        if node.tag == "ol" and node.get("start"):
            attributes += f' start="{escape(node.get("start"))}"'
        if "overflow-x" in style:
            attributes += ' tabindex="0"'  # so that the keyboard can move it, on our own page
        if made.tag in EMPTY:
            return f"<{made.tag}{attributes}>"
        return f"<{made.tag}{attributes}>{self.inner(node)}</{made.tag}>"

    def link(self, node: "HtmlElement", names: Sequence[str]) -> str:
        """Return the text of a link with the number of its note; within the page it is text."""
        if "footnote-backref" in names:
            return ""
        href = node.get("href") or ""
        if not href or href.startswith("#"):
            return self.inner(node)
        return self.inner(node) + self.note(plain(node), urljoin(self.page, href))

    def picture(self, node: "HtmlElement") -> str:
        """Return a picture by its whole address, or the words that stand for a drawing."""
        src, alt = urljoin(self.page, node.get("src") or ""), escape(node.get("alt") or "")
        if src.endswith(DRAWINGS):
            return f'<p style="{NOTE}">图：{alt}{self.note("原文中的图", src)}</p>'
        return f'<img src="{escape(src)}" alt="{alt}" style="display:block;width:100%">'

    def end(self) -> str:
        """Return the numbered lines, and where the text comes from."""
        lines = [
            f"[{number}] {escape(source.words, quote=False)}"
            + (f"：{escape(source.url, quote=False)}" if source.url else "")
            for number, source in enumerate(self.notes, start=1)
        ]
        head = [f'<h2 style="{HEAD};font-size:16px">资料与链接</h2>'] if lines else []
        first = f"原文：{escape(self.page, quote=False)}"
        return "".join([*head, *(f'<p style="{NOTE}">{line}</p>' for line in (*lines, first))])


def plain(node: "HtmlElement") -> str:
    """Return the text of an element."""
    return "".join(node.itertext()).strip()


def code(node: "HtmlElement") -> str:
    """Return code whose blanks and line ends outlast the editor."""
    text = escape("".join(node.itertext()).rstrip("\n"), quote=False)
    kept = text.replace("\t", "    ").replace(" ", "\u00a0").replace("\n", "<br>")
    style = f"margin:0 0 18px;padding:12px;background:{SOFT};overflow-x:auto;white-space:pre"
    return f'<pre tabindex="0" style="{style}"><code style="{CODE};font-size:13px;line-height:1.6">{kept}</code></pre>'


SIGNS = {"mfrac": "/", "msup": "^", "msub": "_", "mover": "", "munder": "_"}


def formula(node: "HtmlElement") -> str:
    """Return a formula (MathML) in one line of text.

    Fractions as a/b, powers as x^2, roots as √x, with brackets where a part is more than one sign.
    """
    if not len(node):
        return (node.text or "").strip()
    parts = [formula(child) for child in node]
    if node.tag in SIGNS and len(parts) == 2:  # noqa: PLR2004  what it joins
        return SIGNS[node.tag].join(map(bracketed, parts))
    if node.tag == "msqrt":
        return f"√{bracketed(''.join(parts))}"
    return "".join(parts)


def bracketed(text: str) -> str:
    """Put brackets round what is more than one word or number."""
    return text if text.isalnum() else f"({text})"


def edition(html: str, page: str, sources: Iterable[Any] = ()) -> str:
    """Return the lead and the body of an article (cleaned HTML) as rich text for WeChat.

    ``page`` is the article's whole address; ``sources`` are its References. Cost: O(length).
    """
    from lxml.html import fragment_fromstring  # noqa: PLC0415  it is dear to load

    told = [
        Source(
            f"{item.publisher}：{item.title}" + (f"，{item.date}" if item.date else ""), item.url
        )
        for item in sources
    ]
    made = Edition(page, told)
    return made.inner(fragment_fromstring(html, "section")) + made.end()

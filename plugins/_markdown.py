"""Convert the body of a file to safe HTML.

Python-Markdown reads the text; before it ``_lines`` sets the lines, around it stand the
dialect's own marks (this file) and fences (``_blocks``), behind it the wall (``_clean``).
Pure: the same text gives the same HTML, and what lies outside the text comes by callbacks.

Addresses inside a page: a heading is found by its text (``#平台政策``; the second of that
name is ``#平台政策-2``). A heading of Latin letters alone could be called like a part of the
page (``main``), so it gets ``s-`` in front; editors need not type that. ``fn:`` and ``fnref:``
are footnotes, ``ref-1`` is the page's first source.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from plugins._blocks import mathml
from plugins._body import Source, refuse_size
from plugins._card import Heading, Picture
from plugins._clean import TYPED, wall
from plugins._engine import Engine
from plugins._lane import of_numbers, whole
from plugins._limits import Limits
from plugins._lines import is_tame, prepare
from plugins._problem import Problem

CALLOUTS = {"提示": "note", "要点": "key", "注意": "warning", "举例": "example"}
FOLDED = "展开"
COLUMN = "(min-width:992px) 684px,calc(100vw - 32px)"  # the width of a text on a page

HAN = r"\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff65\U00020000-\U0003ffff"
WIDE = rf"{HAN}“”‘’—…·"
INLINE = r"(?:</?(?:a|abbr|code|del|em|ins|kbd|mark|q|small|span|strong|sub|sup)\b[^<>]*>)*"
LINE_BREAK = re.compile(rf"([^\s<>])({INLINE}) *\n *({INLINE})(?=([^\s<>]))")
GOES_ON = re.compile(rf"\n *{INLINE}[^\s<>]")  # how LINE_BREAK ends: quick to look for
# Text, not patterns: they take long to compile, and only paragraphs of several lines need them.
HAN_SIGN = f"[{HAN}]"
WIDE_SIGN = f"[{WIDE}]"
PRE = re.compile(r"(<pre.*?</pre>)", re.DOTALL)

CALLOUT = re.compile(r"\[[!！]([^\]\n]*)\][ \u3000]*([^\n]*)\n?")
TASK = re.compile(r"\[([ xX])\][ \u3000]+")
CAPTION = re.compile(r"表[：:]\s*")
CREDIT = re.compile(r"图[：:]\s*")
ALIGNED = {"right": "num", "center": "mid", "left": ""}
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
SCHEMES = ("http", "https", "mailto", "tel")
WEB = ("http", "https")
STASHED = re.compile("\x02[^\x03]*\x03")
HEADING = re.compile(r"<h([2-4])>(.*?)</h\1>", re.DOTALL)
NO_NAME = re.compile(r"[^\w\s-]")
SPACES = re.compile(r"[-\s]+")
ID = re.compile(r' id="([^"]*)"')
ANCHOR = re.compile(r'<a href="#([^"]*)"')
AGAIN = re.compile(r"#fnref(\d+):")
MARKS = re.compile(r"<sup.*?</sup>|<[^>]*>", re.DOTALL)
ENTITY = re.compile(r"&(?:#[xX]?[0-9A-Fa-f]{1,8}|[A-Za-z]{2,31});?")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufdd0-\ufdef\ufffd-\uffff]"
)
CODE_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
UNSEEN_NAME = re.compile(
    r"&(?:shy|lrm|rlm|ZeroWidthSpace|NoBreak|ApplyFunction|af|it|ic|InvisibleTimes|InvisibleComma"
    r"|NegativeThinSpace|NegativeMediumSpace|NegativeThickSpace|NegativeVeryThinSpace);"
)
UNKNOWN_NOTE = re.compile(r"\[\^([^\]\s]+)\]")


class Body(NamedTuple):
    """A converted body; with problems the HTML is still safe, but not what the editor meant."""

    html: str
    lead: str
    headings: tuple[Heading, ...]
    problems: tuple[Problem, ...]


def convert(  # noqa: PLR0913  what a body may ask for
    text: str,
    *,
    line: int,
    take_lead: bool,
    math: bool,
    references: int,
    link: Callable[[str], str | None],
    picture: Callable[[str], Picture | None],
    near: Callable[[str], str] = str,
    limits: Limits = Limits(),  # noqa: B008  frozen
) -> Body:
    """Convert a body whose first line is number ``line`` of its file.

    ``take_lead`` moves a first plain paragraph into ``lead``. ``references`` is the number of
    sources that [[1]] may point to. ``link`` gives the address of a relative path to a file
    (also a video's), ``picture`` that of a picture; None means there is no such file,
    and ``near`` may name the one that was meant.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if refusal := refuse_size(text, line, limits):
        return Body("", "", (), (refusal,))
    source = Source(
        text,
        line=line,
        math=math,
        references=references,
        link=link,
        picture=picture,
        near=near,
        limits=limits,
    )
    html = (whole(text) if is_tame(text, limits) else None) or by_engine(text, source)
    html, headings = _with_ids(html)
    html = _with_anchors(html, source)
    lead = ""
    if take_lead and html.startswith("<p>"):
        lead, _, html = html.removeprefix("<p>").partition("</p>")
    return Body(source.put_players(html).strip(), lead, headings, source.told())


def by_engine(text: str, source: Source) -> str:
    """Make HTML of any text, and let only what is safe through."""
    html = _reader(source.math).read(text, source)
    if "&#" in text or ("&" in html and UNSEEN_NAME.search(text)):
        _report_unseen(text, source)
    clean = wall(html)
    if clean.count(" href=") < html.count(" href="):
        _report_unlinked(source)
    return source.put_plain(join_lines(clean))


def _report_unlinked(source: Source) -> None:
    """Report the links that do not pass the wall: a browser could not read their addresses."""
    for href in source.hrefs:
        if "href" not in wall(f'<a href="{escape(href)}">x</a>'):
            what = f"网址“{href}”不对，浏览器打不开：请从浏览器的地址栏里重新复制"
            source.report_text(what, f"]({href}", f"<{href}", href)


def _report_unseen(text: str, source: Source) -> None:
    """Report entities that stand for what no page may hold; the wall drops some of them."""
    for row, line in enumerate(text.split("\n")):
        line = CODE_SPAN.sub(lambda code: " " * len(code[0]), line)  # noqa: PLW2901
        for match in ENTITY.finditer(line) if source.lines[row] else ():
            sign = unescape(match[0])
            if UNSEEN.search(sign) or unescape(f"{match[0].rstrip(';')};") in ("", "\ufffd"):
                what = f"“{match[0]}”是看不见的或不能用的字符：请删去"
                source.report(row, match.start(), what)


def join_lines(html: str) -> str:
    """Drop line breaks beside Han: a browser would draw them as a space."""
    if not GOES_ON.search(html):
        return html
    pieces = PRE.split(html)
    for place in range(0, len(pieces), 2):
        if GOES_ON.search(pieces[place]):
            pieces[place] = LINE_BREAK.sub(_joined, pieces[place])
    return "".join(pieces)


def _joined(match: re.Match[str]) -> str:
    before, closing, opening, after = match.groups()
    han = re.match(HAN_SIGN, before) or re.match(HAN_SIGN, after)
    glued = han or (re.match(WIDE_SIGN, before) and re.match(WIDE_SIGN, after))
    return f"{before}{closing}{'' if glued else ' '}{opening}"


def _with_ids(html: str) -> tuple[str, tuple[Heading, ...]]:
    headings: list[Heading] = []
    used: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        text = match[2]
        if "<" in text or "&" in text:
            text = unescape(MARKS.sub("", text))
        text = " ".join(text.split())
        name = slug(text)
        name = key = f"s-{name}" if name.isascii() else name
        while key in used:
            used[name] += 1
            key = f"{name}-{used[name]}"
        used[key] = 1
        headings.append(Heading(int(match[1]), key, text))
        return f'<h{match[1]} id="{escape(key)}">{match[2]}</h{match[1]}>'

    return HEADING.sub(named, html), tuple(headings)


def slug(text: str) -> str:
    """Return the name that Python-Markdown's ``slugify_unicode`` gives to a text."""
    return SPACES.sub("-", NO_NAME.sub("", text).strip().lower())


def _with_anchors(html: str, source: Source) -> str:
    if not ANCHOR.search(html):
        return html
    ids = {unescape(key) for key in ID.findall(html)}
    ids |= {f"ref-{number}" for number in range(1, source.references + 1)}

    def checked(match: re.Match[str]) -> str:
        typed = unescape(match[1])
        plain = slug(unquote(typed))
        found = next((name for name in (typed, plain, f"s-{plain}") if name in ids), None)
        if found is None:
            source.report_text(f"本文没有“#{typed}”这个位置，请写成某个小标题的文字", f"(#{typed}")
        return f'<a href="#{escape(found or typed)}"'

    return ANCHOR.sub(checked, html)


class _Reader:
    """One Markdown instance, used again and again; it is costly to make."""

    def __init__(self, *, math: bool) -> None:
        self.source: Source | None = None
        self.notes = FootnoteExtension(BACKLINK_TEXT="", USE_DEFINITION_ORDER=False)
        self.markdown = Engine(
            extensions=[
                TableExtension(use_align_attribute=True),
                self.notes,
                SaneListExtension(),
                _Dialect(self, math=math),
            ],
        )

    def read(self, text: str, source: Source) -> str:
        self.source = source
        self.markdown.reset()
        html = self.markdown.convert(text)
        _check_references(self.markdown.references, text, source)
        for name in self.notes.footnotes:
            if self.notes.makeFootnoteRefId(name) not in self.notes.found_refs:
                message = f"脚注“[^{name}]”在正文里没有用到，请删去或在正文里写上“[^{name}]”"
                source.report_text(message, f"[^{name}]:")
        return html


@cache
def _reader(math: bool) -> _Reader:
    return _Reader(math=math)


class _Dialect(Extension):
    """What is ours in the dialect."""

    def __init__(self, reader: _Reader, *, math: bool) -> None:
        super().__init__()
        self.reader = reader
        self.math = math

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the base's name
        reader = self.reader
        md.ESCAPED_CHARS.append("<")
        md.preprocessors.register(_Lines(md, reader), "lines", 25)
        blocks = md.parser.blockprocessors
        blocks.register(_HeadingBlock(md.parser), "hashheader", 70)
        blocks.register(_QuoteBlock(md.parser), "quote", 20)
        table = _TableBlock(md.parser, {"use_align_attribute": True})
        table.reader = reader
        blocks.register(table, "table", 75)
        md.delimiters.add("~", "del", double=True)
        md.delimiters.add("=", "mark", double=True)
        inline = md.inlinePatterns
        inline.register(_TypedTag(md), "typed", 90)
        inline.register(_Mail(), "automail", 110)
        inline.register(_Cite(reader), "cite", 176)
        if self.math:
            inline.register(_Formula(md, reader), "formula", 185)
        md.treeprocessors.register(_Structure(md, reader), "structure", 30)
        md.treeprocessors.register(_Finish(md, reader), "finish", 12)


class _Lines(Preprocessor):
    def __init__(self, md: Markdown, reader: _Reader) -> None:
        super().__init__(md)
        self.reader = reader

    def run(self, lines: list[str]) -> list[str]:
        return prepare(lines, self.reader.source, self.md.htmlStash.store)


class _HeadingBlock(HashHeaderProcessor):
    """Headings that keep the # of C#; #话题# is text."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#(?=[ ])|#{2,6}(?=[^#]))[ ]*"
        r"(?P<header>[^\s][^\n]*?)(?:[ ]+#+)?[ ]*(?:\n|$)"
    )

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        # _lines has reported the other levels.
        heading = parent[-1]
        heading.tag = {"h1": "h2", "h5": "h4", "h6": "h4"}.get(heading.tag, heading.tag)


class _QuoteBlock(BlockQuoteProcessor):
    """Quotes that a blank line parts; else a callout would swallow the next one."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: ARG002, N802  the base's name
        return None


class _TableBlock(TableProcessor):
    """Tables that do not drop a cell in silence."""

    reader: _Reader

    def _build_row(self, row: str, parent: Element, align: list[str | None]) -> None:
        super()._build_row(row, parent, align)
        if (cells := len(self._split_row(row))) > len(align):
            self.reader.source.report_text(
                f"这一行有{cells}格，表头只有{len(align)}格；格子里的|请写成\\|", row
            )


class _TypedTag(InlineProcessor):
    """The few tags that editors may type; _clean has paired them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"<(/?)({'|'.join(sorted(TYPED))})\s*/?>", md)
        self.compiled_re = re.compile(self.pattern, re.IGNORECASE)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # noqa: ARG002, N802
        return self.md.htmlStash.store(f"<{m[1]}{m[2].lower()}>"), m.start(), m.end()


class _Cite(InlineProcessor):
    """[[1]] points to the first source of the page."""

    def __init__(self, reader: _Reader) -> None:
        super().__init__(r"\[\[(\d{1,4})\]\]")
        self.reader = reader

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # noqa: ARG002, N802
        number, source = int(m[1]), self.reader.source
        if not 1 <= number <= source.references:
            have = f"只有{source.references}条" if source.references else "一条也没有"
            source.report_text(f"没有资料{number}（文章开头{have}“资料: ……”）", m[0])
        sup = Element("sup", {"class": "cite"})
        a = SubElement(sup, "a", {"href": f"#ref-{number}", "aria-label": f"资料{number}"})
        a.text = AtomicString(str(number))
        return sup, m.start(), m.end()


class _Mail(InlineProcessor):
    """<name@example.com> as a plain link."""

    def __init__(self) -> None:
        super().__init__(r"<([^<>@\s]+@[^<>@\s]+)>")

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # noqa: ARG002, N802
        a = Element("a", {"href": f"mailto:{m[1]}"})
        a.text = AtomicString(m[1])
        return a, m.start(), m.end()


class _Formula(InlineProcessor):
    """\\( … \\) is a formula within a line; $ is money."""

    def __init__(self, md: Markdown, reader: _Reader) -> None:
        super().__init__(r"\\\(((?:[^\\]|\\(?![()]))+)\\\)", md)
        self.reader = reader

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # noqa: ARG002, N802
        try:
            html = f'<span class="math">{mathml(m[1], "inline")}</span>'
        except ValueError as error:
            self.reader.source.report_text(str(error), m[0], m[0].split("\n", 1)[0])
            html = f"<code>{escape(m[1])}</code>"
        return self.md.htmlStash.store(html), m.start(), m.end()


def _children(root: Element, *tags: str) -> list[tuple[Element, Element]]:
    """Return each (parent, child of these tags) of the tree as it is now."""
    return [(parent, child) for parent in root.iter() for child in parent if child.tag in tags]


class _Structure(Treeprocessor):
    """Gives blocks their shape while their text is still Markdown."""

    def __init__(self, md: Markdown, reader: _Reader) -> None:
        super().__init__(md)
        self.reader = reader

    def run(self, root: Element) -> None:
        source = self.reader.source
        for parent, child in _children(root, "p", "blockquote", "li", "table"):
            if child.tag == "p":
                # In quotes a line break is left over, and a placeholder must stand alone.
                child.text = (child.text or "").strip()
            if child.tag == "p" and child.text in source.elements:
                parent[list(parent).index(child)] = source.elements[child.text]
            elif child.tag == "blockquote":
                _shape_callout(child, source)
            elif child.tag == "li" and child.get("id") and not len(child):
                _fill_note(child, source)
            elif child.tag == "li":
                _shape_task(parent, child)
            elif child.tag == "table":
                _shape_table(parent, child)


def _shape_callout(quote: Element, source: Source) -> None:
    first = quote[0] if len(quote) else None
    if first is None or first.tag != "p" or not (m := CALLOUT.match(first.text or "")):
        return
    kind, title = m[1].strip(), m[2].strip()
    if kind != FOLDED and kind not in CALLOUTS:
        known = "、".join((*CALLOUTS, FOLDED))
        source.report_text(f"不认识的提示框“{kind}”，可写：{known}", m[0].split("\n", 1)[0])
        return
    first.text = first.text[m.end() :]
    if not first.text.strip():
        quote.remove(first)
    if kind == FOLDED:
        quote.tag = "details"
        quote.set("class", "details")
        head = Element("summary")
        head.text = title or FOLDED
    else:
        quote.tag = "div"
        quote.set("class", f"callout callout-{CALLOUTS[kind]}")
        quote.set("role", "note")
        head = Element("p", {"class": "callout-title"})
        head.text = f"{kind}：{title}" if title else kind
    quote.insert(0, head)


def _fill_note(item: Element, source: Source) -> None:
    """Report an empty footnote; without a way back the footnotes cannot be put in order."""
    name = item.get("id").removeprefix("fn:")
    source.report_text(f"脚注“[^{name}]”没有内容，请在冒号后写上", f"[^{name}]:")
    SubElement(item, "a", {"class": "footnote-backref", "href": f"#fnref:{name}"})


def _shape_task(parent: Element, item: Element) -> None:
    holder = item[0] if not (item.text or "").strip() and len(item) else item
    if holder.tag not in ("li", "p") or not (m := TASK.match(holder.text or "")):
        return
    parent.set("class", "tasks")
    label = Element("label")
    box = SubElement(label, "input", {"type": "checkbox", "disabled": "disabled"})
    if m[1] != " ":
        box.set("checked", "checked")
    box.tail = f" {holder.text[m.end() :].strip()}"
    holder.text = ""
    holder.insert(0, label)


def _shape_table(parent: Element, table: Element) -> None:
    head, body = table[0][0], table[1]
    for column, title in enumerate(list(head)):
        cells = [row[column] for row in body]
        align = title.get("align")
        texts = [(cell.text or "").strip() for cell in cells]
        if align is None and of_numbers(texts):
            align = "right"
        for cell in (title, *cells):
            cell.attrib.pop("align", None)
            if name := ALIGNED.get(align, ""):
                cell.set("class", name)
        if (title.text or "").strip():
            title.set("scope", "col")
        else:
            title.tag = "td"
    if all(title.tag == "td" for title in head):
        table.remove(table[0])
    place = list(parent).index(table)
    frame = Element("div", {"class": "table", "role": "group", "tabindex": "0"})
    frame.append(table)
    parent[place] = frame
    for neighbour in (*parent[max(place - 1, 0) : place], *parent[place + 1 : place + 2]):
        if neighbour.tag == "p" and (m := CAPTION.match(neighbour.text or "")):
            neighbour.tag = "caption"
            neighbour.text = neighbour.text[m.end() :]
            parent.remove(neighbour)
            table.insert(0, neighbour)
            break


class _Finish(Treeprocessor):
    """Checks and completes what stands in the text once it is read."""

    def __init__(self, md: Markdown, reader: _Reader) -> None:
        super().__init__(md)
        self.reader = reader

    def run(self, root: Element) -> None:
        source = self.reader.source
        labels: Counter[str] = Counter()
        shown: dict[Element, Picture] = {}
        found = _children(root, "a", "div", "img")
        for _, child in found:
            if child.tag == "a":
                _check_link(child, source)
            elif child.tag == "img":
                if picture := _complete_picture(child, source):
                    shown[child] = picture
            elif child.get("class") == "table":
                _label_table(child, labels)
            elif child.get("class") == "footnote":
                _shape_notes(child)
        if any(child.tag == "img" for _, child in found):
            for parent, child in _children(root, "p"):
                _shape_figures(parent, child)
        _offer_renditions(root, shown)
        if source.abbreviations or source.notes_marked:
            _Words(source).walk(root)


def _plain(text: str) -> str:
    """Give the signs back that Markdown has set aside because of a backslash."""
    return re.sub("\x02(\\d+)\x03", lambda m: chr(int(m[1])), text)


def _check_link(a: Element, source: Source) -> None:
    if a.get("href", "").startswith("\x02amp\x03"):
        return  # <name@example.org>: Markdown itself has made a mailto link of it
    href = _plain(a.get("href", ""))
    a.set("href", href)
    if a.get("class") == "footnote-ref":
        a.set("aria-label", f"脚注{a.text}")
        return
    if a.get("class") == "footnote-backref":
        a.attrib.pop("title", None)
        again = AGAIN.match(href)
        a.set("aria-label", f"回到正文第{again[1]}处" if again else "回到正文")
        return
    places = (f"]({href}", f"<{href}", href)
    if not len(a) and not (a.text or "").strip():
        source.report_text("链接没有文字，请写成[文字](地址)", *places)
    # As a browser reads it: entities resolved, white space and control characters gone.
    target = "".join(sign for sign in unescape(href) if sign > " ")
    if scheme := SCHEME.match(target):
        if scheme[1].lower() not in SCHEMES:
            message = f"链接不能用“{scheme[0]}”开头，可用：http、https、mailto、tel"
            source.report_text(message, *places)
            a.attrib.pop("href")
        elif scheme[1].lower() in WEB and not target[scheme.end() :].startswith("//"):
            message = f"网址“{href}”不完整，请写成“{scheme[1].lower()}://……”"
            source.report_text(message, *places)
        else:
            source.hrefs.append(href)
    elif target.startswith(("//", "\\")):
        message = f"链接“{href}”请写成相对于本文的路径，如../12/x.md；外站地址以https://开头"
        source.report_text(message, *places)
    elif not target.startswith("#"):
        path, mark, fragment = target.partition("#")
        url = source.link(path)
        if url is None:
            message = f"找不到链接“{href}”的文件，请写出它相对于本文的路径；外站地址以https://开头"
            source.report_text(message, *places)
        else:
            a.set("href", url + mark + fragment)


def _check_references(references: Mapping[str, tuple[str, str]], text: str, source: Source) -> None:
    """Report definitions of links that nothing uses: they vanish, whatever stands in them."""
    folded = " ".join(text.casefold().split()) if references else ""
    for name, (href, _) in references.items():
        if folded.count(f"[{name.casefold()}]") < 2:  # noqa: PLR2004  the definition and a use
            message = f"链接的定义“[{name}]: {href}”没有用到：请删去，或在正文里写“[文字][{name}]”"
            source.report_text(message, f"]: {href}", href)


def _complete_picture(img: Element, source: Source) -> Picture | None:
    """Check one picture and write its attributes; return it if a page shows it."""
    src = _plain(img.get("src", ""))
    alt, title = _plain(img.get("alt", "")).strip(), _plain(img.get("title", "")).strip()
    places = (f"]({src}", src)
    picture = None
    if SCHEME.match(unescape(src)) or src.startswith(("/", "\\")):
        message = f"图片“{src[:60]}”要放进content/pictures/，再写它相对于本文的路径"
        source.report_text(message, *places)
    elif (picture := source.picture(src)) is None:
        near = source.near(src)
        hint = f"；是不是“{near}”？" if near not in {"", src} else "，请写出它相对于本文的路径"
        source.report_text(f"找不到图片“{src}”{hint}", *places)
    decorative = title == "装饰"
    if not alt and not decorative and not (picture and picture.alt):
        source.report_text(
            '图片缺少替代文字，请写成![图里有什么](文件)；纯装饰的写(文件 "装饰")',
            f"![]({src}",
            *places,
        )
    if picture is None:
        img.tag = "span"
        img.attrib.clear()
        img.text = AtomicString(alt)
        return None
    img.attrib.clear()
    img.set("src", picture.url)
    img.set("alt", "" if decorative else alt or picture.alt)
    img.set("width", str(picture.width))
    img.set("height", str(picture.height))
    img.set("loading", "lazy")
    img.set("decoding", "async")
    if title and not decorative:
        img.set("title", title)
    return picture


def _offer_renditions(root: Element, shown: Mapping[Element, Picture]) -> None:
    """Let browsers choose of each picture's renditions, and a tap show the largest."""
    if not any(picture.key for picture in shown.values()):
        return
    linked = {img for a in root.iter("a") for img in a.iter("img")}
    for parent, img in _children(root, "img"):
        picture = shown[img]
        if not picture.key:
            continue
        frame = Element("picture", {"class": "picture"})
        frame.tail, img.tail = img.tail, None
        source = {"type": "image/avif", "srcset": picture.srcset("avif"), "sizes": COLUMN}
        SubElement(frame, "source", source)
        img.set("src", picture.src)
        img.set("srcset", picture.srcset("jpg"))
        img.set("sizes", COLUMN)
        frame.append(img)
        place = list(parent).index(img)
        if picture.large and img.get("alt") and img not in linked:
            a = Element("a", {"class": "picture__large", "href": picture.large})
            a.set("aria-label", f"看大图：{img.get('alt')}")
            a.tail, frame.tail = frame.tail, None
            a.append(frame)
            frame = a
        parent[place] = frame


def _shape_figures(parent: Element, paragraph: Element) -> None:
    """Make figures of a paragraph that holds pictures only."""
    pieces = [paragraph.text, *(child.tail for child in paragraph)]
    if not len(paragraph) or any((piece or "").strip() for piece in pieces):
        return
    if any(child.tag != "img" for child in paragraph):
        return
    place = list(parent).index(paragraph)
    parent.remove(paragraph)
    for offset, img in enumerate(list(paragraph)):
        img.tail = None
        figure = Element("figure", {"class": "figure"})
        figure.append(img)
        figure.tail = "\n"
        _caption_figure(figure, img.attrib.pop("title", ""))
        parent.insert(place + offset, figure)


def _caption_figure(figure: Element, title: str) -> None:
    parts = [part.strip() for part in re.split(r"[|｜]", title)]
    credits_ = [part for part in parts if CREDIT.match(part)]
    texts = [part for part in parts if part and part not in credits_]
    if not texts and not credits_:
        return
    caption = SubElement(figure, "figcaption")
    caption.text = AtomicString("，".join(texts))
    for credit in credits_:
        span = SubElement(caption, "span", {"class": "credit"})
        span.text = AtomicString(CREDIT.sub("图：", credit))


def _label_table(frame: Element, labels: Counter[str]) -> None:
    caption = frame.find("table/caption")
    text = "" if caption is None else _plain("".join(caption.itertext()))
    text = STASHED.sub("", text).strip()
    labels[text] += 1
    label = text or f"表格{labels['']}"
    if text and labels[text] > 1:
        label += f"（{labels[text]}）"
    frame.set("aria-label", label)


def _shape_notes(notes: Element) -> None:
    notes.tag = "section"
    notes.set("class", "notes")
    notes.set("aria-label", "脚注")
    notes.remove(notes.find("hr"))


class _Words:
    """Explains each abbreviation where it first stands, and finds footnote marks without a note."""

    QUIET = frozenset(("a", "abbr", "code", "h2", "h3", "h4", "pre", "summary"))

    def __init__(self, source: Source) -> None:
        self.source = source
        self.left = dict(source.abbreviations)
        self.pattern = self._compile()

    def _compile(self) -> re.Pattern[str]:
        words = "|".join(re.escape(word) for word in sorted(self.left, key=len, reverse=True))
        return re.compile(rf"\x02[^\x03]*\x03|(?<![A-Za-z0-9_])(?:{words})(?![A-Za-z0-9_])")

    def walk(self, element: Element, *, quiet: bool = False) -> None:
        children = list(element)
        quiet = quiet or element.tag in self.QUIET
        if element.text and element.tag != "code":
            element.text, found = self.read(element.text, quiet=quiet)
            for place, abbr in enumerate(found):
                element.insert(place, abbr)
        for child in children:
            self.walk(child, quiet=quiet)
            if child.tail:
                child.tail, found = self.read(child.tail, quiet=quiet)
                place = list(element).index(child) + 1
                for offset, abbr in enumerate(found):
                    element.insert(place + offset, abbr)

    def read(self, text: str, *, quiet: bool) -> tuple[str, list[Element]]:
        """Split a text at the abbreviations that have not been explained yet."""
        if "[^" in text:
            for m in UNKNOWN_NOTE.finditer(text):
                message = f"脚注“{m[0]}”没有内容，请另起一段写“{m[0]}: ……”"
                self.source.report_text(message, m[0])
        pieces, found, start = [], [], 0
        if not quiet and self.left:
            for m in self.pattern.finditer(text):
                if m[0] not in self.left:
                    continue
                abbr = Element("abbr", {"title": self.left.pop(m[0])})
                abbr.text = AtomicString(m[0])
                pieces.append(text[start : m.start()])
                found.append(abbr)
                start = m.end()
        pieces.append(text[start:])
        for abbr, tail in zip(found, pieces[1:], strict=True):
            abbr.tail = tail
        return pieces[0], found

"""Python-Markdown, made to try on a text only what the text can need.

The stock engine tries some twenty patterns on every piece of text and a dozen processors on
every block. Most of a news article is plain sentences, which none of them can match. ``Engine``
looks first for the signs without which nothing can; what it finds then goes through the stock
patterns and processors in their stock order, so that the HTML is the same to the byte.
"""

import re
from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    OListProcessor,
    ParagraphProcessor,
    ReferenceProcessor,
    UListProcessor,
)
from markdown.inlinepatterns import (
    LINK_RE,
    DelimiterProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
)
from markdown.inlinepatterns import InlineProcessor as Pattern
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import RE_AMP
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import (
    BLOCK_LEVEL_ELEMENTS,
    ETX,
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    STX,
    AtomicString,
)

# How a line begins that may be more than text: a heading, a quote, a list, a rule, a reference.
_SPECIAL = r"(?:[\s#>+\-_\[]|\*(?: |\*[* ])|\d+\.)"
_SPECIAL_START = re.compile(_SPECIAL)
_SPECIAL_NEXT = re.compile(rf"\n{_SPECIAL}")
# Without one of these no pattern matches; STX begins what a pattern has put aside.
_SIGN = re.compile(rf"[`\\\[<&*_~=\n{STX}]")
# What each pattern needs to match; those not named here are tried on every text with a sign.
_NEEDED = {
    "backtick": "`",
    "escape": "\\",
    "formula": "\\(",
    "cite": "[[",
    "footnote": "[^",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "typed": "<",
    "entity": "&",
}


_SET_ASIDE = UnescapeTreeprocessor.RE
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)


def write(root: Element) -> str:
    """Return a tree as XHTML, its blocks on lines of their own.

    Equal to what PrettifyTreeprocessor, UnescapeTreeprocessor and the serializer make one after
    the other of a tree that holds no <pre>.
    """
    pieces: list[str] = []
    _write(root, pieces.append, among_blocks=True)
    return "".join(pieces)


def _write(element: Element, put: Callable[[str], None], *, among_blocks: bool) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    put(f"<{tag}")
    for key, value in sorted(element.items()):
        quoted = _escaped(_unescaped(value)).replace('"', "&quot;")
        put(f' {key}="{quoted}"')
    block = among_blocks and tag in _BLOCKS
    if tag in HTML_EMPTY:
        put(" />")
    else:
        put(">")
        if block and len(element) and element[0].tag in _BLOCKS and not (text and text.strip()):
            put("\n")
        elif text:
            put(_escaped(text) if tag == "code" else _escaped(_unescaped(text)))
        for child in element:
            _write(child, put, among_blocks=block)
        put(f"</{tag}>")
    if block and not (tail and tail.strip()):
        put("\n")
    elif tag == "br":
        put("\n")
        if tail and tail.strip():
            put(_escaped(_unescaped(tail)))
    elif tail:
        put(_escaped(_unescaped(tail)))


def _unescaped(text: str) -> str:
    """Give the signs back that a backslash has set aside."""
    return _SET_ASIDE.sub(lambda match: chr(int(match[1])), text) if STX in text else text


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


class Engine(Markdown):
    """Markdown without raw HTML, code by indent and headings by underline, else the same.

    All extensions have to be given to the constructor.
    """

    output_formats: ClassVar[dict[str, Callable[[Element], str]]] = {"xhtml": write}

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.parser.settle()
        self.treeprocessors["inline"].settle()

    def build_parser(self) -> Markdown:
        """Build the stock parser with our parts in place of the slow ones."""
        super().build_parser()
        self.parser = _Blocks(self)
        self.preprocessors.deregister("html_block")
        self.preprocessors.register(_Whitespace(self), "normalize_whitespace", 30)
        self.inlinePatterns.deregister("html")
        self.inlinePatterns.register(_Link(LINK_RE, self), "link", 160)
        self.inlinePatterns.register(_Delimiters("*", "strong,em", self), "em_strong", 60)
        self.delimiters.add("_", "strong,em", smart=True)
        self.treeprocessors.register(_Inline(self), "inline", 20)
        self.treeprocessors.deregister("prettify")
        self.treeprocessors.deregister("unescape")
        return self


class _Whitespace(NormalizeWhitespace):
    """Equal to NormalizeWhitespace; its regular expression runs where there is a space to take."""

    def run(self, lines: list[str]) -> list[str]:
        """Take out what could pass for a mark of ours, tabs, and spaces in blank lines."""
        text = "\n".join([*lines, "", ""])
        if "\t" in text or "\r" in text or " \n" in text:
            return super().run(lines)
        return text.replace(STX, "").replace(ETX, "").split("\n")


class _Blocks(BlockParser):
    """Equal to BlockParser with these processors; a plain paragraph goes to the last at once."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        register = self.blockprocessors.register
        register(EmptyBlockProcessor(self), "empty", 100)
        register(ListIndentProcessor(self), "indent", 90)
        register(HashHeaderProcessor(self), "hashheader", 70)
        register(HRProcessor(self), "hr", 50)
        register(OListProcessor(self), "olist", 40)
        register(UListProcessor(self), "ulist", 30)
        register(BlockQuoteProcessor(self), "quote", 20)
        register(ReferenceProcessor(self), "reference", 15)
        self.paragraph = ParagraphProcessor(self)
        register(self.paragraph, "paragraph", 10)
        self.processors: list[BlockProcessor] = []

    def settle(self) -> None:
        """Take the processors of all extensions."""
        self.processors = list(self.blockprocessors)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  the base's name
        """Attach the blocks to their parent."""
        while blocks:
            if _is_plain(blocks[0]):
                self.paragraph.run(parent, blocks)
                continue
            for processor in self.processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


def _is_plain(block: str) -> bool:
    """Whether no processor but the last can want a block."""
    if not block or _SPECIAL_START.match(block):
        return False
    return "\n" not in block or not ("|" in block or _SPECIAL_NEXT.search(block))


class _Inline(InlineProcessor):
    """Equal to InlineProcessor for patterns that look at no ancestors, as all of ours do.

    The order in which texts and tails are read is that of the base: it decides the numbers of
    footnotes and the places of problems.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.all_patterns: list[tuple[str, Pattern]] = []
        self.patterns: list[tuple[str, Pattern]] = []  # for the present text
        self.stashed_nodes: dict[str, Element | str] = {}  # where the patterns look, too

    def settle(self) -> None:
        """Take the patterns of all extensions, each with its sign, in their order."""
        signs = {
            self.inlinePatterns.get_index_for_name(name): sign
            for name, sign in _NEEDED.items()
            if name in self.inlinePatterns
        }
        self.all_patterns = [
            (signs.get(index, ""), pattern) for index, pattern in enumerate(self.inlinePatterns)
        ]

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:  # noqa: ARG002
        """Read the marks in all texts of the tree."""
        self.stashed_nodes = {}
        self.patterns = [
            (sign, pattern)
            for sign, pattern in self.all_patterns
            if self.md.references or not isinstance(pattern, ReferenceInlineProcessor)
        ]
        queue = deque([tree])
        while queue:
            element = queue.popleft()
            filled = []
            for child in element:
                text, tail = child.text, child.tail
                if text and not isinstance(text, AtomicString) and _SIGN.search(text):
                    child.text = None
                    found = self._unfold(self._read(text), child, in_tail=False)
                    queue.extend(found)
                    filled.append((child, found))
                if tail and _SIGN.search(tail):
                    child.tail = None
                    holder = Element("d")
                    found = self._unfold(self._read(tail), holder, in_tail=True)
                    if holder.tail:
                        child.tail = holder.tail
                    place = list(element).index(child) + 1
                    for offset, node in enumerate(found):
                        element.insert(place + offset, node)
                if len(child):
                    queue.append(child)
            for child, found in filled:
                for place, node in enumerate(found):
                    child.insert(place, node)
        return tree

    def _read(self, text: str, first: int = 0) -> str:
        """Put placeholders where patterns match, beginning with the pattern of a number."""
        if isinstance(text, AtomicString) or not _SIGN.search(text):
            return text
        for number in range(first, len(self.patterns)):
            sign, pattern = self.patterns[number]
            start: int | None = 0 if sign in text else None
            while start is not None:
                text, start = self._apply(pattern, text, number, start)
        return text

    def _apply(
        self, pattern: Pattern, text: str, number: int, start: int
    ) -> tuple[str, int | None]:
        """Replace the first match from ``start`` on; return where to go on, None if none is left."""
        for match in pattern.getCompiledRegExp().finditer(text, start):
            node, begin, end = pattern.handleMatch(match, text)
            if begin is not None and end is not None:
                break
        else:
            return text, None
        if node is None:
            return text, end
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            for child in (node, *node):
                if child.text:
                    child.text = self._read(child.text, number + 1)
                if child.tail:
                    child.tail = self._read(child.tail, number)
        key = f"{len(self.stashed_nodes):04}"
        self.stashed_nodes[key] = node
        placeholder = INLINE_PLACEHOLDER % key
        return f"{text[:begin]}{placeholder}{text[end:]}", begin + len(placeholder)

    def _unfold(self, text: str, parent: Element, *, in_tail: bool) -> list[Element]:
        """Give the text before the first placeholder to the parent, return what follows it."""
        found: list[Element] = []

        def add(piece: str) -> None:
            if not piece:
                return
            if found:
                found[-1].tail = found[-1].tail + piece if found[-1].tail else piece
            elif in_tail:
                parent.tail = parent.tail + piece if parent.tail else piece
            else:
                parent.text = parent.text + piece if parent.text else piece

        start = 0
        while (index := text.find(INLINE_PLACEHOLDER_PREFIX, start)) >= 0:
            match = INLINE_PLACEHOLDER_RE.search(text, index)
            node: Any = self.stashed_nodes.get(match[1]) if match else None
            if node is None:  # only looks like a placeholder
                end = index + len(INLINE_PLACEHOLDER_PREFIX)
                add(text[start:end])
                start = end
                continue
            add(text[start:index])
            start = match.end()
            if isinstance(node, str):
                add(node)
                continue
            for child in (node, *node):
                self._unfold_inside(node, child)
            found.append(node)
        add(text[start:] if start else text)
        return found

    def _unfold_inside(self, node: Element, child: Element) -> None:
        """Unfold the tail and the text of a node or of one of its children."""
        if child.tail and INLINE_PLACEHOLDER_PREFIX in child.tail:
            tail, child.tail = child.tail, None
            found = self._unfold(tail, child, in_tail=True)
            place = list(node).index(child) + 1 if node is not child else 0
            for offset, inner in enumerate(found):
                node.insert(place + offset, inner)
        if child.text and INLINE_PLACEHOLDER_PREFIX in child.text:
            text, child.text = child.text, None
            for place, inner in enumerate(self._unfold(text, child, in_tail=False)):
                child.insert(place, inner)


class _Delimiters(DelimiterProcessor):
    """Equal to DelimiterProcessor, which looks at every character for the next delimiter."""

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Find the next run of delimiters that can open or close something."""
        for token in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[token[0]]
            match = delimiter.boundary.match(data, token.start())
            if match and (delimiter.stack or not match.lastgroup.startswith("e")):
                return match
        return None


class _Link(LinkInlineProcessor):
    """Equal to LinkInlineProcessor, which goes through every address sign by sign."""

    ADDRESS = re.compile(r"""\(\s*([^()<>'"]*)\)""")

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        """Read the address, the title, where they end, and whether there are any."""
        if match := self.ADDRESS.match(data, index):
            return self.unescape(match[1]).strip(), None, match.end(), True
        return super().getLink(data, index)

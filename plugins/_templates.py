"""What templates need of Jinja beside its own: cheap components, and pages without their layout."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import markupsafe
from jinja2 import Environment, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from plugins._glossary import linked

# Components that show the same on many pages: what belongs to the site, a channel or a day.
SAME = {"ad", "footer", "licence", "masthead", "motto", "navigation", "notice", "rank"}
# What escape() calls for a text, before it makes it Markup.
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
# What stands for {{ root }}, {{ ….url }}, {{ ui.…() }}, another value and a statement while the text
# between them is looked at: controls, which no template holds.
ROOT, URL, COMPONENT, VALUE, STATEMENT = "\1\2\3\4\5"
HOLE = re.compile(f"[{ROOT}-{STATEMENT}]")
VERBATIM = re.compile(
    r"(<(?:pre|script|style|textarea)\b.*?</(?:pre|script|style|textarea)>)", re.DOTALL
)
# Beside these no blank is ever seen: blocks, what a head holds, a component on a line of its own.
BLOCKS = (
    "article|aside|blockquote|body|details|div|figure|footer|form|h[1-6]|head|header|html|iframe|li"
    "|link|main|meta|nav|ol|p|section|summary|table|title|ul"
)
BESIDE = re.compile(
    rf"\s*(<!doctype html>|</?(?:{BLOCKS})(?![\w-])[^<>]*>)\s*|(?:\n\s*)?({COMPONENT})(?:\n\s*)?"
)
TAG = re.compile(r"<[a-z][^<>]*>")
PLAIN = rf"[^\s\"'=<>`{ROOT}-{STATEMENT}]+"  # a value that needs no quotes
UNQUOTED = re.compile(rf'="({PLAIN}|{ROOT}/(?:{URL}|[\w./-]*))"(?={STATEMENT}*[\s>])', re.ASCII)
LAST = re.compile(rf'="({PLAIN})">', re.ASCII)
# Before these a paragraph ends by itself.
NEXT = (
    "article|aside|blockquote|details|div|figure|footer|form|h[1-6]|header|main|nav|ol|p|section"
    "|table|ul"
)
PARAGRAPH = re.compile(rf"</p>(?=</?(?:{NEXT})[\s>])")
ROWS = ("caption", "tbody", "thead", "td", "th", "tr")
# What begins a line whose break nobody sees, and the ends that it implies.
BEGINS = re.compile(rf"</?(?:{BLOCKS}|hr|pre|{'|'.join(ROWS)})(?:[\s>]|\Z)")
IMPLIED = frozenset(f"{name}>" for name in ("p", "li", *ROWS))
# Expressions that print an address of the site, without its root.
OWN = re.compile(r"(?:\w+\.)*(?:url|feed|newer|older)")
# No line begins with these (GB/T 15834-2011, 5.1.5 to 5.1.7: connectors, interpunct, separator; CLREQ,
# 6.1.1). UAX 14 lets one, and no CSS says otherwise. A dash of two, which breaks off, may begin one.
NEVER_FIRST = "～—·／"
# What a figure is measured in: its line may not part them (CLREQ, 6.1.2). UAX 14 knows no word of Han.
# The sign before is looked at last: so the engine passes over a text without trying each of its places.
UNIT = "[百千万亿元角分个家倍件单人名次条种款项笔台张份场折天周小秒米吨]"
UNITS = re.compile(f"{UNIT}(?<=[0-9>].)(?:(?<=[百千万亿]){UNIT})*")
# Before what may not begin a line; the second with the gap of text-autospace, which a joiner closes.
JOINER, GAP = "<bdi></bdi>", "<u></u>"
INLINE = re.compile(r"</?(?:a|abbr|b|del|em|ins|mark|q|small|span|strong|sub|sup)\b")
# What is shown as it was typed, and what may hold text alone.
AS_TYPED = re.compile(
    r"<(code|kbd|math|option|pre|samp|script|style|svg|textarea|time)\b.*?</\1>", re.DOTALL
)
# These part at places of their own: the pieces of a headline, the cells of a table.
PARTED = ("<wbr", "<i>", "</i", "<td", "<th")
# Of a card, shorter than any line (tests/site/test_look.py).
MINUTES = re.compile(r"约\d+(?:～\d+)?分钟<")


class Components:
    """The macros of ``components/``, each under its own name: ``{{ ui.card(item, SITEURL) }}``.

    A file is read once in an environment's life. ``{% from … import … %}`` would look it up, and
    ask the disk whether it changed, again for every page: a third of a page's time.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """Read the component at its first use."""
        macro = getattr(self._environment.get_template(f"components/{name}.html").module, name)
        if name in SAME:
            macro = once(macro)
        setattr(self, name, macro)
        return macro


def once(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """Draw a component once for all pages on which it shows the same values."""
    kept = lru_cache(maxsize=256, typed=True)(macro)

    def drawn(*values: Any, **named: Any) -> Markup:
        try:
            return kept(
                *map(frozen, values), **{name: frozen(value) for name, value in named.items()}
            )
        except TypeError:  # a value that cannot be remembered
            return macro(*values, **named)

    return drawn


def frozen(value: Any) -> Any:
    """Return a list as what can be remembered."""
    return tuple(map(frozen, value)) if value.__class__ is list else value


def lean(text: str) -> str:
    """Write a template's own text as short as HTML allows.

    No blank beside a block, no end of an ``<li>`` or of a ``<p>`` before a block (HTML standard,
    13.1.2.4), no quotes where a value needs none (13.1.2.3). What an expression prints keeps its
    quotes, but for addresses of the site, which hold nothing but letters, digits, hyphens, dots and
    slashes.

    >>> lean('<ul class="tags">\\n<li><a href="./">a</a></li>\\n<li title="a b">b</li>\\n</ul>')
    '<ul class=tags><li><a href=./>a</a><li title="a b">b</ul>'
    """
    pieces = VERBATIM.split(text)
    for place in range(0, len(pieces), 2):
        piece = BESIDE.sub(r"\1\2", pieces[place]).replace("</li>", "")
        piece = PARAGRAPH.sub("", piece)
        pieces[place] = TAG.sub(lambda tag: UNQUOTED.sub(r"=\1", tag[0]), piece)
    return "".join(pieces)


def closed(html: str) -> str:
    """Write a text's HTML without the ends of lines that the next tag implies, and few quotes.

    Of paragraphs, items and cells (HTML standard, 13.1.2.4), where a block or an end follows, with
    the line break, which nobody sees; of a tag's last value, as no text has a bare ``>``.
    Cost: O(length).

    >>> closed("<p>a</p>\\n<ul>\\n<li>b</li>\\n</ul>\\n<p>c</p>\\n<b>d</b>")
    '<p>a<ul><li>b</ul><p>c</p>\\n<b>d</b>'
    """
    first, *lines = html.split("\n")
    pieces = [first]
    for line in lines:
        if line[:1] == "<" and BEGINS.match(line):
            before, end, name = pieces[-1].rpartition("</")
            if end and name in IMPLIED:
                pieces[-1] = before
            pieces.append(line)
        else:
            pieces += ["\n", line]
    return LAST.sub(r"=\1>", "".join(pieces))


def joined(html: str) -> str:
    """Keep with what stands before them: signs that may begin no line, and units of figures.

    An empty element before each is where the style sheet sets a word joiner: nobody who copies, searches
    or extracts the text meets a sign that nobody typed. Markup stays markup. Cost: O(length).

    >>> joined('<p title="7～12">7～12万元')
    '<p title="7～12">7<bdi></bdi>～12<u></u>万<bdi></bdi>元'
    """
    marks = {at: JOINER for sign in NEVER_FIRST if sign in html for at in places_of(sign, html)}
    for units in UNITS.finditer(html):
        start, end = units.span()
        if of_a_figure(html, start):
            marks |= dict.fromkeys(range(start, end), JOINER) | {start: GAP}
    if not marks:
        return html
    shown = [typed.span() for typed in AS_TYPED.finditer(html)]
    pieces, done = [], 0
    for at in sorted(marks):
        nearest = bisect(shown, (at,)) - 1
        if nearest < 0 or at >= shown[nearest][1]:
            pieces += [html[done:at], marks[at]]
            done = at
    return html.__class__("".join([*pieces, html[done:]]))


def of_a_figure(html: str, at: int) -> bool:
    """Whether what stands at a place is the unit of a figure, in text that any line may part."""
    start, end = html.rfind("<", 0, at), html.rfind(">", 0, at)
    if at == end + 1:
        return html[start - 1].isdigit() and INLINE.match(html, start) is not None
    return start <= end and not (
        html.startswith(PARTED, start)
        or html.startswith(PARTED, html.find("<", at))
        or MINUTES.match(html, end + 1)
    )


def places_of(sign: str, html: str) -> Iterator[int]:
    """Yield where a sign stands in running text, behind something that its line may not leave."""
    at = html.find(sign)
    while at >= 0:
        start, end = html.rfind("<", 0, at), html.rfind(">", 0, at)
        before = html[end + 1 : at]
        beside = before[-1:] + html[at + 1 : at + 2]
        bound = before[-1:].strip() or (not before and INLINE.match(html, start))
        if start <= end and bound and "—" not in beside and not MINUTES.match(html, end + 1):
            yield at
        at = html.find(sign, at + 1)


def parts(stream: TokenStream) -> Iterator[list[Token]]:
    """Cut a template into its own text, its expressions and its statements."""
    part: list[Token] = []
    for token in stream:
        if part and (token.type == "data") != (part[-1].type == "data"):
            yield part
            part = []
        part.append(token)
        if token.type in {"variable_end", "block_end"}:
            yield part
            part = []
    yield part


def written(part: list[Token]) -> str:
    """Return a part's text, or what stands for it."""
    kind, words = part[0].type if part else "data", [str(token.value) for token in part]
    if kind == "data":
        return "".join(words)
    if kind != "variable_begin":
        return STATEMENT
    expression = "".join(words[1:-1])
    if expression in {"root", "SITEURL"}:
        return ROOT
    if expression.startswith("ui."):
        return COMPONENT
    return URL if OWN.fullmatch(expression) else VALUE


class Strict(Extension):
    """Let a misspelt name stop the build, as ``"undefined": StrictUndefined`` does.

    Settings that hold that class load all of Jinja, also for a build that draws nothing.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.undefined = StrictUndefined


class Direct(CodeGenerator):
    """Write the code of templates shorter than Jinja does: a sixth of a page's time.

    What is printed becomes part of a page and no value, so it need not be Markup; a component wants
    nothing of the page that shows it, so it is called without being asked.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Begin with what the code needs."""
        self.writeline(f"from {__name__} import printed")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("printed(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call ``ui.…(…)`` as Python would."""
        called = node.node
        if (
            isinstance(called, nodes.Getattr)
            and isinstance(called.node, nodes.Name)
            and called.node.name == "ui"
            and not (forward_caller or node.dyn_args or node.dyn_kwargs)
        ):
            self.visit(called.node, frame)
            self.write(f".{called.attr}(")
            for part in (*node.args, *node.kwargs):
                self.visit(part, frame)
                self.write(", ")
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)


def printed(value: Any) -> str:
    """Return a value as it stands in a page: HTML as it is, all else escaped."""
    if value.__class__ is Markup:
        return value
    return escape_text(value) if value.__class__ is str else escape(value)


class Flush(Extension):
    """Lend templates ``ui``, and drop what only their authors need; what they print stays."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["ui"] = Components(environment)
        environment.code_generator_class = Direct
        environment.filters |= {"closed": closed, "joined": joined, "linked": linked}

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source with every line flush left; the lines keep their numbers."""
        return INDENT.sub("", source)

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield a template's tokens, with lean text between its expressions and statements."""
        found = list(parts(stream))
        texts = iter(HOLE.split(lean("".join(map(written, found)))))
        text = next(texts)
        for part in found:
            if part and part[0].type == "data":
                yield Token(part[0].lineno, "data", text)
            else:
                yield from part
                text = next(texts, "")

"""The style sheet of one page: the rules that its HTML calls for, and no others.

A selector belongs to the pages that have all classes and elements which it names; a token to those
whose rules use it. So nothing has to be listed, and no page carries a rule it cannot use.

What goes out is smaller than what designers write: tokens get names of one letter or give way to
their value, rules for wider screens and for paper stand together at the end, and components that
say the same say it once.
``url(wordmark.svg)`` brings that drawing of ``theme/templates`` along.

With ``CSS = "file"`` all parts are one file for the whole site instead. Its name holds its hash:
a new style has a new address, so no reader keeps an old one.

Lends templates ``style`` and ``stylesheet``. Settings: ``CSS``, see :class:`Settings`.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from string import ascii_letters
from typing import NamedTuple
from urllib.parse import quote

import rcssmin
from markupsafe import Markup

from plugins import _facts
from plugins._card import Card
from plugins._frozen import Frozen

MODES = ("inline", "file")
FIRST = ("tokens", "base", "layout")
FOLDERS = ("layout", "components", "prose")
LAST = ("print",)
EVERYWHERE = frozenset({"html", "body"})

# Patterns that begin with a literal: one with a choice is five times slower, on every page.
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
CLASS = re.compile(r" class=([\w-]+)")
CLASSES = re.compile(r' class="([^"]*)"')

COMBINATOR = re.compile(r" ([+~]) (?=[^;{}]*\{)")  # in calc() the spaces are part of the sum
QUOTED = re.compile(r'="([a-z]+)"\]')
DRAWING = re.compile(r"url\(([\w-]+\.svg)\)")

TOKEN = re.compile(r"(?<![\w-])--[a-z][\w-]*")
DEFINED = re.compile(r"(--[a-z][\w-]*):([^;}]*);?")
USED = re.compile(r"var\((--[a-z][\w-]*)\)")
SHORT = len("var(--a)")

RULE = re.compile(r"(@[^{}]+)\{((?:[^{}]*\{[^{}]*\})*)\}|([^{}]+)\{([^{}]*)\}")
CONDITION = re.compile(r"@(?:media|supports)\b")
LATE = re.compile(r"@media (?:\(min-width:(\d+)px\)|print)")
TWICE = re.compile(r"(?<![^{}])([^{}@]+)\{([^{}]*)\}\1\{([^{}]*)\}")
COMMA = re.compile(r",(?![^(]*\))")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|:+[\w-]+")  # of a selector, what names nothing
NAME = re.compile(r"[a-z][\w-]*")
OWNER = re.compile(r"^\.([a-z]+)")
# What any browser knows: of selectors with another, an old one would drop all that share its rule.
PLAIN = re.compile(r"\.([a-z]+)[\w .>+~*-]*")
PROPERTY = re.compile(r"(?:^|;)-*(line-height|white-space|(?:column|row)-gap|[a-z]+)")
PART_OF = {"line-height": "font", "white-space": "text", "column-gap": "gap", "row-gap": "gap"}


class Settings(Frozen):
    """What this plugin reads of the site's settings."""

    THEME: str = "theme"
    CSS: str = "inline"

    def __post_init__(self) -> None:
        """Refuse a mode that is none."""
        if self.CSS not in MODES:
            raise _facts.RefusalError(
                f'pelicanconf.py: CSS 写成了“{self.CSS}”；请写 "inline"（样式写在每一页里）'
                '或 "file"（全站共用一个样式文件）'
            )


class Rule(NamedTuple):
    """One rule: under which condition, what it selects, what it says."""

    condition: str  # "@media …", or "" for any screen and paper
    selectors: tuple[tuple[frozenset[str], str], ...]  # each with what must be on the page
    text: str


@cache
def parts(value: str) -> frozenset[str]:
    """Return the classes of an attribute."""
    return frozenset(value.split())


def called(html: str) -> frozenset[str]:
    """Return the names that may call a rule: elements and classes.

    >>> sorted(called('<p class="card__title lead--long"><b class=wide>') - EVERYWHERE)
    ['b', 'card__title', 'lead--long', 'p', 'wide']
    """
    found = EVERYWHERE.union(ELEMENT.findall(html), CLASS.findall(html))
    return found.union(*map(parts, set(CLASSES.findall(html))))


def needs(selector: str) -> frozenset[str]:
    """Return the classes and elements without which a selector selects nothing.

    >>> sorted(needs(".prose ul:not([class])>li::marker"))
    ['li', 'prose', 'ul']
    """
    return frozenset(NAME.findall(ASIDE.sub("", selector)))


def rules(css: str, condition: str = "") -> Iterator[Rule]:
    """Cut a style into its rules; what is neither rule nor condition belongs to every page."""
    for at, inside, selectors, text in RULE.findall(css):
        if CONDITION.match(at):
            yield from rules(inside, at)
        elif at or selectors.startswith("@"):
            yield Rule(condition, ((frozenset(), at or selectors),), inside or text)
        else:
            wanted = tuple((needs(one), one) for one in COMMA.split(selectors))
            yield Rule(condition, wanted, text)


@cache
def sheet(theme: str) -> tuple[Rule, ...]:
    """Return all rules of a theme, minified, in the order of the cascade."""
    styles = Path(theme) / "styles"
    paths = [
        *(styles / f"{name}.css" for name in FIRST),
        *(path for folder in FOLDERS for path in sorted((styles / folder).glob("*.css"))),
        *(styles / f"{name}.css" for name in LAST),
    ]
    css = "".join(drawn(Path(theme), smaller(path.read_text(encoding="utf-8"))) for path in paths)
    components = {path.stem for path in paths if path.parent.name == "components"}
    return tuple(merged(rules(renamed(inlined(css))), components))


def merged(found: Iterable[Rule], components: AbstractSet[str]) -> list[Rule]:
    """Write rules of components that say the same as one, where the first of them stands.

    No component has rules for elements of another, so the order of those of two does not matter: a
    rule moves up if none of its own component before it is about the same properties.

    >>> apart = ".a{b:c}.a p{d:e}.f{g:h}.f p{d:e}.i{d-j:k}.i p{d:e}"
    >>> [[one for _, one in rule.selectors] for rule in merged(rules(apart), {"a", "f", "i"})]
    [['.a'], ['.a p', '.f p'], ['.f'], ['.i'], ['.i p']]
    """
    kept: list[Rule] = []
    first: dict[tuple[str, str], int] = {}
    told: dict[str, set[str]] = defaultdict(set)
    for rule in found:
        about = {PART_OF.get(name, name) for name in PROPERTY.findall(rule.text)}
        plain = PLAIN.fullmatch(rule.selectors[0][1]) if len(rule.selectors) == 1 else None
        place = len(kept)
        if plain and plain[1] in components:
            place = first.setdefault((rule.condition, rule.text), place)
        if place < len(kept) and about.isdisjoint(told[plain[1]]):
            kept[place] = kept[place]._replace(selectors=kept[place].selectors + rule.selectors)
        else:
            kept.append(rule)
        for _, selector in rule.selectors:
            told["".join(OWNER.findall(selector)[:1])] |= about
    return kept


def smaller(css: str) -> str:
    """Return a style without what only its authors need.

    >>> smaller('a + b:not([c="d"]) { font: 1em / 2 e; /* why */ }')
    'a+b:not([c=d]){font:1em/2 e}'
    """
    css = COMBINATOR.sub(r"\1", rcssmin.cssmin(css)).replace(" / ", "/")
    return QUOTED.sub(r"=\1]", css)


def inlined(css: str) -> str:
    """Put the value of a token in its place where it has only one, and a short one.

    >>> inlined(":root{--a:1px;--b:2px}c{d:var(--a) var(--b)}e{--b:3px}")
    ':root{--b:2px}c{d:1px var(--b)}e{--b:3px}'
    """
    values: dict[str, list[str]] = {}
    for token, value in DEFINED.findall(css):
        values.setdefault(token, []).append(value)
    short = {
        token: found[0]
        for token, found in values.items()
        if len(found) == 1 and len(found[0]) <= SHORT
    }
    css = DEFINED.sub(lambda one: "" if one[1] in short else one[0], css)
    return USED.sub(lambda one: short.get(one[1], one[0]), css)


def renamed(css: str) -> str:
    """Call tokens by one letter."""
    tokens = sorted(set(TOKEN.findall(css)))
    letters = {token: f"--{letter}" for token, letter in zip(tokens, ascii_letters, strict=False)}
    return TOKEN.sub(lambda token: letters.get(token[0], token[0]), css)


def drawn(theme: Path, css: str) -> str:
    """Write the theme's drawings where a style names them: a file of its own would come later."""

    def data(name: re.Match[str]) -> str:
        svg = (theme / "templates" / name[1]).read_text(encoding="utf-8").strip()
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        address = quote(svg.replace('"', "'"), safe=" /:='")
        return f'url("data:image/svg+xml,{address}")'

    return DRAWING.sub(data, css)


def gathered(found: Iterable[tuple[str, str]]) -> str:
    """Write rules with their conditions: narrow screens before wide ones and paper last.

    >>> gathered([("@media print", "a{b:c}"), ("", "d{e:f}"), ("@media print", "g{h:i}")])
    'd{e:f}@media print{a{b:c}g{h:i}}'

    Of two rules for the same, one after the other, one is left.

    >>> gathered([("", "a{b:c}"), ("", "a{d:e}"), ("", "f{g:h}")])
    'a{b:c;d:e}f{g:h}'
    """
    late: dict[tuple[float, str], str] = {}
    css = ""
    for condition, run in groupby(found, key=itemgetter(0)):
        text = "".join(rule for _, rule in run)
        if width := LATE.match(condition):
            key = (float(width[1] or "inf"), condition)
            late[key] = late.get(key, "") + text
        else:
            css += f"{condition}{{{text}}}" if condition else text
    css += "".join(f"{condition}{{{text}}}" for (_, condition), text in sorted(late.items()))
    return TWICE.sub(r"\1{\2;\3}", css)


@cache
def bundle(theme: str, names: frozenset[str]) -> Markup:
    """Return as one sheet the rules that belong to every page or to ``names``.

    Of tokens, those that a rule uses. Cost: O(rules of the theme).
    """
    found = [
        (rule, ",".join(kept))
        for rule in sheet(theme)
        if (kept := [one for needed, one in rule.selectors if needed <= names])
    ]
    wanted = set(USED.findall("".join(rule.text for rule, _ in found)))

    def written() -> Iterator[tuple[str, str]]:
        for rule, selector in found:
            text = rule.text
            if "--" in text:
                text = DEFINED.sub(lambda one: one[0] if one[1] in wanted else "", text).rstrip(";")
            if text:
                yield rule.condition, f"{selector}{{{text}}}"

    return Markup(gathered(written()))  # noqa: S704  the theme's own files


@cache
def known(theme: str) -> frozenset[str]:
    """Return the names that some rule needs, so that pages which differ in others share a sheet."""
    return frozenset().union(*(need for rule in sheet(theme) for need, _ in rule.selectors))


@cache
def address(theme: str) -> str:
    """Return the address of the file that all pages share."""
    css = bundle(theme, known(theme))
    return f"theme/style-{hashlib.sha256(css.encode()).hexdigest()[:10]}.css"


def style(settings: Settings, html: str) -> Markup:
    """Return the style sheet of the page whose body is ``html``, or that of all pages."""
    names = known(settings.THEME)
    return bundle(settings.THEME, names if settings.CSS == "file" else called(html) & names)


def stylesheet(settings: Settings) -> str:
    """Return the address of the file that all pages share, or nothing if each has its own."""
    return address(settings.THEME) if settings.CSS == "file" else ""


def pages(
    _cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File]:
    """Write the file that all pages share."""
    if url := stylesheet(settings):
        yield _facts.File(url, str(style(settings, "")))


def forget() -> None:
    """Read the files again: a preview builds many times in one process."""
    for function in (sheet, bundle, known, address):
        function.cache_clear()


def register() -> None:
    """Give the templates ``style`` and ``stylesheet``."""
    _facts.register(
        "styles",
        settings=Settings,
        pages=pages,
        sees=(),
        template_globals={"style": style, "stylesheet": stylesheet},
        forget=forget,
    )

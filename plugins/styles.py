"""The style sheet of one page: the parts that its HTML calls for, and no others.

A file of ``theme/styles`` at the top level belongs to every page. A file in one of its folders
belongs to the pages that use its name: as the block of a class (``class="card__title"`` calls
``components/card.css``) or as an element (``<table>`` calls ``prose/table.css``). So a component
and its style are joined by their name alone, and no page carries a rule it cannot use.

What goes out is smaller than what designers write: tokens get names of one letter, and rules for
wider screens and for paper stand together at the end. ``url(wordmark.svg)`` brings that drawing of
``theme/templates`` along.

With ``CSS = "file"`` all parts are one file for the whole site instead. Its name holds its hash:
a new style has a new address, so no reader keeps an old one.

Lends templates ``style`` and ``stylesheet``. Settings: ``CSS``, see :class:`Settings`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import ascii_letters
from urllib.parse import quote

import rcssmin
from markupsafe import Markup

from plugins import _facts
from plugins._card import Card

MODES = ("inline", "file")
FIRST = ("tokens", "base", "layout")
FOLDERS = ("layout", "components", "prose")
LAST = ("print",)

# Two patterns that begin with a literal: one with a choice is five times slower, on every page.
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
CLASSES = re.compile(r' class="([^"]*)"')
TOKEN = re.compile(r"(?<![\w-])--[a-z][\w-]*")
COMBINATOR = re.compile(r" ([+~]) (?=[^;{}]*\{)")  # in calc() the spaces are part of the sum
QUOTED = re.compile(r'="([a-z]+)"\]')
DRAWING = re.compile(r"url\(([\w-]+\.svg)\)")
MEDIA = re.compile(r"(@media (?:\(min-width:(\d+)px\)|print))\{((?:[^{}]*\{[^{}]*\})*)\}")


@dataclass(frozen=True)
class Settings:
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


@cache
def blocks(value: str) -> frozenset[str]:
    """Return the blocks of a class attribute.

    >>> sorted(blocks("card__title lead--long"))
    ['card', 'lead']
    """
    return frozenset(re.split("__|--", name)[0] for name in value.split())


def called(html: str) -> frozenset[str]:
    """Return the names that may call a style: elements, and the blocks of classes.

    >>> sorted(called('<p class="card__title lead--long">'))
    ['card', 'lead', 'p']
    """
    return frozenset(ELEMENT.findall(html)).union(*map(blocks, set(CLASSES.findall(html))))


@cache
def sheets(theme: str) -> Mapping[str, str]:
    """Return the minified styles of a theme by their places, in the order of the cascade."""
    styles = Path(theme) / "styles"
    paths = [
        *(styles / f"{name}.css" for name in FIRST),
        *(path for folder in FOLDERS for path in sorted((styles / folder).glob("*.css"))),
        *(styles / f"{name}.css" for name in LAST),
    ]
    found = {
        path.relative_to(styles).with_suffix("").as_posix(): drawn(
            Path(theme), smaller(path.read_text(encoding="utf-8"))
        )
        for path in paths
    }
    tokens = sorted({token for css in found.values() for token in TOKEN.findall(css)})
    names = {token: f"--{letter}" for token, letter in zip(tokens, ascii_letters, strict=False)}
    return {
        place: TOKEN.sub(lambda token: names.get(token[0], token[0]), css)
        for place, css in found.items()
    }


def smaller(css: str) -> str:
    """Return a style without what only its authors need.

    >>> smaller('a + b:not([c="d"]) { font: 1em / 2 e; /* why */ }')
    'a+b:not([c=d]){font:1em/2 e}'
    """
    css = COMBINATOR.sub(r"\1", rcssmin.cssmin(css)).replace(" / ", "/")
    return QUOTED.sub(r"=\1]", css)


def drawn(theme: Path, css: str) -> str:
    """Write the theme's drawings where a style names them: a file of its own would come later."""

    def data(name: re.Match[str]) -> str:
        svg = (theme / "templates" / name[1]).read_text(encoding="utf-8").strip()
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        address = quote(svg.replace('"', "'"), safe=" /:='")
        return f'url("data:image/svg+xml,{address}")'

    return DRAWING.sub(data, css)


def gathered(css: str) -> str:
    """Put rules of one condition together, narrow screens before wide ones and paper last.

    >>> gathered("@media print{a{b:c}}d{e:f}@media print{g{h:i}}")
    'd{e:f}@media print{a{b:c}g{h:i}}'
    """
    found: dict[tuple[float, str], str] = {}
    for condition, width, rules in MEDIA.findall(css):
        key = (float(width or "inf"), condition)
        found[key] = found.get(key, "") + rules
    return MEDIA.sub("", css) + "".join(
        f"{condition}{{{rules}}}" for (_, condition), rules in sorted(found.items())
    )


@cache
def bundle(theme: str, names: frozenset[str]) -> Markup:
    """Return as one sheet the styles that belong to every page or to ``names``."""
    places = sheets(theme).items()
    css = "".join(css for place, css in places if "/" not in place or Path(place).name in names)
    return Markup(gathered(css))  # noqa: S704  the theme's own files


@cache
def known(theme: str) -> frozenset[str]:
    """Return the names that have a style, so that pages which differ in others share a sheet."""
    return frozenset(Path(place).name for place in sheets(theme) if "/" in place)


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
    for function in (sheets, bundle, known, address):
        function.cache_clear()


def register() -> None:
    """Give the templates ``style`` and ``stylesheet``."""
    _facts.register(
        "styles",
        settings=Settings,
        pages=pages,
        template_globals={"style": style, "stylesheet": stylesheet},
        forget=forget,
    )

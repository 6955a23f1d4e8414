"""The style sheet of one page: the parts that its HTML calls for, and no others.

A file of ``theme/styles`` at the top level belongs to every page. A file in one of its folders
belongs to the pages that use its name: as the block of a class (``class="card__title"`` calls
``components/card.css``) or as an element (``<table>`` calls ``prose/table.css``). So a component
and its style are joined by their name alone, and no page carries a rule it cannot use.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rcssmin
from markupsafe import Markup

from plugins import _facts

FIRST = ("tokens", "base", "layout")
FOLDERS = ("layout", "components", "prose")
LAST = ("print",)

# Two patterns that begin with a literal: one with a choice is five times slower, on every page.
ELEMENT = re.compile(r"<([a-z][a-z0-9]*)")
CLASSES = re.compile(r' class="([^"]*)"')


@dataclass(frozen=True)
class Settings:
    """What this plugin reads of the site's settings."""

    THEME: str = "theme"


def called(html: str) -> frozenset[str]:
    """Return the names that may call a style: elements, and the blocks of classes.

    >>> sorted(called('<p class="card__title lead--long">'))
    ['card', 'lead', 'p']
    """
    classes = {name for value in set(CLASSES.findall(html)) for name in value.split()}
    return frozenset(ELEMENT.findall(html)) | {re.split("__|--", name)[0] for name in classes}


@cache
def sheets(styles: Path) -> Mapping[str, str]:
    """Return the minified files below ``styles`` by their places, in the order of the cascade."""
    paths = [
        *(styles / f"{name}.css" for name in FIRST),
        *(path for folder in FOLDERS for path in sorted((styles / folder).glob("*.css"))),
        *(styles / f"{name}.css" for name in LAST),
    ]
    return {
        path.relative_to(styles).with_suffix("").as_posix(): rcssmin.cssmin(
            path.read_text(encoding="utf-8")
        )
        for path in paths
    }


@cache
def bundle(styles: Path, names: frozenset[str]) -> str:
    """Return as one sheet the files below ``styles`` that belong to every page or to ``names``."""
    places = sheets(styles).items()
    return "".join(css for place, css in places if "/" not in place or Path(place).name in names)


@cache
def known(styles: Path) -> frozenset[str]:
    """Return the names that have a style, so that pages which differ in others share a sheet."""
    return frozenset(Path(place).name for place in sheets(styles) if "/" in place)


def style(settings: Settings, html: str) -> Markup:
    """Return the style sheet of the page whose body is ``html``."""
    styles = Path(settings.THEME) / "styles"
    return Markup(bundle(styles, called(html) & known(styles)))  # noqa: S704 the theme's own files


def forget() -> None:
    """Read the files again: a preview builds many times in one process."""
    for function in (sheets, bundle, known):
        function.cache_clear()


def register() -> None:
    """Give the templates ``style``."""
    _facts.register("styles", settings=Settings, template_globals={"style": style}, forget=forget)

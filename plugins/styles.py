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
from pelican import signals

from plugins import _facts

FIRST = ("tokens", "base", "layout")
FOLDERS = ("layout", "components", "prose")
LAST = ("print",)

CALL = re.compile(r'<([a-z][a-z0-9]*)|\bclass="([^"]*)"')


@dataclass(frozen=True)
class Settings:
    """What this plugin reads of the site's settings."""

    THEME: str = "theme"


def called(html: str) -> frozenset[str]:
    """Return the names that may call a style: elements, and the blocks of classes.

    >>> sorted(called('<p class="card__title lead--long">'))
    ['card', 'lead', 'p']
    """
    names: set[str] = set()
    for element, classes in CALL.findall(html):
        names.add(element)
        names.update(re.split("__|--", name)[0] for name in classes.split())
    return frozenset(names)


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
def bundle(styles: Path, places: frozenset[str]) -> str:
    """Return the files at ``places`` below ``styles`` as one sheet."""
    return "".join(text for place, text in sheets(styles).items() if place in places)


def wanted(styles: Path, html: str) -> frozenset[str]:
    """Return the places of the files that a page with the body ``html`` needs."""
    names = called(html)
    return frozenset(
        place for place in sheets(styles) if "/" not in place or place.split("/")[1] in names
    )


def style(settings: Settings, html: str) -> Markup:
    """Return the style sheet of the page whose body is ``html``."""
    styles = Path(settings.THEME) / "styles"
    return Markup(bundle(styles, wanted(styles, html)))  # noqa: S704 the theme's own files


def forget(_: object) -> None:
    """Read the files again: a preview builds many times in one process."""
    sheets.cache_clear()
    bundle.cache_clear()


def register() -> None:
    """Give the templates ``style``."""
    signals.initialized.connect(forget)
    _facts.register("styles", settings=Settings, template_globals={"style": style})

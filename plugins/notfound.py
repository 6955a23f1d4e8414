"""Draw the page of a missing address, which hosts show at any depth.

Adds ``404.html``; it alone links from the site's own path instead of relatively.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from plugins import _facts
from plugins._card import Card, Link
from plugins._frozen import Frozen


class Settings(Frozen):
    """No settings of its own."""

    SITEURL: str


def pages(
    _cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Page]:
    """Draw the one page."""
    root = urlsplit(settings.SITEURL).path.rstrip("/")
    data = {"SITEURL": root, "trail": (Link("首页", ""),)}
    yield _facts.Page("404.html", "404", data, relative=False)


def register() -> None:
    """Join the run."""
    _facts.register("notfound", settings=Settings, pages=pages, sees=())

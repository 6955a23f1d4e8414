"""Write the small files that hosts read beside the pages.

Adds ``.nojekyll`` (GitHub Pages then serves the folder as it is), ``favicon.ico``, ``CNAME`` for an
own domain and ``_headers`` for hosts that read it. Settings: ``HOSTING``, see :class:`Settings`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plugins import _facts
from plugins._card import Card

HEADERS = """\
/*
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()
  Content-Security-Policy: frame-ancestors 'none'
"""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``HOSTING`` in pelicanconf.py."""

    domain: str = ""  # an own domain on GitHub Pages, such as www.example.com
    THEME: str


def pages(
    _cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File]:
    """Write the files."""
    yield _facts.File(".nojekyll", "")
    yield _facts.File("_headers", HEADERS)
    icon = Path(settings.THEME) / "static" / "favicon.ico"
    if icon.is_file():  # browsers and machines ask for it at the root, whatever a page says
        yield _facts.File("favicon.ico", icon.read_bytes())
    if settings.domain:
        yield _facts.File("CNAME", f"{settings.domain}\n")


def register() -> None:
    """Join the run."""
    _facts.register("hosting", settings=Settings, pages=pages)

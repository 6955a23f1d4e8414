"""Forbid everything on a page that is not its own (Content Security Policy, level 3).

Lends templates ``csp``: the policy of one page, with the hashes of its style and data blocks, and
the hosts of frames and scripts only on the pages that hold them. No browser asks about a data block,
which is not run; checkers do.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from plugins import _facts
from plugins._frozen import Frozen

DATA = "{data}"  # stands for the hash of a page's data
FRAME = re.compile(r'<iframe[^>]* src="(https://[^"]+)"')


class Settings(Frozen):
    """``CSP`` in pelicanconf.py."""

    STATISTICS: Mapping[str, Any] = {}
    CSS: str = "inline"


def digest(text: str) -> str:
    """Return a block's hash as the policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def origin(url: str) -> str:
    """Return scheme and host of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def csp(  # noqa: PLR0913  all that a page may hold
    settings: Settings,
    css: str,
    data: str = "",
    html: str = "",
    script: str = "",
    *,
    own: str = "",
    styled: bool = False,
) -> Markup:
    """Return the policy of a page from its style, its data block, its body's HTML and its scripts.

    ``script``: the one that all pages share; ``own``: one of this page alone.
    ``styled``: its elements may bear styles of their own, as text for a paste does.
    """
    frames = {origin(url) for url in FRAME.findall(html)} if "<iframe" in html else ()
    before, behind = around(
        css,
        tuple(map(digest, filter(None, (own, script)))),
        settings.STATISTICS.get("script", ""),
        tuple(sorted(frames)),
        filed=settings.CSS == "file",
        styled=styled,
        media="<video" in html or "<audio" in html,
    )
    return Markup(f"{before} {digest(data)}{behind}" if data else before + behind)  # noqa: S704  escaped


@lru_cache(maxsize=256)
def around(  # noqa: PLR0913  as above
    css: str,
    scripts: tuple[str, ...],
    statistics: str,
    frames: tuple[str, ...],
    *,
    filed: bool,
    styled: bool,
    media: bool,
) -> tuple[str, str]:
    """Return a policy before and behind the hash of its page's data; few serve all pages.

    ``filed``: the style stands in a file of its own.
    """
    measured = [origin(statistics)] if statistics else []
    rules = {
        "default-src": ["'none'"],
        "style-src": ["'self'" if filed else digest(css)],
        "script-src": ["'self'", *scripts, DATA, *measured],
        "img-src": ["'self'", *(["data:"] if "data:image" in css else [])],
        "connect-src": ["'self'", *measured],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    if styled:
        rules["style-src-attr"] = ["'unsafe-inline'"]
    if media:
        rules["media-src"] = ["'self'"]
    if frames:
        rules["frame-src"] = [*frames]
    policy = ";".join(f"{rule} {' '.join(values)}" for rule, values in rules.items())
    # An apostrophe ends no attribute in "…", and a page has twenty of them in its policy.
    before, _, behind = str(escape(policy)).replace("&#39;", "'").partition(f" {DATA}")
    return before, behind


def register() -> None:
    """Join the run."""
    _facts.register("csp", settings=Settings, template_globals={"csp": csp})

"""Forbid everything on a page that is not its own (Content Security Policy, level 3).

Lends templates ``csp``: the policy of one page, with the hashes of its style and data blocks, and
the hosts of frames and scripts only on the pages that hold them. No browser asks about a data block,
which is not run; checkers do.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from plugins import _facts
from plugins._frozen import Frozen

FRAME = re.compile(r'<iframe[^>]* src="(https://[^"]+)"')


class Settings(Frozen):
    """``CSP`` in pelicanconf.py."""

    STATISTICS: Mapping[str, Any] = {}
    CSS: str = "inline"


def digest(text: str) -> str:
    """Return a block's hash as the policy writes it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def of_style(css: str) -> tuple[list[str], list[str]]:
    """Return what a style needs of ``style-src`` and ``img-src``; few styles serve all pages."""
    return [digest(css)], ["'self'", "data:"] if "data:image" in css else ["'self'"]


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
    styles, pictures = of_style(css)
    if settings.CSS == "file":
        styles = ["'self'"]
    scripts = ["'self'", *map(digest, filter(None, (own, script, data)))]
    frames = sorted({origin(url) for url in FRAME.findall(html)}) if "<iframe" in html else []
    connect = ["'self'"]
    if script := settings.STATISTICS.get("script"):
        scripts.append(origin(script))
        connect.append(origin(script))
    rules = {
        "default-src": ["'none'"],
        "style-src": styles,
        "script-src": scripts,
        "img-src": pictures,
        "connect-src": connect,
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    if styled:
        rules["style-src-attr"] = ["'unsafe-inline'"]
    if "<video" in html or "<audio" in html:
        rules["media-src"] = ["'self'"]
    if frames:
        rules["frame-src"] = frames
    policy = ";".join(f"{rule} {' '.join(values)}" for rule, values in rules.items())
    # An apostrophe ends no attribute in "…", and a page has twenty of them in its policy.
    return Markup(str(escape(policy)).replace("&#39;", "'"))  # noqa: S704  escaped otherwise


def register() -> None:
    """Join the run."""
    _facts.register("csp", settings=Settings, template_globals={"csp": csp})

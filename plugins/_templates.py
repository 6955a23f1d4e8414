"""What templates need of Jinja beside its own: cheap components, and lines without indentation."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from markupsafe import Markup

# Components that show the same on many pages: what belongs to the site, a channel or a day.
SAME = {"ad", "footer", "licence", "masthead", "motto", "navigation", "notice", "rank"}
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


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

    def drawn(*values: Any) -> Markup:
        try:
            return kept(*map(frozen, values))
        except TypeError:  # a value that cannot be remembered
            return macro(*values)

    return drawn


def frozen(value: Any) -> Any:
    """Return a list as what can be remembered."""
    return tuple(map(frozen, value)) if value.__class__ is list else value


class Flush(Extension):
    """Lend templates ``ui``, and drop their indentation; what they print keeps its own."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["ui"] = Components(environment)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source with every line flush left; the lines keep their numbers."""
        return INDENT.sub("", source)

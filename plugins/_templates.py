"""What templates need of Jinja beside its own: cheap components, and lines without indentation."""

import re

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.runtime import Macro

INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Components:
    """The macros of ``components/``, each under its own name: ``{{ ui.card(item, SITEURL) }}``.

    A file is read once in an environment's life. ``{% from … import … %}`` would look it up, and
    ask the disk whether it changed, again for every page: a third of a page's time.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Macro:
        """Read the component at its first use."""
        macro = getattr(self._environment.get_template(f"components/{name}.html").module, name)
        setattr(self, name, macro)
        return macro


class Flush(Extension):
    """Lend templates ``ui``, and drop their indentation; what they print keeps its own."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals["ui"] = Components(environment)

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source with every line flush left; the lines keep their numbers."""
        return INDENT.sub("", source)

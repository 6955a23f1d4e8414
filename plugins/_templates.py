"""Templates as they go into pages: their indentation is for us, not for readers' lines."""

import re

from jinja2.ext import Extension

INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Flush(Extension):
    """Drop the indentation of templates before they are read; what they print keeps its own."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source with every line flush left; the lines keep their numbers."""
        return INDENT.sub("", source)

"""Number the sources that an article lists (资料), as its text points to them by ``[[1]]``.

Adds ``article.references``.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins import _facts


class Reference(NamedTuple):
    """One numbered source, for ``components/references.html`` and the structured data."""

    number: int
    publisher: str
    title: str
    date: str
    url: str


def facts(
    _html: str, metadata: Mapping[str, Any], _settings: _facts.NoSettings
) -> tuple[Reference, ...]:
    """Number the sources of one article."""
    listed = enumerate(metadata["head"].references, start=1)
    return tuple(
        Reference(number, item.publisher, item.title, item.date, item.url)
        for number, item in listed
    )


def register() -> None:
    """Join the run."""
    _facts.register("references", facts=facts)

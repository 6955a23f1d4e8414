"""Show rank lists from content/data/ranks.toml.

Adds ``article.ranks``: slot → rank, in the edition of the article's own day, so that a new edition
changes no old page. The front page shows the newest article's.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from plugins import _data, _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """No settings of its own."""

    EDITIONS: tuple[_data.Rank, ...] = ()


class Row(NamedTuple):
    """One place of a rank."""

    place: int
    name: str
    value: str
    note: str


class Rank(NamedTuple):
    """A rank, for ``components/rank.html``."""

    id: str
    title: str
    edition: str
    unit: str
    method: str
    source: str
    url: str
    rows: tuple[Row, ...]


def ranks_of(settings: Settings, day: date | None) -> dict[str, Rank]:
    """Return the rank of each slot in its newest edition not after ``day``."""
    shown: dict[str, Rank] = {}
    for rank in sorted(settings.EDITIONS, key=lambda rank: rank.since):
        if day and rank.since <= day:
            listed = enumerate(rank.row, start=1)
            rows = tuple(Row(place, row.name, row.value, row.note) for place, row in listed)
            about = rank.id, rank.title, rank.edition, rank.unit, rank.method
            shown[rank.slot] = Rank(*about, rank.source, rank.url, rows)
    return shown


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> dict[str, Rank]:
    """Choose by the article's day; flash items and pages have no place for ranks."""
    if metadata["kind"] != "article":
        return {}
    return ranks_of(settings, metadata["date"].date())


def register() -> None:
    """Join the run."""
    _facts.register(
        "ranks", settings=Settings, facts=facts, template_globals={"ranks_of": ranks_of}
    )

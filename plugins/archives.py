"""List all articles by year and month.

Adds the pages ``/archives/``, ``/2026/`` and ``/2026/11/``. Settings: ``ARCHIVES``.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from plugins import _facts
from plugins._card import Card, Link, Pager, Subject
from plugins._frozen import Frozen
from plugins._lists import leaves

YEAR, MONTH = attrgetter("date.year"), attrgetter("date.month")


class Settings(Frozen):
    """``ARCHIVES`` in pelicanconf.py."""

    size: _facts.Count = 50  # articles on a full page of a month
    newest: int = 5  # of each month on the page of its year
    name: str = "归档"
    home: str = "首页"


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Page]:
    """Draw the months, the years and the list of years. Cost: O(articles)."""
    articles = [card for card in cards if card.kind == "article"]
    home, all_years = Link(settings.home, ""), Link(settings.name, "archives/")
    years = []
    for year, of_year in groupby(articles, key=YEAR):
        year_link = Link(f"{year}年", f"{year}/")
        months = []
        for month, of_month in groupby(of_year, key=MONTH):
            link, members = Link(f"{year}年{month}月", f"{year}/{month:02}/"), list(of_month)
            months.append((link, len(members), members))
            for leaf in leaves(link.url, members, settings.size):
                # A numbered page tells no total, which would change with every article.
                count = len(members) if leaf.pager.number is None else None
                yield _facts.Page(
                    f"{leaf.url}index.html",
                    "archive",
                    {
                        "subject": Subject(*link),
                        "months": [(link, count, leaf.items)],
                        "trail": (home, all_years, year_link),
                        "pager": leaf.pager,
                    },
                )
        yield _facts.Page(
            f"{year_link.url}index.html",
            "archive",
            {
                "subject": Subject(*year_link),
                "months": [(link, n, members[: settings.newest]) for link, n, members in months],
                "trail": (home, all_years),
                "pager": Pager(None, None, None),
            },
        )
        counts = [(link, n) for link, n, _ in months]
        years.append((year_link, sum(n for _, n in counts), counts))
    yield _facts.Page(
        "archives/index.html",
        "archives",
        {"subject": Subject(*all_years), "years": years, "trail": (home,)},
    )


def register() -> None:
    """Join the run."""
    _facts.register("archives", settings=Settings, pages=pages, sees=("kind",))

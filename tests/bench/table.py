"""From figures to the table, with the budgets beside them."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from tests.bench.sites import MODES, Figure


class Row(NamedTuple):
    """One line of the table: the medians of one tool in one mode."""

    size: int
    mode: str
    tool: str
    wall: float
    cpu: float
    largest: float
    together: float
    pages: int
    output: float

    @property
    def article(self) -> float:
        """Output in kB (1,000 bytes) for each article, lists and feeds included."""
        return self.output * 1000 / self.size

    @property
    def memory(self) -> float:
        """MiB of all processes together, as far as that could be seen."""
        return max(self.largest, self.together)


def rows(size: int, figures: Mapping[tuple[str, str], Sequence[Figure]]) -> list[Row]:
    """Take the medians."""
    found = []
    for mode in MODES:
        for (name, done), measured in figures.items():
            if done == mode:
                medians = [median(column) for column in zip(*measured, strict=True)]
                medians[4] = measured[-1].pages
                found.append(Row(size, mode, name, *medians))
    return found


class Budget(NamedTuple):
    """A promise: ``what`` of a tool's row is at most ``most``, times the same of ``of`` if given."""

    tool: str
    size: int
    mode: str
    what: str
    most: float
    of: str = ""


UNITS = {"wall": "s", "cpu": "s", "memory": "MiB", "article": "kB"}
BUDGETS = (
    Budget("plain", 10_000, "cold", "wall", 1.0, "hugo"),
    Budget("plain", 10_000, "cold", "cpu", 1.0, "hugo"),
    Budget("plain", 10_000, "cold", "memory", 300),
    Budget("full", 10_000, "cold", "wall", 1.5, "hugo"),
    Budget("full", 10_000, "cold", "cpu", 1.5, "hugo"),
    Budget("full", 10_000, "cold", "memory", 300),
    Budget("full", 10_000, "cold", "article", 26),
    Budget("full", 50_000, "cold", "article", 26),
    Budget("full-css-file", 10_000, "cold", "article", 15),
    Budget("full-css-file", 50_000, "cold", "article", 15),
    Budget("full", 1_000, "edit", "cpu", 0.45),
    Budget("full", 10_000, "edit", "cpu", 1.0),
    Budget("full", 10_000, "edit", "wall", 0.1, "hugo"),
    Budget("full", 10_000, "edit", "memory", 120),
    Budget("full", 100_000, "edit", "cpu", 5),
    Budget("full", 10_000, "add", "cpu", 1.2),
    Budget("full", 10_000, "add", "memory", 120),
    Budget("full", 10_000, "noop", "cpu", 0.6),
    Budget("full", 10_000, "noop", "memory", 120),
)
GROWTH = 10.5  # at most, of a cold build's CPU from 1,000 to 10,000 articles


def verdict(budget: Budget, table: dict[tuple[int, str, str], Row]) -> str:
    """Tell one budget and whether it is met; nothing where its measure is missing."""
    value = getattr(table[budget.size, budget.mode, budget.tool], budget.what)
    limit, unit = f"{budget.most:g} {UNITS[budget.what]}", ""
    if budget.of:
        if not (peer := table.get((budget.size, budget.mode, budget.of))):
            return ""
        value /= getattr(peer, budget.what)
        limit, unit = f"{budget.most:g} × {budget.of}", " ×"
    met = "met" if value <= budget.most else f"**not met: {value:.2f}{unit}**"
    return f"{budget.what} ≤ {limit} {met}"


def ratio(row: Row, peer: Row | None) -> str:
    """Tell wall and CPU of a row as multiples of a peer's."""
    if peer is None or peer.tool == row.tool:
        return "—"
    return f"{row.wall / peer.wall:.2f}, {row.cpu / peer.cpu:.2f}"


HEADINGS = (
    "articles",
    "build",
    "tool",
    "wall s",
    "CPU s",
    "memory MiB",
    "HTML files",
    "output MB",
    "kB an article",
    "× Hugo: wall, CPU",
    "× Pelican: wall, CPU",
    "budget",
)


def cells(row: Row, table: dict[tuple[int, str, str], Row]) -> list[str]:
    """Return one line of the table."""
    memory = f"{row.largest:.0f}"
    if row.together:
        memory += f" (all {row.together:.0f})"
    budgets = (
        verdict(budget, table)
        for budget in BUDGETS
        if (budget.size, budget.mode, budget.tool) == row[:3]
    )
    return [
        f"{row.size:,}",
        row.mode,
        row.tool,
        f"{row.wall:.2f}",
        f"{row.cpu:.2f}",
        memory,
        f"{row.pages:,}",
        f"{row.output:.1f}",
        f"{row.article:.1f}",
        ratio(row, table.get((row.size, row.mode, "hugo"))),
        ratio(row, table.get((row.size, row.mode, "pelican"))),
        "; ".join(filter(None, budgets)) or "—",
    ]


def markdown(found: list[Row]) -> str:
    """Return the table, and under it how each tool grows."""
    table = {row[:3]: row for row in found}
    lines = [
        HEADINGS,
        ["---"] * 3 + ["--:"] * 6 + ["---"] * 3,
        *(cells(row, table) for row in found),
    ]
    text = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    growth = [
        f"{row.tool} {row.cpu / small.cpu:.1f}"
        for row in found
        if (row.size, row.mode) == (10_000, "cold")
        and (small := table.get((1_000, "cold", row.tool)))
    ]
    if growth:
        text += f"\nCPU of a cold build, from 1,000 to 10,000 articles: × {', '.join(growth)}; our budget: {GROWTH}.\n"
    return text

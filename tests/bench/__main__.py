"""Measure our press beside Hugo and stock Pelican: the same articles, the same machine, one run.

``python -m tests.bench`` makes the corpus and the sites in ``.bench/`` and prints one table. Every
figure is of a whole process from start to end. The tools take turns, so that what else the
machine does falls on all; the median of the runs is shown. A build that fails, or lacks a page,
ends the benchmark.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from tests.bench import corpus
from tests.bench.sites import HERE, MODES, ROOT, TOOLS, Figure, Site, tool
from tests.bench.table import Row, markdown, rows

FOLDER = ROOT / ".bench"
RESULTS = HERE / "RESULTS.md"
LOCK = HERE / "requirements.txt"
NOTE = """\
# Figures

Written by `make bench WRITE=1`; measured on {day}.

- Machine: {machine}. Load average before {before:.1f}, after {after:.1f}; above about 0.5 before, other programs ran too, and CPU seconds say more than wall time.
- Versions: Python {python}, {peers}.
- Medians of {runs} run(s), the tools in turn. Wall and CPU (user and system, of all processes) are of the whole command. Memory: the largest process; in brackets the largest sum of all, looked at every 20 ms or less often, shared memory counted once.
- `cold`: neither output nor cache. `edit`: a paragraph more in one article. `add`: one article more, the newest. `noop`: nothing changed. A build without every article's page, or without the change, is an error and no figure.
- `hugo`, `pelican`, `plain` (our press with a plain theme and without the rules of the house) draw the same kinds of pages: articles, lists of all, by channel and by tag, an archive, a feed. Ours number lists from the oldest article, so the count of pages differs a little. `full` is our whole project, pictures apart; `full-css-file` the same with one style sheet in a file. `pelican-cache` is Pelican with its own cache of read files.
- MiB = 1,048,576 bytes; MB and kB are decimal. Output is the sum of the files' sizes.

"""


def measure(
    sites: list[Site], modes: Iterable[str], runs: int, limit: float
) -> dict[tuple[str, str], list[Figure]]:
    """Build every site in every mode, one tool after the other, ``runs`` times."""
    size = sites[0].size
    for site in sites:
        site.prepare()
    urls = []

    def articles() -> Iterator[corpus.Article]:
        for number in range(size):
            item = corpus.article(number)
            urls.append(item.url)
            yield item

    corpus.write(articles(), {site.content: site.tool.dialect for site in sites})
    figures: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for run in range(runs):
        for site in sites:
            site.restore()
            if "cold" not in modes:
                site.build(limit)
        for mode in (mode for mode in MODES if mode in modes):
            for site in sites:
                site.change(mode, run)
                figure = site.build(limit)
                site.check(urls, mode, run)
                figures[site.tool.name, mode].append(figure)
                told = f"{figure.wall:.2f} s, CPU {figure.cpu:.2f} s, {figure.largest:.0f} MiB"
                print(f"{size} {mode} {site.tool.name}: {told}", file=sys.stderr, flush=True)
    return figures


def install(folder: Path) -> None:
    """Give the peers a venv of their own, once and again when their versions change."""
    installed = folder / ".venv/requirements.txt"
    if installed.exists() and installed.read_bytes() == LOCK.read_bytes():
        return
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHON": sys.executable}
    for step in (["venv"], ["install", str(LOCK)]):
        subprocess.run(
            ["sh", str(ROOT / "press/setup.sh"), *step], cwd=folder, env=environment, check=True
        )
    shutil.copy(LOCK, installed)


def processor() -> str:
    """Return the model of the processor, as far as the system tells it."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        return found.stdout.strip() or platform.machine()
    names = (line.partition(":")[2].strip() for line in told if line.startswith("model name"))
    return next(names, platform.machine())


def main(arguments: list[str]) -> int:
    """Measure, print the table, and store it if asked to."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000], help="numbers of articles"
    )
    parser.add_argument(
        "--tools", nargs="+", choices=TOOLS, default=["hugo", "pelican", "plain", "full"]
    )
    parser.add_argument(
        "--modes", nargs="+", choices=MODES, default=list(MODES), help="builds to measure"
    )
    parser.add_argument("--runs", type=int, choices=range(1, len(corpus.STEMS) + 1), default=3)
    parser.add_argument("--limit", type=float, default=1800, help="seconds that one build may take")
    parser.add_argument("--write", action="store_true", help=f"store the table as {RESULTS.name}")
    options = parser.parse_args(arguments)

    before = os.getloadavg()[0]
    if any(name.startswith(("hugo", "pelican")) for name in options.tools):
        install(FOLDER)
    found: list[Row] = []
    for size in options.sizes:
        folder = FOLDER / f"{size}"
        sites = [Site(tool(name, FOLDER / ".venv"), folder / name, size) for name in options.tools]
        found += rows(size, measure(sites, options.modes, options.runs, options.limit))
        shutil.rmtree(folder)
    pins = [line.split()[0] for line in LOCK.read_text().splitlines() if "==" in line]
    text = NOTE.format(
        day=f"{datetime.now().astimezone():%Y-%m-%d}",
        machine=f"{os.cpu_count()} cores, {processor()}, {platform.system()}",
        before=before,
        after=os.getloadavg()[0],
        python=platform.python_version(),
        peers=", ".join(pin for pin in pins if pin.startswith(("hugo=", "pelican="))),
        runs=options.runs,
    ) + markdown(found)
    print(text, end="")
    if options.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

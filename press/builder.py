"""Build for the preview, in a process of its own that keeps the site in memory between builds.

Each line of standard input asks for a build; one line of JSON on standard output tells what came
of it. The end of standard input ends the process. What it has loaded of Python stays as it was, so
:mod:`press.serve` replaces it when that changes.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from plugins._facts import RefusalError
from press.build import build, tell_warnings
from press.site import Result, Site
from press.sources import Stat, stat_of
from press.timings import Timings
from press.trees import Trees


def files_in(folder: Path) -> dict[str, Stat]:
    """Return the state of every file that stands directly in a folder."""
    if not folder.exists():
        return {}
    with os.scandir(folder) as entries:
        return {entry.name: stat_of(entry) for entry in entries if entry.is_file()}


class Keeper:
    """A site kept in memory for as long as nobody else builds it."""

    def __init__(self) -> None:
        self.site: Site | None = None
        self.left: dict[str, Stat] = {}  # the caches as the last build of this process left them

    def build(self, settings: Mapping[str, Any], trees: Trees, timings: Timings) -> Result:
        """Build; to be called under the lock, so that nobody else touches the caches meanwhile."""
        folder = Path(trees.folder)
        if self.site is None or files_in(self.site.folder) != self.left:
            self.site = Site(folder)
        site, self.site = self.site, None
        try:
            result = site.build(settings, trees, timings)
        except RefusalError:  # an editor's mistake; after any other one nothing kept is believed
            self.keep(site)
            raise
        self.keep(site)
        return result

    def keep(self, site: Site) -> None:
        """Take a site up again at the next build."""
        self.site, self.left = site, files_in(site.folder)


def report(path: Path, output: Path, keeper: Keeper) -> dict[str, Any]:
    """Build once and tell what came of it."""
    start = time.monotonic()
    told = {"error": "", "files": 0, "changed": 0}
    try:
        result = build(path, {"DEBUG": False, "OUTPUT_PATH": str(output)}, keeper.build)
        told |= {"files": result.files, "changed": result.changed}
        tell_warnings(result)
    except SystemExit as refused:
        told["error"] = str(refused)
    # Pelican and its plugins are not made to run twice in one process.
    return {**told, "seconds": time.monotonic() - start, "last": "press.full" in sys.modules}


def main(settings: str, output: str) -> None:
    """``python -m press.builder``: build once for each line, until there are no more."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anybody prints is for people
    os.register_at_fork(after_in_child=replies.close)  # else a lost parent would not be noticed
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    keeper = Keeper()
    for _ in iter(sys.stdin.readline, ""):
        told = report(Path(settings), Path(output), keeper)
        sys.stdout.flush()
        print(json.dumps(told), file=replies, flush=True)
        if told["last"]:
            break
        gc.collect()  # now, while nobody waits


if __name__ == "__main__":
    main(*sys.argv[1:])

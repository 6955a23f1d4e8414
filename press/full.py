"""The full way: let Pelican build everything, and publish it whole or not at all.

Pelican writes as it goes, drops an article that it cannot read with a line in the log, and ends
with status 0. :class:`Press` is the same Pelican; what it cannot do at a cost that follows the
change, it lets Pelican do, into a folder that is published only if nothing is missing from it.
"""

import logging
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pelican
from pelican.log import LimitFilter

from plugins._facts import RefusalError, active
from plugins._problem import Problem
from press import audit, build, verdict
from press.explain import one_line
from press.scope import NeedsPelicanError, reasons
from press.site import Result, Site, note
from press.timings import Timings
from press.trees import Trees, copy


class Complaints(logging.Handler):
    """Collects what Pelican only logs: each line means that something is not on the site."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Note every error, and Pelican's own warnings; ours are advice to editors."""
        if record.levelno >= logging.ERROR or record.name.split(".")[0] == "pelican":
            self.lines.append(record.getMessage())


@contextmanager
def collected(lines: list[str]) -> Iterator[None]:
    """Note complaints in ``lines``, also under ``-q``, which would keep them from every handler."""
    root, own = logging.getLogger(), logging.getLogger("pelican")
    levels = root.level, own.level
    others = [(handler, handler.level) for handler in root.handlers]
    for handler, level in others:
        handler.setLevel(max(level, own.getEffectiveLevel()))
    for logger in (root, own):
        logger.setLevel(min(logger.level, logging.WARNING))
    complaints = Complaints(lines)
    root.addHandler(complaints)
    # Pelican says a warning once in a process; a second build must hear it again.
    LimitFilter._raised_messages.clear()
    try:
        yield
    finally:
        root.removeHandler(complaints)
        root.setLevel(levels[0])
        own.setLevel(levels[1])
        for handler, level in others:
            handler.setLevel(level)


class Press(pelican.Pelican):
    """Pelican that publishes whole sites only; named by ``PELICAN_CLASS`` in the settings."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.complaints: list[str] = []  # of the plugins that could not be loaded
        with collected(self.complaints):
            super().__init__(settings)

    def run(self) -> None:
        """Build, and publish in one step; undo all on any failure."""
        build.publish(self.settings, self.proportional)

    def proportional(self, settings: Mapping[str, Any], trees: Trees, timings: Timings) -> Result:
        """Build what has changed; all of it if only Pelican can."""
        if not self.complaints:
            try:
                reasons(settings)
                return Site(Path(trees.folder)).build(settings, trees, timings)
            except NeedsPelicanError as need:
                build.tell_full(need)
        return self.everything(settings, trees, timings)

    def audit(self, folder: Path) -> None:
        """Refuse a site whose links are dead.

        Raises:
            RefusalError: with every dead link.

        """
        faults = audit.errors(audit.check(str(folder), self.settings["SITEURL"]))
        if faults:
            found = verdict.told(faults, str(folder), audit.files_of(str(folder)))
            raise RefusalError(*map(str, found))

    def records(self) -> list[Any]:
        """Return what our plugins note of what is published, if any of them took part."""
        contract = sys.modules.get("plugins._pelican")
        return contract.records if contract else []

    def keep_house(self) -> None:
        """Refuse texts against a rule of the house or the law; Pelican itself knows none.

        Raises:
            RefusalError: with every such text.

        """
        if not active(["plugins.reader"]):
            return
        from press import gate  # noqa: PLC0415  only for sites of ours
        from press.check import Checker  # noqa: PLC0415

        checker = Checker(self.settings)
        if found := [
            Problem(*finding[:3]).told(checker.root.name, path)
            for path in checker.paths()
            if path.endswith(".md") and not path.startswith("pictures/")
            for finding in gate.again(path, checker.by)
            if finding.level == "error"
        ]:
            raise RefusalError(*found)

    def everything(self, _settings: Any, trees: Trees, timings: Timings) -> Result:
        """Let Pelican write the whole site; refuse it if Pelican complained of anything."""
        folder, output = Path(trees.folder) / "full", self.output_path
        shutil.rmtree(folder, ignore_errors=True)
        complaints = [*self.complaints]
        self.output_path = self.settings["OUTPUT_PATH"] = str(folder)
        try:
            folder.mkdir(parents=True)
            with timings.step("检查稿件"):
                self.keep_house()
            with timings.step("由Pelican整站重建"), collected(complaints):
                super().run()
            if complaints:
                raise build.Refused(
                    f"构建停止，{Path(output).name}/没有改动。"
                    f"共{len(complaints)}个问题，第一个：{one_line(complaints[0])}"
                )
            with timings.step("核对链接"):
                self.audit(folder)
            with timings.step("发布"):
                published = trees.verify()
                trees.prepare()
                files = {
                    file.relative_to(folder).as_posix(): file
                    for file in folder.rglob("*")
                    if file.is_file()
                }
                entries = {
                    path: copy(trees.staged, path, file, published.get(path))
                    for path, file in files.items()
                }
                if not trees.same(entries):
                    trees.publish(entries)
                for record in self.records():
                    note(record, self.settings)
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = output
            shutil.rmtree(folder, ignore_errors=True)
        changed = sum(published.get(path) != entry for path, entry in entries.items())
        return Result(len(entries), changed, timings)

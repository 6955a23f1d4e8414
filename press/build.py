"""Build the site beside its published folder, and publish it only if nothing is missing from it.

Pelican writes as it goes, drops an article that it cannot read with a line in the log, and ends
with status 0. :class:`Press` is the same Pelican, writing to a staged folder that takes the
place of the output in one step, or not at all.
"""

import argparse
import logging
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pelican
from pelican.log import LimitFilter
from pelican.log import console as pelican_console
from pelican.settings import read_settings

from press._switch import keep_times, locked, recover, switch

IGNORED_BY_GIT = "*\n!.gitignore\n"


class Refused(SystemExit):
    """Why nothing was published, in one sentence: Python prints it and ends with status 1."""


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


@contextmanager
def terminable() -> Iterator[None]:
    """Let a polite kill undo the build as Ctrl-C does. Only the main thread hears signals."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def place(error: BaseException) -> str:
    """Name the line of this site (a template, a plugin, the settings) in which it went wrong."""
    here = Path.cwd()
    not_ours = here / ".venv", Path(__file__).parent
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(here) and not any(path.is_relative_to(away) for away in not_ours):
            return f"{path.relative_to(here)}:{frame.lineno}: "
    return ""


def one_line(text: str) -> str:
    """Put a message of several lines into one."""
    return " ".join(text.split())


def explain(error: BaseException) -> str:
    """Say in one line what went wrong and where."""
    return one_line(f"{place(error)}{type(error).__name__}: {error}")


class Press(pelican.Pelican):
    """Pelican that publishes whole sites only; named by ``PELICAN_CLASS`` in the settings."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.files = self.changed = 0
        self.complaints: list[str] = []  # of the plugins that could not be loaded
        with collected(self.complaints):
            super().__init__(settings)

    def run(self) -> None:
        """Build into ``.build/staged`` and exchange it with the output; undo all on any failure."""
        output = Path(self.output_path).resolve()
        folder = output.with_name(".build")
        staged, former = folder / "staged", folder / "former"
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "lock"), terminable():
            try:
                recover(staged, output, former)
                staged.mkdir()
                self.build(staged)
                self.finish(staged, output)
                switch(staged, output, former)
            except KeyboardInterrupt:
                raise Refused(f"构建中断，{output.name}/没有改动。") from None
            except Refused:
                raise
            except SystemExit as error:  # a plugin's refusal: its text is for people
                if isinstance(error.code, str):
                    print(error.code, file=sys.stderr)
                raise Refused(f"构建停止，{output.name}/没有改动；原因见上。") from error
            except Exception as error:
                if self.settings["DEBUG"]:
                    traceback.print_exc()
                raise Refused(f"构建失败，{output.name}/没有改动：{explain(error)}") from error
            finally:
                shutil.rmtree(staged, ignore_errors=True)

    def build(self, staged: Path) -> None:
        """Let Pelican write the site to ``staged``; refuse it if Pelican complained of anything."""
        output = self.output_path
        complaints = [*self.complaints]
        self.output_path = self.settings["OUTPUT_PATH"] = str(staged)
        try:
            with collected(complaints):
                super().run()
        finally:
            self.output_path = self.settings["OUTPUT_PATH"] = output
        if complaints:
            first = one_line(complaints[0])
            raise Refused(
                f"构建停止，{Path(output).name}/没有改动。共{len(complaints)}个问题，第一个：{first}"
            )

    def finish(self, staged: Path, output: Path) -> None:
        """Take over what stays of the present output: retained names, the times of equal files."""
        for name in self.output_retention:
            if (output / name).is_dir():
                shutil.copytree(output / name, staged / name, symlinks=True, dirs_exist_ok=True)
            elif (output / name).exists():
                shutil.copy2(output / name, staged / name)
        (staged / ".gitignore").write_text(IGNORED_BY_GIT)
        self.files, self.changed = keep_times(output, staged)


def moment(text: str) -> str:
    """Accept an ISO time for ``BUILD_NOW``."""
    datetime.fromisoformat(text)
    return text


def main(arguments: list[str]) -> int:
    """``python -m press html``: build the site and say in Chinese what came of it."""
    parser = argparse.ArgumentParser(prog="python -m press html")
    parser.add_argument("--output", type=Path, help="写到哪个文件夹，默认按设置")
    parser.add_argument("--settings", default="pelicanconf.py", help="设置文件")
    parser.add_argument("--now", type=moment, help="当作现在的时刻，如2026-11-22T09:30:00+08:00")
    parser.add_argument("--debug", action="store_true", help="出错时显示全部经过")
    options = parser.parse_args(arguments)

    start = time.monotonic()
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    pelican_console.quiet = not options.debug
    override: dict[str, Any] = {"DEBUG": options.debug}
    if options.output:
        override["OUTPUT_PATH"] = str(options.output.absolute())
    if options.now:
        override["BUILD_NOW"] = options.now
    print("正在生成网站……", flush=True)
    try:
        press = Press(read_settings(options.settings, override=override))
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        raise Refused(f"构建没有开始，网站没有改动：{explain(error)}") from error
    press.run()
    seconds = time.monotonic() - start
    print(
        f"已生成{press.files}个文件，其中{press.changed}个有变化，用时{seconds:.1f}秒："
        f"{os.path.relpath(press.output_path)}/"
    )
    return 0

"""Build the site and put it in the place of the published one, whole or not at all."""

import argparse
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from plugins._facts import RefusalError
from press import settings as reading
from press._switch import locked
from press.explain import explain
from press.scope import NeedsPelicanError, load_plugins
from press.site import Result, Site
from press.timings import Timings
from press.trees import Trees

Way = Callable[[Mapping[str, Any], Trees, Timings], Result]


class Refused(SystemExit):
    """Why nothing was published, the last line in one sentence: Python prints it, with status 1."""


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


def publish(settings: Mapping[str, Any], way: Way) -> Result:
    """Build in one of the ways, alone; undo all on any failure.

    Raises:
        Refused: the output is as it was; with every message about editors' mistakes.

    """
    output = Path(settings["OUTPUT_PATH"]).absolute()
    trees = Trees(output, settings["OUTPUT_RETENTION"])
    folder = Path(trees.folder)
    timings = Timings()
    stopped = f"构建停止，{output.name}/没有改动；原因见上。"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "lock"), terminable():
            return way(settings, trees, timings)
    except KeyboardInterrupt:
        raise Refused(f"构建中断，{output.name}/没有改动。") from None
    except (Refused, NeedsPelicanError):
        raise
    except RefusalError as refusal:
        from press.gate import report  # noqa: PLC0415  for a mistake only

        raise Refused(report.refusal(refusal.messages) + "\n" + stopped) from refusal
    except SystemExit as error:  # a plugin's refusal: its text is for people
        said = [error.code] if isinstance(error.code, str) else []
        raise Refused("\n".join([*said, stopped])) from error
    except Exception as error:
        if settings["DEBUG"]:
            print_exception(error)
        raise Refused(f"构建失败，{output.name}/没有改动：{explain(error)}") from error


def print_exception(error: BaseException) -> None:
    """Show all that led to a failure."""
    import traceback  # noqa: PLC0415  for a failure only

    traceback.print_exception(error)


def tell_warnings(result: Result) -> None:
    """Show what the gate advises about the texts just read; it stops nothing."""
    lines = []
    if result.warnings:
        from press.gate import report  # noqa: PLC0415  only if there is something to show

        lines.append(report.advice(result.warnings, result.fresh))
    if result.older:
        lines.append(f"没有改动的稿件里另有{result.older}处提醒。")
    if result.older or result.fresh > len(result.warnings):
        lines.append("全部提醒用make check看。")
    if lines:
        print("\n".join(lines), file=sys.stderr, flush=True)


def tell_waiting(result: Result) -> None:
    """Say which texts wait for their moment: nothing else tells an editor why they are not there."""
    if not result.waiting:
        return
    when, path = result.waiting[0]
    more = f"等{len(result.waiting)}篇" if len(result.waiting) > 1 else ""
    print(
        f"日期没到，这次没有发布：content/{path}（{when}）{more}；到时候要再生成一次。",
        file=sys.stderr,
    )


def tell_full(need: NeedsPelicanError) -> None:
    """Say why this build is slow."""
    print(f"{need}只有Pelican自己能处理，这次由它整站重建，会慢一些。", file=sys.stderr)


def afresh(settings: Mapping[str, Any], trees: Trees, timings: Timings) -> Result:
    """Build from what the last build kept on disk."""
    return Site(Path(trees.folder)).build(settings, trees, timings)


def build(path: Path, override: Mapping[str, Any], way: Way = afresh) -> Result:
    """Build the site of a settings file, in one ``way`` or by Pelican where only that gives it.

    Raises:
        Refused: the output is as it was.

    """
    try:
        return _build(path, override, way)
    except RefusalError as refusal:
        from press.gate import report  # noqa: PLC0415  for a mistake only

        stopped = "构建没有开始，网站没有改动；原因见上。"
        raise Refused(report.refusal(refusal.messages) + "\n" + stopped) from refusal
    except Exception as error:
        if override["DEBUG"]:
            print_exception(error)
        raise Refused(f"构建没有开始，网站没有改动：{explain(error)}") from error


def _build(path: Path, override: Mapping[str, Any], way: Way) -> Result:
    folder = Path(override.get("OUTPUT_PATH", "output")).absolute().with_name(".build")
    try:
        settings = reading.read(path, override, folder / "cache" / "settings")
        load_plugins(settings)
    except NeedsPelicanError as need:
        return build_fully(path, override, need)
    try:
        return publish(settings, way)
    except NeedsPelicanError as need:
        return build_fully(path, override, need)


def build_fully(path: Path, override: Mapping[str, Any], need: NeedsPelicanError) -> Result:
    """Let Pelican build everything."""
    from press.full import Press  # noqa: PLC0415  it loads Pelican

    tell_full(need)
    press = Press(reading.from_pelican(path, override))
    return publish(press.settings, press.everything)


def moment(text: str) -> str:
    """Accept an ISO time for ``BUILD_NOW``."""
    datetime.fromisoformat(text)
    return text


def main(arguments: list[str]) -> int:
    """``python -m press html``: build the site and say in Chinese what came of it."""
    parser = argparse.ArgumentParser(prog="python -m press html")
    parser.add_argument("--output", type=Path, help="写到哪个文件夹，默认按设置")
    parser.add_argument("--settings", default="pelicanconf.py", type=Path, help="设置文件")
    parser.add_argument("--now", type=moment, help="当作现在的时刻，如2026-11-22T09:30:00+08:00")
    parser.add_argument("--timings", action="store_true", help="列出每一步用的时间")
    parser.add_argument("--debug", action="store_true", help="出错时显示全部经过")
    options = parser.parse_args(arguments)

    start = time.monotonic()
    gc.disable()  # thousands of cards live to the end anyway
    override: dict[str, Any] = {"DEBUG": options.debug}
    if options.output:
        override["OUTPUT_PATH"] = str(options.output.absolute())
    if options.now:
        override["BUILD_NOW"] = options.now
    print("正在生成网站……", flush=True)
    result = build(options.settings, override)
    seconds = time.monotonic() - start
    tell_warnings(result)
    tell_waiting(result)
    if options.timings:
        print(result.timings.table())
    output = os.path.relpath(override.get("OUTPUT_PATH", "output"))
    print(
        f"已生成{result.files}个文件，其中{result.changed}个有变化，用时{seconds:.1f}秒：{output}/"
    )
    return 0

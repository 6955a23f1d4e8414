"""Build, serve, and build again whenever something is saved."""

import argparse
import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from watchfiles import watch

from press.server import Live, Server

SHOWN = ("content", "theme")  # folders that a build reads each time
PROGRAM = ("plugins", "press")  # folders that a process loads once
PORTS = 20  # how many busy ones are passed by
STEP = 20  # milliseconds: a save is over when nothing more of it comes within one step
PAUSE = 100  # milliseconds between two looks at the settings
GRACE = 0.3  # seconds in which the rest of a file may come that was saved in several steps
PATIENCE = 5  # seconds until a builder that does not end is killed


def listen(root: Path, port: int, base: str, live: Live) -> Server:
    """Take the wanted port, or the next free one."""
    for number in range(port, port + PORTS):
        try:
            return Server(root, port=number, base=base, live=live)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            print(f"端口{number}正被占用，换下一个。")
    raise SystemExit(f"端口{port}到{port + PORTS - 1}都被占用，请换一个：make serve PORT=9000")


class Builder:
    """The process that keeps the site and builds it (:mod:`press.builder`); replaced if it dies."""

    def __init__(self, settings: Path, output: Path, url: str) -> None:
        self.command = [sys.executable, "-m", "press.builder", str(settings), str(output)]
        self.environment = {
            **os.environ,
            "PYTHONIOENCODING": "utf-8",
            "SITEURL": url.rstrip("/"),
            "PREVIEW": "1",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.closed = False
        self.changing = threading.Lock()

    def build(self) -> dict[str, Any]:
        """Build once and return what :func:`press.builder.report` tells."""
        process = self.present()
        line = b""
        with suppress(BrokenPipeError, ValueError):  # ended, by itself or by us
            process.stdin.write(b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        if line:
            told = json.loads(line)
            if told["last"]:
                process.wait()
            return told
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)  # those that it forked
        status = process.wait()
        why = f"信号{-status}，可能内存不足" if status < 0 else f"状态{status}"
        return {"error": f"负责构建的进程意外结束（{why}），网站没有改动；再保存一次就重新构建。"}

    def present(self) -> subprocess.Popen[bytes]:
        """Return the running process, a new one if there is none."""
        with self.changing:
            if self.closed:
                raise SystemExit
            if self.process is None or self.process.poll() is not None:
                print("正在生成网站……", flush=True)
                # In a group of its own: Ctrl-C is heard by the server alone, which ends the group.
                self.process = subprocess.Popen(
                    self.command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env=self.environment,
                    process_group=0,
                )
            return self.process

    def end(self) -> None:
        """End the process; what it was building is undone."""
        process = self.process
        if process is None or process.poll() is not None:
            return
        process.stdin.close()
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(OSError):
                os.killpg(process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
                return

    def close(self) -> None:
        """End the process for good."""
        with self.changing:
            self.closed = True
            self.end()


class Saves:
    """What was saved since the last build began, however often."""

    def __init__(self) -> None:
        self.any = self.program = False
        self.changed = threading.Condition()

    def note(self, *, program: bool) -> None:
        """Remember that something was saved, and whether it is part of the program."""
        with self.changed:
            self.any = True
            self.program |= program
            self.changed.notify_all()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until something is saved; False if nothing was in the given time."""
        with self.changed:
            return self.changed.wait_for(lambda: self.any, seconds)

    def take(self) -> bool:
        """Begin a build: forget what was saved; return whether the program is another one."""
        with self.changed:
            program = self.program
            self.any = self.program = False
            return program


def watched(settings: Path) -> Iterator[bool]:
    """Yield each time that something was saved: whether it is part of the program.

    Folders are watched, because editors replace a file on saving, which would end a watch on it. A
    folder that was itself replaced is watched anew. The settings are known by their times.
    """
    root = Path.cwd()

    def state(paths: set[Path]) -> dict[Path, tuple[int, int]]:
        found = {}
        for path in paths:
            with suppress(FileNotFoundError):
                status = path.stat()
                found[path] = status.st_ino, 0 if path.is_dir() else status.st_mtime_ns
        return found

    folders = {root / name for name in (*SHOWN, *PROGRAM)}
    program = [str((root / name).resolve()) + os.sep for name in PROGRAM]
    files = state({settings, *root.glob("*.py")})
    while True:
        now = state(folders)
        places = [path.resolve() for path in now]
        for changes in watch(*places, step=STEP, rust_timeout=PAUSE, yield_on_timeout=True):
            if changes:
                yield any(path.startswith(tuple(program)) for _, path in changes)
            if files != (files := state({settings, *root.glob("*.py")})):
                yield True
            if now != state(folders):
                yield True
                break


def keep_built(builder: Builder, saves: Saves, live: Live, url: str) -> None:
    """Build after every save, and say what came of it. A save during a build makes one more."""
    announced = False
    while saves.wait():
        if saves.take():
            builder.end()
        told = builder.build()
        if builder.closed:
            return
        if told["error"]:
            if saves.wait(GRACE):
                continue
            print(told["error"], file=sys.stderr, flush=True)
            live.tell(live.build, told["error"])
        else:
            live.tell(time.time_ns() // 1_000_000 if told["changed"] else live.build, "")
            print(
                f"已生成{told['files']}个文件，其中{told['changed']}个有变化，"
                f"用时{told['seconds']:.2f}秒。",
                flush=True,
            )
        if not announced:
            announced = True
            print(f"网站在 {url} ，保存后自动刷新；按Ctrl-C结束。", flush=True)


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Let a polite kill end the preview as Ctrl-C does."""
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """``python -m press serve``: runs until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m press serve")
    parser.add_argument("--port", type=int, default=8000, help="端口，被占用时用下一个")
    parser.add_argument("--base", default="/", help="像在子目录下那样预览，如/仓库名/")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), help="设置文件")
    parser.add_argument("--output", type=Path, default=Path("output"), help="网站的文件夹")
    options = parser.parse_args(arguments)

    live, saves, output = Live(), Saves(), options.output.absolute()
    signal.signal(signal.SIGTERM, interrupt)
    server = listen(output, options.port, options.base, live)
    builder = Builder(options.settings, output, server.url)
    saves.note(program=False)
    work = (builder, saves, live, server.url)
    try:
        threading.Thread(target=server.serve_forever, args=[0.1], daemon=True).start()
        threading.Thread(target=keep_built, args=work, daemon=True).start()
        for program in watched(options.settings):
            saves.note(program=program)
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # once is enough
        print("\n预览已结束。", flush=True)
    finally:
        builder.close()
        live.close()
        server.shutdown()
        server.server_close()
    return 0

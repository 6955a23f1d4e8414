"""Build, serve, and build again whenever something is saved."""

import argparse
import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from press.server import Live, Server

FOLDERS = ("content", "theme", "plugins")
PORTS = 20  # how many busy ones are passed by
PAUSE = 200  # milliseconds between two looks at the settings' times


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


def build(settings: Path, output: Path, url: str) -> str:
    """Build for ``url`` in its own process, so that changed plugins count; return its errors."""
    command = [sys.executable, "-m", "press", "html"]
    lines = []
    with subprocess.Popen(
        [*command, "--settings", str(settings), "--output", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "SITEURL": url.rstrip("/"), "PREVIEW": "1"},
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            lines.append(line)
    return "".join(lines) if process.returncode else ""


def saves(settings: list[Path]) -> Iterator[None]:
    """Yield at once, and then each time that something was saved.

    Editors replace a file on saving, which ends a watch on it; so folders are watched, and the
    settings in the root are known by their times.
    """
    times: list[float] = []
    folders = [name for name in FOLDERS if Path(name).is_dir()]
    for changes in watch(*folders, rust_timeout=PAUSE, yield_on_timeout=True):
        now = [path.stat().st_mtime for path in settings if path.exists()]
        if changes or now != times:
            times = now
            yield


def main(arguments: list[str]) -> int:
    """``python -m press serve``: runs until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m press serve")
    parser.add_argument("--port", type=int, default=8000, help="端口，被占用时用下一个")
    parser.add_argument("--base", default="/", help="像在子目录下那样预览，如/仓库名/")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), help="设置文件")
    parser.add_argument("--output", type=Path, default=Path("output"), help="网站的文件夹")
    options = parser.parse_args(arguments)

    live = Live()
    server = listen(options.output.absolute(), options.port, options.base, live)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    announced = False
    try:
        for _ in saves([options.settings, Path("pelicanconf.py")]):
            error = build(options.settings, options.output, server.url)
            live.tell(live.build if error else time.time_ns() // 1_000_000, error)
            if not announced:
                announced = True
                print(f"网站在 {server.url} ，保存后自动刷新；按Ctrl-C结束。", flush=True)
    except KeyboardInterrupt:
        print("\n预览已结束。")
    finally:
        live.close()
        server.shutdown()
        server.server_close()
    return 0

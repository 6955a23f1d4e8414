import http.client
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from press.serve import listen
from press.server import Live
from tests.press.conftest import environment, write


@pytest.fixture
def preview(tiny: Path) -> Iterator[subprocess.Popen[str]]:
    with (tiny / "pelicanconf.py").open("a") as file:
        file.write("import os\nSITEURL = os.environ['SITEURL']\n")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "press", "serve", "--port", "0", "--base", "/repo/"],
        cwd=tiny,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def until(lines: Iterable[str], pattern: str) -> re.Match[str]:
    seen = []
    for line in lines:
        seen.append(line)
        if match := re.search(pattern, line):
            return match
    raise AssertionError("".join(seen))


def fetch(url: str) -> http.client.HTTPResponse:
    return urllib.request.urlopen(url, timeout=10)  # noqa: S310, it is our own server


def get(url: str) -> str:
    with fetch(url) as response:
        return response.read().decode()


def test_a_preview_from_the_first_build_to_the_end(tiny, preview):
    lines = preview.stdout
    until(lines, "正在生成网站")
    url = until(lines, r"(http://127\.0\.0\.1:\d+/repo/)")[1]
    assert f'href="{url}di-yi-pian.html"' in get(url)  # the address is known to the build
    assert "/__live.js" in get(url)

    write(tiny, "two", "第二篇")
    until(lines, "已生成")
    assert "第二篇" in get(url)

    settings = (tiny / "pelicanconf.py").read_text()
    with (tiny / "pelicanconf.py").open("a") as file:
        file.write("1 +\n")
    until(lines, "没有改动")
    assert "第二篇" in get(url)
    with fetch(f"{url.removesuffix('repo/')}__live") as stream:
        until(map(bytes.decode, stream), r'"error": ".+没有改动')

    (tiny / "pelicanconf.py.new").write_text(settings)  # as many editors save
    (tiny / "pelicanconf.py.new").replace(tiny / "pelicanconf.py")
    until(lines, "已生成")

    preview.send_signal(signal.SIGINT)
    until(lines, "预览已结束")
    assert preview.wait(timeout=10) == 0


def test_a_busy_port_is_passed_by(tmp_path, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with listen(tmp_path, port, "/", Live()) as server:
            assert port < server.server_port < port + 20
    assert f"端口{port}正被占用" in capsys.readouterr().out

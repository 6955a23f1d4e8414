"""The built site, a server for it and a browser, each made once for all tests that ask."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from press import chromium
from press.server import Server

ROOT = Path(__file__).parents[1]
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built by stock Pelican: once, also when several workers ask for it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, log = shared / "site", shared / "site.log"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists():
            command = ["pelican", "content", "-s", "pelicanconf.py", "-o", str(folder)]
            built = subprocess.run(
                [sys.executable, "-m", *command, "-e", 'PELICAN_CLASS="pelican.Pelican"'],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            log.write_text(f"{built.returncode}\n{built.stdout}")
    status, _, output = log.read_text().partition("\n")
    if status != "0":
        pytest.fail(f"the site did not build (status {status}):\n{output}", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the built site's front page."""
    with Server(site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one, tests are skipped at home and fail in CI."""
    path = chromium.find()
    if path is None:
        missing = "no Chromium: `make test` looks for one, or name it with CHROME=…"
        if os.environ.get("CI"):
            pytest.fail(missing, pytrace=False)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=path, args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )


@pytest.fixture
def page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages: ``page(url, width=390, height=844, dark=True, js=False)``."""
    contexts = []

    def page(
        url: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        dark: bool = False,
        js: bool = True,
        **options: object,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **options,
        )
        contexts.append(context)
        opened = context.new_page()
        if url:
            opened.goto(url)
        return opened

    yield page
    for context in contexts:
        context.close()

"""Find a Chromium and Chinese fonts for the tests; install them where that is ours to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
CACHES = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
DOWNLOADED = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)


def find() -> str | None:
    """Return the first of: $CHROME, a browser on PATH, a Mac application, Playwright's own."""
    if chosen := os.environ.get("CHROME"):
        return shutil.which(chosen)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for path in APPLICATIONS:
        if Path(path).exists():
            return path
    return downloaded()


def downloaded() -> str | None:
    """Return the newest Chromium that Playwright has downloaded."""
    caches = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or "", *CACHES]
    found = [
        path
        for cache in caches
        if cache
        for pattern in DOWNLOADED
        for path in Path(cache).expanduser().glob(pattern)
    ]
    return str(max(found, key=lambda path: path.stat().st_mtime)) if found else None


def has_han() -> bool:
    """Whether Chinese text can be drawn; a Mac brings its own fonts."""
    if sys.platform == "darwin":
        return True
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False)
    return bool(listed.stdout.strip())


def may_install() -> bool:
    """Whether this is root on Debian: there apt's Chromium works; Ubuntu's is an empty shell."""
    release = Path("/etc/os-release")
    return (
        os.geteuid() == 0
        and shutil.which("apt-get") is not None
        and release.exists()
        and "ID=debian" in release.read_text().splitlines()
    )


def install(packages: list[str]) -> bool:
    """Install Debian packages without a question."""
    print(f"正在安装{'、'.join(packages)}，可能要几分钟……", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["apt-get", "-qq", "-o=Dpkg::Use-Pty=0"]
    commands = [
        [*quiet, "update"],
        [*quiet, "install", "--yes", "--no-install-recommends", *packages],
    ]
    for command in commands:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            return False
    return True


def main(_arguments: list[str]) -> int:
    """``python -m press chromium``: get both if need be; only CI fails without them."""
    chosen = os.environ.get("CHROME")
    missing = [] if find() or chosen else ["chromium"]
    missing += [] if has_han() else ["fonts-noto-cjk", "fontconfig"]
    if missing and may_install():
        install(missing)
    if not find() and not chosen:
        print("正在下载Playwright的Chromium，可能要几分钟……", flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False)
    if not has_han():
        print("没有找到中文字体，截图里的汉字会是方框；Debian和Ubuntu上可安装fonts-noto-cjk。")
    if not find():
        print("没有可用的Chromium：请安装Chrome或Chromium，或用CHROME=…指出它的路径。")
        return 1 if os.environ.get("CI") else 0
    return 0

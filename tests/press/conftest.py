"""A whole tiny site that knows nothing of ours, for the commands of the press."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = """
PATH = "content"
SITENAME = "小站"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-CN"
THEME = "simple"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
PELICAN_CLASS = "press.Press"
"""
ARTICLE = "Title: {title}\nDate: 2026-11-22 09:30\n\n{text}\n"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The whole project in another folder, with its own content."""
    folder = tmp_path / "我们 的"
    for name in ("content", "theme", "plugins", "press"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pelicanconf.py", folder)
    return folder


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "小 站"  # Chinese and a space: people have such folders
    (folder / "content").mkdir(parents=True)
    (folder / "output").mkdir()
    (folder / "output/.gitignore").write_text("*\n!.gitignore\n")
    (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    write(folder, "one", "第一篇")
    return folder


def write(folder: Path, name: str, title: str, text: str = "正文。") -> None:
    """Put an article into a tiny site."""
    article = ARTICLE.format(title=title, text=text)
    (folder / f"content/{name}.md").write_text(article, encoding="utf-8")


def environment() -> dict[str, str]:
    """What a command of ours needs to run in another folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@pytest.fixture
def run(tiny: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*command: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *command],
            **{"cwd": tiny, **options},
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def run_code(tmp_path: Path) -> Callable[..., str]:
    """Run a piece of Python in a process of its own; return what it prints."""

    def run_code(code: str, **variables: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code.format(root=str(ROOT)) if "{root" in code else code],
            cwd=tmp_path,
            env=environment() | variables,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    return run_code


def tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder, with its bytes and its time."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

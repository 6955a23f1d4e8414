"""The tools of the benchmark, and the site that each of them builds."""

import compileall
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from press.gate import SAFETY, families
from tests.bench import corpus

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOLS = ("hugo", "pelican", "pelican-cache", "plain", "full", "full-css-file")
MODES = ("cold", "edit", "add", "noop")
LEDGER = "data/addresses.tsv"  # of the addresses that the press has published
ADDED = 900_000  # the first number of the articles that are added
NOW = "2027-01-01T12:00:00+08:00"  # later than all our pages
SITEURL = "https://bench.example"  # the corpus links to example.com, which is another site
MARK = "补充说明{}"
OWN_DATE = re.compile("^日期: .*", re.MULTILINE)
OLDER = "日期: 2014-12-31"  # than the corpus: what is added is the newest text of all
OWN_LINK = re.compile(r"\[([^\]\n]+)\]\(\.\./(?:articles|flash|topics)/[^)\n]*\)")
PARAGRAPH = f"\n{MARK}：本文发布之后，平台方面又更新了相关规则，作者将继续关注后续进展。\n"


class BenchError(SystemExit):
    """A build that cannot be a figure; Python prints why and ends with status 1."""


class Figure(NamedTuple):
    """What one build cost, and what it left."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, all processes
    largest: float  # MiB, the largest process
    together: float  # MiB, the largest sum of processes
    pages: int  # HTML files
    size: float  # MB of output


class Tool(NamedTuple):
    """What is measured: a command in a folder."""

    name: str
    dialect: str
    command: tuple[str, ...]
    environment: dict[str, str]


def tool(name: str, peers: Path) -> Tool:
    """Return the tool of that name; the peers live in the venv at ``peers``."""
    python = str(peers / "bin/python")
    ours = (sys.executable, "-m", "press", "html")
    now = {"BUILD_NOW": NOW, "SITEURL": SITEURL}
    match name:
        case "hugo":
            # The binary itself: the venv's command is a Python program around it.
            binary = next(peers.glob("lib/python3*/site-packages/hugo/binaries/hugo*"))
            return Tool(name, "hugo", (str(binary), "--quiet"), {})
        case "pelican":
            return Tool(
                name, "pelican", (python, "-m", "pelican", "-q", "-s", "pelicanconf.py"), {}
            )
        case "pelican-cache":
            return tool("pelican", peers)._replace(name=name, environment={"PELICAN_CACHE": "1"})
        case "plain":
            return Tool(name, "ours", (*ours, "--settings", "plainconf.py"), now)
    return Tool(name, "ours", ours, now)


@dataclass(frozen=True)
class Site:
    """One tool's site with ``size`` articles."""

    tool: Tool
    folder: Path
    size: int

    @property
    def content(self) -> Path:
        """The folder of its articles."""
        return self.folder / "content"

    @property
    def output(self) -> Path:
        """The folder that its tool writes; the same name with every tool."""
        return self.folder / "output"

    def prepare(self) -> None:
        """Put down everything but the articles."""
        shutil.rmtree(self.folder, ignore_errors=True)
        base = HERE / "sites" / self.tool.name.partition("-")[0]
        if self.tool.dialect == "ours":
            copy_project(self.folder)
            if base.is_dir():
                shutil.rmtree(self.folder / "theme")
        if base.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(base, self.folder, dirs_exist_ok=True, ignore=ignored)
        if self.tool.name == "plain":  # the peers check nothing either
            with (self.folder / "plainconf.py").open("a", encoding="utf-8") as settings:
                settings.write(f"\nGATE = {{'levels': {without_rules()!r}}}\n")
        if self.tool.name.endswith("css-file"):
            with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
                settings.write('\nCSS = "file"\n')
        if self.tool.dialect == "ours":  # as the peers were when they were installed
            for package in ("plugins", "press"):
                compileall.compile_dir(self.folder / package, quiet=1)
        self.content.mkdir(exist_ok=True)

    @cached_property
    def own(self) -> frozenset[str]:
        """What stands in the folder before any build, when this is first asked for."""
        return frozenset(path.name for path in self.folder.iterdir())

    @property
    def middle(self) -> corpus.Article:
        """The article that is edited."""
        return corpus.article(self.size // 2)

    def added(self, run: int) -> corpus.Article:
        """The article that is added in a run: newer than all."""
        return corpus.article(ADDED + run, datetime(2025, 1, 1 + run, 8))

    def restore(self) -> None:
        """Take back what an earlier run changed."""
        for path in self.content.glob(f"articles/*/*/a{ADDED // 1000}*.md"):
            path.unlink()
        (self.content / LEDGER).unlink(missing_ok=True)  # else the press would miss those
        corpus.write([self.middle], {self.content: self.tool.dialect})

    def change(self, mode: str, run: int) -> None:
        """Do what the tool is to notice."""
        match mode:
            case "cold":  # whatever a build left, under any name
                for path in self.folder.iterdir():
                    if path.name not in self.own:
                        shutil.rmtree(path) if path.is_dir() else path.unlink()
            case "edit":
                with (self.content / self.middle.path).open("a", encoding="utf-8") as text:
                    text.write(PARAGRAPH.format(corpus.STEMS[run]))
            case "add":
                corpus.write([self.added(run)], {self.content: self.tool.dialect})

    def build(self, limit: float) -> Figure:
        """Run the tool once."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),  # a cache that a tool hides there goes with the others
            "LC_ALL": "C.UTF-8",
            **self.tool.environment,
        }
        os.sync()  # what the tool before has written is not this one's load
        measured = subprocess.Popen(
            [sys.executable, "-I", str(HERE / "measure.py"), *self.tool.command],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            told, errors = measured.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            raise BenchError(f"{self.tool.name}: no end after {limit:.0f} s") from None
        finally:
            if measured.poll() is None:
                os.killpg(measured.pid, signal.SIGKILL)
                measured.wait()
        cost = json.loads(told) if measured.returncode == 0 else {"code": "no start"}
        if cost["code"] != 0:
            raise BenchError(f"{self.tool.name}: status {cost['code']}\n{errors[-2000:]}")
        pages, size = 0, 0
        for folder, _, names in os.walk(self.output):
            pages += sum(name.endswith(".html") for name in names)
            size += sum(os.lstat(os.path.join(folder, name)).st_size for name in names)  # noqa: PTH118  fast
        return Figure(
            wall=cost["wall"],
            cpu=cost["cpu"],
            largest=cost["largest"] / 2**20,
            together=cost["together"] / 2**20,
            pages=pages,
            size=size / 1e6,
        )

    def check(self, seen: Iterable[str], mode: str, run: int) -> None:
        """Refuse a build that lacks the page of an article, or what was changed."""
        missing = [url for url in seen if not (self.output / url / "index.html").is_file()]
        if mode == "edit":
            page = self.output / self.middle.url / "index.html"
            if MARK.format(corpus.STEMS[run]) not in page.read_text(encoding="utf-8"):
                missing.append("the added paragraph")
        if mode == "add":
            url = self.added(run).url
            front = (self.output / "index.html").read_text(encoding="utf-8")
            if not (self.output / url / "index.html").is_file() or url not in front:
                missing.append("the added article")
        if missing:
            raise BenchError(
                f"{self.tool.name}: {mode} of {self.size} lacks {len(missing)} pages: {missing[0]}"
            )


def without_rules() -> dict[str, str]:
    """Return the levels that switch the rules of the house and the law off."""
    return {
        name: "off"
        for family, module in families().items()
        if family not in SAFETY
        for kind in ("RULES", "FILE_RULES")
        for name in getattr(module, kind, {})
    }


def copy_project(folder: Path) -> None:
    """Copy what builds our site, with the names of the corpus and without our own articles."""
    ignored = shutil.ignore_patterns("__pycache__", "articles", "flash", "topics", "addresses.tsv")
    for name in ("content", "plugins", "press", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pelicanconf.py", folder)
    for page in (folder / "content/pages").glob("*.md"):
        text = page.read_text(encoding="utf-8")
        text = OWN_DATE.sub(OLDER, OWN_LINK.sub(r"\1", text))
        page.write_text(text, encoding="utf-8")
    (folder / "content/data/channels.toml").write_text(
        "".join(
            f'[[channel]]\nname = "{name}"\naddress = "{address}"\n'
            for name, (address, _) in corpus.CHANNELS.items()
        ),
        encoding="utf-8",
    )

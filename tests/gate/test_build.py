"""The cases through real builds, all in one batch: by the press and by stock Pelican.

What is accepted gives pages on which nothing acts; what is refused leaves the output as it was and is
told with its place, all of it in one run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from plugins.enhancements import SCRIPT
from press.gate import SAFETY
from tests.gate.active import OWN_PLAYERS, active_in
from tests.gate.cases import WORLD as WORLD_OF_CASES
from tests.gate.cases import Case, load, put

ROOT = Path(__file__).parents[2]
NOW = "2026-12-31T12:00:00+08:00"
FOOTER = 'FOOTER_PAGES = [("关于", "about/")]\n'  # it has no other pages
WORLD = WORLD_OF_CASES | {
    "data/authors.toml": '[[author]]\nname = "编辑部"\naddress = "desk"\n'.encode()
}
FAMILIES = {*SAFETY, "metadata", "links", "limits"}
CASES = [
    case
    for case in load()
    if case.family in FAMILIES and "error" not in case.settings.get("levels", {}).values()
]
SINGLE = {
    f"articles/2026/11/c{number:04}.md": case
    for number, case in enumerate(CASES)
    if not case.several
}
BUILDERS = {
    "press": ["press", "html", "--settings", "conf.py", "--now", NOW],
    "stock": ["pelican", "content", "-s", "conf.py", "-e", 'PELICAN_CLASS="pelican.Pelican"'],
}


def refuses(case: Case) -> bool:
    return any(line.startswith("!") for line in case.expected)


class Site:
    """A site of ours with its own content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "conf.py").write_text(
            f"from pelicanconf import *\nTHEME = {str(ROOT / 'theme')!r}\n{FOOTER}",
            encoding="utf-8",
        )
        put(folder / "content", WORLD)

    def build(self, builder: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *BUILDERS[builder]],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": f"{ROOT}{os.pathsep}{self.folder}",
                "PYTHONUTF8": "1",
                "BUILD_NOW": NOW,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def output(self) -> dict[str, tuple[bytes, int]]:
        """Every file of the output with its bytes and its time."""
        return {
            path.relative_to(self.folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted((self.folder / "output").rglob("*"))
            if path.is_file()
        }

    def without_content(self) -> None:
        shutil.rmtree(self.folder / "content")


def acting(page: Path) -> list[str]:
    """What acts on a page, but for the players of our own component."""
    tree = html.document_fromstring(page.read_text(encoding="utf-8"))
    for frame in tree.iter("iframe"):
        if frame.get("src", "").startswith(OWN_PLAYERS) and not frame.get("srcdoc"):
            frame.tag = "span"
    for field in tree.xpath("/html/body/header[1]/form[@role='search']"):
        field.drop_tree()
    scripts = [
        script.text or ""
        for script in tree.iter("script")
        if script.get("type") != "application/ld+json"
    ]
    # A theme's head tells more of an article with a picture, and its drawings are its own.
    of_theme = {"<meta>", "<link>", "<svg>"}
    body = tree.xpath("//main") or [tree]
    inside = [found for found in active_in(body[0]) if found != "<svg>"]
    return sorted([*inside, *(set(active_in(tree)) - of_theme), *scripts])


@pytest.fixture(scope="module")
def accepted(tmp_path_factory) -> Site:
    """All accepted cases, built by the press."""
    site = Site(tmp_path_factory.mktemp("accepted"))
    files = {}
    for path, case in SINGLE.items():
        if not refuses(case):
            (files[path],) = case.files().values()
    assert len(files) > 150
    put(site.folder / "content", files)
    built = site.build("press")
    assert built.returncode == 0, built.stdout + built.stderr
    return site


def test_nothing_acts_on_the_page_of_an_accepted_text(accepted):
    output = accepted.folder / "output"
    plain = acting(output / "2026/11/other/index.html")
    assert "<script>" in plain  # the theme's own
    pages = sorted(output.glob("2026/11/c*/index.html"))
    assert len(pages) > 150
    for page in pages:
        assert acting(page) == plain, page.parent.name


def test_no_list_or_feed_holds_markup_of_a_text(accepted):
    output = accepted.folder / "output"
    for page in (
        *output.glob("channel/*/index.html"),
        *output.glob("tag/*/index.html"),
        output / "index.html",
    ):
        ours = {"<script>", "<style>", "<meta>", "<link>", "<title>", "<svg>", SCRIPT}
        assert {*acting(page)} <= ours, page


def test_stock_pelican_gives_the_same_pages(accepted, tmp_path):
    site = Site(tmp_path)
    shutil.copytree(accepted.folder / "content", tmp_path / "content", dirs_exist_ok=True)
    built = site.build("stock")
    assert built.returncode == 0, built.stdout + built.stderr
    ours = {name: data for name, (data, _) in accepted.output().items()}
    ours.pop("output/.gitignore", None)
    assert {name: data for name, (data, _) in site.output().items()} == ours


@pytest.fixture(scope="module", params=BUILDERS)
def refused(request, tmp_path_factory) -> tuple[Site, dict, subprocess.CompletedProcess[str]]:
    """A site that stands, and then all refused cases at once."""
    site = Site(tmp_path_factory.mktemp("refused"))
    built = site.build(request.param)
    assert built.returncode == 0, built.stdout + built.stderr
    before = site.output()
    files = {}
    for path, case in SINGLE.items():
        if refuses(case):
            (files[path],) = case.files().values()
    assert len(files) > 350
    put(site.folder / "content", files)
    return site, before, site.build(request.param)


def test_the_output_stays_as_it_was(refused):
    site, before, built = refused
    assert built.returncode == 1
    assert before
    assert site.output() == before


def test_every_mistake_of_every_file_is_told_in_one_run(refused):
    _, _, built = refused
    assert "Traceback" not in built.stderr
    told = set(built.stderr.splitlines())
    for path, case in SINGLE.items():
        for line in case.expected:
            if not line.startswith("! "):
                continue
            place, _, message = line[2:].partition(" ")
            number, _, column = place.removeprefix("头").partition(":")
            row = int(number) + (0 if place.startswith("头") else case.lines_before)
            whole = f"content/{path}:{row}:{column}: {message}"
            assert whole in told, case.name


@pytest.mark.parametrize("builder", BUILDERS)
def test_what_leads_out_of_the_content_or_lies_wrong_is_refused_and_not_opened(builder, tmp_path):
    site = Site(tmp_path)
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"SECRET")
    before = site.build(builder)
    assert before.returncode == 0, before.stderr
    there = site.output()
    files: dict = {}
    expected = []
    for case in CASES:
        given = case.files()
        wrong = [line[2:] for line in case.expected if line.startswith("! ")]
        if case.several and wrong and not (given.keys() & (files.keys() | WORLD.keys())):
            folders = {path for path, what in files.items() if what[0] == "link"}
            if not any(path.startswith(tuple(f"{name}/" for name in folders)) for path in given):
                files |= given
                expected += wrong
    files["pictures/2026/11/secret.png"] = ("link", str(secret))
    put(site.folder / "content", files)
    built = site.build(builder)
    assert built.returncode == 1
    assert "Traceback" not in built.stderr
    assert site.output() == there
    told = built.stderr
    assert len(expected) > 80
    missing = [line for line in expected if f"content/{line.partition(' ')[0]}" not in told]
    assert not missing
    assert "content/pictures/2026/11/secret.png:1:1: 这是一个链接" in told

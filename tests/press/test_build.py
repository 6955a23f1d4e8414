import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.press.conftest import ROOT, environment, tree, write

HELD = "import time, pathlib\nopen('started', 'w').close()\nwhile not pathlib.Path('go').exists():\n    time.sleep(0.02)\n"
SLOW = "import time\nopen('started', 'w').close()\ntime.sleep(20)\n"


def start(folder: Path, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def await_file(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline, f"{path.name} did not appear"
        time.sleep(0.02)


def add_settings(folder: Path, lines: str) -> None:
    with (folder / "pelicanconf.py").open("a") as file:
        file.write(lines)


def add_plugin(folder: Path, body: str) -> None:
    """A plugin that does ``body`` when all pages are written."""
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    (folder / "meddler.py").write_text(
        "from pelican import signals\n"
        f"def meddle(pelican):\n{indented}"
        "def register():\n    signals.finalized.connect(meddle)\n"
    )
    add_settings(folder, 'PLUGINS = ["meddler"]\nPLUGIN_PATHS = ["."]\n')


@pytest.mark.parametrize(
    "command",
    [["press", "html"], ["pelican", "content", "-s", "pelicanconf.py"]],
    ids=["press", "plain command"],
)
def test_a_build_replaces_the_whole_output(tiny, run, command):
    (tiny / "output/stale.html").write_text("旧")
    result = run(*command)
    assert result.returncode == 0, result.stdout + result.stderr
    files = tree(tiny / "output")
    assert "di-yi-pian.html" in files
    assert "stale.html" not in files
    assert files[".gitignore"][0] == b"*\n!.gitignore\n"
    assert not (tiny / ".build/full").exists()


def test_stock_pelican_writes_the_same_bytes(tiny, run):
    run("press", "html")
    stock = run("pelican", "-o", "stock", "-e", 'PELICAN_CLASS="pelican.Pelican"')
    assert stock.returncode == 0
    ours = {name: data for name, (data, _) in tree(tiny / "output").items()}
    del ours[".gitignore"]
    assert ours == {name: data for name, (data, _) in tree(tiny / "stock").items()}


def test_a_file_that_did_not_change_keeps_its_time(tiny, run):
    write(tiny, "two", "第二篇")
    run("press", "html")
    before = tree(tiny / "output")
    write(tiny, "two", "第二篇", "改过的正文。")
    result = run("press", "html")
    after = tree(tiny / "output")
    assert after["di-yi-pian.html"] == before["di-yi-pian.html"]
    assert after["di-er-pian.html"][1] > before["di-er-pian.html"][1]
    changed = sum(before[name] != after[name] for name in after)
    assert f"其中{changed}个有变化" in result.stdout


FAILURES = {
    "lost article": lambda folder: write(folder, "bad", "坏\nDate: 2026-13-41"),
    "missing link": lambda folder: write(folder, "bad", "坏", "[x]({filename}none.md)"),
    "unknown plugin": lambda folder: add_settings(folder, 'PLUGINS = ["nobody"]\n'),
    "exception": lambda folder: add_plugin(folder, "raise ValueError('坏了')"),
    "exit 0": lambda folder: add_plugin(folder, "raise SystemExit(0)"),
    "settings": lambda folder: add_settings(folder, "1 +\n"),
    "settings missing": lambda folder: (folder / "pelicanconf.py").unlink(),
}


@pytest.mark.parametrize("spoil", FAILURES.values(), ids=FAILURES)
def test_a_failed_build_leaves_the_output_as_it_was(tiny, run, spoil):
    run("press", "html")
    before = tree(tiny / "output")
    spoil(tiny)
    result = run("press", "html")
    assert result.returncode == 1, result.stdout
    assert tree(tiny / "output") == before
    assert not (tiny / ".build/full").exists()
    assert "Traceback" not in result.stderr
    assert "没有改动" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("quiet", [(), ("-q",)], ids=["plain", "-q"])
def test_the_plain_command_refuses_to_lose_an_article(tiny, run, quiet):
    write(tiny, "bad", "坏\nDate: 2026-13-41")
    before = tree(tiny / "output")
    result = run("pelican", *quiet)
    assert result.returncode == 1
    assert tree(tiny / "output") == before


def test_an_error_names_its_line_and_debug_shows_all(tiny, run):
    add_plugin(tiny, "raise ValueError('坏了')")
    assert "meddler.py:3: ValueError: 坏了" in run("press", "html").stderr
    assert "Traceback" in run("press", "html", "--debug").stderr


def test_a_build_does_without_pelican_once_it_has_told_its_settings(ours):
    command = [sys.executable, "-X", "importtime", "-m", "press", "html"]
    build = partial(subprocess.run, command, cwd=ours, capture_output=True, text=True, check=True)
    assert " pelican\n" in build().stderr
    with (ours / "content/pages/about.md").open("a") as page:
        page.write("\n又一段。\n")
    second = build()
    assert "其中2个有变化" in second.stdout  # the page, and the search index
    assert "pelican" not in second.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_the_output_as_it_was(tiny, run, number):
    run("press", "html")
    before = tree(tiny / "output")
    add_plugin(tiny, SLOW)
    build = start(tiny, "press", "html")
    await_file(tiny / "started")
    build.send_signal(number)
    _, errors = build.communicate(timeout=60)
    assert build.returncode == 1
    assert "构建中断" in errors
    assert "Traceback" not in errors
    assert tree(tiny / "output") == before
    assert not (tiny / ".build/full").exists()


def test_a_killed_build_leaves_the_output_as_it_was_and_the_next_one_works(tiny, run):
    run("press", "html")
    before = tree(tiny / "output")
    settings = (tiny / "pelicanconf.py").read_text()
    add_plugin(tiny, SLOW)
    build = start(tiny, "press", "html")
    await_file(tiny / "started")
    build.kill()
    build.communicate(timeout=60)
    assert tree(tiny / "output") == before
    (tiny / "pelicanconf.py").write_text(settings)
    assert run("press", "html").returncode == 0


def test_a_second_build_waits_for_the_first_and_says_so(tiny):
    add_plugin(tiny, HELD)
    first = start(tiny, "press", "html")
    await_file(tiny / "started")
    second = start(tiny, "press", "html")
    assert any("另一个构建正在进行" in line for line in second.stderr)
    assert first.poll() is None
    (tiny / "go").touch()
    for build in (first, second):
        build.communicate(timeout=60)
        assert build.returncode == 0


def test_now_reaches_the_settings(tiny, run):
    add_plugin(tiny, "open('now', 'w').write(pelican.settings['BUILD_NOW'])")
    run("press", "html", "--now", "2026-11-22T09:30:00+08:00")
    assert (tiny / "now").read_text() == "2026-11-22T09:30:00+08:00"
    assert run("press", "html", "--now", "昨天").returncode == 2


def test_retained_names_stay(tiny, run):
    add_settings(tiny, 'OUTPUT_RETENTION = [".git", "CNAME"]\n')
    (tiny / "output/.git").mkdir()
    (tiny / "output/.git/HEAD").write_text("ref")
    (tiny / "output/CNAME").write_text("news.example")
    assert run("press", "html").returncode == 0
    assert (tiny / "output/.git/HEAD").read_text() == "ref"
    assert (tiny / "output/CNAME").read_text() == "news.example"


def test_publishing_asks_for_the_address_and_uses_it(tiny, run, monkeypatch):
    shutil.copy(ROOT / "publishconf.py", tiny)
    add_settings(tiny, 'FEED_ALL_ATOM = "feed.xml"\n')
    publish = ("press", "html", "--settings", "publishconf.py")
    monkeypatch.delenv("SITEURL", raising=False)
    result = run(*publish)
    assert result.returncode == 1
    assert result.stderr.startswith("请给出网站对外的网址")
    monkeypatch.setenv("SITEURL", "https://news.example/site/")
    assert run(*publish).returncode == 0
    assert "https://news.example/site/di-yi-pian.html" in (tiny / "output/feed.xml").read_text()
    monkeypatch.delenv("SITEURL")
    add_settings(tiny, 'SITEURL = "https://my.example/"\n')
    assert run(*publish).returncode == 0
    assert "https://my.example/di-yi-pian.html" in (tiny / "output/feed.xml").read_text()

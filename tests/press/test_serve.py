import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from press.serve import listen
from press.server import Live
from tests.press.conftest import environment, tree, write

ARTICLE = """标题: {title}
日期: {day} 09:30
频道: 法规
状态: {status}

{text}
"""


def publish(
    site: Path,
    text: str,
    *,
    title: str = "预览里的一篇",
    day: str = "2026-11-22",
    status: str = "发布",
) -> Path:
    """Save an article of our own site as an editor does who writes in place."""
    file = site / "content/articles/2026/11/preview.md"
    file.write_text(ARTICLE.format(title=title, day=day, status=status, text=text))
    return file


def start(folder: Path, *options: str, **more: object) -> subprocess.Popen[str]:
    preview = subprocess.Popen(
        [sys.executable, "-u", "-m", "press", "serve", "--port", "0", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **more,
    )
    too_long = threading.Timer(300, preview.kill)  # who waits for a line in vain goes on
    too_long.daemon = True
    too_long.start()
    return preview


def stop(process: subprocess.Popen[str]) -> str:
    """End a preview that may have ended; return what it said last."""
    process.send_signal(signal.SIGINT)
    try:
        return "" if process.stdout.closed else process.communicate(timeout=60)[0]
    finally:
        process.kill()


def until(lines: Iterable[str], pattern: str) -> re.Match[str]:
    seen = []
    for line in lines:
        seen.append(line)
        assert len(seen) < 20, "".join(seen)
        if match := re.search(pattern, line):
            return match
    raise AssertionError("".join(seen))


def fetch(url: str) -> http.client.HTTPResponse:
    return urllib.request.urlopen(url, timeout=60)  # noqa: S310, it is our own server


def get(url: str) -> str:
    with fetch(url) as response:
        return response.read().decode()


def events(url: str) -> Iterator[dict[str, object]]:
    """What a page that is open now is told."""
    with fetch(f"{url}__live") as stream:
        heard = time.monotonic()
        for line in stream:
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))
                heard = time.monotonic()
            assert time.monotonic() < heard + 60, "nothing but heartbeats"


def children(parent: int) -> set[int]:
    """The processes that a process started, and theirs."""
    told = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,stat="], stdout=subprocess.PIPE, text=True, check=True
    )
    rows = [line.split() for line in told.stdout.splitlines()]
    of = [(int(pid), int(up)) for pid, up, state in rows if not state.startswith("Z")]
    found = {pid for pid, up in of if up == parent}
    return found.union(*(children(pid) for pid in found))


def dead(process: int, parent: int) -> bool:
    """Whether a child ends soon; its parent may not have looked yet."""
    return any(process not in children(parent) or time.sleep(0.05) for _ in range(200))


def gone(processes: set[int]) -> bool:
    """Whether they all end soon."""
    for _ in range(200):
        for pid in [*processes]:
            with suppress(ProcessLookupError):
                os.kill(pid, 0)
                continue
            processes.discard(pid)
        if not processes:
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def preview(ours: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A preview of our own site after its first build, and its address."""
    process = start(ours, start_new_session=True)
    yield process, until(process.stdout, r"(http://127\.0\.0\.1:\d+/)")[1]
    stop(process)


@pytest.fixture
def preview_by_pelican(tiny: Path) -> Iterator[subprocess.Popen[str]]:
    with (tiny / "pelicanconf.py").open("a") as file:
        file.write("import os\nSITEURL = os.environ['SITEURL']\n")
    process = start(tiny, "--base", "/repo/", env=environment())
    yield process
    stop(process)


def test_a_site_that_only_pelican_can_build_is_previewed_as_well(tiny, preview_by_pelican):
    preview = preview_by_pelican
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
    until(lines, r"^pelicanconf\.py:\d+:\d+: 不合写法")
    until(lines, "^构建没有开始，网站没有改动")
    assert "第二篇" in get(url)
    error = next(events(url.removesuffix("repo/")))["error"]
    assert re.search(r"pelicanconf\.py:\d+:\d+: 不合写法(?s:.*)\n构建没有开始，", str(error))

    (tiny / "pelicanconf.py.new").write_text(settings)  # as many editors save
    (tiny / "pelicanconf.py.new").replace(tiny / "pelicanconf.py")
    until(lines, "已生成")
    assert "预览已结束" in stop(preview)
    assert preview.returncode == 0


def test_a_saved_article_reloads_the_page_and_a_mistake_is_shown_on_it(ours, preview):
    process, url = preview
    told = events(url)
    first = next(told)
    (builder,) = children(process.pid)

    publish(ours, "头一次保存。", status="草稿", day="2099-01-01")
    second = next(told)
    assert second["error"] == ""
    assert second["build"] != first["build"]
    page = f"{url}2026/11/preview/"
    assert "头一次保存" in get(page)  # a draft of the future

    publish(ours, "# 一级标题")
    wrong = next(told)
    assert wrong["build"] == second["build"]
    assert re.search(r"^content/articles/2026/11/preview\.md:6:", str(wrong["error"]), re.MULTILINE)
    assert "头一次保存" in get(page)

    template = ours / "theme/templates/article.html"
    good = template.read_text()
    before, end, after = good.rpartition("{% endblock %}")
    template.write_text(before + "{{ nothing_of_that_name }}" + end + after)
    publish(ours, "第二次保存。")
    wrong = next(told)
    while "article.html" not in str(wrong["error"]):  # the two saves may be two builds
        wrong = next(told)
    line = before.count("\n") + 1
    assert f"theme/templates/article.html:{line}: UndefinedError" in str(wrong["error"])
    template.write_text(good)
    assert next(told)["build"] not in {first["build"], second["build"]}
    assert "第二次保存" in get(page)

    assert children(process.pid) == {builder}
    terminal = stop(process)
    assert "content/articles/2026/11/preview.md:6:" in terminal
    assert f"theme/templates/article.html:{line}: UndefinedError" in terminal


def test_a_file_that_comes_in_two_steps_is_no_mistake(ours, preview):
    _, url = preview
    told = events(url)
    first = next(told)
    file = publish(ours, "前一半，")
    whole = file.read_text()
    file.write_text("")
    time.sleep(0.05)
    file.write_text(whole)
    event = next(told)
    assert event["error"] == ""
    assert event["build"] != first["build"]


def test_many_saves_in_a_row_are_not_a_queue_and_the_last_one_counts(ours, preview):
    process, url = preview
    told = events(url)
    next(told)
    for number in range(30):
        publish(ours, f"第{number}次保存。")
        time.sleep(0.01)
    builds = 0
    text = ""  # there is no page before the first of these builds
    while "第29次保存" not in text:
        next(told)
        builds += 1
        with suppress(urllib.error.HTTPError):
            text = get(f"{url}2026/11/preview/")
    assert builds < 15
    stop(process)


def change_plugin(site: Path) -> None:
    file = site / "plugins/trail.py"
    file.write_text(file.read_text().replace('"首页"', '"头版"'))


def change_press(site: Path) -> None:
    file = site / "press/draw.py"
    file.write_text(
        file.read_text().replace(
            ".render(context)", '.render(context).replace(">首页</a>", ">头版</a>")'
        )
    )


def change_settings(site: Path) -> None:
    file = site / "pelicanconf.py"
    new = file.with_name("pelicanconf.py.new")
    new.write_text(file.read_text().replace('"掌柜志"', '"头版"'))
    new.replace(file)


@pytest.mark.parametrize("change", [change_plugin, change_press, change_settings])
def test_a_changed_program_is_loaded_anew(ours, preview, change: Callable[[Path], None]):
    process, url = preview
    told = events(url)
    next(told)
    (builder,) = children(process.pid)
    page = f"{url}about/"
    assert "头版" not in get(page)
    change(ours)
    assert next(told)["error"] == ""
    assert "头版" in get(page)
    assert builder not in children(process.pid)


def test_a_builder_that_dies_is_replaced_and_that_is_shown(ours, preview):
    process, url = preview
    told = events(url)
    first = next(told)
    (builder,) = children(process.pid)
    os.kill(builder, signal.SIGKILL)
    assert dead(builder, process.pid)
    publish(ours, "它还在。")
    assert next(told)["build"] != first["build"]  # between two builds nobody misses it

    plugin = ours / "plugins/trail.py"
    good = plugin.read_text()
    plugin.write_text(f"{good}\nimport os\nos.kill(os.getpid(), 9)\n")
    assert "信号9" in str(next(told)["error"])
    assert "它还在" in get(f"{url}2026/11/preview/")
    plugin.write_text(good)
    assert next(told)["error"] == ""
    publish(ours, "又来一个。")
    next(told)
    assert "又来一个" in get(f"{url}2026/11/preview/")


@pytest.mark.parametrize("moment", ["正在生成网站", "已生成"], ids=["building", "waiting"])
def test_ctrl_c_ends_every_process_at_once(ours, moment):
    process = start(ours, start_new_session=True)
    until(process.stdout, moment)
    time.sleep(0.3)
    others = children(process.pid)
    assert others
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    terminal, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "预览已结束" in terminal
    assert "Traceback" not in terminal
    assert gone(others)


def test_no_builder_outlives_a_killed_server(preview):
    process, _ = preview
    others = children(process.pid)
    process.kill()
    assert gone(others)


def build_other(site: Path) -> None:
    """Build what the public would get, in another process."""
    command = [sys.executable, "-m", "press", "html"]
    other = os.environ | {"SITEURL": "https://example.org"}
    subprocess.run(command, cwd=site, env=other, check=True)
    assert "https://example.org" in (site / "output/sitemap.xml").read_text()
    assert not (site / "output/2026/11/preview").exists()


def clean(site: Path) -> None:
    """Do as `make clean` does."""
    shutil.rmtree(site / ".build")
    shutil.rmtree(site / "output")


def clean_and_build_other(site: Path) -> None:
    clean(site)
    build_other(site)


@pytest.mark.parametrize("meddle", [build_other, clean, clean_and_build_other])
def test_what_others_do_meanwhile_is_noticed(ours, preview, meddle: Callable[[Path], None]):
    process, url = preview
    told = events(url)
    next(told)
    publish(ours, "草稿。", status="草稿")
    next(told)
    meddle(ours)
    publish(ours, "已经写完。")
    assert next(told)["error"] == ""
    stop(process)

    command = [sys.executable, "-m", "press", "html", "--output", str(ours / "clean/output")]
    preview_too = os.environ | {"SITEURL": url.rstrip("/"), "PREVIEW": "1"}
    subprocess.run(command, cwd=ours, env=preview_too, check=True)
    published, wanted = (
        {name: content for name, (content, _) in tree(folder).items()}
        for folder in (ours / "output", ours / "clean/output")
    )
    assert published == wanted


def test_a_busy_port_is_passed_by(tmp_path, capsys):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with listen(tmp_path, port, "/", Live()) as server:
            assert port < server.server_port < port + 20
    assert f"端口{port}正被占用" in capsys.readouterr().out

"""What stands where something has gone: the page of a withdrawn article and of an old address."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from press.server import Server
from tests.site.conftest import copy_project
from tests.site.test_browser import DESK, GROUND, PHONE, SIDEWAYS, SMALL_TARGETS, view, violations
from tests.site.test_weight import weight

GONE = {"tombstone": "2026/11/steps-yu-fact/index.html", "redirect": "post/123.html"}
ONWARD = re.compile("<meta http-equiv=refresh[^>]*>")
REASON = "主要数字有误：原作1234亿元，应为234亿元"


@pytest.fixture(scope="module")
def trial(build, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A site that has withdrawn an article and given another the address of an old one."""
    root = copy_project(tmp_path_factory.mktemp("gone") / "site")
    for name, line in {
        "steps-yu-fact": f"撤稿: 2026-11-28 {REASON}",
        "kuaishou-gmv": "旧网址: /post/123.html",
    }.items():
        source = root / f"content/articles/2026/11/{name}.md"
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("\n频道", f"\n{line}\n频道", 1), encoding="utf-8")
    folder = build({}, root=root)
    with Server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.url, folder
        server.shutdown()


@pytest.fixture(params=GONE)
def gone(request, trial, page) -> Page:
    """One of the two pages, before it leads on."""
    url, folder = trial
    html = ONWARD.sub("", (folder / GONE[request.param]).read_text(encoding="utf-8"))
    opened: Page = page(bypass_csp=True)
    opened.route("**/gone/", lambda route: route.fulfill(body=html, content_type="text/html"))
    opened.goto(f"{url}gone/")
    return opened


@pytest.mark.parametrize(
    ("size", "scheme", "media"),
    [
        (PHONE, "light", "screen"),
        (PHONE, "dark", "screen"),
        (DESK, "light", "screen"),
        (PHONE, "light", "print"),
    ],
    ids=["phone", "dark", "desk", "print"],
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(gone, size, scheme, media):
    view(gone, size, scheme, media)
    assert violations(gone) == []
    assert gone.evaluate(SIDEWAYS) == []
    assert (gone.evaluate(GROUND) < 0.02) == (scheme == "dark")


@pytest.mark.parametrize(("size", "text"), [((320, 700), 100), (PHONE, 200)])
def test_narrow_screens_and_large_text_do_not_scroll_sideways(gone, size, text):
    view(gone, size)
    gone.evaluate("size => { document.documentElement.style.fontSize = size }", f"{text}%")
    assert gone.evaluate(SIDEWAYS) == []


def test_one_h1_and_links_for_a_finger(gone):
    view(gone, PHONE)
    assert gone.locator("h1").count() == 1
    assert gone.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("name", GONE)
def test_it_weighs_little(trial, name):
    assert weight((trial[1] / GONE[name]).read_text(encoding="utf-8")) <= 9_000


def test_a_withdrawn_article_tells_when_and_why(trial, page):
    opened = page(trial[0] + "2026/11/steps-yu-fact/", width=390, js=False)
    told = opened.locator("main").inner_text()
    assert f"撤回原因：{REASON}" in told
    assert "2026-11-23发布，2026-11-28撤回" in told
    assert "STEPS" not in opened.content().replace("/steps-yu-fact/", "")


def test_an_old_address_leads_on_without_a_script(trial, page):
    opened: Page = page(trial[0] + GONE["redirect"], js=False)
    opened.wait_for_url("**/2026/11/kuaishou-gmv/")
    assert "快手电商GMV" in opened.locator("h1").inner_text()

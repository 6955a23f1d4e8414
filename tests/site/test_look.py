"""How the built pages look and behave in a real browser, on a phone and on a desk."""

import gzip
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.kinds import ARTICLE, KINDS

OPEN = Callable[..., Page]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALL = """() => [...document.querySelectorAll("a, summary")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 1 && box.height < 24 && !one.closest("p, .references, .prose");
}).map(one => one.outerHTML)"""

each_kind = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())


@pytest.mark.parametrize(
    ("width", "dark"), [(390, False), (1440, True)], ids=["phone", "dark desk"]
)
@each_kind
def test_axe_finds_nothing(served: str, page: OPEN, path: str, width: int, dark: bool) -> None:
    # axe is a script of its own, which our policy rightly forbids.
    opened = page(served + path, width=width, dark=dark, bypass_csp=True)
    found = Axe().run(opened, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (768, "200%"), (1440, "100%")])
@each_kind
def test_nothing_scrolls_sideways(
    served: str, page: OPEN, path: str, width: int, size: str
) -> None:
    opened = page(served + path, width=width)
    opened.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@each_kind
def test_a_page_breaks_none_of_its_own_rules(served: str, page: OPEN, path: str) -> None:
    opened, said = page(), []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(served + path)
    assert said == []


@each_kind
def test_one_h1_and_no_level_skipped(served: str, page: OPEN, path: str) -> None:
    headings = page(served + path).locator("h1, h2, h3, h4")
    levels = [int(tag[1]) for tag in headings.evaluate_all("all => all.map(one => one.tagName)")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@each_kind
def test_landmarks_have_different_names(served: str, page: OPEN, path: str) -> None:
    names = page(served + path).locator("nav").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert all(names)
    assert len(names) == len(set(names))


@each_kind
def test_a_finger_finds_every_link(served: str, page: OPEN, path: str) -> None:
    assert page(served + path, width=390).evaluate(SMALL) == []


@each_kind
def test_the_styles_of_a_page_stay_small(site: Path, path: str) -> None:
    file = site / path
    html = (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")
    (css,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    assert len(gzip.compress(css.encode(), 9)) <= 3072


def test_the_first_key_leads_past_the_menu(served: str, page: OPEN) -> None:
    opened = page(served + ARTICLE)
    opened.keyboard.press("Tab")
    focused = opened.locator(":focus")
    assert focused.inner_text() == "跳到正文"
    assert focused.bounding_box()["height"] >= 24
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#main")


def test_the_first_screen_of_a_phone_shows_three_stories(served: str, page: OPEN) -> None:
    opened = page(served, width=390, height=844)
    bottoms = opened.locator(".card__title").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().bottom)"
    )
    assert sum(bottom <= 844 for bottom in bottoms) >= 3


def test_a_headline_parts_between_words_only(served: str, page: OPEN) -> None:
    opened = page(served + ARTICLE, width=390)
    assert opened.locator("h1").evaluate("one => getComputedStyle(one).wordBreak") == "keep-all"
    assert opened.locator("h1 wbr").count() > 0


@pytest.mark.parametrize("width", [320, 390, 992, 1440])
def test_a_reading_time_stands_in_one_line(served: str, page: OPEN, width: int) -> None:
    opened = page(served, width=width)
    lines = "all => all.map(one => { const of = document.createRange(); of.selectNodeContents(one); return new Set([...of.getClientRects()].map(box => Math.round(box.top))).size })"
    found = opened.locator(".card__meta > :last-child").evaluate_all(lines)
    assert len(found) > 4
    assert set(found) <= {0, 1}  # 0: of a card that this width does not show


def test_a_line_of_text_holds_38_han(served: str, page: OPEN) -> None:
    width, size = (
        page(served + ARTICLE)
        .locator(".prose > p")
        .first.evaluate("one => [one.clientWidth, parseFloat(getComputedStyle(one).fontSize)]")
    )
    assert 36 <= width / size <= 38


@pytest.mark.parametrize(("system", "choice"), [(False, "dark"), (True, "light")])
def test_a_readers_choice_outweighs_the_system(
    served: str, page: OPEN, system: bool, choice: str
) -> None:
    opened = page(served, dark=system)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = opened.evaluate(ground)
    opened.evaluate("choice => { document.documentElement.className = choice }", choice)
    assert opened.evaluate(ground) != before


def test_paper_carries_the_text_without_the_chrome(served: str, page: OPEN) -> None:
    opened = page(served + ARTICLE, dark=True)
    opened.emulate_media(media="print")
    assert not opened.locator("nav").first.is_visible()
    assert not opened.locator(".footer").is_visible()  # else it may be the whole last page
    assert opened.locator("h1").is_visible()
    assert opened.locator(".references").is_visible()
    assert (
        opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )


def test_paper_tells_the_address_and_offers_nothing_to_tap(served: str, page: OPEN) -> None:
    opened = page(served + ARTICLE)
    share = opened.locator(".byline a", has_text="分享")
    assert share.is_visible()
    opened.emulate_media(media="print")
    assert not share.is_visible()
    address = opened.locator("link[rel=canonical]").get_attribute("href")
    assert address
    assert opened.locator(".story__foot").inner_text().count(address) == 1


def test_on_paper_no_heading_is_parted_from_its_text(served: str, page: OPEN) -> None:
    opened = page(served + ARTICLE)
    opened.emulate_media(media="print")
    headings = opened.locator(".prose :is(h2, h3)")
    assert headings.count() > 0
    breaks = "all => [...new Set(all.map(one => getComputedStyle(one).breakAfter))]"
    assert headings.evaluate_all(breaks) == ["avoid"]


def test_the_breadcrumbs_read_as_the_seed_has_them(served: str, page: OPEN) -> None:
    crumbs = page(served + ARTICLE, js=False).get_by_role("navigation", name="当前位置")
    assert crumbs.inner_text() == "您当前的位置：首页 > 电商资讯"


def test_nothing_but_the_page_itself_is_asked_for(served: str, page: OPEN) -> None:
    opened, asked = page(), []
    opened.on("request", lambda request: asked.append(request.resource_type))
    opened.goto(served + ARTICLE, wait_until="networkidle")
    assert set(asked) <= {"document", "image", "other"}
    assert asked.count("document") == 1


def test_on_a_phone_the_menu_shows_where_one_is(served: str, page: OPEN) -> None:
    opened = page(served + "channel/law/", width=390)
    box = opened.locator(".navigation [aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390

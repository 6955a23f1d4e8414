"""What pages do for readers whose browser runs scripts, from the first tap on."""

import re
import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from press.server import Server
from tests.site.conftest import ROOT, copy_project
from tests.site.test_browser import violations
from tests.site.test_weight import weight

ENHANCEMENTS = ROOT / "theme/static/enhancements.js"
MODULE = "**/theme/enhancements.js"
ARTICLE = """标题: 一篇有表格和代码的文章
日期: 2026-11-22 09:30:15
频道: 数据

导语一段，说明下面有什么。

表: 三家的数

| 平台 | 成交额 | 增速 | 公布 |
|---|---:|---:|---|
| 丙 | 1.2万亿元（2021年） | -3% | 2021年11月26日 |
| 甲 | 9800亿元 | 12% | 2021年7月22日 |
| 乙 | —— | 约2% | —— |
| 丁 | 24,410亿元 | 9.5% | 2018年11月6日 |

```python
print("快手")
```
"""
WIDE_CODE = "\n```python\nprint(" + " + ".join(["退货率"] * 60) + ")\n```\n"
LONG = """标题: 一篇长到要有目录的文章
日期: 2026-11-22 09:30:16
频道: 数据

导语一段，说明下面有什么。

""" + "\n\n".join(
    f"## 第{number}节\n\n" + f"这是第{number}节的文字，说的是另一件事。" * 20 for number in range(8)
)
FURNITURE = (
    """标题: 一篇有提示框和脚注的文章
日期: 2026-11-22 09:30:17
频道: 数据

导语一段，说明下面有什么。

> [!注意] 当心
> 退货率要按发货算。

> [!展开] 名单
> 甲公司、乙公司。

"""
    + "".join(f"第{number}段，后面还有。\n\n" for number in range(40))
    + """有一处要注明[^1]。

[^1]: 这是脚注。
"""
    + WIDE_CODE
)
FIRST = "#main table tbody td:first-child"


@pytest.fixture(scope="module")
def trial(build, tmp_path_factory) -> Iterator[str]:
    """A site with such an article."""
    root = copy_project(tmp_path_factory.mktemp("enhancements") / "site")
    source = root / "content/articles/2026/11/biao-ge.md"
    source.write_text(ARTICLE, encoding="utf-8")
    source.with_name("chang.md").write_text(LONG, encoding="utf-8")
    source.with_name("ti-shi.md").write_text(FURNITURE, encoding="utf-8")
    with Server(build({}, root=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.url
        server.shutdown()


@pytest.fixture
def tapped(trial, page) -> Callable[..., Page]:
    """Open the article and tap it."""

    def tapped(**options: object) -> Page:
        opened = page(f"{trial}2026/11/biao-ge/", width=390, height=844, **options)
        with opened.expect_response(MODULE) as module:
            opened.locator("h1").click()
        assert module.value.ok
        opened.wait_for_selector(".enhanced-choices")
        return opened

    return tapped


def test_no_script_is_asked_for_before_a_tap(trial, page):
    opened, asked = page(width=390, height=844), []
    opened.on("request", lambda request: asked.append(request.resource_type))
    opened.goto(f"{trial}2026/11/biao-ge/")
    opened.wait_for_load_state("networkidle")
    assert "script" not in asked
    assert opened.locator("button").count() == 0


@pytest.mark.parametrize("path", ["", "channel/data/", "404.html", "gibt/es/nicht/"])
def test_every_page_finds_the_script(trial, page, path):
    opened = page(f"{trial}{path}", width=390, height=844)
    with opened.expect_response(MODULE) as module:
        opened.keyboard.press("Tab")
    assert module.value.ok


# Ground and size of the text in the first frame in which there is any, before it is painted.
FIRST_FRAME = """requestAnimationFrame(function look() {
    if (!document.body) return requestAnimationFrame(look);
    const style = getComputedStyle(document.body);
    window.first = [style.backgroundColor, style.fontSize];
})"""


@pytest.mark.parametrize(
    ("system", "choices", "first"),
    [
        pytest.param("light", ["深色"], ["rgb(20, 22, 26)", "16px"], id="dark by day"),
        pytest.param("dark", ["浅色"], ["rgb(255, 255, 255)", "16px"], id="light by night"),
        pytest.param("light", ["特大"], ["rgb(255, 255, 255)", "20px"], id="large"),
        pytest.param("light", ["深色", "大"], ["rgb(20, 22, 26)", "18px"], id="both"),
    ],
)
def test_a_choice_holds_on_the_next_page_without_a_flash(tapped, trial, system, choices, first):
    opened, said = tapped(dark=system == "dark"), []
    for choice in choices:
        button = opened.get_by_role("button", name=choice, exact=True)
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
    opened.add_init_script(FIRST_FRAME)
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(trial)
    assert opened.evaluate("first") == first
    assert said == []  # the policy of the page lets it


def test_the_system_decides_again(tapped, trial):
    opened = tapped()
    opened.get_by_role("button", name="深色").click()
    opened.get_by_role("button", name="跟随系统").click()
    opened.goto(trial)
    assert opened.evaluate("document.documentElement.className") == ""


@pytest.mark.parametrize(("label", "factor"), [("大", 1.125), ("特大", 1.25)])
def test_the_text_grows(tapped, label, factor):
    opened = tapped()
    size = "parseFloat(getComputedStyle(document.querySelector('.prose')).fontSize)"
    before = opened.evaluate(size)
    opened.get_by_role("button", name=label, exact=True).click()
    assert opened.evaluate(size) == pytest.approx(before * factor)
    assert opened.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("kept", ["{", "null", "a b", " ", "<script>"])
def test_what_is_kept_may_be_anything(trial, page, kept):
    opened, errors = page(trial), []
    opened.on("pageerror", lambda error: errors.append(error))  # noqa: PLW0108  it wants a function of its own
    opened.evaluate("kept => { localStorage.reading = kept }", kept)
    opened.reload()
    opened.keyboard.press("Tab")
    opened.wait_for_selector(".enhanced-choices")
    assert errors == []


def test_where_nothing_can_be_kept_the_choice_holds_for_the_page(tapped):
    opened = tapped()
    opened.evaluate("Object.defineProperty(window, 'localStorage', {get() { throw new Error() }})")
    opened.get_by_role("button", name="深色").click()
    assert opened.evaluate("document.documentElement.className") == "dark"


def test_code_is_copied(tapped):
    opened = tapped(permissions=["clipboard-read", "clipboard-write"])
    opened.get_by_role("button", name="复制代码").click()
    opened.get_by_role("button", name="已复制").wait_for()
    assert opened.evaluate("navigator.clipboard.readText()").strip() == 'print("快手")'


def test_code_that_cannot_be_copied_is_selected(tapped):
    opened = tapped()
    opened.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opened.get_by_role("button", name="复制代码").click()
    assert opened.evaluate("getSelection().toString()").strip() == 'print("快手")'


@pytest.mark.parametrize(
    ("column", "taps", "order"),
    [
        pytest.param("成交额", 1, "丁丙甲乙", id="the largest first, a gap last"),
        pytest.param("成交额", 2, "甲丙丁乙", id="the smallest first, a gap last"),
        pytest.param("成交额", 3, "丙甲乙丁", id="as the editor had it"),
        pytest.param("增速", 1, "甲丁乙丙", id="below nothing"),
        pytest.param("平台", 1, "丙丁甲乙", id="names by their sound"),
        pytest.param("公布", 1, "丁甲丙乙", id="days from the first, a gap last"),
    ],
)
def test_a_table_is_sorted_by_what_its_cells_mean(tapped, column, taps, order):
    opened = tapped()
    for _ in range(taps):
        opened.get_by_role("button", name=column).click()
    assert "".join(opened.locator(FIRST).all_inner_texts()) == order


def test_another_column_begins_anew(tapped):
    opened = tapped()
    for column in ("成交额", "增速", "成交额"):
        opened.get_by_role("button", name=column).click()
    assert "".join(opened.locator(FIRST).all_inner_texts()) == "丁丙甲乙"
    assert opened.locator("th[aria-sort]").count() == 1


def test_sorting_weighs_at_most_1_kb():
    """As a chart's weight: what it adds to the file that a tap loads, with its styles."""
    script = ENHANCEMENTS.read_text(encoding="utf-8")
    rest, found = re.subn(r"^// ---- tables: sort .*?(?=^// ----)", "", script, flags=re.M | re.S)
    rest, styles = re.subn(r"^.*enhanced-sort\{.*\n|^\[aria-sort.*\n", "", rest, flags=re.M)
    rest, arrow = re.subn(r"^.*sort::after\{content:\"↕.*\n", "", rest, flags=re.M)
    assert (found, styles, arrow) == (1, 3, 1)
    assert 0 < weight(script) - weight(rest) <= 1000


def test_the_order_of_a_table_is_told(tapped):
    opened = tapped()
    opened.get_by_role("button", name="成交额").click()
    head = opened.locator("th", has_text="成交额")
    assert head.get_attribute("aria-sort") == "descending"
    assert opened.get_by_role("status").inner_text() == "表格已按“成交额”排：从大到小"


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_what_was_added(tapped, dark):
    assert violations(tapped(dark=dark)) == []


def test_a_long_text_leads_back_to_where_one_was(trial, page):
    opened = page(f"{trial}2026/11/chang/", width=390, height=844)
    opened.keyboard.press("Tab")
    opened.wait_for_selector(".enhanced-choices")
    opened.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    before = opened.evaluate("scrollY")
    opened.goto(trial)
    opened.goto(f"{trial}2026/11/chang/")
    opened.keyboard.press("Tab")
    opened.get_by_role("button", name="回到上次读到的地方").click()
    assert opened.evaluate("scrollY") == pytest.approx(before, abs=20)


def test_the_way_back_moves_nothing_and_is_not_printed(trial, page):
    opened = page(width=390, height=844)
    opened.add_init_script("localStorage.places = '[[\"/2026/11/chang/\", 0.5]]'")
    opened.goto(f"{trial}2026/11/chang/")
    before = opened.locator("h1").bounding_box()
    opened.keyboard.press("Tab")
    button = opened.get_by_role("button", name="回到上次读到的地方")
    button.wait_for()
    assert opened.locator("h1").bounding_box() == before
    opened.emulate_media(media="print")
    assert not button.is_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_outline_of_a_long_text_leads_to_its_parts(trial, page, width):
    opened = page(f"{trial}2026/11/chang/", width=width, js=False)
    outline = opened.get_by_role("navigation", name="本文目录")
    assert outline.get_by_role("link").count() == 8
    body = opened.locator(".story__body").bounding_box()
    beside = outline.bounding_box()["x"] > body["x"] + body["width"]
    assert beside == (width == 1440)
    outline.get_by_role("link", name="第5节").click()
    assert -1 < opened.locator("h2", has_text="第5节").bounding_box()["y"] < 100
    # On a desk it goes along with the text.
    assert (outline.bounding_box()["y"] >= 0) == (width == 1440)


def test_a_short_text_has_no_outline(trial, page):
    assert page(f"{trial}2026/11/biao-ge/").locator(".outline").count() == 0


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1440, True)])
def test_a_callout_stands_apart_and_is_told_as_a_note(trial, page, width, dark):
    opened = page(f"{trial}2026/11/ti-shi/", width=width, dark=dark, js=False)
    callout = opened.get_by_role("note")
    assert callout.inner_text().split() == ["注意：当心", "退货率要按发货算。"]
    ground = "one => getComputedStyle(one).backgroundColor"
    assert callout.evaluate(ground) != opened.locator("body").evaluate(ground)
    assert callout.bounding_box()["width"] == opened.locator(".prose").last.bounding_box()["width"]


def test_paper_shows_what_a_screen_shows_after_a_tap_or_a_scroll(trial, page):
    opened = page(f"{trial}2026/11/ti-shi/", width=794, js=False)
    folded, code = opened.locator("details p"), opened.locator(".prose pre")
    back = opened.locator(".footnote-backref")
    seen = "one => one.checkVisibility()"
    cut = "one => one.scrollWidth > one.clientWidth"
    assert (folded.evaluate(seen), back.evaluate(seen), code.evaluate(cut)) == (False, True, True)
    opened.emulate_media(media="print")
    assert (folded.evaluate(seen), back.evaluate(seen), code.evaluate(cut)) == (True, False, False)


def test_a_tap_leads_to_a_note_which_lights_up_and_a_tap_back(trial, page):
    opened = page(f"{trial}2026/11/ti-shi/", width=390, height=400, js=False)
    mark, note = opened.locator("sup a"), opened.locator(".notes li", has_text="这是脚注。")
    ground = "one => getComputedStyle(one).backgroundColor"
    before = note.evaluate(ground)
    mark.click()
    assert 0 <= note.bounding_box()["y"] < 400
    assert note.evaluate(ground) != before
    note.get_by_role("link").click()
    figure = "one => { const of = document.createRange(); of.selectNodeContents(one); return of.getBoundingClientRect().y }"
    assert -1 < mark.evaluate(figure) < 400
    assert note.evaluate(ground) == before


def test_who_read_to_the_end_is_offered_no_place(trial, page):
    opened = page(f"{trial}2026/11/chang/", width=390, height=844)
    opened.keyboard.press("Tab")
    opened.wait_for_selector(".enhanced-choices")
    opened.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    opened.goto(trial)
    opened.goto(f"{trial}2026/11/chang/")
    opened.keyboard.press("Tab")
    opened.wait_for_selector(".enhanced-choices")
    assert opened.locator(".enhanced-place").count() == 0


def test_without_scripts_nothing_is_there_that_does_nothing(trial, page):
    opened = page(f"{trial}2026/11/biao-ge/", js=False)
    assert opened.locator("button").count() == 0


def test_the_first_key_already_leads_to_the_search_field(trial, page):
    opened = page()
    with opened.expect_response(MODULE):
        opened.goto(trial)
        opened.keyboard.press("/")
    opened.locator("[name=q]:focus").wait_for()
    opened.keyboard.type("快手/")
    assert opened.locator("[name=q]").input_value() == "快手/"


def test_the_field_of_every_page_asks_the_search_page_without_script(trial, page):
    opened = page(width=390, js=False)
    opened.goto(f"{trial}2026/11/biao-ge/")
    opened.get_by_role("search").get_by_role("textbox", name="搜索").fill("快手")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/search/?q=%E5%BF%AB%E6%89%8B")

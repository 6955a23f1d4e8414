"""Pages in real Chromium, as readers get them: on a phone, a desk and paper, by day and by night."""

import re
import time
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.site.conftest import Tree, text_of

PHONE, DESK = (390, 844), (1440, 900)
KINDS = {  # a kind of page: the first page of the tree that answers to this
    "front": "//*[@class='front']",
    "article": "//article[contains(@class, 'story')]//*[@class='byline'][not(//table)]",
    "table": "//article[contains(@class, 'story')]//table",
    "chart": "//article[contains(@class, 'story')]//figure[@class='chart']",
    "channel": "//link[@rel='canonical'][contains(@href, '/channel/')]",
    "tag": "//link[@rel='canonical'][contains(@href, '/tag/')][not(//*[@class='cloud'])]",
    "tags": "//*[contains(@class, 'cloud')]",
    "author": "//link[@rel='canonical'][contains(@href, '/author/')]",
    "topic": "//link[@rel='canonical'][contains(@href, '/topic/')]",
    "topics": "//*[contains(@class, 'dossiers')]",
    "flashes": "//*[contains(@class, 'flashlist--full')]",
    "flash": "//link[@rel='canonical'][contains(@href, '/flash/20')]",
    "archive": "//*[@class='archive']/ul",
    "archives": "//*[contains(@class, 'years__list')]",
    "page": "//link[@rel='canonical'][contains(@href, '/copyright/')]",
    "share": "//*[@class='sharing']",
    "wechat": "//*[@class='edition'][.//table]",
    "search": "//*[@class='search']",
    "404": "//meta[@name='robots'][contains(@content, 'noindex')][not(//*[@class='breadcrumbs' or @class='search'])]",
}
SCRIPTS = {
    "share": ["theme/share.js"],
    "wechat": ["theme/wechat.js"],
    "search": ["theme/search.js"],
}
REQUESTS = {
    "share": 2,
    "wechat": 2,
    "search": 2,
    "front": 6,
    "picture": 2,
    "channel": 6,
    "tag": 6,
    "author": 6,
    "topic": 6,
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Layout shifts as CLS counts them (web.dev/cls), but for those that follow a tap.
SHIFTS = """{
    window.shifts = [];
    new PerformanceObserver(list => list.getEntries().forEach(entry => entry.hadRecentInput || shifts.push(
        `${entry.value} ${entry.sources.map(({node}) => node?.outerHTML?.slice(0, 80)).join(" ")}`
    ))).observe({type: "layout-shift", buffered: true});
}"""
SIDEWAYS = """() => {
    const wide = document.documentElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= wide) return [];
    const suspects = [...document.body.querySelectorAll('*')]
        .filter(node => node.getBoundingClientRect().right > wide + .5)
        .slice(0, 5).map(node => `${node.tagName}.${node.className}`);
    return [document.scrollingElement.scrollWidth, ...suspects];
}"""
LUMINANCE = """colour => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map(part => {
        const value = part / 255;
        return value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
    });
    return .2126 * red + .7152 * green + .0722 * blue;
}"""
GROUND = f"() => ({LUMINANCE})(getComputedStyle(document.body).backgroundColor)"
PLACEHOLDERS = f"""() => [...document.querySelectorAll('[placeholder]')].map(field => {{
    const luminance = {LUMINANCE}, hint = getComputedStyle(field, '::placeholder');
    const grounds = [field, document.body].map(node => getComputedStyle(node).backgroundColor);
    const ground = grounds.find(colour => !/, 0\\)$/.test(colour));
    const [dark, light] = [hint.color, ground].map(luminance).sort((one, other) => one - other);
    return (light + .05) / (dark + .05) * hint.opacity;
}})"""
SMALL_TARGETS = """() => {
    const word = /[\\p{L}\\p{N}]/u;
    const found = [];
    for (const node of document.querySelectorAll('a[href], button, summary, input, select')) {
        if (node.closest('[aria-hidden=true], .skip') || !node.checkVisibility()) continue;
        const sentence = (node.closest('sup') ?? node).parentElement;
        const among = [...sentence.childNodes]
            .some(other => other.nodeType === Node.TEXT_NODE && word.test(other.textContent));
        if (getComputedStyle(node).display === 'inline' && among) continue;  // a word of a sentence
        const box = node.getBoundingClientRect();
        if (box.width < 24 || box.height < 24)
            found.push(`${node.className || node.parentElement.className}: ${node.textContent.trim()}`
                + ` ${Math.round(box.width)}x${Math.round(box.height)}`);
    }
    return found;
}"""
WRONG_BREAKS = """heading => {
    // Every place where a line ends must be a <wbr>, a space or a hyphen that the writer typed.
    const places = [];
    const walk = document.createTreeWalker(heading, NodeFilter.SHOW_ALL);
    let may = true, last = null;
    while (walk.nextNode()) {
        const node = walk.currentNode;
        if (node.nodeName === 'WBR' || node.nodeName === 'I') { may = true; continue; }
        if (node.nodeType !== Node.TEXT_NODE) continue;
        for (let at = 0; at < node.length; at++) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getClientRects()[0];
            const sign = node.data[at];
            if (/\\s/.test(sign)) { may = true; continue; }
            if (last !== null && box.top > last + 8 && !may)
                places.push(heading.textContent.trim() + ' | before ' + node.data.slice(at, at + 6));
            last = box.top;
            may = sign === '-';
        }
    }
    return places;
}"""
QUOTE_WIDTH = """parent => {
    const span = document.createElement('span');
    span.textContent = '中“中”中';
    span.style.whiteSpace = 'nowrap';  // at the start of a line it would be trimmed
    parent.append(span);
    const em = parseFloat(getComputedStyle(span).fontSize);
    const widths = [1, 3].map(at => {
        const range = document.createRange();
        range.setStart(span.firstChild, at);
        range.setEnd(span.firstChild, at + 1);
        return range.getBoundingClientRect().width / em;
    });
    span.remove();
    return widths;
}"""


class Opened(NamedTuple):
    """A page of one kind in the browser, what it asked for while it loaded, what it complained of."""

    kind: str
    page: Page
    requests: list
    complaints: list[str]
    moved: list[str]  # what shifted while it loaded and was scrolled, with how much


def address(tree: Tree, kind: str) -> str:
    found = [page.path for page in tree.documents.values() if page.all(KINDS[kind])]
    assert found, f"no page of the kind {kind}"
    return found[0].removesuffix("index.html")


def late(route: Route) -> None:
    """Let a picture come after the text around it."""
    time.sleep(0.3)
    route.continue_()


def watch(page: Page) -> tuple[list, list[str]]:
    requests, complaints = [], []
    page.on("request", lambda asked: requests.append(asked))  # noqa: PLW0108 Playwright
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return requests, complaints


@pytest.fixture(scope="module", params=KINDS)
def opened(request, browser: Browser, served: str, tree: Tree) -> Iterator[Opened]:
    """One page of each kind, loaded once on a phone; tests set the view that they measure."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", color_scheme="light"
    )
    page = context.new_page()
    requests, complaints = watch(page)
    page.add_init_script(SHIFTS)
    page.route("**/*.{png,jpg,avif,webp,svg}", late)
    page.goto(served + address(tree, request.param), wait_until="networkidle")
    first = list(requests)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    moved = page.evaluate("shifts")
    yield Opened(request.param, page, first, complaints, moved)
    context.close()


def view(page: Page, size: tuple[int, int], scheme: str = "light", media: str = "screen") -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(media=media, color_scheme=scheme)


def test_first_load_asks_for_little_and_for_nothing_foreign(opened, served):
    icons = {served + name for name in ("favicon.ico", "theme/icon.svg")}
    asked = [(item.resource_type, item.url) for item in opened.requests if item.url not in icons]
    assert [url for _, url in asked if not url.startswith(served)] == []
    others = [url for kind, url in asked if kind not in {"document", "image"}]
    scripts = [served + name for name in SCRIPTS.get(opened.kind, ())]
    assert [url.partition("?")[0] for url in others] == scripts
    assert len(asked) <= REQUESTS.get(opened.kind, 1), asked


def test_nothing_moves_while_a_page_and_its_late_pictures_come(opened):
    assert opened.moved == []


def test_no_view_scrolls_sideways_or_complains(opened):
    for size in (PHONE, DESK):
        for scheme in ("light", "dark"):
            view(opened.page, size, scheme)
            assert opened.page.evaluate(SIDEWAYS) == [], (size, scheme)
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("size", "text"),
    [((195, 422), 100), ((320, 700), 100), (PHONE, 200), ((768, 1024), 200), (DESK, 200)],
)
def test_narrow_screens_and_large_text_do_not_scroll_sideways(opened, size, text):
    view(opened.page, size)
    resize = "size => document.documentElement.style.fontSize = size"
    opened.page.evaluate(resize, f"{text}%")
    sideways = opened.page.evaluate(SIDEWAYS)
    opened.page.evaluate(resize, "")
    assert sideways == []


def test_dark_is_dark_and_light_is_light(opened):
    view(opened.page, PHONE, "light")
    assert opened.page.evaluate(GROUND) > 0.9
    view(opened.page, PHONE, "dark")
    assert opened.page.evaluate(GROUND) < 0.02


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_hint_in_an_empty_field_is_legible(opened, scheme):
    view(opened.page, PHONE, scheme)  # axe does not look at it
    assert min(opened.page.evaluate(PLACEHOLDERS), default=21) >= 4.5


TITLE = "h1:not(:has(svg)), h1 svg"  # on the front page the word-mark is
INK = """node => {
    const style = getComputedStyle(node);
    return (node.matches("svg") ? style.fill : style.color).match(/\\d+/g).slice(0, 3).map(Number);
}"""


def test_paper_carries_the_text_in_black_and_no_chrome(opened):
    view(opened.page, (794, 1123), "dark", "print")
    page = opened.page
    try:
        assert page.evaluate(GROUND) > 0.99
        for chrome in page.locator("nav, .skip, .footer a").all():
            assert not chrome.is_visible(), chrome.evaluate("node => node.outerHTML.slice(0, 80)")
        assert page.locator("h1").is_visible()
        for text in page.locator(f"{TITLE}, .lead, .prose > p, .card__title a, .flashlist a").all():
            red, green, blue = text.evaluate(INK)
            assert max(red, green, blue) < 40
    finally:
        view(page, PHONE)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds on a page: rule and elements."""
    options = {
        "runOnly": {"type": "tag", "values": WCAG},
        "rules": {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
    }
    return [
        (rule["id"], [" ".join(map(str, node["target"])) for node in rule["nodes"]][:5])
        for rule in Axe().run(page, options=options).response["violations"]
    ]


@pytest.mark.parametrize(
    ("size", "scheme", "media"),
    [
        (PHONE, "light", "screen"),
        (DESK, "light", "screen"),
        (PHONE, "dark", "screen"),
        (PHONE, "light", "print"),
    ],
    ids=["phone", "desk", "dark", "print"],
)
def test_axe_finds_nothing(opened, size, scheme, media):
    view(opened.page, size, scheme, media)
    try:
        assert violations(opened.page) == []
    finally:
        view(opened.page, PHONE)


def test_targets_are_large_enough_for_a_finger(opened):
    view(opened.page, PHONE)
    assert opened.page.evaluate(SMALL_TARGETS) == []


def test_without_scripts_the_text_is_the_same(opened, page):
    view(opened.page, PHONE)
    plain = page(opened.page.url, width=PHONE[0], height=PHONE[1], js=False)
    shown, told = (one.locator("body").inner_text() for one in (opened.page, plain))
    if opened.kind == "search":  # where it says that it needs one
        told = re.sub(r"您的浏览器没有运行[^\n]+\n+", "", told)
    else:  # only a script makes buttons work
        for button in opened.page.get_by_role("button").all_inner_texts():
            shown = shown.replace(f"{button}\n", "", 1)
    assert re.sub(r"\s+", "\n", told) == re.sub(r"\s+", "\n", shown)


def test_curly_quotes_are_as_wide_as_han(opened):
    for name in ("h1", "main"):
        for width in opened.page.locator(name).evaluate(QUOTE_WIDTH):
            assert width == pytest.approx(1, abs=0.02), name


def test_headlines_part_between_words_only(opened):
    for width in (320, 360, 390):
        view(opened.page, (width, 700))
        faults = [
            fault
            for node in opened.page.locator(":is(h1, h2, h3, .flashlist a):has(wbr, i)").all()
            for fault in node.evaluate(WRONG_BREAKS)
        ]
        assert faults == [], width
    view(opened.page, PHONE)


def test_every_title_parts_between_words_only(served, tree, page):
    titles = [
        node for document in tree.documents.values() for node in document.all("//h1[wbr or i]")
    ]
    assert len(titles) > 20
    opened = page(f"{served}{address(tree, 'article')}", width=320, height=700)
    parts = [
        [(None, title.text or ""), *((mark.tag, mark.tail or "") for mark in title)]
        for title in titles
    ]
    opened.locator("h1").evaluate(
        """(heading, titles) => heading.replaceWith(...titles.map(parts => {
            const title = heading.cloneNode();
            title.replaceChildren(...parts.flatMap(
                ([mark, part]) => mark ? [document.createElement(mark), part] : [part]));
            return title;
        }))""",
        parts,
    )
    headings = opened.locator("h1")
    shown = [text.replace("\n", "") for text in headings.all_inner_texts()]
    assert shown == [text_of(title) for title in titles]
    for width in (320, 360, 390):
        opened.set_viewport_size({"width": width, "height": 700})
        faults = headings.evaluate_all(f"headings => headings.flatMap({WRONG_BREAKS})")
        assert faults == [], width


@pytest.mark.parametrize("kind", ["front", "article", "404"])
def test_the_first_tab_shows_the_skip_link_and_it_works(served, tree, page, kind):
    opened = page(served + address(tree, kind), width=PHONE[0], height=PHONE[1])
    opened.keyboard.press("Tab")
    skip = opened.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    box = skip.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["width"] >= 24
    assert box["height"] >= 24
    assert skip.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    opened.keyboard.press("Enter")
    assert opened.url.endswith("#main")
    opened.keyboard.press("Tab")
    assert opened.locator("main :focus").count() == 1


def test_focus_is_seen_on_every_link_by_keyboard(served, tree, page):
    opened = page(served + address(tree, "article"), width=PHONE[0], height=PHONE[1])
    for _ in range(30):
        opened.keyboard.press("Tab")
        shown = opened.locator(":focus").evaluate(
            "node => [getComputedStyle(node).outlineStyle, getComputedStyle(node).outlineWidth]"
        )
        assert shown == ["solid", "3px"]


def test_emphasis_is_dots_under_the_text(served, tree, page):
    found = next(doc.path for doc in tree.documents.values() if doc.all("//p/em"))
    opened = page(served + found.removesuffix("index.html"))
    style = opened.locator(".prose em").first.evaluate(
        """element => {
            const style = getComputedStyle(element);
            return [style.textEmphasisStyle, style.textEmphasisPosition, style.fontStyle];
        }"""
    )
    assert style[0] in {"dot", "filled dot"}
    assert style[1] in {"under", "under right"}
    assert style[2] == "normal"


def test_tables_scroll_in_their_own_box_on_a_narrow_phone(served, tree, page):
    opened = page(served, width=320, height=700)
    with_tables = [item for item in tree.documents.values() if item.all("//table")]
    scrolling = 0
    for document in with_tables:
        opened.goto(served + document.url)
        assert opened.evaluate(SIDEWAYS) == [], document.path
        for table in opened.locator("table").all():
            box = table.locator("xpath=..")
            seen, whole, overflow, focus, name = box.evaluate(
                """node => [node.clientWidth, node.scrollWidth, getComputedStyle(node).overflowX,
                    node.tabIndex, node.getAttribute('aria-label')]"""
            )
            assert seen <= 320
            assert overflow in {"auto", "scroll"}
            assert focus == 0
            assert name or document.of_class("edition")
            scrolling += whole > seen
    assert scrolling, "no table of ours is wide enough to show it"


def test_a_missing_address_of_any_depth_shows_the_way_home(served, page):
    opened = page()
    answer = opened.goto(f"{served}no/such/page/at/all/")
    assert answer.status == 404
    opened.get_by_role("link", name="首页").first.click()
    assert opened.url == served
    assert opened.locator("main h2").count() > 1

"""Typography as CLREQ wants it, measured where it is drawn: in Chromium, on our own articles."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from plugins._templates import NEVER_FIRST as BOUND
from plugins._templates import joined

ARTICLE = "2026/11/kuaishou-gmv/"
# Of each line of some text: its first and its last sign.
LINES = """selector => {
    const found = [];
    for (const block of document.querySelectorAll(selector)) {
        const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let line = null, bottom = null, last = '';
        while (walk.nextNode()) {
            const node = walk.currentNode;
            for (let at = 0; at < node.length; at++) {
                const sign = node.data[at];
                if (/\\s/.test(sign)) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const box = range.getClientRects()[0];
                if (!box || !box.width) continue;
                const note = node.parentElement.closest('sup') ? '#' : '';
                if (bottom === null || box.top > bottom - 4) {
                    if (bottom !== null) line[1] = last;
                    found.push(line = [note + sign, '']);
                    bottom = box.bottom;
                }
                if (!note) bottom = box.bottom;
                last = note + sign;
            }
        }
        if (line) line[1] = last;
    }
    return found;
}"""
# The blank between two neighbouring signs, in em.
GAP = """([selector, pair]) => {
    const block = document.querySelector(selector);
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let before = null;
    while (walk.nextNode()) {
        const node = walk.currentNode;
        for (let at = 0; at < node.length; at++) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getClientRects()[0];
            if (before && before.sign + node.data[at] === pair)
                return (box.left - before.right) / parseFloat(getComputedStyle(block).fontSize);
            before = {sign: node.data[at], right: box.right};
        }
    }
    return null;
}"""
NEVER_FIRST = set("，。、；：？！）》”’」』】〉…—～·／％%‰°℃")
NEVER_LAST = set("（《“‘「『【〈¥￥$€±")


@pytest.fixture(scope="module")
def prose(tree) -> list[str]:
    """Addresses of articles with notes, quotes and figures: ten of them."""
    return [
        page.path.removesuffix("index.html")
        for page in tree.documents.values()
        if page.is_article and page.all("//sup")
    ][:10]


@pytest.fixture
def lines(served, page, prose) -> Callable[[int, str], list[tuple[str, str, str]]]:
    """Read address, first and last sign of every line of some text at a width."""

    def lines(width: int, selector: str) -> list[tuple[str, str, str]]:
        opened: Page = page(width=width, height=800)
        found = []
        for path in prose:
            opened.goto(served + path)
            found += [(path, *line) for line in opened.evaluate(LINES, selector)]
        assert len(found) > 100
        return found

    return lines


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_line_begins_with_a_closing_mark(lines, width):
    found = [line for line in lines(width, ".prose > p, .prose li") if line[1] in NEVER_FIRST]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_line_ends_with_an_opening_mark(lines, width):
    found = [line for line in lines(width, ".prose > p, .prose li") if line[2] in NEVER_LAST]
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_line_begins_with_the_number_of_a_note(lines, width):
    found = [line for line in lines(width, ".prose > p, .prose li") if line[1][0] == "#"]
    assert found == []


# CLREQ 6.1.2 (符号分离禁则): a number is one, with its point, its % and the like, its sign, its currency;
# UAX 14 adds units in letters.
WHOLE = [
    *("1,234.5", "9:30", "12.5%", "6‰", "45°", "37℃"),
    *("+5", "-5", "−5", "±2", "¥100", "￥100", "$100", "€5", "100₫"),
    *("3kg", "100GB", "GMV"),
]
# In how many lines a text stands that begins after some Han, for each number of them.
PARTED = """text => {
    const block = document.querySelector(".prose > p"), found = [];
    for (let before = 0; before < 45; before++) {
        block.textContent = "汉".repeat(before) + text + "字".repeat(30);
        const range = document.createRange();
        range.setStart(block.firstChild, before);
        range.setEnd(block.firstChild, before + text.length);
        const boxes = [...range.getClientRects()].filter(box => box.width);
        found.push(new Set(boxes.map(box => Math.round(box.top / 10))).size);
    }
    return found;
}"""


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_a_number_is_not_parted_from_its_sign_or_unit(served, page, width):
    opened = page(served + ARTICLE, width=width)
    parted = {text: max(opened.evaluate(PARTED, text)) for text in [*WHOLE, "1月1日"]}
    assert parted.pop("1月1日") == 2  # the end of a line was met
    assert parted == dict.fromkeys(WHOLE, 1)


@pytest.mark.parametrize(
    ("selector", "pair"), [("h1", "到1"), ("h1", "商G"), ("h1", "V走"), (".prose", "年不")]
)
def test_between_han_and_latin_stands_a_gap_and_between_han_none(served, page, selector, pair):
    opened = page(served + ARTICLE)
    expected = 0 if pair == "年不" else 0.125
    assert opened.evaluate(GAP, [selector, pair]) == pytest.approx(expected, abs=0.02)


# How wide some HTML is, in em, where it cannot wrap.
WIDTH = """([selector, html]) => {
    const block = document.querySelector(selector);
    const span = document.createElement("span");
    span.style.whiteSpace = "nowrap";
    span.innerHTML = html;
    block.append(span);
    const width = span.getBoundingClientRect().width / parseFloat(getComputedStyle(span).fontSize);
    span.remove();
    return width;
}"""


@pytest.mark.parametrize("selector", ["h1", ".prose > p", ".byline li", ".rank p"])
@pytest.mark.parametrize("text", ["汉——字", "汉……字"])
def test_a_dash_and_an_ellipsis_take_the_room_of_two_han(served, page, selector, text):
    opened = page(served + ARTICLE)
    assert opened.evaluate(WIDTH, [selector, text]) == pytest.approx(4, abs=0.02)


@pytest.mark.parametrize(
    "selector", [".prose > .table td", ".rank__value", ".rank__place", ".byline time"]
)
def test_figures_that_stand_below_each_other_are_equally_wide(served, page, selector):
    opened = page(served + ARTICLE)
    style = "one => getComputedStyle(one).fontVariantNumeric"
    assert opened.locator(selector).first.evaluate(style) == "tabular-nums"
    assert opened.evaluate(WIDTH, [selector, "1111"]) == opened.evaluate(WIDTH, [selector, "8888"])


@pytest.mark.parametrize("width", [390, 1440])
def test_numbers_stand_at_the_right_and_the_years_that_lead_them_at_the_left(served, page, width):
    opened = page(served + ARTICLE, width=width)
    cells = """all => all.map(one => {
        const text = document.createRange();
        text.selectNodeContents(one);
        const [box, words] = [one.getBoundingClientRect(), text.getBoundingClientRect()];
        return [words.left - box.left, box.right - words.right - parseFloat(getComputedStyle(one).paddingRight)];
    })"""
    years = opened.locator(".prose > .table td.num:first-child").evaluate_all(cells)
    numbers = opened.locator(".prose > .table td.num:not(:first-child)").evaluate_all(cells)
    assert min(len(years), len(numbers)) >= 5
    assert max(left for left, _ in years) < 1
    assert max(right for _, right in numbers) < 1


def test_paragraphs_are_parted_by_a_gap_on_screens_and_by_an_indent_on_paper(served, page):
    opened = page(served + ARTICLE)
    second = opened.locator(".prose > p + p").first
    style = "one => { const {marginTop, textIndent, fontSize} = getComputedStyle(one); return [marginTop, textIndent].map(size => parseFloat(size) / parseFloat(fontSize)) }"
    assert second.evaluate(style) == pytest.approx([1.15, 0])
    opened.emulate_media(media="print")
    assert second.evaluate(style) == pytest.approx([0, 2])


@pytest.mark.parametrize(("width", "justified"), [(390, False), (639, False), (1440, True)])
def test_lines_are_filled_to_the_edge_where_they_hold_thirty_han(served, page, width, justified):
    opened = page(served + ARTICLE, width=width)
    align = "one => getComputedStyle(one).textAlign"
    assert (opened.locator(".prose > p").first.evaluate(align) == "justify") == justified


def test_the_gap_is_nothing_that_anybody_typed(served, page):
    opened = page(served + ARTICLE)
    assert opened.locator("h1").text_content() == "从9660万到1.39万亿：快手电商GMV走了多远"


SET = "html => { document.querySelector('.prose > p').innerHTML = html; }"
# Connectors, interpunct and separator begin no line (GB/T 15834-2011, 5.1.5 to 5.1.7): the build marks them.
BOUND_TEXTS = ["7～12天", "7万～12万元", "<b>7</b>～12天", "6月1日—18日", "达·芬奇", "元／件"]
# The signs with which some line begins, however wide the column is.
FIRSTS = """html => {
    const block = document.querySelector(".prose > p"), firsts = new Set();
    block.innerHTML = "汉".repeat(12) + html + "字".repeat(12);
    for (let width = 120; width < 380; width += 3) {
        block.style.width = width + "px";
        const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let top = null;
        while (walk.nextNode()) {
            const range = document.createRange();
            for (let at = 0; at < walk.currentNode.length; at++) {
                range.setStart(walk.currentNode, at);
                range.setEnd(walk.currentNode, at + 1);
                const box = range.getClientRects()[0];
                if (top !== null && box.top > top + 8) firsts.add(walk.currentNode.data[at]);
                top = box.top;
            }
        }
    }
    return [...firsts].join("");
}"""


@pytest.mark.parametrize("text", BOUND_TEXTS)
def test_no_line_begins_with_a_connector_interpunct_or_separator(served, page, text):
    opened = page(served + ARTICLE)
    before, after = (set(opened.evaluate(FIRSTS, html)) for html in (text, joined(text)))
    assert before & set(BOUND)  # it would
    assert after
    assert not after & set(BOUND)


# UAX 14 takes a measure word in Han for text like any other: the build marks those, too.
@pytest.mark.parametrize(
    "text", ["116个", "4亿", "1.39万亿元", "约3000万元起", "5万～12万件", "<b>8</b>折"]
)
def test_no_line_begins_with_the_unit_of_a_figure(served, page, text):
    opened = page(served + ARTICLE)
    before, after = (set(opened.evaluate(FIRSTS, html)) for html in (text, joined(text)))
    units = set("百千万亿元个件折～")
    assert before & units  # it would
    assert after
    assert not after & units


def test_between_a_figure_and_its_unit_stands_the_gap_of_any_other_han(served, page):
    opened = page(served + ARTICLE)
    plain, marked = "那天1.39万亿元", joined("那天1.39万亿元")
    widths = [
        opened.evaluate(WIDTH, [".prose > p", html])
        for html in (plain, marked, marked.replace("u>", "bdi>"))
    ]
    assert widths[1] == pytest.approx(widths[0], abs=0.02)
    assert widths[1] - widths[2] == pytest.approx(0.125, abs=0.02)  # a joiner alone closes it


def test_a_reading_time_begins_no_line_with_its_range(served, page):
    opened = page(served + ARTICLE, width=320)
    opened.evaluate("document.documentElement.style.fontSize = '200%'")
    byline = opened.locator(".byline")
    lines = {sign for width in range(300, 420, 7) for sign in firsts_at(opened, width)}
    assert len(lines) > 3
    assert "～" in byline.inner_text()
    assert not lines & set(BOUND)


def firsts_at(opened: Page, width: int) -> list[str]:
    """The signs with which lines of the byline begin at a width."""
    opened.set_viewport_size({"width": width, "height": 800})
    return [first for first, _ in opened.evaluate(LINES, ".byline li")]


def test_what_keeps_a_range_whole_is_nothing_that_anybody_copies(served, page):
    opened = page(served + ARTICLE)
    opened.evaluate(SET, joined("7～12天，1.39万亿元"))
    copied = """() => {
        getSelection().selectAllChildren(document.querySelector(".prose > p"));
        return getSelection().toString();
    }"""
    assert opened.evaluate(copied) == "7～12天，1.39万亿元"


def test_who_looks_for_a_figure_with_its_unit_on_the_page_finds_it(served, page):
    opened = page(served + ARTICLE)
    opened.evaluate(SET, joined("那天有1.39万亿元，那天没有"))
    assert opened.evaluate('find("1.39万亿元，那天没")')


# Whether the way to the page for sharing has a line of the byline for itself.
ALONE = """() => {
    const items = [...document.querySelectorAll(".byline li")];
    const share = items.find(one => one.textContent == "分享").getBoundingClientRect();
    return !items.map(one => one.getBoundingClientRect()).some(
        box => box.left != share.left && box.top < share.bottom - 4 && box.bottom > share.top + 4);
}"""


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_the_way_to_share_stands_in_no_line_alone(served, page, prose, width):
    opened = page(width=width)
    alone = []
    for path in prose:
        opened.goto(served + path)
        alone += [path] if opened.evaluate(ALONE) else []
    assert alone == []

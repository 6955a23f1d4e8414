"""Typography as CLREQ wants it, measured where it is drawn: in Chromium, on our own articles."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

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
NEVER_FIRST = set("，。、；：？！）》”’」』】〉…—·％%‰°℃")
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
# UAX 14 adds units in letters. A measure word in Han is text like any other and may begin a line.
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


def test_the_gap_is_nothing_that_anybody_typed(served, page):
    opened = page(served + ARTICLE)
    assert opened.locator("h1").text_content() == "从9660万到1.39万亿：快手电商GMV走了多远"

"""How charts look in a real browser: legible on a phone, inside their column, in the reader's colours."""

import pytest

KINDS = {
    "columns": "2026/11/kuaidi-yewuliang/",
    "columns that change their rules": "2026/11/shuang-11-shuzi/",
    "columns and lines": "2026/11/wangshang-lingshou-shinian/",
    "lines by the calendar": "2026/11/zhibo-yonghu/",
    "numbers": "2026/11/zhibo-sanba-chizi/",
    "events": "2026/11/zhibo-xin-banfa/",
    "lying bars": "2026/11/dianshangfa-shitiao/",
    "lying bars in pairs": "2026/11/jintuikuan-zhihou/",
}
TEXTS = """() => [...document.querySelectorAll(".chart svg text")].map(node => {
  const box = node.getBoundingClientRect();
  const column = node.closest("figure").getBoundingClientRect();
  return {
    text: node.textContent,
    size: parseFloat(getComputedStyle(node).fontSize),
    left: box.left - column.left, right: column.right - box.right,
    box: [box.left, box.top, box.right, box.bottom], chart: column.top,
  };
})"""
LEAST = 12  # CSS pixels: below that, nobody reads it on a phone (DESIGN 6)
TOUCH = 3  # pixels across by which the boxes of two texts may meet: glyphs do not fill theirs
EMPTY = (
    0.28  # of a box's height that no glyph fills, above and below together: so of two boxes half
)

each_kind = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS.keys())


def meet(one: list[float], two: list[float]) -> bool:
    wide = min(one[2], two[2]) - max(one[0], two[0])
    high = min(one[3], two[3]) - max(one[1], two[1])
    highest = max(one[3] - one[1], two[3] - two[1])
    return wide > TOUCH and high > max(5, highest * EMPTY / 2)


@pytest.mark.parametrize("width", [320, 390, 1440])
@each_kind
def test_labels_are_legible_and_stay_in_their_column(served, page, path, width):
    found = page(served + path, width=width).evaluate(TEXTS)
    assert found
    assert [one for one in found if one["size"] < LEAST] == []
    assert [one for one in found if one["left"] < -1 or one["right"] < -1] == []


@pytest.mark.parametrize("width", [390, 1440])
@each_kind
def test_no_label_stands_on_another(served, page, path, width):
    found = page(served + path, width=width).evaluate(TEXTS)
    assert [
        (one["text"], two["text"])
        for place, one in enumerate(found)
        for two in found[place + 1 :]
        if meet(one["box"], two["box"])
    ] == []


@each_kind
def test_labels_are_as_large_as_a_reader_wants_text(served, page, path):
    opened = page(served + path, width=768)
    before = [one["size"] for one in opened.evaluate(TEXTS)]
    opened.evaluate("document.documentElement.style.fontSize = '200%'")
    assert [one["size"] for one in opened.evaluate(TEXTS)] == [size * 2 for size in before]


def test_a_chart_follows_the_dark_and_paper(served, page):
    colour = "getComputedStyle(document.querySelector('.chart .chart-1')).fill"
    light, dark = (page(served + KINDS["columns"], dark=dark) for dark in (False, True))
    assert light.evaluate(colour) == "rgb(26, 28, 31)"
    assert dark.evaluate(colour) == "rgb(228, 230, 234)"
    dark.emulate_media(media="print", color_scheme="dark")
    assert dark.evaluate(colour) == "rgb(26, 28, 31)"


def test_its_numbers_are_a_tap_away_without_a_script(served, page):
    opened = page(served + KINDS["columns"], js=False)
    table = opened.locator(".chart table").first
    assert not table.is_visible()
    opened.locator(".chart summary").first.click()
    assert table.is_visible()
    assert "1989.5" in table.inner_text()

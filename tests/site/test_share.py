"""What a reader and an editor get to pass an article on: poster, codes, the edition for WeChat."""

import io
import re

import pytest
import zxingcpp
from lxml import etree
from PIL import Image

from tests.site.conftest import Document, text_of

# What the edition says otherwise than the page: marks of sources and notes, boxes of tasks, drawings.
OTHER = "//sup|//a[contains(@class,'footnote-backref')]|//svg|//iframe|//math|//*[@class='unseen']"
MARKS = re.compile(r"[☐☑\u00a0↩︎]")


def said(node: etree._Element) -> str:
    """The text of some HTML without what the edition says otherwise."""
    copy = etree.fromstring(etree.tostring(node, with_tail=False))
    for other in copy.xpath(OTHER.replace("//", ".//")):
        other.text, tail = None, other.tail or ""
        for child in list(other):
            other.remove(child)
        other.tail = tail
    return MARKS.sub("", text_of(copy))


@pytest.fixture(scope="module")
def shared(tree, articles) -> list[tuple[Document, Document, Document]]:
    """Each article, its page for sharing and its edition for WeChat."""
    return [
        (
            page,
            tree.documents[f"{page.url}share/index.html"],
            tree.documents[f"{page.url}wechat/index.html"],
        )
        for page in articles
    ]


def test_every_poster_leads_to_its_article(site, siteurl, shared):
    for page, _, _ in shared:
        with Image.open(site / page.url / "poster.png") as poster:
            codes = zxingcpp.read_barcodes(poster.convert("L"))
        assert [code.text for code in codes] == [f"{siteurl}/{page.url}"]
        assert page.one("//link[@rel='canonical']/@href") == codes[0].text


def test_a_poster_weighs_at_most_120_kb(site, shared):
    sizes = {page.url: (site / page.url / "poster.png").stat().st_size for page, *_ in shared}
    assert {url: size for url, size in sizes.items() if size > 120_000} == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_code_on_the_page_is_read_from_the_screen(page, served, siteurl, shared, dark):
    url = shared[0][0].url
    shown = page(f"{served}{url}share/", width=390, dark=dark)
    shot = Image.open(io.BytesIO(shown.locator(".sharing__code svg").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(shot.convert("L"))] == [f"{siteurl}/{url}"]


def test_pages_for_passing_on_are_not_indexed(shared):
    for _, *others in shared:
        for page in others:
            assert page.one("//meta[@name='robots']/@content") == "noindex"


def test_the_way_to_share_asks_nobody_before_a_tap(shared):
    for page, sharing, _ in shared:
        (link,) = page.all("//*[@class='byline']//a[text()='分享']/@href")
        assert link == "share/"
        assert page.all("//a[contains(@href, 'weibo')]") == []
        weibo = sharing.all("//a[contains(@href, 'weibo')]")
        assert [link.get("rel") for link in weibo] == ["nofollow noopener noreferrer"]


def edition(page: Document) -> etree._Element:
    return page.one("//article")


def test_the_edition_bears_nothing_that_the_editor_takes_away(shared):
    for _, _, page in shared:
        inside = [node for node in edition(page).iterdescendants() if isinstance(node.tag, str)]
        assert inside
        tags = {node.tag for node in inside}
        assert not tags & {
            "a",
            "script",
            "style",
            "form",
            "input",
            "button",
            "iframe",
            "svg",
            "div",
        }
        names = {name for node in inside for name in node.attrib}
        assert names <= {"style", "src", "alt", "start", "tabindex"}, page.path


def test_the_edition_says_what_the_article_says(shared):
    for page, _, other in shared:
        body = said(page.of_class("story__body")[0])
        leads = page.of_class("lead")
        expected = (said(leads[0]) if leads else "") + body
        made = said(edition(other))
        notes = made.rfind("资料与链接")
        made = made[: notes if notes >= 0 else made.rfind("原文：")]
        drawings = [node.get("alt") for node in page.all("//article//img")]
        for alt in drawings:  # a drawing is told in words
            made = made.replace("图：" + re.sub(r"\s", "", alt), "", 1)
        assert made == expected, other.path


def test_the_sources_of_an_article_are_numbered_in_the_edition(shared):
    for page, _, other in shared:
        count = len(page.all("//*[@class='references']//li"))
        numbers = re.findall(r"\[(\d+)\]", "".join(text_of(p) for p in edition(other).findall("p")))
        assert [str(number) for number in range(1, count + 1)] == sorted(
            set(numbers) & {str(number) for number in range(1, count + 1)}, key=int
        )


CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
READ = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType("text/html")).text();
}"""


def test_one_tap_copies_the_edition_with_its_styles(page, served, shared):
    url = shared[0][0].url
    shown = page(f"{served}{url}wechat/", **CLIPBOARD)
    shown.get_by_role("button", name="复制正文").click()
    shown.get_by_text("已复制").wait_for()
    copied = shown.evaluate(READ)
    assert 'style="' in copied
    assert "class=" not in copied
    assert text_of(edition(shared[0][2]))[:30] in re.sub(r"<[^>]*>|\s", "", copied)


def test_one_tap_copies_the_address(page, served, siteurl, shared):
    url = shared[0][0].url
    shown = page(f"{served}{url}share/", **CLIPBOARD)
    shown.get_by_role("button", name="复制网址").click()
    shown.get_by_text("已复制").wait_for()
    assert shown.evaluate("navigator.clipboard.readText()") == f"{siteurl}/{url}"


def test_where_copying_is_forbidden_the_address_is_selected(page, served, siteurl, shared):
    url = shared[0][0].url
    shown = page(f"{served}{url}share/")
    shown.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    shown.evaluate("document.execCommand = () => false")
    shown.get_by_role("button", name="复制网址").click()
    assert shown.evaluate("String(getSelection())").strip() == f"{siteurl}/{url}"


def test_the_systems_own_menu_is_offered_where_there_is_one(page, served, siteurl, shared):
    page_of_it, sharing, _ = shared[0]
    shown = page(f"{served}{sharing.url}")
    system = shown.get_by_role("button", name="用手机的分享菜单")
    assert not system.is_visible()  # headless Chromium has none
    shown.add_init_script("navigator.share = async given => { window.given = given }")
    shown.reload()
    system.click()
    title = text_of(page_of_it.one("//h1"))
    assert shown.evaluate("given") == {"title": title, "url": f"{siteurl}/{page_of_it.url}"}


def test_weibo_is_told_title_and_address(page, served, siteurl, shared):
    page_of_it, sharing, _ = shared[0]
    link = page(f"{served}{sharing.url}", js=False).get_by_role("link", name="微博")
    told = link.evaluate("one => Object.fromEntries(new URL(one.href).searchParams)")
    title = text_of(page_of_it.one("//h1"))
    assert told == {"title": title, "url": f"{siteurl}/{page_of_it.url}"}


@pytest.mark.parametrize("name", ["share", "wechat"])
def test_without_scripts_there_is_no_dead_button(page, served, shared, name):
    shown = page(f"{served}{shared[0][0].url}{name}/", js=False)
    assert shown.get_by_role("button").count() == 0
    assert shown.locator("h1").is_visible()

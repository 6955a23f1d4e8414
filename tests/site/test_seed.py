"""The page that this site grew from: each of its elements stands on our article of that matter."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

import pelicanconf
from plugins import _data
from tests.site.conftest import Document, read_tree, text_of

CONTENT = Path(__file__).parents[2] / "content"
SOURCE = CONTENT / "articles/2026/11/kuaishou-fuwushang-2021.md"
PAGE = "2026/11/kuaishou-fuwushang-2021/index.html"
COUNTED = re.compile(r"[㐀-䶿一-鿿豈-﫿𠀀-𱍊]|[A-Za-z0-9]+(?:[.,'’-][A-Za-z0-9]+)*")
NOT_COUNTED = "self::pre or self::math or local-name() = 'svg' or contains(@class, 'footnote')"
MAIL = pelicanconf.CONTACT_EMAIL


@pytest.fixture(scope="module")
def page(tree) -> Document:
    return tree.documents[PAGE]


@pytest.fixture(scope="module")
def head() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in SOURCE.read_text(encoding="utf-8").partition("\n\n")[0].splitlines():
        key, _, value = line.partition(": ")
        found.setdefault(key, []).append(value)
    return found


@pytest.fixture(scope="module")
def byline(page) -> dict[str, str]:
    """The line under the title: what each item says, by its name."""
    items = [text_of(item) for item in page.of_class("byline")[0].iter("li")]
    return {
        name if value else item[:3]: value or item
        for item in items
        for name, _, value in [item.partition("：")]
    }


def counted_pieces(node: etree._Element) -> Iterator[str]:
    """The text of the body piece by piece: without code, formulas, drawings, footnotes and source marks."""
    for text in node.xpath(f".//text()[not(ancestor::*[{NOT_COUNTED}])]"):
        if not text.getparent().xpath("ancestor-or-self::sup") or text.is_tail:
            yield text


def text(value: str) -> str:
    return re.sub(r"\s+", "", value)


def test_breadcrumbs_read_as_on_the_page_we_come_from(page):
    nav = page.of_class("breadcrumbs")[0]
    assert text_of(nav) == "您当前的位置：首页>电商资讯"
    settings = pelicanconf.BREADCRUMBS
    assert text_of(nav) == f"{settings['lead']}首页{settings['separator']}电商资讯"
    assert [node.get("href") for node in nav.iter("a")] == ["../../../", "../../../channel/news/"]


def test_the_title_stands_once_as_the_heading(page, head):
    assert text_of(page.one("//h1")) == head["标题"][0].replace(" ", "")


def test_the_time_is_told_to_the_second_with_its_zone(page, head):
    written = page.of_class("byline")[0].xpath(".//time")
    assert len(written) == 1 + ("修改" in head), "更新于 only if the article was changed"
    assert written[0].text == head["日期"][0]
    assert written[0].get("datetime") == f"{head['日期'][0].replace(' ', 'T')}+08:00"
    assert datetime.fromisoformat(written[0].get("datetime")).utcoffset().seconds == 8 * 3600


def test_the_length_is_counted_by_the_rule(page):
    pattern = r"本文共(\d+)字，阅读本文大概需要(?:(\d+)～)?(\d+)分钟"
    told = re.search(pattern, text_of(page.of_class("byline")[0]))
    chars, fastest, slowest = int(told[1]), int(told[2] or told[3]), int(told[3])
    body = page.of_class("story__body")[0]
    # blocks part words, inline elements do not part the number that they emphasise
    counted = sum(len(COUNTED.findall(piece)) for piece in counted_pieces(body))
    assert chars == counted
    assert fastest == max(1, chars // 500)
    assert slowest == max(1, -(-chars // 300))
    assert (told[2] is None) == (fastest == slowest)


def test_source_author_and_editor_are_named(byline, head):
    assert byline["来源"] == head["来源"][0]
    assert byline["作者"] == head["作者"][0]
    assert byline["责编"] == head["责编"][0]


def test_the_lead_is_said_once_and_everywhere_alike(page, head):
    lead = head["摘要"][0]
    assert text_of(page.of_class("lead")[0]) == lead
    assert lead not in text_of(page.of_class("story__body")[0])
    assert page.one("//meta[@name='description']/@content") == lead
    assert page.one("//meta[@property='og:description']/@content") == lead


def test_rank_lists_stand_in_the_three_slots_with_edition_and_source(page, head):
    data, _ = _data.load(CONTENT)
    day = datetime.fromisoformat(head["日期"][0]).date()
    editions = sorted(
        (item for item in data["EDITIONS"] if item.since <= day), key=lambda x: x.since
    )
    due = {item.slot: item for item in editions}
    assert due.keys() == {"top", "foot-left", "foot-right"}
    shown = {text_of(node.xpath(".//h2")[0]): text_of(node) for node in page.of_class("rank")}
    assert shown.keys() == {item.title for item in due.values()}
    for item in due.values():
        words = shown[item.title]
        assert text(item.edition) in words
        assert text(item.source) in words
        assert text(item.unit) in words
        figures = [re.escape(text(value)) for row in item.row for value in (row.name, row.value)]
        assert re.search(".*".join(figures), words), figures
    beside = page.of_class("story")[0].xpath(".//*[@class='rank']//h2")
    assert [text_of(node) for node in beside] == [due["top"].title]


def test_no_advertisement_unless_one_is_sold(documents):
    assert [
        page.path for page in documents if page.of_class("ad") or "sponsored" in page.source
    ] == []


def test_the_notice_tells_where_to_complain_and_hides_from_harvesters(page, tree):
    notice = page.of_class("notice")[0]
    assert text_of(notice).startswith("本站文章、数据及图片如侵犯了您的权益")
    told = [page, *(tree.documents[f"{name}/index.html"] for name in ("copyright", "report"))]
    for document in told:
        links = [link for node in document.of_class("notice") for link in node.iter("a")]
        assert [node.get("href") for node in links] == [f"mailto:{MAIL}"], document.path
        assert text_of(links[0]) == MAIL
        assert MAIL not in document.source.partition("<body>")[2]


def test_without_a_mail_address_there_is_no_notice(build):
    documents = read_tree(build({}, CONTACT_EMAIL="")).documents
    assert PAGE in documents
    assert [path for path, page in documents.items() if page.of_class("notice")] == []


def test_the_page_for_complaints_asks_for_the_three_items_of_the_law(tree):
    asked = text_of(tree.documents["copyright/index.html"].one("//main"))
    for item in ("姓名", "联系方式", "地址", "证明材料"):
        assert item in asked, "信息网络传播权保护条例, article 14"


def test_a_motto_of_our_own_list_ends_the_page(page):
    listed = (CONTENT / "data/mottos.txt").read_text(encoding="utf-8").splitlines()
    motto = text_of(page.of_class("motto")[0]).removeprefix("每日一句")
    assert motto in [text(line) for line in listed if line and not line.startswith("#")]


def test_articles_of_one_day_have_one_motto(articles):
    mottos: dict[str, set[str]] = {}
    for page in articles:
        for node in page.of_class("motto"):
            day = page.thing("NewsArticle")["datePublished"][:10]
            mottos.setdefault(day, set()).add(text_of(node))
    assert mottos
    assert {len(found) for found in mottos.values()} == {1}


def test_the_title_of_the_window_is_title_and_site(page, head):
    assert page.one("/html/head/title").text == f"{head['标题'][0]}-{pelicanconf.SITENAME}"


def test_sources_are_numbered_in_the_order_of_the_head(page, head):
    items = page.all("//*[@class='references']//li")
    assert len(items) == len(head["资料"])
    for number, (item, told) in enumerate(zip(items, head["资料"], strict=True), start=1):
        publisher, title, *rest = (part.strip() for part in re.split("[|｜]", told))
        assert item.get("id") == f"ref-{number}"
        assert text_of(item).startswith(f"{number}{publisher}：{title}".replace(" ", ""))
        assert all(part in etree.tostring(item, encoding="unicode") for part in rest)


def test_marks_in_the_text_point_to_their_sources(page):
    marks = page.all("//sup[@class='cite']/a")
    assert len(marks) > 5
    for mark in marks:
        assert mark.get("href") == f"#ref-{mark.text}"
        assert mark.get("href")[1:] in page.ids


def test_the_label_of_generated_text_is_visible(page):
    label = text_of(page.of_class("label")[0])
    assert "人工智能生成" in label
    assert page.of_class("label")[0].xpath("ancestor::*[contains(@class, 'byline')]")


def test_the_licence_is_told_and_linked(page):
    licence = page.of_class("licence")[0]
    assert pelicanconf.LICENCE["default"] in "".join(licence.itertext())
    link = licence.xpath(".//a[contains(@rel, 'license')]/@href")
    assert link == [page.thing("NewsArticle")["license"]]


def test_tags_lead_to_their_lists(page, tree, head):
    tags = page.all("//*[@class='tags']//a")
    assert [text_of(node) for node in tags] == re.split("[,，、;；] *", head["标签"][0])
    for node in tags:
        listing = tree.documents[tree.target(node.get("href"), page.url, "/")]
        assert text_of(listing.one("//h1")).endswith(text_of(node))
        assert page.path in {
            tree.target(link, listing.url, "/") for link in listing.all("//main//a/@href")
        }


def test_related_articles_are_others_and_at_most_five(articles, tree):
    for page in articles:
        links = [node.get("href") for node in page.all("//*[@class='related']//li/a")]
        files = [tree.target(link, page.url, "/") for link in links]
        assert page.path not in files, page.path
        assert len(files) == len(set(files)) <= 5, page.path
    assert tree.documents[PAGE].all("//*[@class='related']//li/a")


def test_neighbours_stay_in_the_channel_and_point_at_each_other(articles, tree):
    by_path = {page.path: page for page in articles}
    checked = 0
    for page in articles:
        for rel, back in (("next", "prev"), ("prev", "next")):
            for node in page.all(f"//*[@class='neighbours']//a[@rel='{rel}']"):
                other = by_path[tree.target(node.get("href"), page.url, "/")]
                data, theirs = page.thing("NewsArticle"), other.thing("NewsArticle")
                assert data.get("articleSection") == theirs.get("articleSection")
                newer = data["datePublished"] < theirs["datePublished"]
                assert newer == (rel == "next"), page.path
                home = other.all(f"//*[@class='neighbours']//a[@rel='{back}']/@href")[0]
                assert tree.target(home, other.url, "/") == page.path
                checked += 1
    assert checked > 10

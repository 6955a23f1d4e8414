"""The head of each kind of page: what tabs, engines and chats are told."""

import re

import pytest

from pelicanconf import SITEDESCRIPTION, SITENAME, SITESUBTITLE
from tests.site.conftest import Document, text_of

DATES = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
# kind, a page of it, its title before the site's name, og:type, whether engines may list it
KINDS = [
    ("front", "index.html", None, "website", True),
    ("article", "2026/11/zhibo-xin-banfa/index.html", "{h1}", "article", True),
    ("flash", "flash/2026/11/jingdong-618-2022/index.html", "{h1}", "article", True),
    ("channel", "channel/data/index.html", "{h1}", "website", True),
    ("tag", "tag/shuang-11/index.html", "标签：{h1}", "website", True),
    ("author", "author/desk/index.html", "{h1}", "website", True),
    ("topic", "topic/live-rules/index.html", "{h1}", "website", True),
    ("flash list", "flash/index.html", "{h1}", "website", True),
    ("archives", "archives/index.html", "{h1}", "website", True),
    ("month", "2026/11/index.html", "{h1}", "website", True),
    ("tags", "tag/index.html", "{h1}", "website", True),
    ("corrections", "corrections/index.html", "{h1}", "website", True),
    ("page", "about/index.html", "{h1}", "website", True),
    ("not found", "404.html", "页面不存在", "website", False),
]


@pytest.fixture
def page(tree, request) -> Document:
    return tree.documents[request.param]


def named(page: Document, key: str) -> list[str]:
    """The contents of the meta elements of a name or property."""
    return page.all(f"/html/head/meta[@name='{key}' or @property='{key}']/@content")


def cases(*columns: int):
    return pytest.mark.parametrize(
        ("page", *(["title", "kind", "listed"][column - 2] for column in columns)),
        [tuple(row[column] for column in (1, *columns)) for row in KINDS],
        indirect=["page"],
        ids=[row[0] for row in KINDS],
    )


@cases(2)
def test_the_title_is_the_heading_and_the_site(page, title):
    own = title and title.format(h1="".join(page.one("//h1").itertext()).strip())
    expected = f"{own}-{SITENAME}" if own else f"{SITENAME}：{SITESUBTITLE}"
    assert re.sub(r"\s", "", page.one("/html/head/title").text) == re.sub(r"\s", "", expected)


@cases()
def test_what_every_head_has_it_has_once(page):
    for key in (
        "viewport",
        "description",
        "og:description",
        "robots",
        "format-detection",
        "renderer",
        "og:type",
        "og:title",
        "og:url",
        "og:site_name",
        "og:locale",
    ):
        assert len(named(page, key)) == 1, key
    assert named(page, "format-detection") == ["telephone=no"]
    assert named(page, "renderer") == ["webkit"]
    assert named(page, "og:locale") == ["zh_CN"]
    assert page.one("/html/@lang") == "zh-CN"


@cases()
def test_the_bar_of_a_phone_takes_the_colour_of_the_page_by_day_and_night(page):
    bars = page.all("/html/head/meta[@name='theme-color']")
    assert [(bar.get("media"), bar.get("content")) for bar in bars] == [
        ("(prefers-color-scheme:dark)", "#14161a"),
        (None, "#fff"),
    ]


@cases()
def test_there_is_an_icon_for_every_kind_of_browser(page, tree):
    icons = {
        (icon.get("rel"), tree.target(icon.get("href"), page.url, "/"))
        for icon in page.all("/html/head/link[contains(@rel, 'icon')]")
    }
    assert icons == {
        ("icon", "favicon.ico"),
        ("icon", "theme/icon.svg"),
        ("apple-touch-icon", "theme/icon-180.png"),
    }


@cases(3)
def test_chats_are_told_the_kind_and_the_address(page, siteurl, kind):
    assert named(page, "og:type") == [kind]
    assert named(page, "og:url") == [f"{siteurl}/{page.url}"]
    assert named(page, "og:description") == named(page, "description")


@cases(4)
def test_engines_are_told_the_one_address_or_not_to_list_the_page(page, siteurl, listed):
    assert named(page, "robots") == (["max-image-preview:large"] if listed else ["noindex"])
    canonical = page.all("/html/head/link[@rel='canonical']/@href")
    assert canonical == ([f"{siteurl}/{page.url}"] if listed else [])


def test_the_front_page_describes_the_site(tree):
    assert named(tree.documents["index.html"], "description") == [SITEDESCRIPTION]


def test_a_numbered_page_of_a_list_has_a_description_of_its_own(documents):
    told: dict[str, list[str]] = {}
    for page in documents:
        if named(page, "robots") != ["noindex"]:
            told.setdefault(named(page, "description")[0], []).append(page.path)
    assert [paths for paths in told.values() if len(paths) > 1] == []


def test_descriptions_of_articles_are_no_longer_than_lists_show(articles):
    for page in articles:
        (told,) = named(page, "description")
        assert 0 < len(re.findall(r"[一-鿿]", told)) <= 90, page.path
        assert not re.search(r"\d……$", told), page.path


def test_only_articles_and_flash_items_have_times_section_and_tags(documents):
    for page in documents:
        kept = page.all("/html/head/meta[starts-with(@property, 'article:')]")
        assert bool(kept) == page.is_article, page.path


def test_times_section_and_tags_are_those_of_the_data_and_of_the_page(articles):
    for page in articles:
        data = page.thing("NewsArticle")
        assert named(page, "article:published_time") == [data["datePublished"]], page.path
        assert DATES.fullmatch(data["datePublished"])
        changed = data["dateModified"] != data["datePublished"]
        modified = [data["dateModified"]] if changed else []
        assert named(page, "article:modified_time") == modified, page.path
        section = [data["articleSection"]] if "articleSection" in data else []
        assert named(page, "article:section") == section, page.path
        shown = [text_of(node) for node in page.all("//*[@class='tags']//a")]
        told = [re.sub(r"\s", "", tag) for tag in named(page, "article:tag")]
        assert told == shown, page.path

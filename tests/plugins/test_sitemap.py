from datetime import datetime, timedelta
from xml.etree import ElementTree as Tree

import pytest

from plugins.sitemap import Settings, pages
from tests.plugins.conftest import NOW, card, contents, days, in_order, no_bodies, when

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ROOT = "https://example.com/zhi/"


def files(*cards, **given):
    settings = Settings(SITENAME="掌柜志", SITEURL=ROOT.rstrip("/"), BUILD_NOW=NOW, **given)
    return contents(pages(in_order(*cards), settings, no_bodies))


def listed(xml):
    """Return address → lastmod of a sitemap or an index."""
    root = Tree.fromstring(xml)  # noqa: S314  our own
    return {node.findtext(f"{MAP}loc"): node.findtext(f"{MAP}lastmod") for node in root}


def test_there_is_one_map_a_month_and_one_for_the_rest():
    found = files(card("a"), card("b", "2026-10-01"), card("f", kind="flash"), card(kind="page"))
    assert listed(found["sitemap.xml"]).keys() == {
        f"{ROOT}sitemaps/{name}.xml" for name in ("2026-11", "2026-10", "pages")
    }
    assert listed(found["sitemaps/2026-11.xml"]).keys() == {
        f"{ROOT}2026/11/a/",
        f"{ROOT}flash/2026/11/f/",
    }


def test_every_text_is_in_one_map():
    cards = [*days(50), card(kind="page"), card("t", kind="topic")]
    found = files(*cards)
    urls = [
        url
        for name, xml in found.items()
        if name.startswith("sitemaps/") and "news" not in name
        for url in listed(xml)
    ]
    assert sorted(urls) == sorted(ROOT + item.url for item in cards)


def test_lastmod_is_the_last_change():
    changed = card("a", "2026-11-01", modified=when("2026-11-20 10:00"))
    found = files(changed, card("b", "2026-11-02"))
    assert listed(found["sitemaps/2026-11.xml"]) == {
        f"{ROOT}2026/11/a/": "2026-11-20T10:00:00+08:00",
        f"{ROOT}2026/11/b/": "2026-11-02T00:00:00+08:00",
    }
    assert set(listed(found["sitemap.xml"]).values()) == {"2026-11-20T10:00:00+08:00"}


def test_a_page_without_a_date_claims_none():
    found = files(card("a", "1970-01-01", kind="page"))
    assert listed(found["sitemaps/pages.xml"]) == {f"{ROOT}a/": None}
    assert listed(found["sitemap.xml"]) == {f"{ROOT}sitemaps/pages.xml": None}


def test_a_new_article_changes_the_map_of_its_month_only():
    cards = days(100)
    before, after = files(*cards[1:]), files(*cards)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sitemap.xml", "sitemaps/2026-11.xml", "sitemaps/news.xml", "urls.txt"}


@pytest.mark.parametrize(
    ("age", "kind", "is_news"),
    [
        (timedelta(), "article", True),
        (timedelta(hours=47, minutes=59), "flash", True),
        (timedelta(hours=48), "article", True),
        (timedelta(hours=48, seconds=1), "article", False),
        (timedelta(hours=1), "page", False),
        (timedelta(hours=1), "topic", False),
    ],
)
def test_news_is_what_came_within_two_days_of_the_build(age, kind, is_news):
    found = files(card("a", kind=kind)._replace(date=NOW - age))
    assert bool(listed(found["sitemaps/news.xml"])) is is_news


def test_a_news_entry_says_what_google_asks():
    root = Tree.fromstring(files(card("a", title="甲 & 乙"))["sitemaps/news.xml"])  # noqa: S314
    (news,) = root.iter(f"{NEWS}news")
    assert news.findtext(f"{NEWS}title") == "甲 & 乙"
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "掌柜志"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "zh-cn"
    assert datetime.fromisoformat(news.findtext(f"{NEWS}publication_date")) == when(
        "2026-11-22 09:30"
    )


def test_baidus_list_has_the_newest_first():
    assert files(*days(9), limit=2)["urls.txt"].splitlines() == [
        ROOT + item.url for item in days(2)
    ]


def test_robots_are_told_of_the_maps():
    robots = files()["robots.txt"].splitlines()
    assert "Disallow: /" not in robots
    assert {line for line in robots if line.startswith("Sitemap: ")} == {
        f"Sitemap: {ROOT}sitemap.xml",
        f"Sitemap: {ROOT}sitemaps/news.xml",
    }


def test_an_empty_site_has_valid_maps():
    found = files()
    assert listed(found["sitemap.xml"]) == listed(found["sitemaps/news.xml"]) == {}

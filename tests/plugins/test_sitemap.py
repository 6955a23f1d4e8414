from datetime import datetime, timedelta
from xml.etree import ElementTree as Tree

import pytest

from plugins._card import Link, Picture
from plugins.sitemap import NEWS_MOST, Settings, pages
from tests.plugins.conftest import (
    CHANNELS,
    NOW,
    card,
    contents,
    credit,
    days,
    in_order,
    no_bodies,
    when,
)

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
        f"{ROOT}sitemaps/{name}.xml" for name in ("2026-11", "2026-10", "pages", "lists")
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
        if name.startswith("sitemaps/") and name[9:] not in {"news.xml", "lists.xml"}
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
    assert listed(found["sitemap.xml"])[f"{ROOT}sitemaps/pages.xml"] is None


def test_a_new_article_changes_the_map_of_its_month_only():
    cards = days(100)
    before, after = files(*cards[1:]), files(*cards)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "sitemap.xml",
        "sitemaps/2026-11.xml",
        "sitemaps/lists.xml",
        "sitemaps/news.xml",
        "urls.txt",
    }


def test_a_list_changed_when_its_newest_member_did():
    cards = (
        card(
            "a", "2026-11-01", channel=Link("税务", "channel/tax/"), credits=(credit("甲", "jia"),)
        ),
        card("b", "2026-10-02", modified=when("2026-11-20 10:00"), credits=(credit("甲", "jia"),)),
        card("c", "2026-11-03", kind="flash"),
        card("d", "2026-11-22", kind="page"),
    )
    found = listed(files(*cards, CHANNELS=CHANNELS)["sitemaps/lists.xml"])
    assert found == {
        ROOT: "2026-11-20T10:00:00+08:00",
        f"{ROOT}author/jia/": "2026-11-20T10:00:00+08:00",
        f"{ROOT}channel/law/": "2026-11-01T00:00:00+08:00",
        f"{ROOT}channel/live/": "2026-11-20T10:00:00+08:00",
        f"{ROOT}channel/tax/": "2026-11-01T00:00:00+08:00",
        f"{ROOT}flash/": "2026-11-03T00:00:00+08:00",
    }


def test_an_empty_channel_claims_no_day():
    found = listed(files(CHANNELS=CHANNELS)["sitemaps/lists.xml"])
    assert found == {
        f"{ROOT}{url}": None for url in ("", "channel/law/", "channel/live/", "channel/tax/")
    }


def test_a_dossier_changed_when_its_newest_member_did():
    own = card("t", "1970-01-01", kind="topic", title="服务商")
    member = card("a", "2026-11-02", topics=("服务商",))
    found = files(own, member, card("u", "1970-01-01", kind="topic"))
    assert listed(found["sitemaps/pages.xml"]) == {
        f"{ROOT}topic/t/": "2026-11-02T00:00:00+08:00",
        f"{ROOT}topic/u/": None,
    }
    assert listed(found["sitemap.xml"])[f"{ROOT}sitemaps/pages.xml"] == "2026-11-02T00:00:00+08:00"


def test_the_picture_of_an_article_is_told():
    shown = card("a", picture=Picture("pictures/p.png", 780, 440, "图"))
    root = Tree.fromstring(files(shown, card("b"))["sitemaps/2026-11.xml"])  # noqa: S314  our own
    image = "{http://www.google.com/schemas/sitemap-image/1.1}"
    assert [[place.text for place in url.iterfind(f"{image}image/{image}loc")] for url in root] == [
        [f"{ROOT}pictures/p.png"],
        [],
    ]


def test_the_news_sitemap_holds_no_more_than_google_takes():
    many = [card(f"n{n}", "2026-11-22 09:30") for n in range(NEWS_MOST + 5)]
    assert len(listed(files(*many)["sitemaps/news.xml"])) == 1000


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
    assert listed(found["sitemap.xml"]) == {f"{ROOT}sitemaps/lists.xml": None}
    assert listed(found["sitemaps/lists.xml"]) == {ROOT: None}
    assert listed(found["sitemaps/news.xml"]) == {}

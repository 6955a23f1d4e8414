import json
from types import SimpleNamespace

import pytest

from plugins import _data, corrections, label, licence, reading, references, source, trail
from plugins._card import Link, Picture, Subject
from plugins._facts import NoSettings
from plugins.structured_data import LISTED, Settings, absolute, canonical, json_ld
from tests.plugins.conftest import CHANNELS, card, credit, days, metadata, when

SETTINGS = Settings(
    SITENAME="掌柜志",
    SITEURL="https://example.com/zhi",
    SITESUBTITLE="写给卖家",
    AUTHORS=(_data.Author(name="编辑部", address="desk", desk=True),),
)
ROOT = "https://example.com/zhi/"
HOME = Link("首页", "")


def graph(kind, **values):
    """Return the nodes of a page's data by their types."""
    text = str(json_ld(SETTINGS, kind, **values))
    assert not set("<>&") & set(text)
    return {node["@type"]: node for node in json.loads(text)["@graph"]}


def article(head="", **given):
    """Return what a template has of an article: its head's facts and its card."""
    told = metadata(head)
    return SimpleNamespace(
        card=card("a", **{"title": told["title"], "channel": told["channel"]} | given),
        head=told["head"],
        reading=reading.facts("<p>八个汉字的正文。</p>", told, reading.Settings()),
        references=references.facts("", told, NoSettings()),
        licence=licence.facts("", told, licence.Settings()),
        source=source.facts("", told, source.Settings()),
        corrections=corrections.facts("", told, NoSettings()),
        label=label.facts("", told, label.Settings(default="none")),
        trail=trail.facts("", told, trail.Settings(CHANNELS=CHANNELS)),
    )


def steps(nodes):
    return [(step["name"], step.get("item")) for step in nodes["BreadcrumbList"]["itemListElement"]]


def test_an_article_is_described_by_what_readers_see():
    news = graph("article", article=article("标题: 甲", modified=when("2026-11-23 08:00")))[
        "NewsArticle"
    ]
    assert news["headline"] == "甲"
    assert news["url"] == f"{ROOT}2026/11/a/"
    assert news["datePublished"] == "2026-11-22T09:30:00+08:00"
    assert news["dateModified"] == "2026-11-23T08:00:00+08:00"
    assert news["articleSection"] == "直播电商"
    assert news["publisher"]["name"] == "掌柜志"


def test_what_an_article_lacks_is_left_out():
    news = graph("article", article=article())["NewsArticle"]
    assert (
        not {
            "about",
            "citation",
            "correction",
            "digitalSourceType",
            "editor",
            "image",
            "isBasedOn",
            "keywords",
        }
        & news.keys()
    )
    assert not [key for key, value in news.items() if value in ("", None, [], {})]


def test_the_breadcrumbs_are_the_visible_trail():
    shown = article("频道: 税务\n标题: 甲")
    trail = [(link.name, ROOT + link.url) for link in shown.trail]
    assert steps(graph("article", article=shown)) == trail
    assert [link.name for link in shown.trail] == ["首页", "法规", "税务"]


def test_places_of_the_breadcrumbs_are_numbered_from_one():
    nodes = graph("article", article=article())
    places = [step["position"] for step in nodes["BreadcrumbList"]["itemListElement"]]
    assert places == list(range(1, len(places) + 1))


def test_authors_and_editors_are_named():
    people = (credit("甲", "jia"), credit("乙", "yi", "责编"))
    news = graph("article", article=article(credits=people))["NewsArticle"]
    assert [(who["name"], who["url"]) for who in news["author"]] == [("甲", f"{ROOT}author/jia/")]
    assert [who["name"] for who in news["editor"]] == ["乙"]


@pytest.mark.parametrize(
    ("role", "name", "key", "kind"),
    [
        ("作者", "甲", "author", "Person"),
        ("作者", "编辑部", "author", "Organization"),
        ("责编", "甲", "editor", "Person"),
        ("责编", "编辑部", "contributor", "Organization"),
        ("校对", "甲", "contributor", "Person"),
        ("图", "甲", "illustrator", "Person"),
    ],
)
def test_a_person_is_told_from_a_desk(role, name, key, kind):
    news = graph("article", article=article(credits=(credit(name, "x", role),)))["NewsArticle"]
    assert news[key] == [{"@type": kind, "name": name, "url": f"{ROOT}author/x/"}]


def test_what_nobody_signed_is_the_publishers():
    news = graph("article", article=article())["NewsArticle"]
    assert news["author"] == [{"@id": news["publisher"]["@id"], "name": "掌柜志"}]


def test_an_article_says_what_it_is_about_and_by_which_rules_it_was_made():
    news = graph("article", article=article(tags=(Link("快手", "tag/kuai-shou/"),)))["NewsArticle"]
    assert news["keywords"] == ["快手"]
    assert news["about"] == [{"@type": "Thing", "name": "快手"}]
    assert news["isAccessibleForFree"] is True
    assert news["publishingPrinciples"] == f"{ROOT}about/"
    assert news["publisher"]["logo"] == f"{ROOT}theme/icon-180.png"


@pytest.mark.parametrize(
    ("ai", "kind"),
    [
        ("生成", "TrainedAlgorithmicMediaDigitalSource"),
        ("辅助", "CompositeWithTrainedAlgorithmicMediaDigitalSource"),
    ],
)
def test_what_a_machine_wrote_is_labelled_for_machines_too(ai, kind):
    news = graph("article", article=article(f"人工智能: {ai}"))["NewsArticle"]
    assert news["digitalSourceType"] == f"https://schema.org/{kind}"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2022-03-15", "2022-03-15"),
        ("2022-03", "2022-03"),
        ("2022", "2022"),
        ("2022-03-15 施行", None),
        ("2022年", None),
    ],
)
def test_the_day_of_a_source_is_told_only_if_it_is_one(told, day):
    head = f"资料: 快手 | 财报 | {told} | https://example.org/a"
    (cited,) = graph("article", article=article(head))["NewsArticle"]["citation"]
    assert cited.get("datePublished") == day


def test_sources_are_citations_in_the_words_of_their_lines():
    head = (
        "资料: 国家统计局 | 公报 | 2026-01-17 | https://www.stats.gov.cn/a\n"
        "资料: 快手 | 财报\n资料: 快手 | 年报 | 2022-03-15 施行"
    )
    assert graph("article", article=article(head))["NewsArticle"]["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "国家统计局：公报",
            "url": "https://www.stats.gov.cn/a",
            "datePublished": "2026-01-17",
        },
        "快手：财报",
        "快手：年报，2022-03-15 施行",
    ]


def test_corrections_are_told_with_their_days():
    news = graph("article", article=article("更正: 2026-11-23 一处"))["NewsArticle"]
    assert [(item["datePublished"], item["text"]) for item in news["correction"]] == [
        ("2026-11-23", "一处")
    ]


def test_a_reprint_names_what_it_is_based_on():
    head = "转载: 是\n原作者: 某人\n来源: 某报\n来源链接: https://example.org/a\n授权: 来信"
    news = graph("article", article=article(head))["NewsArticle"]
    assert news["isBasedOn"] == "https://example.org/a"
    assert news["creditText"] == "某报 某人"
    assert "license" not in news


def test_a_picture_comes_with_its_size():
    picture = Picture("pictures/p.png", 780, 440, "图")
    image = graph("article", article=article(picture=picture))["NewsArticle"]["image"]
    assert (image["url"], image["width"], image["height"]) == (f"{ROOT}pictures/p.png", 780, 440)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a & b > c", '"\\'])
def test_no_title_can_leave_the_data_block(text):
    shown = article(title=text)
    assert graph("article", article=shown)["NewsArticle"]["headline"] == text


def test_the_front_page_is_the_site():
    lead, *seconds = days(3)
    nodes = graph("front", lead=lead, seconds=seconds)
    assert nodes["WebSite"]["name"] == "掌柜志"
    urls = [item["url"] for item in nodes["ItemList"]["itemListElement"]]
    assert urls == [ROOT + item.url for item in days(3)]


def test_an_empty_front_page_lists_nothing():
    assert "ItemList" not in graph("front", lead=None, seconds=[])


def test_a_list_is_a_collection_with_its_trail():
    subject = Subject("直播电商", "channel/live/")
    nodes = graph("list", subject=subject, trail=(HOME,), cards=days(2))
    assert nodes["CollectionPage"]["name"] == "直播电商"
    assert steps(nodes) == [("首页", ROOT), ("直播电商", None)]


def test_an_author_has_a_profile():
    subject = Subject("甲", "author/jia/", "写规则的人。")
    nodes = graph("profile", subject=subject, trail=(HOME,))
    assert nodes["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "name": "甲",
        "url": f"{ROOT}author/jia/",
        "description": "写规则的人。",
    }


def test_a_long_list_tells_its_first_items():
    cards = days(LISTED + 1)
    nodes = graph("list", subject=Subject("甲", "tag/jia/"), trail=(HOME,), cards=cards)
    urls = [item["url"] for item in nodes["CollectionPage"]["mainEntity"]["itemListElement"]]
    assert urls == [ROOT + item.url for item in cards[:LISTED]]


def test_a_page_is_described():
    shown = SimpleNamespace(card=card("about", kind="page", title="关于"), trail=(HOME,))
    nodes = graph("page", page=shown)
    assert nodes["WebPage"]["url"] == f"{ROOT}about/"
    assert steps(nodes) == [("首页", ROOT), ("关于", None)]


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("index.html", ROOT),
        ("2026/11/a/index.html", f"{ROOT}2026/11/a/"),
        ("tag/a/page/2/index.html", f"{ROOT}tag/a/page/2/"),
        ("404.html", f"{ROOT}404.html"),
    ],
)
def test_a_page_has_one_true_address(file, url):
    assert canonical(SETTINGS, file) == url


def test_addresses_are_made_whole():
    assert absolute(SETTINGS, "pictures/p.png") == f"{ROOT}pictures/p.png"

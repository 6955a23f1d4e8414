import json
from datetime import datetime
from xml.etree import ElementTree as Tree

import feedparser
import pytest

from plugins import _data
from plugins._card import Body, Correction, Link, Picture
from plugins.feeds import Settings, pages
from tests.plugins.conftest import (
    CHANNELS,
    body_of,
    card,
    contents,
    credit,
    days,
    in_order,
    when,
)

SETTINGS = Settings(
    SITENAME="掌柜志",
    SITEURL="https://example.com/zhi",
    SITESUBTITLE="写给电商卖家",
    CHANNELS=(*CHANNELS, _data.Channel(name="空", address="empty")),
)
TAX = Link("税务", "channel/tax/")
FULL = card(
    "a",
    "2026-11-22 09:30:15",
    title="“仅退款” & <新办法>",
    summary="三句话。",
    modified=when("2026-11-23 08:00"),
    credits=(credit("甲", "jia"), credit("乙", "yi", "责编")),
    tags=(Link("快手", "tag/kuai-shou/"),),
)
BODY = Body(
    "导语<strong>重</strong>。",
    '<p><a href="../b/#x">乙</a><img src="../../../pictures/p.png"></p>',
)


def feeds(*cards, bodies=body_of, settings=SETTINGS):
    return contents(pages(in_order(*cards), settings, bodies))


@pytest.fixture(params=["feeds/atom.xml", "feeds/rss.xml"])
def read(request):
    """A feed of one article as a stranger's reader parses it."""
    found = feedparser.parse(feeds(FULL, bodies=lambda _: BODY)[request.param].encode())
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_reader_sees_the_title(read):
    assert (read.feed.title, read.entries[0].title) == ("掌柜志", "“仅退款” & <新办法>")


def test_a_reader_sees_when_it_was_published(read):
    assert read.entries[0].published_parsed[:6] == (2026, 11, 22, 1, 30, 15)


def test_a_reader_sees_who_wrote_it(read):
    assert read.entries[0].author == "甲"


def test_a_reader_sees_the_summary_and_the_whole_text(read):
    assert read.entries[0].summary == "三句话。"
    assert "导语<strong>重</strong>。" in read.entries[0].content[-1].value


def test_all_links_of_the_text_are_whole(read):
    text = read.entries[0].content[-1].value
    assert 'href="https://example.com/zhi/2026/11/b/#x"' in text
    assert 'src="https://example.com/zhi/pictures/p.png"' in text


def test_an_entry_leads_to_its_article_and_keeps_its_name(read):
    assert read.entries[0].link == "https://example.com/zhi/2026/11/a/"
    assert read.entries[0].id == "tag:example.com,2026-11:/2026/11/a/"


def test_tags_and_channel_are_categories(read):
    assert {tag.term for tag in read.entries[0].tags} == {"直播电商", "快手"}


def test_the_feeds_time_is_its_newest_change_and_not_the_clocks(read):
    assert read.feed.updated_parsed[:6] == (2026, 11, 23, 0, 0, 0)


@pytest.mark.parametrize(
    ("changed", "host"),
    [
        ({"title": "另一个标题"}, ""),
        ({"date": when("2026-12-01 08:00")}, ""),
        ({"url": "2026/12/b/", "aliases": ("2026/11/a/",)}, ""),
        ({}, "example.com"),
    ],
    ids=["title", "date", "address", "host"],
)
def test_an_entry_keeps_its_name_whatever_changes(changed, host):
    moved = {"SITEURL": "https://example.org"} if host else {}
    settings = Settings(**{**vars(SETTINGS), **moved, "host": host})
    found = feeds(FULL._replace(**changed), settings=settings)["feeds/atom.xml"]
    (entry,) = feedparser.parse(found).entries
    assert entry.id == "tag:example.com,2026-11:/2026/11/a/"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p class="a" id="b">甲<wbr>乙</p>', "<p>甲乙</p>"),
        ('<div class="table" tabindex="0" role="region"><p>甲</p></div>', "<p>甲</p>"),
        ('<table><tr><th scope="col" class="num">甲</th></tr></table>', 'scope="col">甲</th>'),
        ('<img src="/p.png" alt="图" width="2" height="1" loading="lazy">', '"2" height="1">'),
        ("<figure>甲<svg><text>乙</text></svg></figure>", "<figure>甲</figure>"),
        ('<li><input type="checkbox" disabled checked>甲</li>', "<li>☑甲</li>"),
        ('<li><input type="checkbox" disabled>甲</li>', "<li>☐甲</li>"),
        (
            '<details class="video"><summary>播放</summary><iframe src="https://v.qq.com/"></iframe>'
            '<p><a href="https://v.qq.com/x">观看</a></p></details>',
            '<p><a href="https://v.qq.com/x">观看</a></p>',
        ),
        ("<math><mi>x</mi></math>", "<math><mi>x</mi></math>"),
    ],
    ids=["class", "scroller", "table", "picture", "drawing", "done", "to do", "video", "formula"],
)
def test_a_text_has_no_more_markup_than_readers_show(html, shown):
    (item,) = json.loads(feeds(FULL, bodies=lambda _: Body("导语。", html))["feeds/feed.json"])[
        "items"
    ]
    text = item["content_html"].removeprefix("<p>导语。</p>")
    assert shown in text
    ours = (" class=", " id=", "tabindex", "loading", "<iframe", "<svg", "<wbr", "<div", "<input")
    assert not [mark for mark in ours if mark in text]


def test_a_text_begins_with_its_picture():
    picture = Picture("pictures/p.png", 780, 440, "“图”")
    found = feeds(FULL._replace(picture=picture), bodies=lambda _: BODY)
    (item,) = json.loads(found["feeds/feed.json"])["items"]
    assert item["image"] == "https://example.com/zhi/pictures/p.png"
    assert item["content_html"].startswith(
        '<p><img src="https://example.com/zhi/pictures/p.png" width="780" height="440" alt="“图”"></p>'
    )


def test_a_correction_is_told_at_the_end_of_the_text(read):
    right = FULL._replace(corrections=(Correction("2026-11-23", "应为<1.6亿元>"),))
    name = "atom.xml" if read.version == "atom10" else "rss.xml"
    found = feedparser.parse(feeds(right, bodies=lambda _: BODY)[f"feeds/{name}"])
    text = found.entries[0].content[-1].value
    assert text.endswith("<ul><li>2026-11-23：应为&lt;1.6亿元&gt;</li></ul>")
    assert "更正" not in read.entries[0].content[-1].value


def test_a_reader_sees_when_it_was_changed(read):
    assert read.entries[0].updated_parsed[:6] == (2026, 11, 23, 0, 0, 0)


def test_a_feed_names_the_style_by_which_a_browser_shows_it():
    found = feeds(FULL._replace(credits=(credit("甲", "jia"),)))
    second = {name: xml.splitlines()[1] for name, xml in found.items() if name.endswith(".xml")}
    style = '<?xml-stylesheet type="text/css" href="{}theme/feed.css"?>'
    assert second["feeds/atom.xml"] == second["feeds/rss.xml"] == style.format("../")
    assert second["feeds/author/jia/atom.xml"] == style.format("../../../")


def test_the_json_feed_says_the_same():
    found = json.loads(feeds(FULL, bodies=lambda _: BODY)["feeds/feed.json"])
    (item,) = found["items"]
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert item["title"] == "“仅退款” & <新办法>"
    assert item["date_published"] == "2026-11-22T09:30:15+08:00"
    assert item["authors"] == [{"name": "甲", "url": "https://example.com/zhi/author/jia/"}]
    assert 'href="https://example.com/zhi/2026/11/b/#x"' in item["content_html"]


def test_the_site_signs_what_nobody_signed():
    found = feeds(card("a"))
    assert feedparser.parse(found["feeds/atom.xml"]).entries[0].author == "掌柜志"
    (item,) = json.loads(found["feeds/feed.json"])["items"]
    assert item["authors"] == [{"name": "掌柜志", "url": "https://example.com/zhi/"}]


def test_a_day_without_a_time_begins_at_midnight_in_shanghai():
    assert (
        "<published>2026-11-22T00:00:00+08:00</published>"
        in feeds(card("a", "2026-11-22"))["feeds/atom.xml"]
    )


def test_there_is_a_feed_for_every_list_with_entries_and_no_other():
    topic = card("fuwushang", kind="topic", title="服务商")
    flash = card("f", "2026-11-20", kind="flash")
    article = card("a", channel=TAX, topics=("服务商",), credits=(credit("甲", "jia"),))
    assert feeds(article, flash, topic).keys() == {
        "feeds/atom.xml",
        "feeds/rss.xml",
        "feeds/feed.json",
        "feeds/flash/atom.xml",
        "feeds/channel/law/atom.xml",
        "feeds/channel/tax/atom.xml",
        "feeds/author/jia/atom.xml",
        "feeds/topic/fuwushang/atom.xml",
    }


def test_an_upper_channels_feed_has_its_lower_channels_articles():
    found = feeds(card("a", channel=TAX))["feeds/channel/law/atom.xml"]
    assert [entry.title for entry in feedparser.parse(found).entries] == ["标题a"]


def test_a_feed_holds_the_newest_in_order():
    found = feedparser.parse(feeds(*days(30))["feeds/atom.xml"])
    times = [entry.published_parsed for entry in found.entries]
    assert len(times) == 20
    assert times == sorted(times, reverse=True)


def test_pages_are_not_news():
    assert not feedparser.parse(feeds(card(kind="page"))["feeds/atom.xml"]).entries


def test_a_text_is_read_only_if_a_feed_holds_it():
    read = []
    feeds(*days(50), bodies=lambda path: read.append(path) or Body("", ""))
    assert set(read) == {item.path for item in days(20)}


def test_an_empty_site_has_its_three_feeds():
    found = feeds()
    assert found.keys() == {"feeds/atom.xml", "feeds/rss.xml", "feeds/feed.json"}
    assert not feedparser.parse(found["feeds/atom.xml"]).bozo
    assert not feedparser.parse(found["feeds/rss.xml"]).bozo


def test_atom_has_what_its_standard_asks():
    root = Tree.fromstring(feeds(FULL)["feeds/atom.xml"])  # noqa: S314  our own
    atom = "{http://www.w3.org/2005/Atom}"
    for parent in (root, root.find(f"{atom}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(atom + name)) == 1
    assert datetime.fromisoformat(root.findtext(f"{atom}updated")).tzinfo
    assert {link.get("rel") for link in root.findall(f"{atom}link")} == {"alternate", "self"}

from xml.etree import ElementTree as Tree

import pytest
from lxml import html

from plugins import _facts
from plugins._card import Correction, Subject
from plugins.corrections import Settings, facts, pages
from tests.plugins.conftest import body_of, card, metadata, text, written

SETTINGS = Settings(SITENAME="站", SITEURL="https://example.org", TIMEZONE="Asia/Shanghai")
ATOM = "{http://www.w3.org/2005/Atom}"


def corrections(head=""):
    return facts("", metadata(head), SETTINGS)


def test_the_newest_correction_stands_first():
    found = corrections("更正: 2026-11-23 一处\n更正: 2026年12月1日 又一处")
    assert found == (("2026-12-01", "又一处"), ("2026-11-23", "一处"))


def test_a_right_text_has_none():
    assert corrections() == ()


@pytest.mark.parametrize(
    ("head", "modified"),
    [
        ("更正: 2026-11-23 一处", "2026-11-23T00:00:00+08:00"),
        ("更正: 2026-11-23 一处\n更正: 2026-11-25 又", "2026-11-25T00:00:00+08:00"),
        ("更正: 2026-11-23 一处\n修改: 2026-11-23 15:00", "2026-11-23T15:00:00+08:00"),
        ("更正: 2026-11-23 一处\n修改: 2026-11-22 15:00", "2026-11-23T00:00:00+08:00"),
        ("更正: 2026-11-23 一处\n更正: 2026-11-23 又", "2026-11-23T00:00:01+08:00"),
        (
            "修改: 2026-11-23\n更正: 2026-11-23 一处\n更正: 2026-11-23 又",
            "2026-11-23T00:00:01+08:00",
        ),
        ("更正: 2026-11-22 当天改的", "2026-11-22T09:30:01+08:00"),
        ("更正: 2026-11-22 当天改的\n更正: 2026-11-22 又", "2026-11-22T09:30:02+08:00"),
        ("更正: 2026-11-22 当天改的\n修改: 2026-11-22 15:00", "2026-11-22T15:00:00+08:00"),
        ("日期: 2026-11-22\n更正: 2026-11-22 当天改的", "2026-11-22T00:00:01+08:00"),
        ("", None),
    ],
)
def test_a_correction_is_a_change_of_the_text_on_its_day(head, modified):
    found = _facts.card_of(metadata(head), {}).modified
    assert (found and found.isoformat()) == modified


# ---- all of the site ----

MENDED = card("a", corrections=(Correction("2026-11-24", "三"), Correction("2026-11-23", "一")))
GONE = card("b", title="文章已撤回")._replace(
    kind="withdrawn", withdrawal=Correction("2026-11-23", "不实")
)
OWN = card("corrections", "2026-11-01", kind="page", title="更正", summary="写错了就改。")


def site(*cards, **given):
    found = list(pages(cards, Settings(**vars(SETTINGS) | given), body_of))
    return {one.save_as: one for one in found}


def test_the_page_has_all_by_day_newest_first():
    page = site(MENDED, GONE, OWN)["corrections/index.html"]
    told = [
        (day, [(entry.name, entry.text, entry.withdrawn) for entry in entries])
        for day, entries in page.data["days"]
    ]
    assert told == [
        ("2026-11-24", [("标题a", "三", False)]),
        ("2026-11-23", [("标题a", "一", False), ("/2026/11/b/", "不实", True)]),
    ]
    assert page.data["subject"] == Subject(
        "更正", "corrections/", "写错了就改。", "feeds/corrections/atom.xml"
    )
    assert page.data["intro"].html == "<p>正文：pages/corrections.md</p>"


def test_a_site_without_corrections_has_the_page_and_no_feed():
    assert [*site(card("a"))] == ["corrections/index.html"]
    page = site(card("a"))["corrections/index.html"]
    assert (page.data["subject"].feed, page.data["days"], page.data["intro"]) == ("", [], None)


def test_a_long_list_is_cut_into_pages():
    many = [card(f"n{n}", corrections=(Correction(f"2026-11-{n:02}", "改"),)) for n in range(1, 8)]
    found = site(*many, size=2)
    assert {name for name in found if name.endswith("html")} == {
        "corrections/index.html",
        "corrections/page/1/index.html",
        "corrections/page/2/index.html",
    }
    assert found["corrections/page/1/index.html"].data["days"][-1][0] == "2026-11-01"


def test_the_feed_names_each_by_what_does_not_change():
    drawn = site(MENDED, GONE, OWN)["feeds/corrections/atom.xml"]
    feed = Tree.fromstring(drawn.draw(**drawn.data))  # noqa: S314  our own
    assert feed.findtext(f"{ATOM}title") == "更正-站"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00+08:00"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "更正：标题a",
        "更正：标题a",
        "撤稿：/2026/11/b/",
    ]
    assert [entry.find(f"{ATOM}link").get("href") for entry in entries[1:]] == [
        "https://example.org/2026/11/a/",
        "https://example.org/2026/11/b/",
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 3
    assert ids[0].startswith("tag:example.org,2026-11-24:/2026/11/a/#")


# ---- withdrawn ----

HEAD = "标题: 密题\n频道: 不存在的频道\n标签: 密签\n作者: 密人\n摘要: 密摘\n题图: 密.png\n题图说明: 密图\n"


def test_of_a_withdrawn_text_only_two_days_and_a_reason_are_left():
    found = text(f"{HEAD}撤稿: 2026-11-27 不实", body="密文![密](x.png)<script>")
    assert "密" not in repr(found)
    assert (found.kind, found.url, found.head.title) == ("withdrawn", "2026/11/a/", "文章已撤回")
    assert found.head.withdrawal == ("2026-11-27", "不实")
    made = _facts.card_of(metadata(f"{HEAD}撤稿: 2026-11-27 不实"), {"keywords": (("密", 1.0),)})
    assert "密" not in repr(made)


def test_a_withdrawn_article_leaves_its_notice_and_a_record(small):
    site = small(
        {
            "articles/2026/11/a.md": written("标签: 密签\n撤稿: 2026-11-22 数字不实", "密文"),
            "articles/2026/11/b.md": written("标题: 乙\n更正: 2026-11-22 改了一处"),
        }
    )
    built = site.build()
    assert (built.returncode, built.stderr) == (0, "")
    told = {
        path for path, page in site.files().items() if "数字不实" in page.decode("utf-8", "replace")
    }
    assert told == {
        "2026/11/a/index.html",
        "corrections/index.html",
        "feeds/corrections/atom.xml",
    }
    page = dict(site.pages())["2026/11/a/index.html"]
    robots = html.document_fromstring(page).xpath("//meta[@name='robots']/@content")
    assert robots == ["noindex"]
    assert "application/ld+json" not in page
    assert b"2026/11/a/" not in site.files()["urls.txt"]

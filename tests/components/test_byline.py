from datetime import timedelta
from types import SimpleNamespace

from plugins._card import Credit, Link
from plugins.label import Label
from tests.components.conftest import make_card, text

READING = SimpleNamespace(text="本文共3578字，阅读本文大概需要7～12分钟")


def article(**changes: object) -> SimpleNamespace:
    values = {
        "card": make_card(),
        "source": None,
        "reading": READING,
        "share": SimpleNamespace(page=""),
        "label": None,
    }
    return SimpleNamespace(**(values | changes))


def test_the_time_is_to_the_second_and_knows_its_zone(render):
    (time,) = render("byline", article(), "..").iter("time")
    assert time.text == "2026-11-22 08:30:05"
    assert time.get("datetime") == "2026-11-22T08:30:05+08:00"


def test_a_day_without_a_time_stays_a_day(render):
    (time,) = render("byline", article(card=make_card(timed=False)), "..").iter("time")
    assert (time.text, time.get("datetime")) == ("2026-11-22", "2026-11-22")


def test_a_change_is_told_only_if_there_was_one(render):
    changed = make_card(modified=make_card().date + timedelta(days=1))
    shown = render("byline", article(card=changed), "..")
    assert "更新于2026-11-23" in text(shown)
    assert [time.get("datetime") for time in shown.iter("time")][1:] == ["2026-11-23"]
    assert "更新于" not in text(render("byline", article(), ".."))


def test_a_text_with_a_page_for_sharing_leads_to_it(render):
    share = SimpleNamespace(page="2026/11/x/share/")
    links = render("byline", article(share=share), "..").iter("a")
    assert ("分享", "share/") in [(link.text, link.get("href")) for link in links]
    assert "分享" not in text(render("byline", article(), ".."))


def test_names_of_one_role_stand_together(render):
    names = (Credit("作者", "甲", "author/a/"), Credit("作者", "乙", ""), Credit("责编", "丙", ""))
    shown = text(render("byline", article(card=make_card(credits=names)), ".."))
    assert "作者：甲、乙" in shown
    assert "责编：丙" in shown


def test_a_source_with_and_without_an_address(render):
    shown = render("byline", article(source=Link("亿邦动力", "https://example.com/")), "..")
    assert "来源：亿邦动力" in text(shown)
    assert "https://example.com/" in [link.get("href") for link in shown.iter("a")]
    plain = render("byline", article(source=Link("掌柜志", "")), "..")
    assert "来源：掌柜志" in text(plain)


def test_length_and_label(render):
    shown = text(render("byline", article(label=Label("generated", "本文由人工智能生成")), ".."))
    assert READING.text in shown
    assert "本文由人工智能生成" in shown


def test_what_is_missing_leaves_nothing_behind(render):
    bare = article(card=make_card(credits=()), reading=None)
    assert text(render("byline", bare, "..")) == "发布时间：2026-11-22 08:30:05"

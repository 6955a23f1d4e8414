import pytest

from plugins._card import Point
from plugins._facts import RefusalError
from plugins.topics import Settings, pages
from tests.plugins.conftest import body_of, card, days, in_order

TOPIC = card("fuwushang", "2026-01-01", kind="topic", title="服务商", summary="谁替谁开店。")


def dossiers(*cards, size=3):
    return {
        page.save_as: page.data for page in pages(in_order(*cards), Settings(size=size), body_of)
    }


def test_a_dossier_shows_its_words_its_points_and_its_members():
    member = card("a", topics=("服务商",), points=(Point("2021-07-22", "大会"),))
    found = dossiers(TOPIC, member)["topic/fuwushang/index.html"]
    assert found["subject"].name == "服务商"
    assert found["subject"].feed == "feeds/topic/fuwushang/atom.xml"
    assert found["subject"].about == "谁替谁开店。"
    assert found["intro"].html == "<p>正文：topics/fuwushang.md</p>"
    assert found["points"] == [(Point("2021-07-22", "大会"), member)]
    assert list(found["cards"]) == [member]


def test_a_dossier_without_members_stands_and_names_no_feed():
    found = dossiers(TOPIC)["topic/fuwushang/index.html"]
    assert list(found["cards"]) == found["points"] == []
    assert found["subject"].feed == ""


def test_all_dossiers_are_listed_the_one_with_the_newest_article_first():
    old = card("lao", "2026-01-01", kind="topic", title="老的", summary="老事。")
    none = card("kong", "2026-01-01", kind="topic", title="空的")
    cards = [
        card("a", "2026-11-20", topics=("服务商", "老的")),
        card("b", "2026-11-21", topics=("服务商",)),
    ]
    found = dossiers(TOPIC, old, none, *cards)["topic/index.html"]
    assert [(subject.name, subject.url, count) for subject, count, _ in found["dossiers"]] == [
        ("服务商", "topic/fuwushang/", 2),
        ("老的", "topic/lao/", 1),
        ("空的", "topic/kong/", 0),
    ]
    assert [newest and newest.day for *_, newest in found["dossiers"]] == [21, 20, None]
    assert [link.url for link in found["trail"]] == [""]


def test_a_dossier_leads_back_to_all_of_them():
    assert [link.url for link in dossiers(TOPIC)["topic/fuwushang/index.html"]["trail"]] == [
        "",
        "topic/",
    ]


def test_words_and_points_stand_on_the_first_page_only():
    found = dossiers(TOPIC, *days(9, topics=("服务商",), points=(Point("2021", "甲"),)))
    assert found["topic/fuwushang/page/1/index.html"]["intro"] is None
    assert found["topic/fuwushang/page/1/index.html"]["points"] == []


def test_an_unknown_dossier_is_refused_with_the_nearest_name():
    with pytest.raises(RefusalError) as refusal:
        dossiers(TOPIC, card("a", topics=("服务商家",)), card("b", topics=("直播",)))
    near, far = refusal.value.messages
    assert near.startswith("content/articles/2026/11/a.md:1: ")
    assert "是不是“服务商”？" in near
    assert "content/topics/" in far


def test_a_site_without_dossiers_has_no_page():
    assert dossiers(card("a")) == {}

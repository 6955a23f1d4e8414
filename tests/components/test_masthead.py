from datetime import date

from tests.components.conftest import text

ELSEWHERE = {
    "name": "掌柜志",
    "about": "写给卖家",
    "mark": "drawn",
    "front": False,
    "day": None,
    "search": False,
    "root": "..",
}


def test_the_word_mark_is_named_and_leads_home(render):
    shown = render("masthead", **ELSEWHERE)
    assert shown.find(".//svg").get("aria-hidden") == "true"
    assert text(shown.find(".//a")) == "掌柜志"
    assert shown.find(".//a").get("href") == "../"


def test_another_site_never_shows_our_mark(render):
    shown = render("masthead", **ELSEWHERE | {"name": "某志"})
    assert shown.find(".//svg") is None
    assert "某志" in text(shown)


def test_a_mark_that_the_style_draws_is_text_in_the_page(render):
    shown = render("masthead", **ELSEWHERE | {"mark": "styled"})
    assert shown.find(".//svg") is None
    assert shown.find(".//a/span[@class='wordmark']").text == "掌柜志"


def test_the_mark_can_be_switched_off(render):
    shown = render("masthead", **ELSEWHERE | {"mark": ""})
    assert "掌柜志" in text(shown)


def test_on_the_front_page_it_is_the_h1_and_the_day_stands_beside(render):
    shown = render("masthead", **ELSEWHERE | {"front": True, "day": date(2026, 11, 22)})
    assert shown.find(".//h1") is not None
    assert "2026年11月22日" in text(shown)
    assert "星期日" in text(shown)


def test_elsewhere_it_is_neither(render):
    shown = render("masthead", **ELSEWHERE)
    assert shown.find(".//h1") is None
    assert shown.find(".//time") is None


def test_the_search_field_asks_the_search_page(render):
    form = render("masthead", **ELSEWHERE | {"search": True}).find(".//form")
    assert (form.get("role"), form.get("action")) == ("search", "../search/")
    assert (form.find("input").get("name"), form.find("input").get("aria-label")) == ("q", "搜索")


def test_a_site_without_search_has_no_field(render):
    assert render("masthead", **ELSEWHERE).find(".//form") is None

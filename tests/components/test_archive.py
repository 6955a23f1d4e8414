from plugins._card import Link
from tests.components.conftest import make_card, text

MONTHS = [(Link("2026年11月", "2026/11/"), 2, [make_card(), make_card(url="2026/11/y/")])]


def test_a_month_names_itself_and_counts(render):
    shown = render("archive", MONTHS, "..")
    assert text(shown.find(".//h2")) == "2026年11月2篇"
    assert [time.text for time in shown.iter("time")] == ["11-22", "11-22"]


def test_on_its_own_page_it_does_not_repeat_the_name(render):
    assert render("archive", MONTHS, "..", "2026/11/").find(".//h2") is None


def test_no_months_are_nothing(render):
    assert text(render("archive", [], "..")) == ""

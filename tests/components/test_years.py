from plugins._card import Link
from tests.components.conftest import text


def test_years_months_and_counts(render):
    years = [(Link("2026年", "2026/"), 31, [(Link("2026年11月", "2026/11/"), 30)])]
    shown = render("years", years, "..")
    assert text(shown) == "2026年31篇2026年11月30"
    assert [link.get("href") for link in shown.iter("a")] == ["../2026/", "../2026/11/"]


def test_none_are_nothing(render):
    assert text(render("years", [], "..")) == ""

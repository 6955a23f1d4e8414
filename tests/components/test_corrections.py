from plugins.corrections import Correction
from tests.components.conftest import text


def test_each_has_its_day(render):
    shown = render("corrections", (Correction("2026-11-23", "“70%”应为“65%”。"),))
    assert text(shown) == "更正2026-11-23“70%”应为“65%”。"
    assert shown.find(".//time").text == "2026-11-23"


def test_none_are_nothing(render):
    assert text(render("corrections", ())) == ""

from plugins.references import Reference
from tests.components.conftest import text

ONE = Reference(1, "亿邦动力", "服务商大会", "2021-07", "https://example.com/")


def test_a_source_in_full(render):
    shown = render("references", (ONE,))
    assert text(shown.find(".//li")) == "1亿邦动力：服务商大会，2021-07"


def test_the_mark_in_the_text_finds_it(render):
    assert render("references", (ONE,)).find(".//li").get("id") == "ref-1"


def test_without_date_and_address(render):
    shown = render("references", (ONE._replace(date="", url=""),))
    assert text(shown.find(".//li")) == "1亿邦动力：服务商大会"
    assert shown.find(".//a") is None


def test_none_are_nothing(render):
    assert text(render("references", ())) == ""

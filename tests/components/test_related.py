from tests.components.conftest import make_card, text


def test_headlines_that_lead_on(render):
    shown = render("related", [make_card()], "../../..")
    assert text(shown) == "相关GMV不是销售额"
    assert shown.find(".//a").get("href") == "../../../2026/11/x/"


def test_none_are_nothing(render):
    assert text(render("related", None, "..")) == ""

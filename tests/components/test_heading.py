from tests.components.conftest import text


def test_more_says_of_what_to_those_who_cannot_see(render):
    shown = render("heading", "数据", "channel/data/", root="..")
    assert text(shown.find(".//a")) == "更多：数据"
    assert shown.find(".//a").get("href") == "../channel/data/"


def test_without_an_address_it_is_a_name_only(render):
    shown = render("heading", "相关")
    assert text(shown) == "相关"
    assert shown.find(".//a") is None

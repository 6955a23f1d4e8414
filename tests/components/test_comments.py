from plugins.comments import Comments
from tests.components.conftest import text


def test_nothing_is_loaded_before_a_tap_and_the_other_site_is_named(render):
    shown = render("comments", Comments("评论", "https://talk.example.com/x", "talk.example.com"))
    details = shown.find("details")
    assert details.get("open") is None
    assert "talk.example.com" in text(details.find("summary"))
    assert details.find("iframe").get("loading") == "lazy"


def test_off_it_is_nothing(render):
    assert text(render("comments", None)) == ""

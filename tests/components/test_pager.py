from plugins._card import Pager
from tests.components.conftest import text


def test_a_page_in_the_middle(render):
    shown = render("pager", Pager("tag/a/", "tag/a/page/1/", 2), "../../../..")
    assert text(shown) == "较新的文章第2页较早的文章"
    assert [link.get("href") for link in shown.iter("a")] == [
        "../../../../tag/a/",
        "../../../../tag/a/page/1/",
    ]


def test_the_first_page_tells_no_number(render):
    assert text(render("pager", Pager(None, "tag/a/page/1/", None), "..")) == "较早的文章"


def test_a_list_of_one_page_has_none(render):
    assert text(render("pager", Pager(None, None, None), "..")) == ""
    assert text(render("pager", None, "..")) == ""

from plugins.neighbours import Neighbours
from tests.components.conftest import make_card, text


def test_both_ways(render):
    shown = render("neighbours", Neighbours(make_card(), make_card(url="2026/11/y/")), "..")
    assert [link.get("rel") for link in shown.iter("a")] == ["prev", "next"]
    assert text(shown) == "上一篇GMV不是销售额下一篇GMV不是销售额"


def test_the_newest_has_only_an_older_one(render):
    assert "下一篇" not in text(render("neighbours", Neighbours(make_card(), None), ".."))


def test_alone_it_is_nothing(render):
    assert text(render("neighbours", Neighbours(None, None), "..")) == ""
    assert text(render("neighbours", None, "..")) == ""

from plugins._card import Link
from tests.components.conftest import text


def test_each_tag_with_its_count(render):
    tags = [(Link("快手", "tag/kuai-shou/"), 9), (Link("GMV", "tag/gmv/"), 5)]
    shown = render("cloud", tags, "..")
    assert text(shown) == "快手9GMV5"
    assert [link.get("href") for link in shown.iter("a")] == ["../tag/kuai-shou/", "../tag/gmv/"]


def test_no_tags_are_nothing(render):
    assert text(render("cloud", [], "..")) == ""

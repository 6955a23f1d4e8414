from plugins._card import Subject
from tests.components.conftest import text

CHANNELS = (Subject("数据", "channel/data/", "", ""), Subject("法规", "channel/law/", "", ""))


def test_home_first_then_the_channels(render):
    shown = render("navigation", CHANNELS, None, False, "..")
    assert [link.get("href") for link in shown.iter("a")] == [
        "../",
        "../channel/data/",
        "../channel/law/",
    ]
    assert shown.find("nav").get("aria-label") == "频道"


def test_where_one_is(render):
    for current, name in (("channel/law/", "法规"), ("", "首页")):
        marked = render("navigation", CHANNELS, current, False, "..").xpath("//a[@aria-current]")
        assert [text(link) for link in marked] == [name]


def test_elsewhere_nothing_is_marked(render):
    assert not render("navigation", CHANNELS, None, False, "..").xpath("//a[@aria-current]")


def test_the_search_stands_last_if_there_is_one(render):
    links = [*render("navigation", CHANNELS, "search/", True, "..").iter("a")]
    assert (links[-1].get("href"), text(links[-1])) == ("../search/", "搜索")
    assert links[-1].get("aria-current") == "page"

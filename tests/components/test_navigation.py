from plugins._card import Subject
from tests.components.conftest import text

CHANNELS = (Subject("数据", "channel/data/", "", ""), Subject("法规", "channel/law/", "", ""))


def test_home_first_then_the_channels(render):
    shown = render("navigation", CHANNELS, None, "..")
    assert [link.get("href") for link in shown.iter("a")] == [
        "../",
        "../channel/data/",
        "../channel/law/",
    ]
    assert shown.find("nav").get("aria-label") == "频道"


def test_where_one_is(render):
    for current, name in (("channel/law/", "法规"), ("", "首页")):
        marked = render("navigation", CHANNELS, current, "..").xpath("//a[@aria-current]")
        assert [text(link) for link in marked] == [name]


def test_elsewhere_nothing_is_marked(render):
    assert not render("navigation", CHANNELS, None, "..").xpath("//a[@aria-current]")

from pelicanconf import BREADCRUMBS
from plugins._card import Link
from tests.components.conftest import text

TRAIL = (Link("首页", ""), Link("电商资讯", "channel/news/"))


def test_it_reads_as_the_setting_says(render):
    shown = render("breadcrumbs", TRAIL, BREADCRUMBS, "../..")
    assert text(shown) == "您当前的位置：首页 > 电商资讯"


def test_other_words(render):
    shown = render("breadcrumbs", TRAIL, {"lead": "位置：", "separator": "/"}, ".")
    assert text(shown) == "位置：首页 / 电商资讯"


def test_its_links(render):
    links = render("breadcrumbs", TRAIL, BREADCRUMBS, "../..").iter("a")
    assert [link.get("href") for link in links] == ["../../", "../../channel/news/"]


def test_without_a_trail_it_is_nothing(render):
    assert text(render("breadcrumbs", (), BREADCRUMBS, ".")) == ""

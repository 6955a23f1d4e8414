from plugins._card import Subject
from tests.components.conftest import text

DATA = Subject("数据", "channel/data/", "口径先于数字。", "feeds/channel/data/atom.xml")


def test_name_about_and_feed(render):
    shown = render("subject", DATA, "../..")
    assert text(shown) == "数据口径先于数字。订阅数据"
    assert shown.find(".//a").get("href") == "../../feeds/channel/data/atom.xml"


def test_a_later_page_says_which(render):
    assert text(render("subject", DATA, "..", 3).find(".//h1")) == "数据第3页"


def test_a_name_alone(render):
    assert text(render("subject", Subject("归档", "archives/", "", ""), "..")) == "归档"

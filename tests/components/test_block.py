from plugins._card import Subject
from tests.components.conftest import make_card, text

DATA = Subject("数据", "channel/data/", "", "")


def test_the_newest_story_has_a_summary_the_others_a_headline(render):
    shown = render("block", DATA, [make_card(), make_card(title="旧闻")], "..")
    assert len(shown.findall(".//p[@class='card__summary']")) == 1
    assert len(shown.findall(".//h3")) == 2


def test_its_name_and_its_channel_page(render):
    shown = render("block", DATA, [make_card()], "..")
    assert text(shown.find(".//h2")) == "数据"
    assert shown.find(".//a").get("href") == "../channel/data/"


def test_a_channel_without_articles_vanishes(render):
    assert text(render("block", DATA, [], "..")) == ""

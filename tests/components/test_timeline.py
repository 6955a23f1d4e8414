from plugins._card import Point
from tests.components.conftest import make_card, text

POINT = Point("2021-07", "小店信任卡上线")


def test_points_with_their_days(render):
    shown = render("timeline", [POINT])
    assert shown.find(".//time").text == "2021-07"
    assert text(shown) == "2021-07小店信任卡上线"


def test_a_dossier_leads_to_the_articles(render):
    shown = render("timeline", [(POINT, make_card())], "..")
    assert shown.find(".//a").get("href") == "../2026/11/x/"


def test_none_are_nothing(render):
    assert text(render("timeline", [])) == ""

from plugins._card import Point, Subject
from tests.components.conftest import text


def test_a_dossier_with_its_latest_points(render):
    topic = Subject("快手服务商", "topic/kuaishou/", "", "")
    shown = render("topics", [(topic, [Point("2021-07-22", "服务商大会")])], ".")
    assert text(shown) == "专题快手服务商2021-07-22服务商大会"
    assert shown.find(".//h3/a").get("href") == "./topic/kuaishou/"


def test_none_are_nothing(render):
    assert text(render("topics", [], ".")) == ""

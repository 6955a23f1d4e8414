from plugins._card import Link
from tests.components.conftest import text


def test_each_leads_to_its_list(render):
    shown = render("tags", (Link("快手", "tag/kuai-shou/"),), "../../..")
    assert text(shown) == "快手"
    assert shown.find(".//a").get("href") == "../../../tag/kuai-shou/"


def test_none_are_nothing(render):
    assert text(render("tags", (), "..")) == ""

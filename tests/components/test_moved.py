from plugins._card import Link
from tests.components.conftest import text


def test_it_says_where_to_go(render):
    shown = render("moved", "您要找的内容已经移到：", Link("GMV < 销售额", "2026/11/x/"), "../..")
    assert text(shown) == "您要找的内容已经移到：GMV < 销售额"
    assert shown.find(".//a").get("href") == "../../2026/11/x/"

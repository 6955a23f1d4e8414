from plugins.notice import Notice, mail_link
from tests.components.conftest import text


def test_the_address_is_read_by_people_and_not_by_collectors(render):
    shown = render("notice", Notice("请来信告知：", mail_link("desk@example.com")))
    assert text(shown) == "请来信告知：desk@example.com"


def test_none_is_nothing(render):
    assert text(render("notice", None)) == ""

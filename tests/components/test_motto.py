from tests.components.conftest import text


def test_it_is_named(render):
    assert text(render("motto", "账目清楚，睡得踏实。")) == "每日一句账目清楚，睡得踏实。"


def test_none_is_nothing(render):
    assert text(render("motto", None)) == ""

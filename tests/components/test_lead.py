from tests.components.conftest import text


def test_it_says_its_line(render):
    assert (
        text(render("lead", "2021年夏天，平台第一次谈服务商。"))
        == "2021年夏天，平台第一次谈服务商。"
    )


def test_none_is_nothing(render):
    assert text(render("lead", None)) == ""

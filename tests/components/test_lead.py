from markupsafe import Markup

from tests.components.conftest import text


def test_it_says_its_line(render):
    assert (
        text(render("lead", "2021年夏天，平台第一次谈服务商。"))
        == "2021年夏天，平台第一次谈服务商。"
    )


def test_its_inline_markup_stands(render):
    assert render("lead", Markup('据报道<sup class="cite">1</sup>。')).find(".//sup") is not None


def test_none_is_nothing(render):
    assert text(render("lead", None)) == ""

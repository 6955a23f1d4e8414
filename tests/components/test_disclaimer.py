from tests.components.conftest import text


def test_it_says_its_line(render):
    assert (
        text(render("disclaimer", "本文仅供参考，不构成法律意见。"))
        == "本文仅供参考，不构成法律意见。"
    )


def test_none_is_nothing(render):
    assert text(render("disclaimer", None)) == ""

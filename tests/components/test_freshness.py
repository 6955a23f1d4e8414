from tests.components.conftest import text


def test_it_says_its_line(render):
    assert (
        text(render("freshness", "本文内容截至2026年11月22日。")) == "本文内容截至2026年11月22日。"
    )


def test_none_is_nothing(render):
    assert text(render("freshness", None)) == ""

from tests.components.conftest import text


def test_the_words(render):
    assert text(render("empty", "还没有标签。")) == "还没有标签。"

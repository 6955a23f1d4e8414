from plugins.label import Label
from tests.components.conftest import text


def test_it_says_what_the_machine_did(render):
    shown = render("label", Label("generated", "本文由人工智能生成"))
    assert text(shown) == "本文由人工智能生成"


def test_written_by_people_it_is_nothing(render):
    assert text(render("label", None)) == ""

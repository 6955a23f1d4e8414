from plugins._markdown import Heading
from tests.components.conftest import text

HEADINGS = [Heading(2, "a", "三个台阶"), Heading(3, "b", "五力")]


def test_it_leads_to_the_headings(render):
    shown = render("outline", HEADINGS)
    assert [link.get("href") for link in shown.iter("a")] == ["#a", "#b"]
    assert text(shown) == "目录三个台阶五力"


def test_a_short_text_has_none(render):
    assert text(render("outline", [])) == ""

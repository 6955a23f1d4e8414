from types import SimpleNamespace

from tests.components.conftest import text


def test_it_is_marked_and_may_lead_somewhere(render):
    shown = render("announcement", SimpleNamespace(text="春节照常更新。", link="about/"))
    assert text(shown) == "公告春节照常更新。"
    assert [link.get("href") for link in shown.iter("a")] == ["about/"]


def test_without_a_link_it_is_plain(render):
    shown = render("announcement", SimpleNamespace(text="春节照常更新。", link=""))
    assert not list(shown.iter("a"))


def test_none_is_nothing(render):
    assert text(render("announcement", None)) == ""

from plugins.series import Series
from tests.components.conftest import make_card, text

PARTS = Series("口径", (make_card(), make_card(url="2026/11/y/")))


def test_the_part_being_read_is_no_link(render):
    shown = render("series", PARTS, "2026/11/x/", "..")
    assert [link.get("href") for link in shown.iter("a")] == ["../2026/11/y/"]
    assert len(shown.xpath("//li[@aria-current]")) == 1
    assert text(shown.find(".//h2")) == "系列：口径"


def test_no_series_is_nothing(render):
    assert text(render("series", None, "2026/11/x/", "..")) == ""

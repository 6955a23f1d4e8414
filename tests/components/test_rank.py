from plugins.ranks import Rank, Row
from tests.components.conftest import text

RANK = Rank(
    id="express",
    title="快递都送去哪儿",
    edition="2025年全年",
    unit="亿件",
    method="按寄递范围分三类。",
    source="国家邮政局",
    url="https://example.com/",
    rows=(Row(1, "异地", "1789.4", "同比增长15.0%"), Row(2, "同城", "157.9", "")),
)


def test_places_values_and_notes(render):
    rows = render("rank", RANK).findall(".//li")
    assert [text(row) for row in rows] == ["1异地同比增长15.0%1789.4", "2同城157.9"]


def test_what_is_counted_how_and_by_whom(render):
    shown = text(render("rank", RANK))
    assert "2025年全年，亿件" in shown
    assert shown.endswith("按寄递范围分三类。来源：国家邮政局")


def test_a_source_without_an_address(render):
    assert render("rank", RANK._replace(url="")).find(".//a") is None


def test_an_empty_slot_is_nothing(render):
    assert text(render("rank", None)) == ""

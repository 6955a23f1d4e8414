from tests.components.conftest import make_card, text


def test_a_line_tells_headline_day_and_channel(render):
    (line,) = render("headlines", [make_card()], "..").iter("li")
    assert text(line) == "GMV不是销售额2026-11-22数据"
    assert line.find("a").get("href") == "../2026/11/x/"
    assert line.find("a/wbr") is not None


def test_a_flash_item_has_no_channel(render):
    shown = render("headlines", [make_card(channel=None)], "..")
    assert shown.find(".//span") is None


def test_a_hostile_title_stays_text(render):
    card = make_card(headline="<script>alert(1)</script>")
    assert render("headlines", [card], "..").find(".//script") is None

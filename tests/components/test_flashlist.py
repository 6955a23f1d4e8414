from tests.components.conftest import make_card, text

DAYS = [("2026-11-22", [make_card(), make_card(timed=False, url="flash/y/")])]


def test_times_in_the_gutter_days_as_headings(render):
    shown = render("flashlist", DAYS, "..")
    assert text(shown.find(".//h3")) == "2026-11-22"
    times = shown.findall(".//span[@class='flashlist__time']")
    assert [text(time) for time in times] == ["08:30", ""]


def test_in_full_it_gives_the_text_and_takes_the_level_of_its_page(render):
    shown = render("flashlist", DAYS, "..", 2, full=True)
    assert shown.find(".//h2") is not None
    assert "下单即可计入，不问付款。" in text(shown)


def test_no_news_is_nothing(render):
    assert text(render("flashlist", [], "..")) == ""

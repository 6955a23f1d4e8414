from plugins.flashes import Settings, pages
from tests.plugins.conftest import card, days, in_order, no_bodies


def flashes(*cards, size=3):
    settings = Settings(size=size)
    return {page.save_as: page.data for page in pages(in_order(*cards), settings, no_bodies)}


def test_flash_items_stand_by_day():
    late, early = card("b", "2026-11-22 18:00", kind="flash"), card("a", kind="flash")
    found = flashes(late, early, card("c", "2026-11-20", kind="flash"))["flash/index.html"]
    assert [(day, len(items)) for day, items in found["days"]] == [
        ("2026-11-22", 2),
        ("2026-11-20", 1),
    ]


def test_articles_are_no_flash_news():
    assert flashes(card("a")) == {}


def test_without_flash_items_there_is_no_page():
    assert flashes() == {}


def test_a_full_page_stays():
    cards = days(20, kind="flash")
    before, after = flashes(*cards[1:]), flashes(*cards)
    for path in before.keys() - {"flash/index.html"}:
        assert before[path]["days"] == after[path]["days"]
    assert "flash/page/1/index.html" in before

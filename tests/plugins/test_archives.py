from plugins.archives import Settings, pages
from tests.plugins.conftest import card, days, in_order, no_bodies


def archives(*cards, **settings):
    made = pages(in_order(*cards), Settings(**settings), no_bodies)
    return {page.save_as: page.data for page in made}


def test_years_and_months_with_articles_have_pages():
    found = archives(card("a", "2026-11-22"), card("b", "2026-02-01"), card("c", "2021-09-16"))
    assert found.keys() == {
        "archives/index.html",
        "2026/index.html",
        "2026/11/index.html",
        "2026/02/index.html",
        "2021/index.html",
        "2021/09/index.html",
    }


def test_the_list_of_years_counts():
    found = archives(card("a", "2026-11-22"), card("b", "2026-02-01"), card("c", "2021-09-16"))
    years = found["archives/index.html"]["years"]
    assert [(year.name, count) for year, count, _ in years] == [("2026年", 2), ("2021年", 1)]
    months = [(month.name, month.url, count) for month, count in years[0][2]]
    assert months == [("2026年11月", "2026/11/", 1), ("2026年2月", "2026/02/", 1)]


def test_a_year_shows_the_newest_of_each_month_and_counts_all():
    (of_november,) = archives(*days(9), newest=2)["2026/index.html"]["months"]
    _, count, shown = of_november
    assert count == 9
    assert [item.date.day for item in shown] == [22, 21]


def test_a_numbered_page_tells_no_total():
    found = archives(*days(9), size=3)
    assert found["2026/11/page/1/index.html"]["months"][0][1] is None
    assert found["2026/11/index.html"]["months"][0][1] == 9


def test_the_way_to_a_month_leads_through_its_year():
    trail = archives(card("a"))["2026/11/index.html"]["trail"]
    assert [link.name for link in trail] == ["首页", "归档", "2026年"]


def test_flash_items_and_pages_are_not_in_the_archives():
    found = archives(card("a", kind="flash"), card("b", kind="page"))
    assert found["archives/index.html"]["years"] == []


def test_a_site_without_articles_has_an_empty_list():
    assert archives().keys() == {"archives/index.html"}

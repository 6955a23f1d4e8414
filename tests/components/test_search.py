from tests.components.conftest import text

VALUES = {
    "name": "搜索",
    "volumes": "2026-01-16:2026,3",
    "choices": [("1,2", "电商资讯"), ("2", "直播")],
    "years": [2026, 2025],
    "script": "theme/search.js?1",
    "outside": [],
    "title": "搜索-掌柜志",
    "root": "..",
}


def test_the_form_works_by_address_alone(render):
    form = render("search", **VALUES).find(".//form")
    assert (form.get("action"), form.get("role")) == ("../search/", "search")
    assert form.find(".//input[@type='search']").get("name") == "q"


def test_a_reader_may_choose_a_channel_and_a_year(render):
    shown = render("search", **VALUES)
    options = {
        select.get("name"): [(one.get("value"), text(one)) for one in select.iter("option")]
        for select in shown.iter("select")
    }
    assert options == {
        "channel": [("", "全部"), ("1,2", "电商资讯"), ("2", "直播")],
        "year": [("", "全部"), (None, "2026"), (None, "2025")],
    }


def test_without_the_script_it_says_so_and_names_other_ways(render):
    shown = render("search", **VALUES)
    assert "没有运行这一页的脚本" in text(shown.find(".//p[@class='search__plain']"))
    ways = shown.find(".//p[@class='search__ways']")
    assert [link.get("href") for link in ways.iter("a")] == ["../archives/", "../tag/"]
    assert shown.find(".//div[@class='search__live']").get("hidden") is not None


def test_a_search_engine_is_named_only_if_the_publisher_does(render):
    engine = ("某某", "https://example.com/?q=site:example.org")
    shown = render("search", **VALUES | {"outside": [engine]})
    assert shown.xpath(".//a[@href=$url]/text()", url=engine[1]) == ["用某某搜本站"]


def test_the_number_of_results_is_said_politely(render):
    assert render("search", **VALUES).find(".//p[@role='status']") is not None

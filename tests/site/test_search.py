"""The search page in real Chromium: what it finds, what it costs, how people use it."""

import gzip
import random
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.index import Index
from tests.site.conftest import text_of

OPEN = Callable[..., Page]
ROOT = Path(__file__).parents[2]
READY = ".search__results[aria-busy=false]"
FIRSTS = {  # a query, and the article that an editor would put first
    "双11": "2026/11/shuang-11-shuzi/",
    "仅退款": "2026/11/jintuikuan-zhihou/",
    "划线价": "2026/11/huaxianjia/",
    "商标法": "2026/11/xin-shangbiaofa/",
    "跨境电商": "2026/11/kuajing-dianshang/",
    "快手 极致信任": "2026/11/kuaishou-xinren-gongju/",
    "虚假交易": "2026/11/xujia-jiaoyi-de-zhang/",
    "kuaifenxiao": "2026/11/kuaishou-kuaifenxiao/",
    "电商法": "2026/11/dianshangfa-shitiao/",
    "七日无理由": "2026/11/qiri-wuliyou/",
}
QUERIES = [
    "快手",
    "的",
    "11",
    "MV",
    "1.6亿",
    "GMV 快手",
    "ＧＭＶ",
    "電商",
    "國家統計局",
    "“直播电商”",
    "直播，电商",
    "25%",
    "kuaishou",
    "ks",
    "服务商",
    "不存在的词",
]


def ask(opened: Page, query: str) -> list[str]:
    """Type a query and return the addresses of all results."""
    opened.locator("input[name=q]").last.fill(query)
    opened.keyboard.press("Enter")
    opened.wait_for_selector(READY, state="attached")
    while opened.locator(".search__more").is_visible():
        shown = opened.locator(".search__results > li").count()
        opened.locator(".search__more").click()
        expect(opened.locator(".search__results > li")).not_to_have_count(shown)
    return results(opened)


def results(opened: Page) -> list[str]:
    links = opened.locator(".search__title a").evaluate_all("all => all.map(one => one.href)")
    base = opened.url.partition("search/")[0]
    return [link.removeprefix(base) for link in links]


def told(opened: Page) -> str:
    return opened.locator(".search__told").inner_text()


@pytest.fixture(scope="module")
def index(site: Path) -> Index:
    return Index.of(site)


@pytest.fixture
def search(served: str, page: OPEN) -> Page:
    return page(served + "search/", width=390, height=844)


def test_it_finds_what_the_index_holds_in_the_same_order(search, index):
    for query in QUERIES:
        hits = index.find(query)
        found = ask(search, query)
        if hits:
            assert found == [hit.url for hit in hits], query
            exact = sum(not hit.spelt for hit in hits)
            assert f"找到{exact}篇。" in told(search) or not exact, query
        else:
            assert told(search).startswith("没有找到。"), query


def test_random_pieces_of_our_texts_are_found_as_the_index_says(search, index, articles):
    dice, pieces = random.Random(3), []  # noqa: S311  the same each time
    while len(pieces) < 25:
        text = text_of(dice.choice(articles).one("//main//article"))
        start = dice.randrange(len(text) - 8)
        piece = re.sub(r"[^\w]", "", text[start : start + dice.randint(1, 8)])
        pieces += [piece] if piece else []
    for piece in pieces:
        assert index.find(piece) == [] or ask(search, piece) == [
            hit.url for hit in index.find(piece)
        ], piece


def test_every_page_that_says_a_word_is_found(index, articles):
    for word in ("快手", "退货", "GMV", "物流"):
        pages = {
            page.url for page in articles if word in text_of(page.one("//main//article")).upper()
        }
        hits = {hit.url for hit in index.find(word)}
        texts = {page.url for page in articles}
        assert len(pages) > 2
        assert hits & texts <= pages, word


@pytest.mark.parametrize(("query", "first"), FIRSTS.items())
def test_what_an_editor_would_put_first_is_first(index, query, first):
    titles = [hit.title for hit in index.find(query)]
    assert titles, query
    assert index.find(query)[0].url == first, titles[:3]


def test_a_query_costs_little_and_asks_nobody_else(served, page):
    opened = page(width=390, height=844)
    bodies: dict[str, int] = {}
    opened.on(
        "response",
        lambda answer: bodies.update(
            {f"{answer.url} {len(bodies)}": int(answer.headers.get("content-length", 0))}
        ),
    )
    opened.goto(f"{served}search/?q={quote('快手')}")
    opened.wait_for_selector(READY, state="attached")
    opened.wait_for_load_state("networkidle")
    assert all(url.startswith(served) for url in bodies)
    index = {url: size for url, size in bodies.items() if ".bin" in url}
    assert 0 < sum(index.values()) < 10_000
    assert all("traditional" not in url for url in bodies)


def test_the_script_weighs_at_most_6_kb():
    script = (ROOT / "theme/static/search.js").read_bytes()
    assert len(gzip.compress(script, 6, mtime=0)) <= 6_000


def test_other_pages_load_no_script(served, page):
    opened, asked = page(), []
    opened.on("request", lambda request: asked.append(request.resource_type))
    opened.goto(served, wait_until="networkidle")
    assert "script" not in asked


def test_the_table_of_traditional_characters_is_fetched_for_one_only(search):
    asked = []
    search.on("request", lambda request: asked.append(request.url))
    ask(search, "电商")
    assert not any("traditional" in url for url in asked)
    simple = results(search)
    assert ask(search, "電商") == simple
    ask(search, "電子")
    assert sum("traditional" in url for url in asked) == 1


def test_a_result_can_be_shared_by_its_address(served, page):
    opened = page(f"{served}search/?q={quote('快手')}")
    opened.wait_for_selector(READY, state="attached")
    assert opened.locator("input[name=q]").last.input_value() == "快手"
    assert opened.title().startswith("快手-搜索")
    found = results(opened)
    assert found
    ask(opened, "退货")
    assert opened.url.endswith(f"search/?q={quote('退货')}")


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_leads_to_the_search(served, page, width):
    opened = page(f"{served}about/", width=width)
    opened.locator(".masthead input").fill("退货率")
    opened.locator(".masthead input").press("Enter")
    opened.locator(".search__results li").first.wait_for()
    assert opened.locator(".search input").input_value() == "退货率"
    assert opened.get_by_role("search").count() == 1


def test_words_are_marked_where_they_stand(search):
    ask(search, "快手 GMV")
    marks = search.locator(".search__results mark").all_inner_texts()
    assert set(marks) <= {"快手", "GMV"}
    assert len(set(marks)) == 2


def test_a_word_of_the_body_is_shown_in_its_sentence(search, articles):
    page = next(one for one in articles if one.all("//table//td"))
    word = text_of(page.all("//table//td")[-1])[:6]
    ask(search, f"“{word}”")
    mark = search.locator(".search__text mark").first
    mark.wait_for()
    assert re.sub(r"\W", "", mark.inner_text()) in re.sub(r"\W", "", word)


def test_what_is_searched_is_never_read_as_html(search):
    ask(search, "<img src=x onerror=alert(1)> 快手")
    assert search.locator(".search img").count() == 0


def test_a_channel_and_a_year_narrow_the_results(search, tree):
    every = ask(search, "电商")
    search.locator("select[name=channel]").select_option(label="数据")
    search.wait_for_selector(READY, state="attached")
    some = ask(search, "电商")
    assert 0 < len(some) < len(every)
    channel = {
        url
        for url in some
        if tree.documents[f"{url}index.html"].all("//nav//a[contains(@href, 'channel/data/')]")
    }
    assert channel == set(some)
    assert "channel=" in search.url
    search.locator("select[name=channel]").select_option("")
    search.locator("select[name=year]").select_option("2026")
    assert set(ask(search, "电商")) <= set(every)


def test_the_slash_leads_to_the_field_and_arrows_to_the_results(search):
    ask(search, "快手")
    search.locator("h1").click()
    search.keyboard.press("/")
    focused = search.locator(":focus")
    assert focused.get_attribute("name") == "q"
    assert focused.input_value() == "快手"
    search.keyboard.press("ArrowDown")
    first = search.locator(":focus").get_attribute("href")
    search.keyboard.press("ArrowDown")
    assert search.locator(":focus").get_attribute("href") != first
    search.keyboard.press("ArrowUp")
    search.keyboard.press("ArrowUp")
    assert search.locator(":focus").get_attribute("name") == "q"


def test_results_never_steal_the_focus_and_are_said_politely(search):
    field = search.locator("input[name=q]").last
    field.press_sequentially("快手")
    search.wait_for_selector(READY, state="attached")
    expect(search.locator(".search__told")).to_contain_text("找到")
    assert field.evaluate("node => node === document.activeElement")
    assert search.locator(".search__told").get_attribute("role") == "status"


def test_nothing_is_asked_while_a_word_is_being_composed(search):
    field, asked = search.locator("input[name=q]").last, []
    search.on("request", lambda request: asked.append(request.url))
    field.focus()
    session = search.context.new_cdp_session(search)
    session.send(
        "Input.imeSetComposition", {"text": "kuai", "selectionStart": 4, "selectionEnd": 4}
    )
    search.wait_for_timeout(500)
    assert not any(".bin" in url for url in asked)
    session.send("Input.insertText", {"text": "快手"})
    expect(search.locator(".search__told")).to_contain_text("找到")


def test_a_broken_network_is_told_and_can_be_tried_again(search):
    def broken(route: Route) -> None:
        route.abort()

    search.route("**/*.bin", broken)
    ask(search, "快手")
    assert "没有取到" in told(search)
    search.unroute("**/*.bin", broken)
    search.locator(".search__retry").click()
    expect(search.locator(".search__told")).to_contain_text("找到11篇")


def test_a_host_that_knows_no_parts_serves_all_the_same(search, site, index):
    def whole(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        route.fulfill(status=200, body=(site / "search" / name).read_bytes())

    search.route("**/*.bin", whole)
    assert ask(search, "快手") == [hit.url for hit in index.find("快手")]


def test_an_index_that_was_published_anew_is_told_from_the_old_one(search):
    def shifted(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=bytes(byte ^ 1 for byte in answer.body()))

    search.route("**/*.bin", shifted)
    ask(search, "快手")
    assert "索引刚刚更新" in told(search) or "没有取到" in told(search)


def test_without_results_near_ones_and_the_newest_are_offered(search):
    ask(search, "快手不卖的东西")
    assert told(search).startswith("没有找到。下面先列用字相近的")
    assert any("快手" in title for title in search.locator(".search__title").all_inner_texts())


def test_what_is_offered_as_newest_articles_are_articles_and_no_pages(search):
    found = ask(search, "无此词无此词")
    assert told(search) == "没有找到。下面是最新的文章。"
    assert len(found) == 3
    assert all(url.startswith("20") for url in found)


@pytest.mark.parametrize("query", ["，。", "　", "“”"])
def test_marks_alone_are_no_query(search, query):
    assert ask(search, query) == []


def test_without_scripts_the_page_says_what_to_do(served, page):
    opened = page(f"{served}search/?q={quote('快手')}", js=False)
    assert opened.locator(".search__plain").is_visible()
    assert opened.locator(".search__ways a").count() == 2
    assert not opened.locator(".search__live").is_visible()


@pytest.mark.parametrize("lost", ["aborted", "404"])
@pytest.mark.parametrize("width", [320, 1440])
def test_a_script_that_did_not_come_is_told_and_can_be_asked_for_again(served, page, lost, width):
    opened, tried = page(width=width), []

    def broken(route: Route) -> None:
        tried.append(route.request.url)
        if lost == "aborted":
            route.abort("internetdisconnected")
        else:
            route.fulfill(status=404, body="")

    opened.route("**/theme/search.js?*", broken)
    opened.goto(f"{served}search/?q={quote('快手')}")
    message = opened.get_by_role("status").filter(has_text="搜索的脚本没有取到，可能断了网")
    expect(message).to_be_visible(timeout=2_000)
    assert opened.locator(".search__ways a").count() == 2
    assert opened.locator(".search [name=q]").input_value() == "快手"
    assert opened.evaluate("document.documentElement.scrollWidth") == width
    again = message.get_by_role("button", name="再试一次")
    assert again.bounding_box()["height"] >= 24
    again.click()
    expect(message).to_be_visible(timeout=2_000)
    assert len(tried) == 2
    opened.unroute("**/theme/search.js?*", broken)
    again.click()
    expect(opened.locator(".search__told")).to_contain_text("找到11篇")
    assert message.count() == 0


def test_a_script_that_comes_very_late_still_searches(served, page):
    opened, held = page(width=390), []
    opened.route("**/theme/search.js?*", lambda route: held.append(route))  # noqa: PLW0108  it wants a function of its own
    opened.clock.install()
    opened.goto(f"{served}search/?q={quote('快手')}", wait_until="commit")
    message = opened.locator(".search__plain")
    opened.wait_for_selector(".search__ways", state="attached")
    opened.clock.run_for(7_000)
    expect(message).not_to_be_visible()
    opened.clock.run_for(2_000)
    expect(message).to_contain_text("网络不畅")
    expect(message).to_be_visible()
    held[0].continue_()
    opened.wait_for_selector(".search__plain", state="detached")
    opened.clock.resume()
    expect(opened.locator(".search__told")).to_contain_text("找到11篇")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1440, True)])
def test_axe_finds_nothing_among_results(served, page, width, dark):
    opened = page(f"{served}search/?q={quote('快手')}", width=width, dark=dark, bypass_csp=True)
    opened.wait_for_selector(READY, state="attached")
    found = Axe().run(opened)
    assert found.violations_count == 0, found.generate_report()


def test_it_serves_below_a_path(site, browser) -> None:
    import threading

    from press.server import Server

    with Server(site, base="/repo/") as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        context = browser.new_context()
        opened = context.new_page()
        opened.goto(f"{server.url}search/?q={quote('快手')}")
        opened.wait_for_selector(READY, state="attached")
        links = opened.locator(".search__title a").evaluate_all("all => all.map(one => one.href)")
        assert links
        assert all(link.startswith(f"{server.url}") for link in links)
        context.close()
        server.shutdown()
        thread.join()

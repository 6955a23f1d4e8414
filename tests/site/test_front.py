"""The front page of sites of any size and make-up, as a browser draws it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from press.server import Server
from tests.press.small import DATA, NOW, Text, article
from tests.site.conftest import copy_project
from tests.site.test_look import RULES

OPEN = Callable[..., Page]
CHANNELS = ("电商", "直播", "规则", "数据")
FIELDS = ("退货的账", "开店的账", "直播的账", "快递的账", "打折的账")
# From newest to oldest; the last three are marked, though they are the oldest.
MARKS: tuple[dict[str, str], ...] = (
    {"头条": "要闻"},
    {"头条": "要闻", "权重": "5"},
    {"头条": "头条"},
)
CHART = "\n\n```chart\n标题: 包裹\n类型: 柱形\n单位: 件\n口径: 统计局公布\n截止日: 2026-10-01\n来源: 统计局\n\n年份,件\n2024,1\n2025,2\n```"


def articles(count: int, channels: tuple[str, ...] = CHANNELS, **head: str) -> dict[str, Text]:
    """Articles of some channels in turn, the newest first."""
    return {
        f"articles/2026/10/x{number}.md": article(
            f"第{number}篇：{FIELDS[number % 5]}为什么算不清",
            f"2026-10-{30 - number:02} 08:00",
            channels[number % len(channels)],
            摘要="说清楚这一件事，以及开店的人该做什么。" * 2,
            **head,
        )
        for number in range(count)
    }


def marked(count: int) -> dict[str, Text]:
    """Articles of which the oldest lead, and one in the middle is pinned."""
    found = articles(count)
    for text, head in zip([*found.values()][-3:], MARKS, strict=True):
        text.head |= head
    found["articles/2026/10/x20.md"].head |= {"置顶": "是"}
    return found


def pictured(count: int) -> dict[str, Text]:
    """Articles with a chart that stands as their picture."""
    found = articles(count, 题图="图表", 题图说明="两根柱")
    for text in found.values():
        text.body += CHART
    return found


def flash(count: int) -> dict[str, Text]:
    """Flash items of three days."""
    return {
        f"flash/2026/11/k{number}.md": Text(
            f"快讯第{number}条：一个数字又变了", f"2026-11-{20 - number % 3} 10:{number:02}"
        )
        for number in range(count)
    }


TOPIC = {
    "topics/xingui.md": Text("新规", "2026-11-01 07:00", head={"摘要": "讲一件新规矩。"}),
    "articles/2026/10/t.md": article(
        "新规第一天", "2026-10-01 07:00", "规则", 专题="新规", 节点="2026-10-01 施行"
    ),
}
NOTICE = 'text = "征稿"\nstart = 2026-11-20\nend = 2026-11-25\n'
RANKED = {"ranks.toml": DATA["ranks.toml"]}
# Texts, and files of content/data.
SITES: dict[str, tuple[dict[str, Text], dict[str, str]]] = {
    "0": ({}, {}),
    "1": (articles(1), {}),
    "1-pictured": (pictured(1), {}),
    "1-flash": (articles(1) | flash(5), {}),
    "1-rank": (articles(1), RANKED),
    "1-flash-rank": (articles(1) | flash(5), RANKED),
    "3": (articles(3), {}),
    "3-flash": (articles(3) | flash(3), {}),
    "4-rank": (articles(4), RANKED),
    "5-pictured": (pictured(5), {}),
    "30": (marked(30) | flash(12) | TOPIC, RANKED | {"announcement.toml": NOTICE}),
    "30-bare": (articles(30), {}),
    "30-of-one-channel": (articles(30, ("数据",)) | flash(12), {}),
    "flash-alone": (flash(5), {}),
}
WITHOUT = {"0", "flash-alone"}  # articles

each_site = pytest.mark.parametrize("name", SITES)
each_width = pytest.mark.parametrize("width", [320, 768])


@pytest.fixture(scope="module")
def sites(
    build: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """Return the address of one of the sites, built when it is first asked for."""
    folder = tmp_path_factory.mktemp("sites")
    root = copy_project(tmp_path_factory.mktemp("project") / "site")

    def address(name: str) -> str:
        if not (folder / name).exists():
            texts, data = SITES[name]
            write(root / "content", texts, DATA | {"ranks.toml": ""} | data)
            built = build({"BUILD_NOW": NOW, "CONFIRM": "yes"}, root, FOOTER_PAGES=[])
            built.rename(folder / name)
        return f"{server.url}{name}/"

    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def write(content: Path, texts: dict[str, Text], data: dict[str, str]) -> None:
    """Put a site's texts and data in the place of the ones before."""
    shutil.rmtree(content)
    for folder in ("articles", "flash", "pages", "topics", "pictures"):
        (content / folder).mkdir(parents=True)
    for path, source in [
        *((path, text.source()) for path, text in texts.items()),
        *((f"data/{name}", text.encode()) for name, text in data.items()),
    ]:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(source)


def links(opened: Page, selector: str) -> list[str]:
    """Where the headlines of some part of the page lead."""
    return opened.locator(selector).evaluate_all("all => all.map(one => one.getAttribute('href'))")


@each_site
def test_no_article_stands_twice(sites, page: OPEN, name: str) -> None:
    found = links(page(sites(name)), ".card__title a, .flashlist li a")
    assert len(found) == len(set(found))
    assert bool(found) is (name != "0")


@each_site
def test_no_section_is_empty(sites, page: OPEN, name: str) -> None:
    opened = page(sites(name))
    empty = opened.locator("main :is(section, div, ul, ol, dl, h2, h3, p)").evaluate_all(
        "all => all.filter(one => !one.innerText.trim()).map(one => one.outerHTML)"
    )
    assert empty == []
    heads = opened.locator("main section > .heading").evaluate_all(
        "all => all.filter(one => !one.nextElementSibling?.innerText.trim()).length"
    )
    assert heads == 0


@each_width
@each_site
def test_nothing_scrolls_sideways(sites, page: OPEN, name: str, width: int) -> None:
    opened = page(sites(name), width=width)
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


# Where the last row of columns or what stands beside the lead does not reach the right edge, and
# where the column beside the lead goes on far below the lead's own.
HOLES = """() => {
    const right = box => Math.round(box.getBoundingClientRect().right), holes = [];
    const thirds = document.querySelector(".thirds");
    if (thirds && right(thirds) !== right(thirds.lastElementChild)) holes.push("thirds");
    const front = document.querySelector(".front");
    if (!front) return holes;
    const rows = [...front.children].map(one => one.getBoundingClientRect());
    const edge = right(front), middle = rows[0].top + rows[0].height / 2;
    if (!rows.some(box => box.top <= middle && box.bottom >= middle && Math.round(box.right) === edge))
        holes.push("beside the lead");
    const left = Math.round(front.getBoundingClientRect().left);
    const low = side => Math.max(...rows.filter(side).map(box => box.bottom));
    const [main, aside] = [low(box => Math.round(box.left) === left), low(box => Math.round(box.right) === edge)];
    if (aside - main > 160) holes.push(`below the lead: ${aside - main}`);
    return holes;
}"""


@each_site
def test_columns_close_up(sites, page: OPEN, name: str) -> None:
    assert page(sites(name)).evaluate(HOLES) == []


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)])
@pytest.mark.parametrize("name", ["0", "1-flash", "30", "flash-alone"])
def test_axe_finds_nothing(sites, page: OPEN, name: str, width: int, dark: bool) -> None:
    opened = page(sites(name), width=width, dark=dark, bypass_csp=True)
    found = Axe().run(opened, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


@each_site
def test_the_front_page_of_any_site_has_its_name_and_news(sites, page: OPEN, name: str) -> None:
    opened = page(sites(name))
    assert opened.locator("h1").inner_text() == "掌柜志"
    assert opened.locator(".card--lead").count() == (name not in WITHOUT)
    assert opened.locator(".empty").count() == (name == "0")


def test_an_empty_site_says_so(sites, page: OPEN) -> None:
    main = page(sites("0"), width=390).locator("main")
    assert main.inner_text().strip() == "还没有文章。第一篇发表后，就登在这里。"


def test_the_editors_marks_steer_the_page(sites, page: OPEN) -> None:
    opened = page(sites("30"))
    assert links(opened, ".card--lead a") == ["./2026/10/x29/"]  # 头条, the oldest of all
    assert links(opened, ".front__seconds a") == [
        "./2026/10/x28/",  # 要闻 of weight 5
        "./2026/10/x27/",  # 要闻
        "./2026/10/x0/",  # the newest of the others
        "./2026/10/x1/",
    ]
    # Of the first channel: the pinned one, then the newest.
    first = opened.locator(".block").first.locator(".card__title a")
    assert [link.get_attribute("href") for link in first.all()] == [
        f"./2026/10/x{number}/" for number in (20, 4, 8, 12)
    ]


def test_marks_outside_of_the_front_page_change_nothing_above_it(sites, page: OPEN) -> None:
    seconds = links(page(sites("30-bare")), ".front__seconds a")
    assert seconds == [f"./2026/10/x{number}/" for number in (1, 2, 3, 4)]


# What each list says that has nothing to list, and what must not stand there.
LISTS = {
    "channel/data/": "这里还没有文章。",
    "tag/": "还没有标签。",
    "archives/": "还没有文章。",
    "corrections/": "到现在还没有更正，也没有撤稿。",
}


@pytest.mark.parametrize(("path", "words"), LISTS.items())
def test_an_empty_list_says_so(sites, page: OPEN, path: str, words: str) -> None:
    opened = page(sites("0") + path, width=390)
    assert opened.locator(".empty").inner_text() == words
    assert opened.locator("main :is(ul, ol, dl):not(nav *)").count() == 0
    assert opened.locator("h1").count() == 1


def test_the_search_of_an_empty_site_finds_nothing_and_says_so(sites, page: OPEN) -> None:
    opened = page(sites("0") + "search/?q=快手")
    told = opened.locator(".search__told")
    told.get_by_text("没有").wait_for()
    assert opened.locator(".search__item:visible").count() == 0


def test_a_missing_page_of_an_empty_site_leads_home(sites, page: OPEN) -> None:
    opened = page(sites("0") + "404.html")
    assert opened.locator("main a").first.inner_text() == "首页"

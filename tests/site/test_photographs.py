"""Photographs, as a phone and a desk meet them."""

import io
import json
import re
import threading
from collections.abc import Iterator
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from PIL import Image

from press.server import Server
from tests.site.conftest import copy_project

ARTICLE = """标题: 一篇有两张照片的文章
日期: 2026-11-22 09:30:15
频道: 数据
题图: 2026/11/live.jpg
题图说明: 开播前的直播间

导语一段，说明下面有什么。

{far}

![新的货架](../../../pictures/2026/11/shelf.png "新的货架 | 图：编辑部")
"""
FAR = "\n\n".join(["一段话，说的是仓库里的货怎样一件件数清。" * 5] * 60)  # screens away on a phone
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@pytest.fixture(scope="module")
def article(build, tmp_path_factory) -> Iterator[str]:
    """The article's address."""
    root = copy_project(tmp_path_factory.mktemp("photographs") / "site")
    source = root / "content/articles/2026/11/zhao-pian.md"
    source.write_text(ARTICLE.format(far=FAR), encoding="utf-8")
    folder = root / "content/pictures/2026/11"
    folder.mkdir(parents=True, exist_ok=True)
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(folder / "live.jpg")
    Image.effect_noise((1200, 900), 60).save(folder / "shelf.png")
    with Server(build({}, root=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{server.url}2026/11/zhao-pian/"
        server.shutdown()


@pytest.mark.parametrize(
    ("screen", "density", "wanted"),
    [((360, 640), 1, "390.avif"), ((390, 844), 2, "780.avif"), ((1440, 900), 2, "1280.avif")],
    ids=["small phone", "phone", "desk"],
)
def test_a_screen_loads_the_lead_picture_of_its_own_size(article, page, screen, density, wanted):
    opened = page(width=screen[0], height=screen[1], device_scale_factor=density)
    with opened.expect_response("**/live.jpg.*") as found:
        opened.goto(article)
    assert found.value.ok
    assert found.value.url.endswith(f"-{wanted}")


def test_a_browser_without_avif_loads_the_jpeg(article, page):
    opened = page(width=390, height=844)
    opened.goto(article)
    with opened.expect_response("**/live.jpg.*.jpg"):
        opened.locator(".story__picture source").evaluate("source => source.remove()")
    assert opened.locator(".story__picture img").evaluate(
        "img => img.decode().then(() => img.naturalWidth)"
    )


def test_a_picture_out_of_sight_is_not_loaded_on_a_phone_before_it_is_near(article, page):
    opened, asked = page(width=390, height=844), []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(article)
    assert not [url for url in asked if "shelf.png" in url]
    with opened.expect_response("**/shelf.png.*") as found:
        opened.locator(".figure").scroll_into_view_if_needed()
    assert found.value.ok


def test_nothing_moves_when_a_picture_comes(article, page):
    opened = page(width=390, height=844)
    opened.goto(article)
    opened.locator(".figure img").scroll_into_view_if_needed()
    assert opened.evaluate(SHIFT) == 0


def test_the_sitemap_tells_the_picture(article):
    with urlopen(urljoin(article, "/sitemaps/2026-11.xml")) as answer:  # noqa: S310  our own server
        assert b"/pictures/2026/11/live.jpg<" in answer.read()


def test_machines_are_told_the_three_images_that_are_cut_from_it(article, page):
    opened = page(width=390, height=844, js=False)
    opened.goto(article)
    told = opened.locator("meta[property^='og:image']").evaluate_all(
        "all => Object.fromEntries(all.map(one => [one.getAttribute('property'), one.content]))"
    )
    data = json.loads(opened.locator("script[type='application/ld+json']").text_content())
    (news,) = (thing for thing in data["@graph"] if thing["@type"] == "NewsArticle")
    assert news["image"][0] == told["og:image"]
    assert told["og:image:alt"] == "开播前的直播间"
    sizes = []
    for address in news["image"]:
        name = address.rpartition("/")[2]
        with urlopen(urljoin(article, name)) as answer:  # noqa: S310  our own server
            image = Image.open(io.BytesIO(answer.read()))
        assert image.format == "JPEG"
        sizes.append(image.size)
    assert sizes == [(1200, 630), (800, 600), (600, 600)]
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")


def test_the_page_for_sharing_leads_to_what_was_made_of_it(article, page):
    opened = page(width=390, height=844)
    opened.goto(f"{article}share/")
    links = opened.locator(".sharing a").evaluate_all("all => all.map(one => one.href)")
    made = [link for link in links if re.search(r"\.(png|jpg)$", link)]
    assert made == [f"{article}poster.jpg", f"{article}card.jpg"]
    for link in made:
        assert opened.request.get(link).ok


@pytest.mark.parametrize(
    ("link", "wanted"), [(".story__picture a", "-2560.jpg"), (".figure a", "-1200.jpg")]
)
def test_a_tap_shows_all_of_it(article, page, link, wanted):
    opened = page(width=390, height=844, js=False)
    opened.goto(article)
    opened.locator(link).click()
    opened.wait_for_url(f"**{wanted}")
    assert opened.locator("img").count() == 1

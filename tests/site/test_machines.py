"""What machines are told: sitemaps, lists of addresses, structured data, the same as readers see."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from lxml import etree
from PIL import Image

import pelicanconf
from tests.site.conftest import Document, text_of

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


def written_things(sitemap: etree._Element, kind: str) -> dict[str, str]:
    """Addresses and their last change; the sitemaps' schema allows no other order."""
    assert sitemap.tag == f"{SITEMAP}{ {'url': 'urlset', 'sitemap': 'sitemapindex'}[kind] }"
    found = {}
    for node in sitemap:
        tags = [child.tag for child in node if child.tag != f"{IMAGE}image"]
        assert tags == [f"{SITEMAP}loc", f"{SITEMAP}lastmod"]
        found[node[0].text] = node[1].text
    assert len(found) == len(sitemap), "an address stands twice"
    return found


@pytest.fixture(scope="module")
def sitemaps(site, siteurl) -> dict[str, dict[str, str]]:
    """The parts of the sitemap by their addresses, as the index names them."""
    index = written_things(etree.parse(site / "sitemap.xml").getroot(), "sitemap")
    parts = {}
    for address, changed in index.items():
        path = site / address.removeprefix(f"{siteurl}/")
        parts[address] = written_things(etree.parse(path).getroot(), "url")
        newest = max(map(datetime.fromisoformat, parts[address].values()))
        assert datetime.fromisoformat(changed) == newest, address
        assert path.stat().st_size < 50_000_000
        assert len(parts[address]) <= 50_000
    return parts


def test_the_sitemap_holds_every_text_and_list_once(sitemaps, documents, siteurl):
    listed = [address for part in sitemaps.values() for address in part]
    assert len(listed) == len(set(listed))
    lists = {
        f"{siteurl}/{page.url}"
        for page in documents
        if page.path in {"index.html", "flash/index.html"}
        or re.fullmatch(r"(channel|author)/[a-z0-9-]+/index\.html", page.path)
    }
    texts = {
        f"{siteurl}/{page.url}"
        for page in documents
        if (page.path.startswith("topic/") and page.path != "topic/index.html")
        or page.path == "corrections/index.html"
        or any(thing["@type"] in {"NewsArticle", "WebPage"} for thing in page.data)
    }
    assert set(listed) == texts | lists
    assert min(len(texts), len(lists)) > 5


def test_the_sitemap_tells_the_true_last_change(sitemaps, articles, siteurl):
    changes = {address: day for part in sitemaps.values() for address, day in part.items()}
    for page in articles:
        told = datetime.fromisoformat(changes[f"{siteurl}/{page.url}"])
        assert told == datetime.fromisoformat(page.thing("NewsArticle")["dateModified"]), page.path
        assert told.utcoffset() is not None


def test_the_sitemap_tells_the_pictures_of_articles(site, tree, articles, siteurl):
    told, shown = {}, {}
    for part in (site / "sitemaps").glob("20*.xml"):
        for url in etree.parse(part).getroot():
            told[url[0].text] = [place.text for place in url.iterfind(f"{IMAGE}image/{IMAGE}loc")]
    for page in articles:
        files = [
            tree.target(src, page.url, "/")
            for place in page.of_class("story__picture")
            for src in place.xpath(".//img/@src")
        ]
        # A photograph is shown by a rendition, whose name begins with its own.
        shown[f"{siteurl}/{page.url}"] = [
            f"{siteurl}/{re.sub(r'[.][0-9a-f]{10}-[0-9]+[.]jpg$', '', file)}" for file in files
        ]
    assert told == shown


def test_a_part_holds_one_month(sitemaps):
    for address, part in sitemaps.items():
        if month := re.search(r"/(\d{4})-(\d{2})\.xml$", address):
            assert all("/{}/{}/".format(*month.groups()) in link for link in part), address


def test_the_news_sitemap_holds_the_articles_of_two_days(build, articles):
    siteurl = pelicanconf.SITEURL
    days = sorted(page.thing("NewsArticle")["datePublished"] for page in articles)
    oldest = datetime.fromisoformat(days[len(days) // 2])
    site = build({"BUILD_NOW": (oldest + timedelta(hours=48)).isoformat()})
    expected = {}
    for page in articles:
        article = page.thing("NewsArticle")
        if datetime.fromisoformat(article["datePublished"]) >= oldest:
            expected[f"{siteurl}/{page.url}"] = (article["headline"], article["datePublished"])
    found = {}
    for node in etree.parse(site / "sitemaps/news.xml").getroot():
        assert node.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}name") == pelicanconf.SITENAME
        assert node.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language") == "zh-cn"
        found[node.findtext(f"{SITEMAP}loc")] = (
            node.findtext(f"{NEWS}news/{NEWS}title"),
            node.findtext(f"{NEWS}news/{NEWS}publication_date"),
        )
    assert found == expected
    assert 0 < len(found) < len(articles)


def test_robots_lets_everyone_in_and_names_the_sitemaps(site, tree, siteurl):
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    fields = [tuple(line.split(": ", 1)) for line in lines if line]
    assert ("User-agent", "*") in fields
    assert not [value for name, value in fields if name == "Disallow" and value]
    named = [value for name, value in fields if name == "Sitemap"]
    assert named == [f"{siteurl}/sitemap.xml", f"{siteurl}/sitemaps/news.xml"]
    assert {address.removeprefix(f"{siteurl}/") for address in named} <= tree.files


def test_the_list_for_baidu_holds_what_the_sitemap_holds(site, sitemaps):
    listed = (site / "urls.txt").read_text(encoding="utf-8").splitlines()
    assert len(listed) == len(set(listed))
    assert set(listed) == {address for part in sitemaps.values() for address in part}


def test_every_page_that_is_indexed_is_described_in_the_words_of_schema_org(documents):
    for page in documents:
        blocks = page.all("//script[@type='application/ld+json']")
        assert len(blocks) == page.is_indexed, page.path
        assert "</" not in "".join(node.text for node in blocks)


def test_own_addresses_in_the_data_lead_to_files(tree, siteurl):
    faults = set()

    def check(page: Document, key: str, value: object) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                check(page, name, inner)
        elif isinstance(value, list):
            for inner in value:
                check(page, key, inner)
        elif isinstance(value, str) and key != "@id" and value.startswith(f"{siteurl}/"):
            file = value.removeprefix(f"{siteurl}/")
            if (f"{file}index.html" if not file or file.endswith("/") else file) not in tree.files:
                faults.add((key, value))

    for page in tree.documents.values():
        check(page, "", page.data)
        for node in page.all("//meta[starts-with(@property, 'og:')]"):
            check(page, node.get("property"), node.get("content"))
    assert faults == set()


def test_an_article_is_described_as_its_reader_sees_it(articles, siteurl):
    for page in articles:
        data, address = page.thing("NewsArticle"), f"{siteurl}/{page.url}"
        byline = page.of_class("byline")[0]
        items = {
            name: value
            for name, _, value in (text_of(item).partition("：") for item in byline)
            if value
        }
        assert data["url"] == address
        assert words(data["headline"]) == text_of(page.one("//h1")), page.path
        assert len(data["headline"]) <= 110  # Google's limit
        assert data["description"] == page.one("//meta[@name='description']/@content")
        names = "、".join(author["name"] for author in data["author"] if "@type" in author)
        assert names == items.get("作者", ""), page.path
        signed = [*data.get("editor", []), *data.get("contributor", [])]  # a person, a desk
        editors = "、".join(editor["name"] for editor in signed)
        assert editors == items.get("责编", ""), page.path
        counted = re.search(r"本文共(\d+)字", text_of(byline))
        assert data["wordCount"] == int(counted[1]), page.path
        assert data["publisher"]["name"] == pelicanconf.SITENAME
        assert data["inLanguage"] == "zh-CN"
        assert data.get("keywords", []) == [text_of(n) for n in page.all("//*[@class='tags']//a")]


def test_times_in_the_data_are_those_of_the_page(articles):
    for page in articles:
        data = page.thing("NewsArticle")
        shown = page.of_class("byline")[0].xpath(".//time/@datetime")
        for key, told in zip(
            ("datePublished", "dateModified"), [*shown, shown[0]][:2], strict=True
        ):
            assert data[key].startswith(told), (page.path, key)
            assert datetime.fromisoformat(data[key]).utcoffset() == timedelta(hours=8)


def test_the_sources_in_the_data_are_those_of_the_page(articles):
    for page in articles:
        cited = page.thing("NewsArticle").get("citation", [])
        listed = page.all("//*[@class='references']//li")
        assert len(cited) == len(listed), page.path
        for data, item in zip(cited, listed, strict=True):
            number = text_of(item.xpath("./span")[0])
            shown = [text_of(item).removeprefix(number), *item.xpath(".//a/@href")]
            assert words(data) == "，".join(shown), page.path


def test_the_trail_in_the_data_is_the_visible_trail(tree):
    checked = 0
    for page in filter(lambda page: page.is_indexed, tree.documents.values()):
        visible = [
            (text_of(node), tree.target(node.get("href"), page.url, "/"))
            for nav in page.of_class("breadcrumbs")
            for node in nav.xpath(".//a")
        ]
        if not visible:
            assert page.path == "index.html", page.path
            continue
        told = page.thing("BreadcrumbList")["itemListElement"]
        assert [step["position"] for step in told] == list(range(1, len(told) + 1))
        if len(visible) == 1:  # Google asks for two steps: the page itself, without address
            here = told.pop()
            assert words(here["name"]) == re.sub(r"第\d+页$", "", text_of(page.one("//h1")))
            assert "item" not in here, page.path
        assert [
            (words(step["name"]), urlsplit(step["item"]).path.lstrip("/") + "index.html")
            for step in told
        ] == visible, page.path
        checked += 1
    assert checked > 20


def test_lists_in_the_data_are_those_of_the_page(tree, siteurl):
    checked = 0
    for page in tree.documents.values():
        for thing in page.data:
            inside = thing if thing["@type"] == "ItemList" else None
            inside = inside or thing.get("hasPart") or thing.get("mainEntity")
            if not isinstance(inside, dict) or inside.get("@type") != "ItemList":
                continue
            steps = inside["itemListElement"]
            told = [step["url"].removeprefix(f"{siteurl}/") + "index.html" for step in steps]
            links = page.all(
                "//main//*[contains(@class, 'card__title')]/a/@href"
                "|//main//*[contains(@class, 'flashlist') or @class='headlines']/li//a/@href"
            )
            shown = [tree.target(link, page.url, "/") for link in links]
            assert told == shown[: len(told)], page.path
            assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
            checked += 1
    assert checked > 10


def test_no_list_in_the_data_is_empty(documents):
    lists = [
        (page.path, inside["itemListElement"])
        for page in documents
        for thing in page.data
        for inside in (thing, thing.get("hasPart"), thing.get("mainEntity"))
        if isinstance(inside, dict) and inside["@type"] == "ItemList"
    ]
    assert [path for path, items in lists if not items] == []


def test_sharing_says_what_the_page_says(documents):
    for page in documents:
        told = {
            node.get("property"): node.get("content")
            for node in page.all("//meta[starts-with(@property, 'og:')]")
        }
        assert told["og:site_name"] == pelicanconf.SITENAME
        assert told["og:locale"] == "zh_CN"
        assert told["og:type"] == ("article" if page.is_article else "website"), page.path
        assert told["og:description"] == page.one("//meta[@name='description']/@content")
        if page.is_article:
            assert words(told["og:title"]) == text_of(page.one("//h1")), page.path


def test_what_a_link_shows_in_a_chat_is_there_as_large_as_told(site, documents, siteurl):
    for page in documents:
        told = {
            node.get("property") or node.get("name"): node.get("content")
            for node in page.all("//meta")
        }
        if "og:image" not in told:
            assert page.path in {"404.html", "search/index.html"}
            continue
        with Image.open(site / told["og:image"].removeprefix(f"{siteurl}/")) as image:
            size = told["og:image:width"], told["og:image:height"]
            assert tuple(map(str, image.size)) == size, page.path
        assert told["og:image:alt"], page.path
        assert told["twitter:card"] == "summary_large_image"


def test_an_articles_images_are_there_in_three_shapes(site, articles, siteurl):
    for page in articles:
        images = page.thing("NewsArticle")["image"]
        shapes = []
        for told in images:
            with Image.open(site / told.removeprefix(f"{siteurl}/")) as image:
                shapes.append(image.size)
        assert shapes == [(1200, 630), (800, 600), (600, 600)], page.path
        assert images[0] == page.one("//meta[@property='og:image']/@content")


def test_a_card_weighs_at_most_60_kb(site):
    cards = [*site.rglob("card*.png")]
    assert len(cards) > 100
    heavy = {card: card.stat().st_size for card in cards if card.stat().st_size > 60_000}
    assert heavy == {}

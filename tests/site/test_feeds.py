"""The feeds, as a stranger's reader takes them: whole texts, true times, links that lead home."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest

from pelicanconf import SITENAME, SITEURL
from press.server import Server
from tests.site.conftest import text_of

TYPES = {
    "application/atom+xml": "atom.xml",
    "application/rss+xml": "rss.xml",
    "application/feed+json": "feed.json",
}
FEED_KEYS = {
    "version": str,
    "title": str,
    "home_page_url": str,
    "feed_url": str,
    "description": str,
    "user_comment": str,
    "next_url": str,
    "icon": str,
    "favicon": str,
    "authors": list,
    "language": str,
    "expired": bool,
    "hubs": list,
    "items": list,
}
ITEM_KEYS = {
    "id": str,
    "url": str,
    "external_url": str,
    "title": str,
    "content_html": str,
    "content_text": str,
    "summary": str,
    "image": str,
    "banner_image": str,
    "date_published": str,
    "date_modified": str,
    "authors": list,
    "tags": list,
    "language": str,
    "attachments": list,
}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$")


def html_of(text: str):
    return html5lib.parse(text, treebuilder="lxml", namespaceHTMLElements=False)


def instant(parsed) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


@pytest.fixture(scope="module")
def feeds(site) -> dict[str, feedparser.FeedParserDict]:
    """Every Atom and RSS feed by its path, untouched by the parser's own cleaning."""
    found = {}
    for path in sorted(site.rglob("*.xml")):
        name = path.relative_to(site).as_posix()
        if name.startswith("feeds/"):
            found[name] = feedparser.parse(
                path.read_bytes(), sanitize_html=False, resolve_relative_uris=False
            )
    assert {"feeds/atom.xml", "feeds/rss.xml", "feeds/flash/atom.xml"} <= found.keys()
    return found


@pytest.fixture(scope="module")
def json_feed(site) -> dict:
    return json.loads((site / "feeds/feed.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def by_link(articles, siteurl) -> dict:
    return {f"{siteurl}/{page.url}": page for page in articles}


def entries(feeds) -> Iterator[tuple[str, feedparser.FeedParserDict]]:
    for name, feed in feeds.items():
        for entry in feed.entries:
            yield name, entry


def article_text(page) -> str:
    parts = [*page.of_class("lead"), *page.of_class("story__body")]
    corrections = "".join(map(text_of, page.of_class("corrections")))
    # There the day stands apart from the words, here behind a colon.
    return "".join(map(text_of, parts)) + re.sub(r"(\d{4}-\d\d-\d\d)", r"\1：", corrections)


def test_every_feed_parses_without_a_complaint(feeds):
    for name, feed in feeds.items():
        assert not feed.bozo, f"{name}: {feed.get('bozo_exception')}"
        assert feed.version == ("rss20" if name.endswith("rss.xml") else "atom10"), name
        assert feed.entries, name
        assert feed.feed.title, name
        assert feed.feed.language.lower() == "zh-cn", name


def test_feeds_say_where_they_are_and_what_page_they_belong_to(feeds, tree, siteurl):
    for name, feed in feeds.items():
        own = [link.href for link in feed.feed.links if link.rel == "self"]
        assert own == [f"{siteurl}/{name}"], name
        page = feed.feed.link.removeprefix(f"{siteurl}/")
        assert f"{page}index.html" in tree.files, name


def test_feeds_name_a_style_that_is_there(site, tree):
    for path in site.rglob("feeds/**/*.xml"):
        style = re.search(
            r'<\?xml-stylesheet type="text/css" href="([^"]+)"', path.read_text("utf-8")
        )
        page = path.relative_to(site).as_posix()
        assert tree.target(style[1], page, "/") == "theme/feed.css", page


def test_entries_have_the_title_of_their_article(feeds, by_link):
    for name, entry in entries(feeds):
        assert entry.title.replace(" ", "") == text_of(by_link[entry.link].one("//h1")), name


def test_entries_tell_the_same_instants_as_their_article(feeds, by_link):
    for name, entry in entries(feeds):
        page = by_link[entry.link]
        article = page.thing("NewsArticle")
        shown = page.of_class("byline")[0].xpath(".//time/@datetime")
        day_only = len(shown[0]) == len("2026-11-22")
        written = datetime.fromisoformat(f"{shown[0]}T00:00:00+08:00" if day_only else shown[0])
        assert instant(entry.published_parsed) == written, (name, entry.link)
        assert written == datetime.fromisoformat(article["datePublished"]), entry.link
        if name.endswith("atom.xml"):
            modified = datetime.fromisoformat(article["dateModified"])
            assert instant(entry.updated_parsed) == modified, (name, entry.link)
            assert entry.published.endswith("+08:00")
            assert entry.updated.endswith("+08:00")


def test_a_feed_is_as_old_as_its_newest_change(feeds):
    for name, feed in feeds.items():
        if name.endswith("atom.xml"):
            newest = max(instant(entry.updated_parsed) for entry in feed.entries)
            assert instant(feed.feed.updated_parsed) == newest, name


def test_newest_entries_come_first_and_each_once(feeds):
    for name, feed in feeds.items():
        times = [instant(entry.published_parsed) for entry in feed.entries]
        assert times == sorted(times, reverse=True), name
        ids = [entry.id for entry in feed.entries]
        assert len(set(ids)) == len(ids), name


def test_the_main_feed_holds_the_newest_articles_of_the_site(feeds, by_link):
    newest = sorted(
        by_link, key=lambda link: by_link[link].thing("NewsArticle")["datePublished"], reverse=True
    )
    listed = [entry.link for entry in feeds["feeds/atom.xml"].entries]
    assert listed == newest[: len(listed)]
    assert len(listed) == min(20, len(newest))
    assert [entry.link for entry in feeds["feeds/rss.xml"].entries] == listed


def test_entries_hold_the_full_text(feeds, by_link):
    for name, entry in entries(feeds):
        page = by_link[entry.link]
        found = text_of(html_of(entry.content[0].value).getroot())
        assert found == article_text(page), (name, entry.link)
        summary = page.one("//meta[@name='description']/@content")
        assert entry.summary == summary, (name, entry.link)


def test_entries_name_author_and_channel(feeds, by_link):
    for name, entry in entries(feeds):
        article = by_link[entry.link].thing("NewsArticle")
        named = [author["name"] for author in article["author"] if "name" in author]
        assert entry.get("author", SITENAME) == (named or [SITENAME])[0], (name, entry.link)
        terms = {tag.term for tag in entry.get("tags", [])}
        section = {article["articleSection"]} if "articleSection" in article else set()
        assert terms == section | set(article.get("keywords", [])), (name, entry.link)


def test_links_and_pictures_of_entries_are_absolute_and_lead_somewhere(feeds, tree, siteurl):
    faults = []
    for name, entry in entries(feeds):
        body = html_of(entry.content[0].value)
        for link in body.xpath("//@href|//@src|//@poster"):
            if urlsplit(link).scheme not in {"http", "https", "mailto"}:
                faults.append((name, entry.link, link))
            elif link.startswith(f"{siteurl}/"):
                tree.target(link.removeprefix(siteurl), "", "/")
    assert faults == []


def test_the_three_forms_of_the_main_feed_say_the_same(feeds, json_feed):
    atom, rss = feeds["feeds/atom.xml"].entries, feeds["feeds/rss.xml"].entries
    for one, two, three in zip(atom, rss, json_feed["items"], strict=True):
        assert one.id == two.id == three["id"]
        assert one.link == two.link == three["url"]
        assert one.title == two.title == three["title"]
        assert one.content[0].value == two.content[0].value == three["content_html"]
        written = datetime.fromisoformat(three["date_published"])
        assert instant(one.published_parsed) == instant(two.published_parsed) == written
        assert instant(one.updated_parsed) == datetime.fromisoformat(three["date_modified"])


def test_the_json_feed_keeps_to_version_1_1(json_feed, siteurl):
    assert json_feed["version"] == "https://jsonfeed.org/version/1.1"
    assert json_feed["feed_url"] == f"{siteurl}/feeds/feed.json"
    assert json_feed["home_page_url"] == f"{siteurl}/"
    for key, value in json_feed.items():
        assert isinstance(value, FEED_KEYS[key]), key
        assert value != "", key
    ids = [item["id"] for item in json_feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in json_feed["items"]:
        for key, value in item.items():
            assert isinstance(value, ITEM_KEYS[key]), key
            assert value != "", (item["id"], key)
        assert "content_html" in item or "content_text" in item
        assert RFC3339.match(item["date_published"])
        assert RFC3339.match(item["date_modified"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        for author in item["authors"]:
            assert author.keys() & {"name", "url", "avatar"}
            assert author.keys() <= {"name", "url", "avatar"}


def test_every_page_names_its_feeds(tree):
    for page in tree.documents.values():
        named = page.all("//link[@rel='alternate']")
        forms = {TYPES.get(node.get("type")) for node in named}
        assert forms >= (set(TYPES.values()) if page.path == "index.html" else {"atom.xml"})
        for node in named:
            assert node.get("title"), page.path
            file = tree.target(node.get("href"), page.url, "/")
            assert file.endswith(TYPES[node.get("type")]), page.path


def test_lists_with_a_feed_of_their_own_name_it_and_it_is_theirs(tree, feeds, siteurl):
    for name, feed in feeds.items():
        page = tree.documents[feed.feed.link.removeprefix(f"{siteurl}/") + "index.html"]
        named = [
            tree.target(link, page.url, "/") for link in page.all("//link[@rel='alternate']/@href")
        ]
        assert name in named, page.path
        visible = {
            tree.target(link, page.url, "/")
            for link in page.all("//main//*[local-name()='h2' or local-name()='h3']//a/@href"
                                 "|//main//*[contains(@class, 'flashlist') or @class='headlines']/li//a/@href")
        }  # fmt: skip
        if page.path != "index.html":
            for entry in feed.entries[:10]:
                file = entry.link.removeprefix(f"{siteurl}/") + "index.html"
                assert file in visible, (name, file)


def test_a_tapped_feed_is_a_page(served, page):
    for name, link in (("atom.xml", "打开文章"), ("rss.xml", "打开网页")):
        opened = page(f"{served}feeds/{name}", width=390, js=False)
        assert "这是订阅源" in opened.evaluate(
            "getComputedStyle(document.querySelector('feed, channel'), '::before').content"
        )
        assert opened.locator("title").first.is_visible()
        hidden = "id, link, updated, guid, content, author, lastBuildDate"
        assert opened.locator(hidden).count() > 40
        assert not [n for n in opened.locator(hidden).all()[:60] if n.is_visible()]
        assert opened.evaluate("document.documentElement.scrollWidth") == 390
        assert opened.get_by_text(link).first.is_visible()


def test_a_link_of_a_tapped_feed_leads_to_the_page(site, page, tmp_path):
    text = (site / "feeds/atom.xml").read_text(encoding="utf-8")
    (tmp_path / "feeds").mkdir()
    (tmp_path / "index.html").write_text("<title>首页</title>", encoding="utf-8")
    with Server(tmp_path) as server:  # links of a feed are whole: it has to be served at its own
        (tmp_path / "feeds/atom.xml").write_text(
            text.replace(f"{SITEURL}/", server.url), encoding="utf-8"
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            opened = page(f"{server.url}feeds/atom.xml")
            opened.get_by_text("打开网页").click()
            opened.wait_for_url(server.url)
            assert opened.title() == "首页"
        finally:
            server.shutdown()
            thread.join()

"""With ``CSS = "file"`` all pages share one style sheet, and look as they do with their own."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from plugins import styles
from press.server import Server
from tests.site.conftest import ROOT, Tree, read_tree

PAGES = [  # prefixes of addresses: the first page of each is looked at
    "index.html",
    "2026/11/",
    "flash/index.html",
    "flash/2026/",
    "channel/",
    "topic/",
    "archives/",
    "tag/index.html",
    "topic/index.html",
    "copyright/",
    "404.html",
]
SCREENS = [(390, "light", "screen"), (1440, "dark", "screen"), (800, "light", "print")]
# Each page draws the name, or the one file does: the only element that is another.
MARK = re.compile(r"<svg[^>]*>.*?</svg><span class=unseen>掌柜志</span>", re.DOTALL)
LOOK = """() => [...document.querySelectorAll('body, body *:not(.masthead a *)')].map(node => {
    const style = getComputedStyle(node);
    let hash = 0;
    for (const name of [...style].filter(name => !name.startsWith('--')).sort())
        for (const sign of name + style.getPropertyValue(name))
            hash = (hash * 31 + sign.codePointAt()) | 0;
    return `${node.tagName}.${node.getAttribute('class') ?? ''} ${hash}`;
})"""  # each element, and a number for all that the browser computed for it (tokens are no look)


@pytest.fixture(scope="module")
def folder(build) -> Path:
    return build({}, CSS="file")


@pytest.fixture(scope="module")
def edition(folder) -> Tree:
    return read_tree(folder)


@pytest.fixture(scope="module")
def shared(folder) -> Iterator[str]:
    """The address of the edition with one file."""
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()


def first(tree: Tree, prefix: str) -> str:
    return min(path for path in tree.documents if path.startswith(prefix))


def test_every_page_links_the_one_file_and_holds_no_style(edition):
    files = [name for name in edition.files if re.fullmatch(r"theme/style-.*\.css", name)]
    assert len(files) == 1
    for page in edition.documents.values():
        link = page.one("//link[@rel='stylesheet']/@href")
        if page.path != "404.html":  # its links begin with the path of the site
            assert edition.target(link, page.path, "/") == files[0], page.path
        assert link.endswith(f"/{files[0]}"), page.path
        assert not page.all("//style"), page.path


def test_the_policy_allows_styles_of_the_site_alone(edition):
    for page in edition.documents.values():
        policy = page.one("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "style-src 'self'" in policy.split(";"), page.path


def test_nothing_but_the_style_differs(edition, tree):
    assert edition.documents.keys() == tree.documents.keys()
    for path, page in edition.documents.items():
        body = page.source.partition("<body>")[2]
        own = tree.documents[path].source.partition("<body>")[2]
        assert body == MARK.sub("<span class=wordmark>掌柜志</span>", own, count=1), path


def test_the_one_file_draws_the_name_that_machines_read(page, shared):
    opened = page(shared)
    home = opened.get_by_role("link", name="掌柜志", exact=True)
    drawn = home.locator(".wordmark")
    assert drawn.evaluate("one => getComputedStyle(one).maskImage").startswith('url("data:image/')
    assert drawn.bounding_box()["height"] >= 32


def looks(opened: Page) -> Iterator[list[str]]:
    """What each element of a page looks like on a phone, on a desk by night and on paper."""
    for width, scheme, media in SCREENS:
        opened.set_viewport_size({"width": width, "height": 900})
        opened.emulate_media(media=media, color_scheme=scheme)
        yield opened.evaluate(LOOK)


@pytest.mark.parametrize("prefix", PAGES)
def test_both_look_the_same(page, served, shared, edition, prefix):
    url = first(edition, prefix).removesuffix("index.html")
    own, common = page(f"{served}{url}"), page(f"{shared}{url}")
    for one, two in zip(looks(own), looks(common), strict=True):
        assert len(one) > 20
        assert one == two


@pytest.fixture
def apart(monkeypatch) -> Iterator[str]:
    """The one file as it would be if no component shared a rule with another."""
    styles.forget()
    theme = str(ROOT / "theme")
    together = len(styles.bundle(theme, styles.known(theme)))
    monkeypatch.setattr(styles, "merged", lambda found, _components: [*found])
    styles.forget()
    css = str(styles.bundle(theme, styles.known(theme)))
    assert len(css) > together + 300
    yield css
    styles.forget()


@pytest.mark.parametrize("prefix", PAGES)
def test_rules_that_components_share_select_as_their_own_did(page, shared, edition, apart, prefix):
    url = f"{shared}{first(edition, prefix).removesuffix('index.html')}"
    one, two = page(url), page()
    two.route(
        "**/theme/style-*.css", lambda route: route.fulfill(body=apart, content_type="text/css")
    )
    two.goto(url)
    for shown, own in zip(looks(one), looks(two), strict=True):
        assert shown == own


def test_a_page_asks_for_its_style_its_icon_and_nothing_else(page, shared, edition):
    asked = []
    opened = page()
    opened.on("request", lambda request: asked.append(request.url.removeprefix(shared)))
    opened.goto(f"{shared}{first(edition, 'copyright/').removesuffix('index.html')}")
    opened.wait_for_load_state("networkidle")
    css = next(name for name in edition.files if name.startswith("theme/style-"))
    assert [url for url in asked if "icon" not in url] == ["copyright/", css]

"""The links of one file: which there are, and where each leads."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from press import links
from press.links import Checker, Fault, former_ids, host_of, ids_of, read_page, read_tags

FILES = {
    "index.html",
    "404.html",
    "2026/11/a/index.html",
    "2026/11/b/index.html",
    "about.html",
    "图/x y.png",
    "feeds/atom.xml",
    "theme/a.css",
}
PAGE = "2026/11/a/index.html"

# An attribute as a template may write it, and what it gives: links, ids.
WRITTEN = {
    "as our templates write": ('<a class="c" href="../b/" id="节">x</a>', ["../b/"], ["节"]),
    "single quotes": ("<a href='../b/'>x</a>", ["../b/"], []),
    "no quotes": ("<a href=../b/ id=x>x</a>", ["../b/"], ["x"]),
    "capitals": ('<A HREF="../b/" Id="x">x</A>', ["../b/"], ["x"]),
    "on a line of its own": ('<a\n  href="../b/"\n\tid="x">x</a>', ["../b/"], ["x"]),
    "spaces around the sign": ('<a href = "../b/">x</a>', ["../b/"], []),
    "a > in another attribute": ('<img alt="a > b" src="x.png">', ["x.png"], []),
    "text that looks like an attribute": (
        '<p>write href="x" id="y" in it</p><a href="b">x</a>',
        ["b"],
        [],
    ),
    "a value that looks like an attribute": ("<p title=' href=\"x\"'>x</p>", [], []),
    "a value with an address in it": ('<p title="say href=x">x</p>', [], []),
    "a comment": ('<!-- <a href="x"> --><a href="b">x</a>', ["b"], []),
    "a script": ("<script>let a = '<a href=\"x\">'</script>", [], []),
    "a text field": ('<textarea><a href="x"></textarea>', [], []),
    "another attribute of a like name": ('<p data-id="x" data-href="y">x</p>', [], []),
    "several sizes": (
        '<img src="a.png" srcset="a.png 1x, b.png 2x">',
        ["a.png", "a.png", "b.png"],
        [],
    ),
    "a preload of several sizes": ('<link imagesrcset="a.avif 390w">', ["a.avif"], []),
    "a form, a poster": (
        '<form action="s/"><video poster="p.jpg" src="v.mp4">',
        ["s/", "p.jpg", "v.mp4"],
        [],
    ),
    "an object": ('<object data="o.svg"></object>', ["o.svg"], []),
    "a refresh": ('<meta http-equiv="refresh" content="0; url=../b/">', ["../b/"], []),
    "a refresh without the word": ('<meta content="5;../b/" http-equiv=Refresh>', ["../b/"], []),
    "a style sheet": ('<style>a{background:url("x.png")}/* url(y) */</style>', ["x.png"], []),
    "an import": ("<style>@import 'x.css';</style>", ["x.css"], []),
    "a style attribute": ('<p style="background:url(x.png)">x</p>', ["x.png"], []),
    "a style without an address": ('<a style="color:red" href="../b/">x</a>', ["../b/"], []),
    "a style on a line of its own": ("<p\nstyle='background:url(x.png)'>x</p>", ["x.png"], []),
    "an entity in a style": ('<p style="background:ur&#108;(x.png)">x</p>', ["x.png"], []),
    "a style that imports": ("<p style='@import \"x.css\"'>x</p>", ["x.css"], []),
    "a drawing": ('<svg><use xlink:href="#a"/><g id="a"/></svg>', ["#a"], ["a"]),
    "an entity": ('<a href="?a=1&amp;b=2">x</a>', ["?a=1&amp;b=2"], []),
    "an unclosed tag": ('<a href="x', [], []),
    "nothing": ("", [], []),
}

# What the quick way does not know: names in capitals (no template has them, no body keeps them).
UNKNOWN = ("capitals", "a refresh without the word", "an unclosed tag")


@pytest.mark.parametrize(("text", "found", "ids"), WRITTEN.values(), ids=WRITTEN)
def test_what_stands_in_a_page(text, found, ids):
    for page in (text, f"<!doctype html>\n<p>x</p>{text}"):
        assert (sorted(read_tags(page)[0]), read_tags(page)[1]) == (sorted(found), ids)
        if text not in [WRITTEN[name][0] for name in UNKNOWN]:
            quick = read_page(page)
            assert set(quick[0]) >= set(found)
            assert quick[1] == ids


@given(
    st.lists(
        st.sampled_from(
            [
                *(text for name, (text, *_) in WRITTEN.items() if name not in UNKNOWN),
                '<a href="y" class="z">',
                "</a>",
                " id=",
                ">",
                "<p>",
                "</p>",
                "src=",
                "文字",
                "<!--",
                "-->",
            ]
        ),
        max_size=6,
    )
)
def test_the_quick_way_finds_what_the_long_way_finds(parts):
    text = "".join(parts)
    quick, precise = read_page(text), read_tags(text)
    assert set(quick[0]) >= set(precise[0])
    assert quick[1] == precise[1]


def test_the_real_pages_are_read_as_a_browser_reads_them(site):
    names = {"href", "src", "poster", "action", "formaction"}
    pages = [page for page in sorted(site.rglob("*.html")) if page.parent.name != "wechat"]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        found, ids = set(), []
        for element in tree.iter():
            for name, value in element.attrib.items():
                if name in names:
                    found.add(value)
                elif name == "id":
                    ids.append(value)
                elif name in {"srcset", "imagesrcset"}:
                    found.update(part.split()[0] for part in value.split(","))
        for way in (read_page, read_tags):
            links_, ids_ = way(text)
            assert ({links.unescape(link) for link in links_}, ids_) == (found, ids), page
        assert former_ids(text) >= ids_of(text) == set(ids)
    assert len(pages) > 50


def test_the_real_pages_are_read_the_quick_way(site, monkeypatch):
    slow = []
    monkeypatch.setattr(links, "read_tags", lambda text: slow.append(text) or ((), []))
    pages = [page for page in sorted(site.rglob("*.html")) if page.parent.name != "wechat"]
    for page in pages:
        read_page(page.read_text(encoding="utf-8"))
    assert len(slow) <= len(pages) // 20


# A link on 2026/11/a/, and the file that it leads to or what is wrong with it; "" is elsewhere.
LEADS = {
    "../b/": "2026/11/b/index.html",
    "../b/#x": "2026/11/b/index.html",
    "./": PAGE,
    "": links.EMPTY,
    "#": links.EMPTY,
    "  ": links.EMPTY,
    "#x": PAGE,
    "?q=1": PAGE,
    "../../../": "index.html",
    "../../..": "index.html",
    "../../../?x#y": "index.html",
    "../../../about": "about.html",
    "../b": links.SLASH,
    "../c/": links.MISSING,
    "../B/": links.MISSING,
    "../../../feeds/atom.xml": "feeds/atom.xml",
    "../../../%E5%9B%BE/x%20y.png": "图/x y.png",
    "../../../图/x y.png": "图/x y.png",
    "..\\b\\": "2026/11/b/index.html",
    "\n../b/ ": "2026/11/b/index.html",
    "../../../../": links.OUTSIDE,
    "../../../../x/": links.OUTSIDE,
    "../../../2026/../../x": links.OUTSIDE,
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/x": links.OUTSIDE,
    "https://example.org/": "",
    "//example.org/x": "",
    "mailto:a@example.com": "",
    "tel:12345": "",
    "data:image/gif;base64,R0lGOD": "",
    "javascript:alert(1)": links.SCRIPT,
    "JAVA\tscript:alert(1)": links.SCRIPT,
    "java&#115;cript:alert(1)": links.SCRIPT,
    "file:///etc/passwd": links.SCRIPT,
    "http://localhost/x": links.MACHINE,
    "http://127.0.0.1:8000/": links.MACHINE,
    "http://[::1]/": links.MACHINE,
    "//localhost:8000/": links.MACHINE,
    "http://localhost.example.org/": "",
    "http://user@localhost/": links.MACHINE,
    "http://[bad": "",
}
AT_ROOT = {
    "/": "index.html",
    "/about": "about.html",
    "/repo/about": links.MISSING,
    "https://example.com/2026/11/b/": "2026/11/b/index.html",
    "https://example.com": "index.html",
    "HTTPS://EXAMPLE.com/about.html#x": "about.html",
    "https://example.com/x/": links.MISSING,
    "https://example.com.cn/x/": "",
}
BELOW = {
    "/": links.ROOT,
    "/about": links.ROOT,
    "/repo": "index.html",
    "/repo/": "index.html",
    "/repo/about": "about.html",
    "/repository/": links.ROOT,
    "https://example.com/repo/about": "about.html",
    "https://example.com/repo": "index.html",
    "https://example.com/other/": "",
    "https://example.com/repository/": "",
}


@pytest.mark.parametrize(
    ("siteurl", "link", "expected"),
    [("https://example.com", *case) for case in (LEADS | AT_ROOT).items()]
    + [("https://example.com/repo", *case) for case in (LEADS | BELOW).items()],
)
def test_where_a_link_leads(siteurl, link, expected):
    found = Checker(host_of(siteurl), FILES.__contains__).resolve(PAGE, link)
    assert (found.kind if isinstance(found, Fault) else found.target) == expected


def test_a_preview_may_lead_to_its_own_machine():
    found = Checker(host_of("http://127.0.0.1:8000"), FILES.__contains__)
    assert found.resolve(PAGE, "http://localhost:9000/").target == ""
    assert found.resolve(PAGE, "http://127.0.0.1:8000/about").target == "about.html"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.css", "a{b:url(x.png)} @import 'y.css';", ["x.png", "y.css"]),
        ("a.js", "import './x.js'; import('../y.js'); export {z} from \"./z.js\"", 3),
        ("a.svg", '<svg><image href="x.png"/></svg>', ["x.png"]),
        ("a.txt", "https://example.com/x\nhttps://example.com/y。", ["x", "y"]),
        ("a.json", '{"url":"https:\\/\\/example.com\\/x"}', ["x"]),
        ("a.xml", "<loc>https://example.com/x</loc><loc>https://example.com.cn/y</loc>", ["x"]),
        (
            "a.xml",
            "&lt;img src=&quot;https://example.com/x&quot;&gt; “https://example.com/”",
            ["x"],
        ),
        ("a.html", '<meta property="og:image" content="https://example.com/x">', ["x"]),
        ("a.html", '<script>{"@id":"https://example.com/#publisher"}</script>', []),
        ("a.html", "<p>https://example.com/x 是一个例子</p>", []),
    ],
)
def test_files_of_every_kind_are_read(name, text, expected):
    faults = Checker(host_of("https://example.com"), {"index.html"}.__contains__).look(name, text)
    found = sorted(fault.link.removeprefix("https://example.com/") for fault in faults.faults)
    assert len(found) == expected if isinstance(expected, int) else found == expected


def test_an_id_that_stands_twice_is_a_fault():
    text = '<p id="a"></p><p id="&#97;"></p><p id="b"></p>'
    look = Checker(host_of(""), FILES.__contains__).look("index.html", text)
    assert look.faults == (Fault("index.html", links.TWICE, "a"),)


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("#退货", True),
        ("#%E9%80%80%E8%B4%A7", True),
        ("#%E9%80%80", False),
        ("#top", True),
        ("#a&amp;b", True),
        ("#a%26b", True),
        ("#A", False),
        ("#:~:text=x", True),
    ],
)
def test_a_place_is_found_by_its_id_also_if_it_is_encoded(link, there):
    text = f'<h2 id="退货"></h2><h2 id="a&amp;b"></h2><h2 id="a"></h2><a href="{link}">x</a>'
    look = Checker(host_of(""), FILES.__contains__).look("index.html", text)
    assert (look.faults == ()) is there


def test_what_only_looks_like_a_link_is_no_fault():
    text = "<p>write href=\"x\" here</p><!-- <a href='y'> --><p title=' href=\"z\"'>"
    assert Checker(host_of(""), FILES.__contains__).look("index.html", text).faults == ()

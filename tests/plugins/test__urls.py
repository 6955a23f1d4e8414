from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins._urls import absolute, absolute_links, relative

FOLDERS = st.lists(st.sampled_from(["2026", "11", "tag", "a"]), max_size=4).map(
    lambda parts: "".join(f"{part}/" for part in parts)
)
FILES = st.sampled_from(["", "atom.xml", "index.html"])


@pytest.mark.parametrize(
    ("siteurl", "url", "expected"),
    [
        ("https://example.com", "2026/11/a/", "https://example.com/2026/11/a/"),
        ("https://example.com/", "", "https://example.com/"),
        ("https://example.com/repo", "tag/a/", "https://example.com/repo/tag/a/"),
    ],
)
def test_an_address_is_made_whole(siteurl, url, expected):
    assert absolute(siteurl, url) == expected


@pytest.mark.parametrize(
    ("url", "page", "link"),
    [
        pytest.param("2026/11/b/", "2026/11/a/", "../b/", id="neighbour"),
        pytest.param("", "2026/11/a/", "../../../", id="front page"),
        pytest.param("2026/11/a/", "", "2026/11/a/", id="from the front page"),
        pytest.param(
            "pictures/2026/x.png", "2026/11/a/", "../../../pictures/2026/x.png", id="file"
        ),
        pytest.param("about/", "about/", "./", id="the page itself"),
    ],
)
def test_a_link_is_seen_from_its_page(url, page, link):
    assert relative(url, page) == link


@given(FOLDERS, FILES, FOLDERS)
def test_a_relative_link_leads_where_it_should_under_any_root(folder, file, page):
    for root in ("https://example.com/", "https://example.com/repo/"):
        assert urljoin(root + page, relative(folder + file, page)) == root + folder + file


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param('<a href="../b/">', '<a href="https://e.cn/2026/11/b/">', id="link"),
        pytest.param('<a href="#n">', '<a href="https://e.cn/2026/11/a/#n">', id="anchor"),
        pytest.param(
            '<img alt="a > b" src="../../../pictures/x.png">',
            '<img alt="a > b" src="https://e.cn/pictures/x.png">',
            id="picture",
        ),
        pytest.param(
            '<video poster="../p.png">', '<video poster="https://e.cn/2026/11/p.png">', id="poster"
        ),
        pytest.param('<a href="https://x.cn/?a=1&amp;b">', None, id="whole already"),
        pytest.param('<a href="mailto:a@b.cn">', None, id="mail"),
        pytest.param('<code>&lt;a href="b"&gt;</code>', None, id="code that shows a link"),
        pytest.param('<td data-href="b">', None, id="another attribute"),
        pytest.param(
            '<picture class="picture"><source srcset="../a.avif 240w" type="image/avif"><img sizes="100vw"'
            ' src="../a.jpg" srcset="../a.jpg 240w" width="240"></picture>',
            '<img src="https://e.cn/2026/11/a.jpg" width="240">',
            id="picture in many sizes",
        ),
        pytest.param(
            '<picture class="picture"></picture> srcset="a"', ' srcset="a"', id="words like those"
        ),
    ],
)
def test_links_of_a_feed_are_whole(html, expected):
    assert absolute_links(html, "https://e.cn/2026/11/a/") == (expected or html)

"""Which mentions ``plugins/glossary.py`` links."""

import re
from pathlib import Path

import pytest

from plugins._glossary import Term, linked
from plugins.glossary import Settings, facts, inputs

ARTICLE = {"kind": "article"}
SETTINGS = Settings(
    TERMS=tuple(Term(name, f"s-{name}") for name in ("GMV", "货盘", "自播", "公域"))
)


def links(html, metadata=ARTICLE, settings=SETTINGS):
    return [(html[start:end], url) for start, end, url in facts(html, metadata, settings)]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>GMV、货盘、GMV、货盘</p>", ["GMV", "货盘"]),
        ("<p>货盘</p><p>GMV</p>", ["货盘", "GMV"]),
        ("<p>先发货盘点，再看货盘。</p>", ["货盘"]),
        ("<p>先发货盘点。</p>", []),
        ("<p>店家自播和达人播</p>", ["自播"]),
        ("<p>没有一个词</p>", []),
    ],
)
def test_a_term_is_linked_once_and_only_as_a_word(html, words):
    assert [word for word, _ in links(html)] == words


def test_no_more_than_some_are_linked():
    few = Settings(**vars(SETTINGS) | {"most": 2})
    assert [word for word, _ in links("<p>公域、GMV、货盘、自播</p>", settings=few)] == [
        "公域",
        "GMV",
    ]


def test_it_is_the_first_mention_that_counts():
    html = "<p>发货盘点，货盘，货盘</p>"
    ((start, end, url),) = facts(html, ARTICLE, SETTINGS)
    assert (start, html[start:end], url) == (8, "货盘", "glossary/#s-货盘")


@pytest.mark.parametrize("kind", ["flash", "page", "topic", "withdrawn"])
def test_other_texts_have_no_links(kind):
    assert links("<p>GMV</p>", {"kind": kind}) == []


def test_a_site_without_terms_has_none():
    assert links("<p>GMV</p>", settings=Settings(page="")) == []


@pytest.mark.parametrize(
    ("html", "same"),
    [
        ("<p>GMV涨了</p><p>多一段</p>", True),
        ("<p>GMV涨了</p><p>再说货盘</p>", False),
        ("<p>前面多了，GMV涨了</p>", False),
        ("<p>GMV跌了</p>", False),
    ],
)
def test_an_edit_elsewhere_leaves_them_as_they_were(html, same):
    before = inputs("<p>GMV涨了</p>", ARTICLE, SETTINGS)
    assert (inputs(html, ARTICLE, SETTINGS) == before) is same


def test_of_two_equal_paragraphs_the_first_is_linked():
    html = "<p>先看货盘。</p><p>先看货盘。</p>"
    ((start, _, _),) = facts(html, ARTICLE, SETTINGS)
    assert start == 5


def test_the_text_of_every_real_article_is_the_same_with_links(site):
    """The site's own pages: without the marks of the links, they are what they were."""
    pages = sorted(Path(site).glob("20*/*/*/index.html"))
    linked_pages = 0
    for path in pages:
        html = path.read_text(encoding="utf-8")
        terms = re.findall(r"<a class=term href=([^>]*)>([^<]*)</a>", html)
        linked_pages += bool(terms)
        assert len({url for url, _ in terms}) == len(terms), path
        assert not re.search("《[^》]*<a class=term ", html), path
        headings = re.findall(r"<(h[1-6])\b[^>]*>(.*?)</\1>", html, re.DOTALL)
        assert not [text for _, text in headings if "class=term" in text], path
    assert linked_pages > len(pages) / 3


def test_links_in_order_are_put_where_they_belong():
    html = "<p>货盘和GMV</p>"
    assert linked(html, facts(html, ARTICLE, SETTINGS), ".") == (
        '<p><a class=term href="./glossary/#s-货盘">货盘</a>和'
        '<a class=term href="./glossary/#s-GMV">GMV</a></p>'
    )

"""How heavy pages are: gzip at the level that GitHub Pages uses, KB of 1,000 bytes.

13.9 KB is what a server may send before it waits for the first answer (ten TCP segments less the
headers): a page below that arrives in one flight.
"""

import gzip
import re

import pytest

from tests.site.conftest import Document, text_of

FIRST_FLIGHT = 13_900


def weight(text: str) -> int:
    return len(gzip.compress(text.encode(), 6, mtime=0))


def chars_of(page: Document) -> int:
    return int(re.search(r"本文共(\d+)字", text_of(page.of_class("byline")[0]))[1])


def heavier(pages: list[Document], budget: int) -> dict[str, int]:
    weights = {page.path: weight(page.source) for page in pages}
    return {path: size for path, size in weights.items() if size > budget}


@pytest.fixture(scope="module")
def others(documents) -> list[Document]:
    """The front page, lists, pages and 404."""
    return [page for page in documents if not page.is_article]


def test_an_article_of_3500_characters_weighs_at_most_10_kb(articles):
    assert heavier([page for page in articles if chars_of(page) <= 3500], 10_000) == {}


def test_an_article_of_8000_characters_fits_the_first_flight(articles):
    assert heavier([page for page in articles if chars_of(page) <= 8000], FIRST_FLIGHT) == {}


def test_front_and_lists_weigh_at_most_9_kb(others):
    assert heavier(others, 9_000) == {}


def test_front_and_lists_fit_the_first_flight(others):
    assert heavier(others, FIRST_FLIGHT) == {}


def test_style_sheets_weigh_at_most_3_kb(documents):
    sheets = {page.path: weight(page.one("//style").text) for page in documents}
    assert {path: size for path, size in sheets.items() if size > 3_000} == {}


def test_a_picture_at_the_head_of_a_page_weighs_at_most_30_kb(site, tree):
    heavy = {}
    for page in tree.documents.values():
        for link in page.all("//img[@fetchpriority='high']/@src"):
            size = (site / tree.target(link, page.url, "/")).stat().st_size
            if size > 30_000:
                heavy[link] = size
    assert heavy == {}


def test_pictures_further_down_are_lazy_and_weigh_at_most_25_kb(site, tree):
    faults = {}
    for page in tree.documents.values():
        for node in page.all("//img[not(@fetchpriority='high')]"):
            size = (site / tree.target(node.get("src"), page.url, "/")).stat().st_size
            if node.get("loading") != "lazy" or size > 25_000:
                faults[page.path, node.get("src")] = (node.get("loading"), size)
    assert faults == {}

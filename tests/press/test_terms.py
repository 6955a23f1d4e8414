"""A term of the glossary is linked where it stands, and a changed term redraws only who mentions it."""

from dataclasses import replace

import pytest

from tests.press.small import STOCK, Child, Small, Text, contents, same_as_stock, texts

MENTIONS = "articles/2026/10/dazhe.md"
PAGE = "content/pages/glossary.md"
LINK = b"<a class=term href="


def glossary(*terms: str, meaning: str = "意思。") -> bytes:
    body = "\n\n".join(f"### {term}\n\n{meaning}" for term in terms)
    return Text("术语", "2026-11-01 06:00", f"## 词\n\n{body}", {"摘要": "讲几个词。"}).source()


@pytest.fixture
def site(tmp_path):
    site = Small(tmp_path / "site")
    text = texts()[MENTIONS]
    site.put(
        f"content/{MENTIONS}", replace(text, body="导语。\n\n先看货盘和GMV，再看货盘。").source()
    )
    site.put(PAGE, glossary("GMV", "公域"))
    status, said = site.built()
    assert status == 0, said
    return site


def page(site) -> bytes:
    return contents(site.root / "output")["2026/10/dazhe/index.html"]


def test_a_term_is_linked_where_it_stands(site):
    assert page(site).count(LINK) == 1
    assert LINK + b"../../../glossary/#s-gmv>GMV</a>" in page(site)


def test_another_meaning_redraws_the_glossary_alone(site):
    site.put(PAGE, glossary("GMV", "公域", meaning="另一个意思。"))
    assert site.changed() == {"glossary/index.html"}


def test_a_new_term_redraws_who_mentions_it(site):
    site.put(PAGE, glossary("GMV", "公域", "货盘"))
    assert site.changed() == {"glossary/index.html", "2026/10/dazhe/index.html"}
    assert page(site).count(LINK) == 2


def test_a_term_that_nobody_mentions_redraws_nobody(site):
    site.put(PAGE, glossary("GMV", "私域"))
    assert site.changed() == {"glossary/index.html"}


def test_links_can_be_switched_off(site):
    conf = site.get("pelicanconf.py")
    site.put("pelicanconf.py", conf + b'GLOSSARY = {"page": ""}\n')
    site.changed()
    assert LINK not in page(site)


def test_stock_pelican_links_the_same(site):
    stock = Child(STOCK, site.root)
    try:
        for terms in (("GMV", "公域"), ("GMV", "货盘"), ("公域",)):
            site.put(PAGE, glossary(*terms))
            same_as_stock(site, stock)
    finally:
        stock.close()

"""Which terms a glossary has, where they stand in a text, and what becomes of them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugins._glossary import Mention, Term, candidates, linked, terms_of
from plugins._markdown import convert

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 12, tzinfo=ZONE)
HEAD = "标题: 术语\n日期: 2026-11-01\n\n"
TERMS = tuple(
    Term(name, name) for name in ("GMV", "KA", "SKA", "快递", "快递业务量", "零星小额", "自播")
)


def terms(tmp_path, text, *, preview=False, page="glossary"):
    (tmp_path / "pages").mkdir(exist_ok=True)
    (tmp_path / "pages/glossary.md").write_text(text, encoding="utf-8")
    return [tuple(term) for term in terms_of(tmp_path, page, ZONE, NOW, preview=preview)]


def found(html):
    return [html[start : start + len(term.name)] for term, start, *_ in candidates(html, TERMS)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "## 数\n\n### GMV\n\n商品交易总额。\n\n### 网上零售额",
            [("GMV", "s-gmv"), ("网上零售额", "网上零售额")],
        ),
        ("### 可比 口径 ###", [("可比 口径", "可比-口径")]),
        ("#### 太深\n\n## 太浅\n\n####太深", []),
        ("```\n### 代码\n```\n\n### 词", [("词", "词")]),
        ("### 两次\n\n甲\n\n### 两次", []),
        ("### **粗**\n\n### A&B\n\n### [链](x.md)", []),
        ("", []),
    ],
)
def test_each_heading_of_the_third_level_is_a_term(tmp_path, body, expected):
    assert terms(tmp_path, HEAD + body) == expected


def test_its_place_is_the_one_that_the_page_has(tmp_path):
    body = "### GMV\n\n甲\n\n### 网上 零售额（实物）\n\n乙\n\n### 7天 C2M\n"
    made = convert(
        body,
        line=1,
        take_lead=False,
        math=False,
        references=0,
        link=lambda _: None,
        picture=lambda _: None,
    )
    assert [anchor for _, anchor in terms(tmp_path, HEAD + body)] == [
        heading[1] for heading in made.headings
    ]


@pytest.mark.parametrize(
    "head",
    [
        "标题: 术语\n状态: 草稿\n\n",
        "标题: 术语\n日期: 2026-12-01\n\n",
        "标题: 术语\n日期: 2026-11-01\n撤稿: 2026-11-02 有误\n\n",
        "没有头\n\n",
    ],
    ids=["a draft", "of the future", "withdrawn", "wrong"],
)
def test_a_glossary_that_is_not_published_has_no_terms(tmp_path, head):
    assert terms(tmp_path, f"{head}### GMV\n") == []


def test_a_preview_has_those_of_a_draft(tmp_path):
    assert terms(tmp_path, "标题: 术语\n状态: 草稿\n\n### 词\n", preview=True) == [("词", "词")]


@pytest.mark.parametrize("page", ["", "none", "../glossary"])
def test_without_such_a_page_there_are_none(tmp_path, page):
    assert terms(tmp_path, f"{HEAD}### GMV\n", page=page) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>看GMV，再看GMV。</p>", ["GMV", "GMV"], id="each"),
        pytest.param("<p>快递业务量和快递</p>", ["快递业务量", "快递"], id="the longest first"),
        pytest.param(
            "<p>SKA和KA，KA级，KAB，GMV2</p>", ["SKA", "KA", "KA"], id="Latin words whole"
        ),
        pytest.param("<h2>GMV</h2><p>快递</p>", ["快递"], id="not in headings"),
        pytest.param('<p><a href="x">GMV <em>KA</em></a>快递</p>', ["快递"], id="not in links"),
        pytest.param("<p><code>GMV</code></p><pre>KA</pre>", [], id="not in code"),
        pytest.param("<p>《快递暂行条例》和快递</p>", ["快递"], id="not in titles"),
        pytest.param("<p>《<em>快递</em>条例》快递</p>", ["快递"], id="not in titles with marks"),
        pytest.param(
            "<p>《没有收尾</p><p>快递</p>", ["快递"], id="a title ends with its paragraph"
        ),
        pytest.param('<p title="GMV KA">快递</p>', ["快递"], id="not in attributes"),
        pytest.param(
            '<figure class="chart"><svg><text>GMV</text></svg></figure>', [], id="not in charts"
        ),
        pytest.param("<blockquote><p>GMV</p></blockquote>", [], id="not in words of others"),
        pytest.param("<table><caption>GMV</caption><td>KA</td></table>", ["KA"], id="in cells"),
        pytest.param('<section id="n" class="notes">GMV</section>KA', ["KA"], id="not in notes"),
        pytest.param('<section class="callout"><p>GMV</p></section>', ["GMV"], id="in callouts"),
        pytest.param("<p><abbr title='x'>GMV</abbr></p>", ["GMV"], id="in abbreviations"),
        pytest.param("零星小额", ["零星小额"], id="without tags"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_where_a_term_may_be_linked(html, expected):
    assert found(html) == expected


def test_a_link_changes_nothing_of_the_text():
    html = "<p>看GMV，再看<strong>快递</strong>&amp;GMV。</p>"
    mentions = (Mention(4, 7, "glossary/#s-gmv"), Mention(18, 20, "glossary/#快递"))
    made = linked(html, mentions, "../../..")
    assert made == (
        '<p>看<a class=term href="../../../glossary/#s-gmv">GMV</a>，再看'
        '<strong><a class=term href="../../../glossary/#快递">快递</a></strong>&amp;GMV。</p>'
    )
    assert re.sub(r"</?a\b[^>]*>", "", made) == html


def test_without_mentions_the_text_is_as_it_was():
    assert linked("<p>甲</p>", (), "..") == "<p>甲</p>"


def test_many_terms_and_a_long_text_take_no_time_to_speak_of():
    """Every pattern goes through the text once: no nesting, no backtracking."""
    text = "<p>" + "快递业" * 100_000 + "</p>"
    assert len(found(text)) == 100_000
    assert found("<p" + ' a="' * 50_000) == []

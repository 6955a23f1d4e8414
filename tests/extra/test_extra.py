"""The measures of the judges, and the table of what they found."""

import json

import pytest

from tests.extra import __main__ as extra
from tests.extra import firefox, lighthouse, newspaper
from tests.extra._case import Extraction, Row, Story, recall

PAGE = """<html><head><meta property="og:site_name" content="站"></head><body>
<nav class=breadcrumbs>首页</nav><article><h1>一个<wbr>标题</h1>
<ul class="byline"><li><time datetime="2026-11-22T08:30:05+08:00">2026-11-22</time><li>作者：
<a href="/a/">甲</a>、<a href="/b/">乙</a></ul><p class="lead prose">导语。</p>
<div class="story__picture"><img src="../p.png" alt="图"></div>
<div class="story__body prose"><p>正文。</p><figure>图<figcaption>说明</figcaption></figure></div></article>"""


@pytest.fixture
def story() -> Story:
    return Story("2026/11/a/index.html", PAGE, "https://example.org")


def test_the_truth_is_what_a_reader_sees(story):
    assert (story.title, story.day, story.authors) == ("一个标题", "2026-11-22", ["甲", "乙"])
    assert story.picture == "https://example.org/2026/11/p.png"
    assert story.url == "https://example.org/2026/11/a/"
    assert "".join(story.text.split()) == "导语。正文。"
    assert "说明" in story.whole


def test_what_nobody_signed_is_the_sites():
    bare = PAGE.replace("作者：", "来源：")
    assert Story("a/index.html", bare, "https://example.org").authors == ["站"]


@pytest.mark.parametrize(
    ("found", "expected", "part"),
    [
        ("甲乙丙", "甲乙丙", 1.0),
        ("甲，乙 丙！", "甲乙丙", 1.0),
        ("甲乙丙丁戊", "甲乙丙", 1.0),
        ("甲乙丙", "甲乙丙丁戊", 0.5),
        ("", "甲乙", 0.0),
    ],
)
def test_recall_is_the_part_of_the_text_that_was_found(found, expected, part):
    assert recall(found, expected) == part


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("导语。正文。", []),
        ("一个标题 导语。正文。", []),
        ("正文。", ["正文查全"]),
        ("导语。正文。相关文章：别的文章别的文章", ["正文查准"]),
        (None, ["正文查全", "正文查准"]),
    ],
)
def test_a_text_has_to_be_whole_and_nothing_else(story, text, faults):
    found = Extraction("text")
    found.look(story, text=text)
    assert [row.what for row in [*found.rows.values(), found.exact] if row.faults] == faults


BODY = PAGE.replace("<p>正文。</p>", "{}")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>正文。", "正文。"),
        ("<p>甲<a href=/>乙</a>", "甲乙"),
        ("<p>甲<h2>乙</h2><p>丙", "甲乙丙"),
        ("<p>甲<div class=table><table><tr><td>表</table></div><p>丙", "甲丙"),
        ("<p>甲<ul><li>乙</ul><p>丙", "甲乙丙"),
        ("<p>甲<p><b>乙</b><p>丙<sup>1</sup>", "甲乙"),
        ("<div>没有段落，就不算夹在段落里</div>", "没有段落，就不算夹在段落里"),
    ],
)
def test_newspaper_has_to_find_all_but_what_it_drops_by_rule(body, text):
    page = BODY.replace("<figure>图<figcaption>说明</figcaption></figure>", "").format(body)
    assert newspaper.expected(Story("a/index.html", page, "https://example.org")) == text


def test_a_judge_may_say_what_has_to_be_found_of_a_text(story):
    found = Extraction("text", text_of=lambda _story: "正文。")
    found.look(story, text="正文。")
    assert not found.rows["text"].faults
    found.look(story, text="导语。")
    assert found.rows["text"].faults == ["2026/11/a/index.html：0.000"]


def test_a_wrong_value_is_told_with_the_right_one(story):
    found = Extraction("title")
    found.look(story, title="一个")
    assert found.rows["title"].faults == ["2026/11/a/index.html：'一个'，应为'一个标题'"]


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (Row("标题", 2), "通过"),
        (Row("标题", 2, ["错"]), "不对"),
        (Row("标题", 2, ["错"], known="因为"), "已知"),
        (Row("标题", 2, known="因为"), "已好"),
        (Row("标题", 0, note="没有安装"), "没看"),
    ],
)
def test_a_row_gets_its_word(row, word):
    assert extra.verdict(vars(row)) == word


def test_the_table_counts_what_is_right(capsys):
    Row("标题", 3, ["错"], note="最低0.5").tell()
    row = json.loads(capsys.readouterr().out)
    assert extra.table([("某", row)]).splitlines()[2:] == ["| 某 | 标题 | 2/3 | 不对 | 最低0.5 |"]


def test_every_judge_can_be_asked_by_its_name(capsys):
    assert {"trafilatura", "readability", "htmldate", "newspaper"} <= {*extra.judges()}
    assert extra.main(["nobody"]) == 2
    assert "trafilatura" in capsys.readouterr().out


MASTHEAD = ["masthead", 0, 390, 0, 64]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (["masthead", 2, 388, 5, 90], []),
        (["masthead", 0, 320, 0, 64], ["masthead：左0宽320，应为左0宽390"]),
        (["masthead", 12, 390, 0, 64], ["masthead：左12宽390，应为左0宽390"]),
        (["masthead", 0, 390, 0, 140], ["masthead：高140，应约为64"]),
        (["navigation", 0, 390, 0, 64], ["别的部分，或别的次序"]),
    ],
)
def test_a_layout_is_the_same_by_its_edges(part, told):
    assert firefox.differences([part], [MASTHEAD]) == told


@pytest.mark.parametrize(
    ("name", "value", "indexed", "told"),
    [
        ("performance", 100, True, False),
        ("performance", 99, True, True),
        ("seo", 63, True, True),
        ("seo", 63, False, False),
        ("largest-contentful-paint", 999.9, True, False),
        ("largest-contentful-paint", 1000.1, True, True),
    ],
)
def test_a_score_is_a_hundred_and_a_figure_within_its_budget(name, value, indexed, told):
    assert lighthouse.wrong(name, value, indexed=indexed, most=1000) == told

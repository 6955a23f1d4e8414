import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins._text import (
    CLOSING,
    COUNTED,
    OPENING,
    body_text,
    chunks,
    count_chars,
    cut_at_word,
    entities,
    join_han,
    plain_text,
)

NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1000, 10**9).map("{:,}".format),
    st.decimals(0, 1000, places=2).map(str),
    st.sampled_from(["7～12", "2021—2025", "2026-11-22", "9:30", "3/4", "5%～8%", "7万～12万"]),
)
WORDS = st.sampled_from(
    ["电商", "直播", "增长", "万", "亿元", "的", "约", "GMV", *"，。“”（）《》"]
)
# Two numbers side by side would be a third one.
TEXTS = st.lists(st.tuples(WORDS, NUMBERS | WORDS), max_size=12).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("电商", 2, id="han"),
        pytest.param("GMV增长", 3, id="a Latin word counts one"),
        pytest.param("iPhone 16 Pro", 3, id="words and a number"),
        pytest.param("Électro和naïve", 3, id="letters with accents"),
        pytest.param("1.6亿", 2, id="a decimal number counts one"),
        pytest.param("1,900万", 2, id="thousands count one"),
        pytest.param("state-of-the-art", 1, id="a hyphen joins"),
        pytest.param("直播，开播。", 4, id="Chinese punctuation"),
        pytest.param("…… —— “”《》（）、：；？！ , . ; : ! ?", 0, id="only punctuation"),
        pytest.param("𠮷野家", 3, id="a character beyond the first plane"),
        pytest.param("㐂", 1, id="extension A"),
        pytest.param("", 0, id="empty"),
    ],
)
def test_each_han_character_word_and_number_counts_one(text, count):
    assert count_chars(text) == count


@given(st.text(st.sampled_from("中㐂豈䷀𠀀😀a1Zéɏ.,'’-— ×，"), max_size=12))
def test_the_quick_way_to_count_counts_as_the_pattern_does(text):
    assert count_chars(text) == sum(len(han) or 1 for han in COUNTED.findall(text))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>直播<strong>带货</strong>了</p>", "直播带货了", id="no gap in a word"),
        pytest.param("<p>A &lt; B &amp; C</p>", "A < B & C", id="entities"),
        pytest.param("<p>第一行\n  第二行</p>", "第一行 第二行", id="one line"),
        pytest.param('<img alt="图片"><br>', "", id="only markup"),
        pytest.param('<p>据<sup class="cite"><a href="#r1">1</a></sup>。</p>', "据。", id="marks"),
    ],
)
def test_plain_text_is_what_a_reader_reads(html, text):
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("html", "counted"),
    [
        pytest.param("<p>正文</p>", "正文", id="paragraph"),
        pytest.param("<table><tr><td>表格</td></tr></table>", "表格", id="table"),
        pytest.param("<figure><figcaption>图说</figcaption></figure>", "图说", id="caption"),
        pytest.param("<pre><code>代码</code></pre>", "", id="code block"),
        pytest.param('<pre class="x"><code>一\n二</code></pre>后', "后", id="code of two lines"),
        pytest.param("<math><mi>式</mi></math>", "", id="formula"),
        pytest.param(
            '<svg role="img"><svg></svg><text>596</text></svg><figcaption>口径</figcaption>',
            "口径",
            id="drawing of a chart",
        ),
        pytest.param('<section id="x" class="notes">脚注</section>', "", id="notes"),
    ],
)
def test_the_body_counts_without_code_formulas_and_footnotes(html, counted):
    assert body_text(html).strip() == counted


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        pytest.param("销量1,900万件", "1,900万件", id="thousands"),
        pytest.param("涨了2.5个点", "2.5个", id="decimal"),
        pytest.param("要7～12分钟", "7～12分钟", id="range"),
        pytest.param("佣金降到2%～5%了", "2%～5%", id="range of percents"),
        pytest.param("从7万～12万元", "7万～12万元", id="range of 万"),
        pytest.param("在2021—2025年间", "2021—2025年", id="years"),
        pytest.param("在2026-11-22开始", "2026-11-22", id="ISO date"),
        pytest.param("每晚9:30开播", "9:30", id="time"),
        pytest.param("每晚9：30开播", "9：30", id="time with a full-width colon"),
        pytest.param("有3/4的店", "3/4", id="fraction"),
        pytest.param("售价￥1,234.5元", "￥1,234.5元", id="currency"),
        pytest.param("下降-5%了", "-5%", id="negative"),
        pytest.param("共50多万人", "50多万", id="about"),
        pytest.param("第3季度", "第3季度", id="ordinal"),
        pytest.param("第 3 季", "3 ", id="typed spaces"),
        pytest.param("每天五亿多个", "五亿多个", id="number in Han"),
        pytest.param("共１２件", "１２件", id="full-width digits"),
        pytest.param("约10起案件", "10起", id="cases"),
        pytest.param("苹果iOS18上线", "iOS18", id="Latin and digits"),
    ],
)
def test_a_number_stays_whole_and_keeps_its_unit(text, whole):
    assert [chunk for chunk in chunks(text, ()) if whole in chunk]


@pytest.mark.parametrize("text", ["", " ", "，", "“”", "——", "\n", "🙂🙂", "1", "a" * 500])
def test_odd_texts_are_cut_without_loss(text):
    assert "".join(chunks(text, ())) == text


@given(st.text() | TEXTS)
def test_chunks_put_together_are_the_text(text):
    assert "".join(chunks(text, ())) == text


@given(TEXTS)
def test_no_chunk_begins_with_a_closing_or_ends_with_an_opening_mark(text):
    cut = chunks(text, ())
    assert not [chunk for chunk in cut[1:] if chunk[0] in CLOSING]
    assert not [chunk for chunk in cut[:-1] if chunk[-1] in OPENING]


@given(TEXTS, st.integers(1, 12))
def test_a_shortened_text_is_a_beginning_within_its_limit_and_cuts_no_number(text, limit):
    short = cut_at_word(text, limit, ())
    if count_chars(text) <= limit:
        assert short == text
        return
    kept, rest = short.removesuffix("……"), text[len(short) - 2 :]
    assert short.endswith("……")
    assert text.startswith(kept)
    assert count_chars(kept) <= limit
    assert not (re.search(r"\d$", kept) and re.match(r"[,.:/～—-]?\d|%", rest))


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        pytest.param("直播电商", 4, "直播电商", id="just short enough"),
        pytest.param("直播电商增长很快", 4, "直播电商……", id="cut"),
        pytest.param("直播增长，电商下降", 4, "直播增长……", id="no comma before the mark"),
        pytest.param("退货率达到60%，很高", 6, "退货率达到60%……", id="the percent stays"),
        pytest.param("退货率达到1,900万件", 6, "退货率达到……", id="not inside a number"),
        pytest.param("走向“合伙”，增长", 4, "走向“合伙”……", id="a closed quotation"),
        pytest.param("走向“合伙”，增长", 3, "走向……", id="no opening mark at the end"),
        pytest.param("直播" * 50, 1, "……", id="nothing fits"),
        pytest.param("", 5, "", id="empty"),
    ],
)
def test_a_text_is_shortened_between_words(text, limit, short):
    assert cut_at_word(text, limit, ()) == short


def test_the_sites_own_words_stay_whole():
    assert "退货率" not in chunks("女装退货率下降", ())
    assert "退货率" in chunks("女装退货率下降", ("退货率",))


def test_a_mail_address_becomes_entities_and_nothing_else():
    assert entities("a@b.c") == "&#97;&#64;&#98;&#46;&#99;"


def test_names_are_joined_as_chinese_does():
    assert join_han(["张三", "李四"]) == "张三、李四"

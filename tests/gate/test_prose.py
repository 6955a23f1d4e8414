"""What rules over prose see of a text, and where it stands in the file.

Contents: what a body becomes · what a reader reads is what they see · any text at all.
"""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins import _head, _markdown
from plugins._card import Picture
from press.gate._prose import OBJECT, Prose, prose_of

TEXTS = sorted(Path("content").glob("*/**/*.md"))


def seen(body):
    """The blocks of a body: kind and text, with ▪ for what is no prose."""
    prose = prose_of(f"标题: 快手\n\n{body}", body)
    return [
        (block.kind, prose.text[block.start : block.end].replace(OBJECT, "▪"))
        for block in prose.blocks
        if block.kind != "title"
    ]


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("一句。\n又一句。\n\n另一段。", [("paragraph", "一句。\n又一句。"), ("paragraph", "另一段。")]),
        ("## 小标题 ##", [("heading", "小标题")]),
        ("- 甲\n- 乙\n  接着\n1. 丙", [("item", "甲"), ("item", "乙\n  接着"), ("item", "丙")]),
        ("- [x] 做了", [("item", "做了")]),
        ("> 原话。\n>\n> ——笑古", [("quote", "原话。"), ("quote", "——笑古")]),
        ("> [!要点] 标题\n> 正文", [("callout-title", "标题"), ("callout", "正文")]),
        ("> [!举例] 标题\n> 正文", [("callout-title", "标题"), ("example", "正文")]),
        ("表：名（口径：甲）\n\n| 年 | 数 |\n|---|---|\n| 甲 | 1 |",
         [("caption", "名（口径：甲）"), ("row", "| 年 | 数 |"), ("row", "| 甲 | 1 |")]),
        ("年 | 数\n---|---\n甲 | 1", [("row", "年 | 数"), ("row", "甲 | 1")]),
        ("[^1]: 注", [("note", "注")]),
        ("*[GMV]: 总额", [("abbreviation", "总额")]),
        ("```\n代码\n```\n\n后面", [("paragraph", "后面")]),
        ("````\n```\n代码\n```\n````", []),
        ("```timeline\n2021 | 事 | 情\n```", [("timeline", "事 | 情")]),
        ("![说明](a.png \"图 | 图：某\")", [("paragraph", "▪"), ("alt", "说明"), ("figure", "图 | 图：某")]),
        ("写`x`、**粗**、*着*、~~删~~、==亮==。", [("paragraph", "写▪、粗、着、删、亮。")]),
        ("[字](a.md \"题\")和[[1]]、[^1]、[方括号]。", [("paragraph", "字和、、[方括号]。")]),
        ("[外[内]](a(b)c.md)", [("paragraph", "外[内]")]),
        ("见https://a.com/b,c和。", [("paragraph", "见▪。")]),
        ("[https://a.com](b.md)，https://a.com/`x`", [("paragraph", "▪，▪▪")]),
        ("信到a.b@c.com。见<https://a.com>。", [("paragraph", "信到▪。见▪。")]),
        ("A&amp;B，AT&T", [("paragraph", "A▪B，AT&T")]),
        ("\\*不是\\*", [("paragraph", "▪不是▪")]),
        ("H<sub>2</sub>O<kbd>Ctrl</kbd>", [("paragraph", "H2O▪")]),
        ("甲<!-- 乙 -->丙", [("paragraph", "甲\n丙")]),
        ("<!-- 一\n二\n三 -->\n甲", [("paragraph", "甲")]),
        ("a_b_c 3*4*5 甲 * 乙", [("paragraph", "a_b_c 345 甲 * 乙")]),
        ("---\n\n甲", [("paragraph", "甲")]),
    ],
)  # fmt: skip
def test_blocks(body, blocks):
    assert seen(body) == blocks


def read(html):
    """What a reader reads of HTML, without spaces and what is no prose."""
    html = re.sub(
        r"<(pre|code|kbd)\b.*?</\1>|<sup.*?</sup>|<dt>.*?</dt>|<figure class=\"?chart.*?</figure>"
        r"|<a [^>]*footnote-backref.*?</a>|<a [^>]*>[^<>]*(?:://|www\.|@)[^<>]*</a>",
        "",
        html,
        flags=re.DOTALL,
    )
    html = re.sub(r'(class="callout-title">)(?:提示|要点|注意|举例)：?', r"\1", html)
    return re.sub(r"[\s|]", "", unescape(re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_rules_see_what_readers_read(path):
    text = path.read_text(encoding="utf-8")
    _, body, line, _ = _head.split(text)
    html = _markdown.convert(
        body, line=line, take_lead=False, math=False, references=99,
        link=lambda href: href, picture=lambda src: Picture(src, 1, 1, ""),
    ).html  # fmt: skip
    prose = prose_of(text, body)
    hidden = {"title", "summary", "point", "correction", "alt", "abbreviation"}
    blocks = "".join(prose.text[b.start : b.end] for b in prose.blocks if b.kind not in hidden)
    # A text reads its notes at the end, and its captions in the table.
    assert sorted(re.sub(rf"[\s|{OBJECT}]", "", blocks)) == sorted(read(html))


SIGNS = st.sampled_from(
    [*"一二，。,.“”《》 \n*_`[](){}<>!#|-=~\\&:：/@^1", "\n\n", "```", "> ", "- ", "](a)", "![", "<!--", "-->"]
)  # fmt: skip


@given(st.lists(SIGNS, max_size=60).map("".join))
@example("![<!--](a)")
@example('![一\n二](a "三\n四")')
@settings(max_examples=300, deadline=None)
def test_each_character_stands_where_it_is_said_to(body):
    text = f"标题: 快手\n\n{body}"
    prose = prose_of(text, body)
    for index, character in enumerate(prose.text):
        if character not in (OBJECT, "\n"):
            assert text[prose.offset(index)] == character


def test_a_place_is_told_by_line_and_column():
    body = "甲\n**乙**丙\n\n> 丁"
    prose: Prose = prose_of(f"标题: 快手\n\n{body}", body)
    places = {sign: prose.place(prose.text.index(sign)) for sign in "快甲乙丙丁"}
    assert places == {"快": (1, 5), "甲": (3, 1), "乙": (4, 3), "丙": (4, 6), "丁": (6, 3)}

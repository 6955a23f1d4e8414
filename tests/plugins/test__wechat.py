"""What the editor of WeChat's official accounts is given: input beside expected rich text.

Styles are left out of what is compared, but every element that has a look of its own must bear one.
"""

import re

import pytest
from lxml.html import fragment_fromstring

from plugins._wechat import BLOCKS, ELEMENTS, edition
from plugins.references import Reference

PAGE = "https://example.com/zhi/2026/11/a/"
END = f"<p>原文：{PAGE}</p>"
LIST = "<h2>资料与链接</h2>"
STYLE = re.compile(r' (?:style="[^"]*"|tabindex="0")')


def made(html, sources=()):
    return STYLE.sub("", edition(html, PAGE, sources))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>快手&amp;抖音 &lt;b&gt;</p>", "<p>快手&amp;抖音 &lt;b&gt;</p>", id="text"),
        pytest.param('<h2 id="a" class="b">甲</h2>', "<h2>甲</h2>", id="no id and no class"),
        pytest.param("<p>甲<strong>乙</strong><em>丙</em><mark>丁</mark><del>戊</del></p>",
                     "<p>甲<strong>乙</strong><em>丙</em><span>丁</span><del>戊</del></p>", id="emphasis"),
        pytest.param("<ul>\n<li>甲</li>\n<li>乙\n<ol start='3'>\n<li>丙</li></ol></li>\n</ul>\n",
                     '<ul><li>甲</li><li>乙\n<ol start="3"><li>丙</li></ol></li></ul>',
                     id="lists without blanks between items"),
        pytest.param('<ul class="tasks"><li><label><input type="checkbox" checked disabled>甲</label></li>'
                     '<li><label><input type="checkbox" disabled>乙</label></li></ul>',
                     "<ul><li>☑ 甲</li><li>☐ 乙</li></ul>", id="tasks"),
        pytest.param('<div class="callout callout-note" role="note">\n<p class="callout-title">提示</p>\n<p>甲</p></div>',
                     "<section><p>提示</p><p>甲</p></section>", id="callout"),
        pytest.param('<dl class="timeline">\n<dt>2019年</dt>\n<dd>一件事</dd>\n</dl>',
                     "<section><p>2019年</p><p>一件事</p></section>", id="timeline"),
        pytest.param('<details class="details"><summary>名单</summary><p>甲</p></details>',
                     "<section><p>名单</p><p>甲</p></section>", id="what is folded is shown"),
        pytest.param('<div class="table"><table><caption>数</caption><thead><tr><th>年</th></tr></thead>'
                     '<tbody><tr><td class="num">1</td></tr></tbody></table></div>',
                     "<section><p>数</p><table><thead><tr><th>年</th></tr></thead>"
                     "<tbody><tr><td>1</td></tr></tbody></table></section>", id="table"),
        pytest.param('<pre class="highlight"><code><span class="k">if</span> a:\n\tb  c\n</code></pre>',
                     "<pre><code>if\u00a0a:<br>\u00a0\u00a0\u00a0\u00a0b\u00a0\u00a0c</code></pre>",
                     id="code keeps its blanks and lines"),
        pytest.param('<figure class="figure"><img src="../../../pictures/p.png" alt="图&quot;" width="9" height="9">'
                     "<figcaption>说明</figcaption></figure>",
                     '<section><img src="https://example.com/zhi/pictures/p.png" alt="图&quot;"><p>说明</p></section>',
                     id="picture by its whole address"),
        pytest.param("<p>甲<ruby>乙<rp>(</rp><rt>yi</rt><rp>)</rp></ruby><wbr><abbr title='x'>GMV</abbr></p>",
                     "<p>甲乙(yi)GMV</p>", id="what has no equal there is text"),
        pytest.param("<p>甲<script>x()</script><svg><text>y</text></svg><button>z</button></p>", "<p>甲</p>",
                     id="what acts or draws is left out"),
    ],
)  # fmt: skip
def test_elements(html, expected):
    assert made(html) == expected + END


@pytest.mark.parametrize(
    ("html", "text", "notes"),
    [
        pytest.param('<p><a href="https://a.cn/?x=1&amp;y=2">报道</a>说</p>',
                     "<p>报道<sup>[1]</sup>说</p>", ["[1] 报道：https://a.cn/?x=1&amp;y=2"], id="a link"),
        pytest.param('<p><a href="https://a.cn/">甲</a><a href="https://b.cn/">乙</a><a href="https://a.cn/">丙</a></p>',
                     "<p>甲<sup>[1]</sup>乙<sup>[2]</sup>丙<sup>[1]</sup></p>",
                     ["[1] 甲：https://a.cn/", "[2] 乙：https://b.cn/"], id="one address, one number"),
        pytest.param('<p><a href="../b/#x">另一篇</a></p>', "<p>另一篇<sup>[1]</sup></p>",
                     ["[1] 另一篇：https://example.com/zhi/2026/11/b/#x"], id="within the site"),
        pytest.param('<p><a href="#x">下面</a></p>', "<p>下面</p>", [], id="within the page"),
        pytest.param('<p><img src="../../../pictures/p.svg" alt="柱图"></p>', "<p><p>图：柱图<sup>[1]</sup></p></p>",
                     ["[1] 原文中的图：https://example.com/zhi/pictures/p.svg"], id="a drawing"),
        pytest.param('<figure class="video"><iframe src="https://player.example/v"></iframe></figure>',
                     "<section><sup>[1]</sup></section>", ["[1] 视频：https://player.example/v"], id="a video"),
    ],
)  # fmt: skip
def test_links_are_numbered_at_the_end(html, text, notes):
    listed = LIST if notes else ""
    assert made(html) == text + listed + "".join(f"<p>{note}</p>" for note in notes) + END


def test_links_go_on_where_the_sources_end():
    sources = [
        Reference(1, "统计局", "公报", "2026-11", "https://stats.cn/"),
        Reference(2, "快手", "年报", "", ""),
    ]
    html = (
        '<p>据<sup class="cite"><a aria-label="资料2" href="#ref-2">2</a></sup>'
        '<a href="https://a.cn/">甲</a></p>'
    )
    assert made(html, sources) == (
        f"<p>据<sup>[2]</sup>甲<sup>[3]</sup></p>{LIST}<p>[1] 统计局：公报，2026-11：https://stats.cn/</p>"
        f"<p>[2] 快手：年报</p><p>[3] 甲：https://a.cn/</p>{END}"
    )


def test_footnotes_are_told_from_sources():
    html = (
        '<p>正文<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>'
        '<section class="footnotes"><ol><li id="fn:1"><p>注。&nbsp;'
        '<a class="footnote-backref" href="#fnref:1">↩︎</a></p></li></ol></section>'
    )
    assert made(html) == (
        f"<p>正文<sup>注1</sup></p><section><ol><li><p>注。\u00a0</p></li></ol></section>{END}"
    )


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "(a+1)/b"),
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        ("<msqrt><mi>x</mi></msqrt>", "√x"),
        ("<mtext>转化率</mtext><mo>&lt;</mo><mn>5</mn><mi>%</mi>", "转化率&lt;5%"),
    ],
)
def test_a_formula_is_a_line_of_text(formula, text):
    html = f'<p><span class="math"><math><mrow>{formula}</mrow></math></span></p>'
    assert made(html) == f"<p>{text}</p>{END}"


def test_every_element_bears_its_style():
    html = "".join(f"<{tag}>甲</{tag}>" for tag in ("p", "h2", "blockquote", "pre"))
    shown = fragment_fromstring(edition(html, PAGE), "section")
    bare = {node.tag for node in shown.iterdescendants() if not node.get("style")}
    assert bare == set()


def test_what_parts_a_list_or_table_is_known_to_do_so():
    parting = {"ul", "ol", "table", "thead", "tbody", "tr"}
    assert parting <= BLOCKS
    assert parting <= ELEMENTS.keys()

"""What only authors need stays in the template; a component is read once."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from traceback import extract_tb

import html5lib
import pytest
from jinja2 import (
    DictLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
)
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from plugins import _templates
from plugins._templates import (
    GAP,
    HOLE,
    JOINER,
    Flush,
    Strict,
    closed,
    joined,
    lean,
    parts,
    printed,
    written,
)
from tests.plugins.conftest import ROOT

TEMPLATES = sorted((ROOT / "theme/templates").rglob("*.html"))
DIALECT = sorted((ROOT / "tests/markdown").glob("*.md"))
CASE = re.compile(r"^\.\n.*?^\.\n(.*?)^\.\n", re.MULTILINE | re.DOTALL)  # what Markdown becomes
MESSAGE = re.compile(r"^! .*\n?", re.MULTILINE)
FILLED = {"\1": "../..", "\2": "tag/a-b/", "\3": "<p>c</p>", "\4": "v w", "\5": ""}


def drawn(source: str, **values: object) -> str:
    environment = Environment(extensions=[Flush], trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.globals["ui"].part = lambda: "<p>c</p>"
    return environment.from_string(source).render(**values)


def seen(html: str) -> Iterator[tuple[str, ...]]:
    """What a browser makes of a text: elements and their attributes, and the words in each."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    for node in parser.parse(html).getroot().iter():
        words = re.sub(r"\s+", "", f"{node.text or ''}|{node.tail or ''}")
        yield str(node.tag), words, *(f"{name}={value}" for name, value in node.items())


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("<div>\n  <p>a</p>\n</div>\n", "<div><p>a</div>", id="lines and indent"),
        pytest.param("<b>a</b>\n<i>b</i>", "<b>a</b>\n<i>b</i>", id="a space between words"),
        pytest.param("<b>a</b>\n  {{ text }}", "<b>a</b>\nx y", id="a space before a word"),
        pytest.param("<p>\n  {{ text }}\n</p>", "<p>x y</p>", id="no space within a block"),
        pytest.param("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul><li>a<li>b</ul>", id="items"),
        pytest.param('<p class="a" id="b-1">', "<p class=a id=b-1>", id="quotes"),
        pytest.param('<p title="当前位置：甲" lang="b">', "<p title=当前位置：甲 lang=b>", id="quotes of Han"),
        pytest.param('<p title="a=b" lang="it\'s">', '<p title="a=b" lang="it\'s">', id="signs that need them"),
        pytest.param("<p>a</p><p>b</p><b>c</b>", "<p>a<p>b</p><b>c</b>", id="ends of paragraphs"),
        pytest.param("<a><p>b</p></a>", "<a><p>b</p></a>", id="the last of a link"),
        pytest.param('<p class="a b" title="">', '<p class="a b" title="">', id="quotes needed"),
        pytest.param('<p title="{{ text }}">', '<p title="x y">', id="a value keeps its quotes"),
        pytest.param('<p class="a-{{ text }}">', '<p class="a-x y">', id="a part of a value too"),
        pytest.param(
            '<a href="{{ root }}/{{ item.url }}" rel="a">', "<a href=../tag/x/ rel=a>", id="address"
        ),
        pytest.param('<a href="{{ root }}/{{ url }}">', "<a href=../tag/y/>", id="address by itself"),
        pytest.param('<a href="{{ item.url }}">', '<a href="tag/x/">', id="perhaps not our own"),
        pytest.param('<a href="{{ root }}/{{ text }}">', '<a href="../x y">', id="no address"),
        pytest.param(
            '<a href="{{ root }}/"{% if item %} title="y"{% endif %}>',
            "<a href=../ title=y>",
            id="a statement follows",
        ),
        pytest.param(
            '<p class="a"{{ more|safe }}>', '<p class="a" id="i">', id="a value follows: who knows"
        ),
        pytest.param('a ="b" c', 'a ="b" c', id="a text is no attribute"),
        pytest.param("{{ ui.part() }}\n\n{{ ui.part() }}\n", "<p>c</p><p>c</p>", id="components"),
        pytest.param("<pre>\n<li>a</li>\nb</pre>\n<p>", "<pre>\n<li>a</li>\nb</pre><p>", id="code"),
        pytest.param('<script>a("</li>", x="y")</script>', '<script>a("</li>", x="y")</script>', id="a script"),
        pytest.param('{% raw %}<li title="a">{{</li>{% endraw %}', "<li title=a>{{", id="raw"),
        pytest.param("", "", id="nothing"),
    ],
)  # fmt: skip
def test_a_template_is_written_as_short_as_html_allows(source: str, html: str) -> None:
    values = {
        "text": "x y",
        "root": "..",
        "item": {"url": "tag/x/"},
        "url": "tag/y/",
        "more": ' id="i"',
    }
    assert drawn(source, **values) == html


def test_what_an_expression_prints_stays_as_it_is() -> None:
    text = '<pre>\n    x\n</pre>\n<ul>\n<li class="a">b</li>\n</ul>'
    assert drawn("<div>\n{{ text }}\n</div>", text=text) == f"<div>{text}</div>"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_browser_sees_the_same_elements_and_words(path: Path) -> None:
    environment = Environment(trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    tokens = environment._tokenize(path.read_text(encoding="utf-8"), None)
    text = "".join(map(written, parts(tokens)))

    def filled(text: str) -> str:
        return HOLE.sub(lambda hole: FILLED[hole[0]], text)

    assert list(seen(filled(lean(text)))) == list(seen(filled(text)))


def test_a_mistake_is_told_with_its_line() -> None:
    with pytest.raises(TemplateSyntaxError) as told:
        drawn("<ul>\n  <li>a</li>\n\n  <li>{{ }}</li>\n</ul>")
    assert told.value.lineno == 4


def test_a_value_that_is_missing_is_told_with_its_line() -> None:
    with pytest.raises(UndefinedError) as told:
        drawn("<ul>\n  <li>a</li>\n\n  <li>{{ a.b }}</li>\n</ul>")
    lines = [frame.lineno for frame in extract_tb(told.tb) if frame.filename == "<template>"]
    assert lines[-1] == 4


@pytest.mark.parametrize(
    ("html", "shorter"),
    [
        pytest.param("<p>a</p>\n<p>b</p>", "<p>a<p>b</p>", id="paragraphs"),
        pytest.param('<p>a</p>\n<h2 id="b">b</h2>', "<p>a<h2 id=b>b</h2>", id="a heading"),
        pytest.param("<p>a</p>\n</blockquote>", "<p>a</blockquote>", id="the last of a block"),
        pytest.param("<li>a</li>\n<li>b</li>\n</ul>", "<li>a<li>b</ul>", id="items"),
        pytest.param(
            "<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table>", "<td>a<td>b</table>", id="cells"
        ),
        pytest.param(
            "<table><caption>a</caption>\n<thead>\n<tr>\n<th>b</th>\n</tr>\n</thead>\n<tbody>",
            "<table><caption>a<thead><tr><th>b<tbody>",
            id="the head of a table",
        ),
        pytest.param("<p>a</p>\n<b>b</b>", "<p>a</p>\n<b>b</b>", id="words would join"),
        pytest.param("<p>a</p>\n</a>", "<p>a</p>\n</a>", id="the last of a link"),
        pytest.param("<p>a</p>\nb", "<p>a</p>\nb", id="text"),
        pytest.param(
            '<a title="b" href="../c/">d</a>', '<a title="b" href=../c/>d</a>', id="the last value"
        ),
        pytest.param('<h2 id="一、甲">a</h2>', "<h2 id=一、甲>a</h2>", id="Han"),
        pytest.param('<a href="?a=b">a</a>', '<a href="?a=b">a</a>', id="a sign that needs them"),
        pytest.param('<p class="a b">c="d"&gt;</p>', '<p class="a b">c="d"&gt;</p>', id="quotes"),
        pytest.param("<p>a<br>\nb</p>", "<p>a<br>\nb</p>", id="a line"),
        pytest.param(
            "<pre><code>a\n&lt;/p&gt;\n&lt;p&gt;</code></pre>",
            "<pre><code>a\n&lt;/p&gt;\n&lt;p&gt;</code></pre>",
            id="code",
        ),
    ],
)
def test_ends_that_the_next_tag_implies_are_not_written(html: str, shorter: str) -> None:
    assert closed(html) == shorter


@pytest.mark.parametrize("path", DIALECT, ids=lambda path: path.stem)
def test_a_browser_sees_the_same_text_without_them(path: Path) -> None:
    cases = CASE.findall(path.read_text(encoding="utf-8"))
    assert cases
    for case in cases:
        html = MESSAGE.sub("", case)
        assert list(seen(closed(html))) == list(seen(html))


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        pytest.param("<p>7～12时", "<p>7{J}～12时", id="a range"),
        pytest.param("<p>6月1日—18日", "<p>6月1日{J}—18日", id="from and to"),
        pytest.param("<p>达·芬奇", "<p>达{J}·芬奇", id="an interpunct"),
        pytest.param("<p>元／件", "<p>元{J}／件", id="a separator"),
        pytest.param("<b>7</b>～12", "<b>7</b>{J}～12", id="behind an element of the line"),
        pytest.param("7<b>～12</b>", "7<b>{J}～12</b>", id="the first of one"),
        pytest.param("<p>～12", "<p>～12", id="the first of a block"),
        pytest.param("<td>—<td>—", "<td>—<td>—", id="a gap of a table"),
        pytest.param("<p>说——是的", "<p>说——是的", id="a dash of two may begin a line"),
        pytest.param("<p>7 ～ 12", "<p>7 ～ 12", id="behind a blank, where a line may end"),
        pytest.param('<a title="7～12">7', '<a title="7～12">7', id="an attribute"),
        pytest.param("<pre><b>7</b>～12</pre>7～8", "<pre><b>7</b>～12</pre>7{J}～8", id="code"),
        pytest.param("<option>7～12</option>", "<option>7～12</option>", id="text alone"),
        pytest.param("<span>约7～12分钟</span>", "<span>约7～12分钟</span>", id="minutes of a card"),
        pytest.param("<p>约7～12天", "<p>约7{J}～12{G}天", id="about so many"),
        pytest.param("<p>7&lt;8～9", "<p>7&lt;8{J}～9", id="an entity"),
        pytest.param("～", "～", id="nothing else"),
        pytest.param("<p>7~12", "<p>7~12", id="another sign"),
        pytest.param("", "", id="nothing"),
        pytest.param("<p>共116个", "<p>共116{G}个", id="a measure word"),
        pytest.param("<p>1.39万亿元", "<p>1.39{G}万{J}亿{J}元", id="words for a unit with its power"),
        pytest.param("<p>3千", "<p>3{G}千", id="a power alone"),
        pytest.param("<p><b>4</b>亿", "<p><b>4</b>{G}亿", id="a unit behind an element"),
        pytest.param("4亿", "4{G}亿", id="a unit in a text alone"),
        pytest.param("<p>4<b>亿</b>", "<p>4<b>{G}亿</b>", id="a unit in an element"),
        pytest.param("<p>4%<p>亿", "<p>4%<p>亿", id="a line of its own"),
        pytest.param("<p>4<p>亿", "<p>4<p>亿", id="a paragraph of its own"),
        pytest.param("<p>5万～12万元", "<p>5{G}万{J}～12{G}万{J}元", id="a range with units"),
        pytest.param("<p>2021年7月22日", "<p>2021年7月22日", id="a date may part"),
        pytest.param("<p>618大促", "<p>618大促", id="no unit"),
        pytest.param("<p>几个，十万元", "<p>几个，十万元", id="no figure"),
        pytest.param("<p>4 亿", "<p>4 亿", id="a unit behind a blank"),
        pytest.param('<i title="4亿">4%</i>', '<i title="4亿">4%</i>', id="a unit in an attribute"),
        pytest.param("<h2>从<wbr>4亿起", "<h2>从<wbr>4亿起", id="a headline parts at its own places"),
        pytest.param("<a>4亿<wbr>起", "<a>4亿<wbr>起", id="the first of a headline"),
        pytest.param("<h2>GMV<i></i>4亿", "<h2>GMV<i></i>4亿", id="behind a gap of a headline"),
        pytest.param("<td>4亿<td>元", "<td>4亿<td>元", id="cells part at blanks alone"),
        pytest.param("<svg><text>4亿</text></svg>", "<svg><text>4亿</text></svg>", id="a drawing"),
    ],
)  # fmt: skip
def test_what_begins_no_line_is_marked(html: str, marked: str) -> None:
    assert joined(html) == marked.format(J=JOINER, G=GAP)


def test_a_component_is_read_once_in_the_life_of_an_environment() -> None:
    files = {
        "page": "{{ ui.one(text) }}{{ ui.one('<') }}",
        "components/one.html": "{% macro one(text) %}[{{ ui.two(text) }}]{% endmacro %}",
        "components/two.html": "{% macro two(text) %}{{ text }}{% endmacro %}",
    }

    def drawn(environment: Environment) -> str:
        return environment.get_template("page").render(text="甲&乙")

    environment = Environment(loader=DictLoader(files), extensions=[Flush], autoescape=True)
    assert drawn(environment) == "[甲&amp;乙][&lt;]"
    files["components/two.html"] = "{% macro two(text) %}new{% endmacro %}"
    assert drawn(environment) == "[甲&amp;乙][&lt;]"
    again = Environment(loader=DictLoader(files), extensions=[Flush], autoescape=True)
    assert drawn(again) == "[new][new]"


def test_a_component_that_shows_the_same_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_templates, "SAME", {"one"})
    drawings = count()
    files = {
        "components/one.html": "{% macro one(pages) %}{{ pages[0] }}{{ next() }}{% endmacro %}"
    }
    environment = Environment(loader=DictLoader(files), extensions=[Flush], autoescape=True)
    environment.globals["next"] = lambda: next(drawings)
    page = environment.from_string("{{ ui.one(['<']) }}{{ ui.one(['<']) }}{{ ui.one(pages=[{}]) }}")
    assert page.render() == "&lt;0&lt;0{}1"


def test_a_component_that_is_not_there_stops_the_page() -> None:
    environment = Environment(loader=DictLoader({"page": "{{ ui.crad() }}"}), extensions=[Flush])  # noqa: S701
    with pytest.raises(TemplateNotFound, match=r"components/crad\.html"):
        environment.get_template("page").render()


def test_a_misspelt_name_stops_the_build():
    environment = Environment(loader=DictLoader({"page": "{{ titel }}"}), extensions=[Strict])  # noqa: S701
    with pytest.raises(UndefinedError, match="'titel' is undefined"):
        environment.get_template("page").render(title="标题")


@pytest.mark.parametrize(
    "value",
    [
        "a & <b>",
        Markup("<b>"),
        Markup("<b>").join(["&", "c"]),
        12,
        None,
        ["<"],
        Undefined(name="a"),
    ],
    ids=repr,
)
def test_a_value_is_printed_as_jinja_prints_it(value: object) -> None:
    assert printed(value) == escape(value)


def test_a_misspelt_name_is_not_printed() -> None:
    with pytest.raises(UndefinedError):
        printed(StrictUndefined(name="a"))


PAGE = """
{% from "m" import twice %}
{% macro own(a, b="<") %}{{ a }}{{ b }}{{ kwargs.class }}{% endmacro %}
{% for item in items %}{{ ui.m(item, b=item ~ "&", c=loop.index) }}{{ own(item, class="c") }}{% endfor %}
{% call twice() %}{{ ui.m(1) }}{% endcall %}
{{ ui.m(*items) }}{{ ui.m(**{"a": "<", "b": 2}) }}{{ ui.m(ui.m(1)) }}{{ 1 if ui.m(1) else "" }}
{% autoescape false %}{{ "<b>" }}{{ ui.m("<") }}{% endautoescape %}
{% autoescape raw %}{{ "<b>" }}{{ ui.m("<") }}{% endautoescape %}
{% set told %}{{ ui.m("<") }}{% endset %}{{ told }}{{ told|upper }}
"""
PARTS = {
    "components/m.html": '{% macro m(a, b=">", c=3) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}',
    "m": "{% macro twice() %}{{ caller() }}{{ caller() }}{% endmacro %}",
}


@pytest.mark.parametrize("raw", [True, False])
def test_templates_say_what_jinja_makes_of_them(raw: bool) -> None:
    pages = []
    for generator in (None, CodeGenerator):
        environment = Environment(
            extensions=[Flush], autoescape=True, loader=DictLoader(PARTS), undefined=StrictUndefined
        )
        if generator:
            environment.code_generator_class = generator
        template = environment.from_string(PAGE)
        pages.append(template.render(items=["a", "<i>", Markup("<i>")], raw=raw))
    assert pages[0] == pages[1]
    assert "[&lt;i&gt;&lt;i&gt;&amp;2]" in pages[0]

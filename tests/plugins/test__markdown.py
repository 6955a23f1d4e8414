"""Bodies and their HTML. The cases stand in tests/markdown: title, given, expected, problems.

A case is a line with its title, then between lines with a single dot what is given and what
is expected: the HTML, then for each problem a line ``! line:column message``; in lead.md the
lead stands first, behind ``导语: ``.
"""

import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify_unicode

from plugins._blocks import PLAYERS
from plugins._body import Source
from plugins._card import Picture
from plugins._clean import TAGS
from plugins._markdown import Body, Heading, convert, slug

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/markdown"


def link(path: str) -> str | None:
    return {"x.md": "../x/", "/feeds/": "../feeds/", "../p/x.mp4": "../../pictures/x.mp4"}.get(path)


def picture(path: str) -> Picture | None:
    known = {
        "../p/x.png": Picture("../../pictures/x.png", 800, 600, ""),
        "../p/live.jpg": Picture("../../pictures/live.jpg", 1600, 900, "", "0123456789"),
        "../p/mark.jpg": Picture("../../pictures/mark.jpg", 390, 260, "", "0123456789"),
    }
    return known.get(path)


def read(text: str, *, line: int = 1, take_lead: bool = False, math: bool = False) -> Body:
    return convert(
        text, line=line, take_lead=take_lead, math=math, references=2, link=link, picture=picture
    )


def shown(body: Body, *, take_lead: bool) -> str:
    """Write a body as the cases do."""
    lead = [f"导语: {body.lead}"] if take_lead else []
    problems = [f"! {line}:{column} {message}" for line, column, message in body.problems]
    return "\n".join([*lead, *filter(None, [body.html]), *problems])


def cases() -> list[pytest.param]:
    found = []
    for path in sorted(CASES.glob("*.md")):
        for case in path.read_text(encoding="utf-8").split("\n.\n\n"):
            title, text, expected = case.removesuffix("\n.\n").split("\n.\n")
            found.append(pytest.param(path.stem, text, expected, id=f"{path.stem}: {title}"))
    return found


def errors(html: str) -> list[object]:
    """Return what the HTML standard calls parse errors."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parseFragment(html, container="main")
    return parser.errors


@pytest.mark.parametrize(("file", "text", "expected"), cases())
def test_case(file: str, text: str, expected: str) -> None:
    options = {"take_lead": file == "lead", "math": file == "math"}
    body = read(text, **options)
    assert shown(body, take_lead=options["take_lead"]) == expected
    assert errors(body.html) == []
    assert read(text, **options) == body


def test_what_few_texts_need_is_not_loaded_for_all() -> None:
    """An edit of one article is read within the time that these take to load."""
    program = "import sys, plugins._markdown, plugins._head, plugins._pinyin, plugins._svg\n"
    costly = {"pygments", "lxml", "pypinyin", "yaml", "latex2mathml", "PIL"}
    done = subprocess.run(
        [sys.executable, "-c", f"{program}print(*{costly} & set(sys.modules))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_problems_carry_the_lines_of_the_file() -> None:
    body = read("甲\r\n\r\n[乙](none.md)\r\n\r\n### 丙\r\n\r\n```nolanguage\r\n```", line=12)
    assert [(problem.line, problem.column) for problem in body.problems] == [
        (14, 3),
        (16, 1),
        (18, 1),
    ]


def test_headings_are_plain_text() -> None:
    body = read("## **平台** `x<y` [[1]]\n\n### A&B <kbd>C</kbd>\\*")
    assert body.headings == (
        Heading(2, "平台-xy", "平台 x<y"),
        Heading(3, "s-ab-c", "A&B C*"),
    )


@given(st.text())
def test_headings_are_named_as_by_python_markdown(text: str) -> None:
    assert slug(text) == slugify_unicode(text, "-")


def test_a_conversion_leaves_nothing_for_the_next() -> None:
    first = read("甲[^1] **GMV\n\n[^1]: 注\n\n*[GMV]: 总额\n\n[乙]: x.md\n\n```\n```")
    second = read("GMV[^1] [乙]\n\n```\n```")
    assert "abbr" in first.html
    assert second.html == (
        "<p>GMV[^1] [乙]</p>\n"
        '<pre class="highlight" role="region" tabindex="0" aria-label="代码1"><code>\n</code></pre>'
    )


def test_the_place_of_a_player_cannot_be_typed() -> None:
    """Whoever copies a placeholder into the text changes the text's digest, and so the next one."""
    text = "```video\n哔哩哔哩: BV1xx411c7mD\n标题: 仓库\n```\n\n"
    digest = "0123456789abcdef"
    for _ in range(3):
        typed = f"{text}video {digest} 0\n\n<div>video {digest} 0</div>"
        source = Source(
            typed, line=1, math=False, references=0, link=lambda _: None, picture=lambda _: None
        )
        digest = source.hold_player("").split()[1]
        assert read(typed).html.count("<iframe") == 1


TYPED = """<script> </script> <iframe/src="https://player.bilibili.com/">
<img/src=x/onerror=alert(1)> <svg/onload=alert(1)> <a/href="javascript:x"> javascript:
data: &#106; <details> </details> <style> <summary> </summary> <dl> <dt> <dd> </dl> <kbd>
</kbd> <ruby> <rt> <hr> <br> <math> <!-- --> <? > < <![CDATA[ ]]> " ' ` ``` ~~~ * ** _ ~~
== [ ]( ) ![ [[1]] [^1] [^1]: *[甲]: \\( \\) \\ & &lt; &#2; &#3; # ## ### 甲 乙 ， 。 GMV
1. - + | |---| |:-:| 表： > [!提示] [!展开] [ ] x.md ```timeline ```video ```math
2021-07-22 地址: 哔哩哔哩: wzxhzdk:0 \x02 \x03 \x02element:0\x03 id="main" onclick="x"
style="x" #甲 http://a \u3000 \ufe0f"""
SPACES = ("", " ", "  ", "    ", "\n", "\n\n", "\n> ", "\n- ", "\n  - ")
PARTS = st.tuples(st.sampled_from(TYPED.split()), st.sampled_from(SPACES)).map("".join)
SAFE_SCHEMES = ("http:", "https:", "mailto:", "tel:")


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join), st.booleans())
def test_nothing_hostile_gets_through(text: str, math: bool) -> None:
    body = read(text, math=math)
    assert errors(body.html) == []
    tree = html5lib.parseFragment(body.html, container="main", namespaceHTMLElements=False)
    ids = []
    for element in tree.iter():
        name = str(element.tag).rpartition("}")[2]
        assert name in TAGS | {"DOCUMENT_FRAGMENT", "iframe", "video"}
        if name == "iframe":
            assert element.get("src").startswith(tuple(p.frame[:30] for p in PLAYERS.values()))
        for attribute, value in element.attrib.items():
            assert not attribute.startswith("on")
            assert attribute != "style"
            if attribute in ("href", "src") and ":" in value.split("/")[0].split("#")[0]:
                assert value.lower().startswith(SAFE_SCHEMES)
        ids += filter(None, [element.get("id")])
    assert len(ids) == len(set(ids))
    last = text.count("\n") + text.count("\r") + 1
    assert all(1 <= problem.line <= last and problem.column >= 1 for problem in body.problems)


MONSTERS = {
    "50000 square brackets": "'[' * 50_000",
    "50000 round brackets": "'(' * 50_000",
    "50000 links that never end": "'[a](' * 50_000",
    "brackets in many paragraphs": "('[甲' * 400 + '\\n\\n') * 500",
    "1000 nested quotes": "'>' * 1_000 + '甲'",
    "1000 nested lists in one line": "'- ' * 1_000 + '甲'",
    "1000 nested lists": "'\\n'.join('  ' * n + '- 甲' for n in range(1_000))",
    "a line of 1 MB": "'a' * 1_000_000",
    "more than 1 MB": "'甲\\n\\n' * 300_000",
    "100000 stars": "'*' * 100_000",
    "stars and words": "'a*' * 100_000",
    "back ticks of two lengths": "('``a`' * 5_000 + '\\n\\n') * 40",
    "open comments": "'<!--\\n' * 19_000",
    "open fences": "'```a\\n' * 19_000",
    "open tags": "'<kbd>\\n\\n' * 9_000",
    "open details": "'<details>\\n\\n' * 9_000",
    "open formulas": "('\\\\\\\\(' * 1_000 + '\\n\\n') * 40",
    "code that is slow to colour": "'```html\\n' + '<!--' * 200_000 + '\\n```'",
    "headings of one name": "'## 甲\\n' * 19_000",
    "paragraphs": "'甲\\n\\n' * 9_000",
    "tables": "'| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n' * 4_000",
    "missing files": "'[甲](none.md)\\n\\n' * 4_000",
}


@pytest.mark.parametrize("text", MONSTERS.values(), ids=MONSTERS)
def test_a_monster_gets_an_answer(text: str) -> None:
    """In a process of its own, so that a hang is stopped; the time is no measure of speed."""
    program = (
        "from plugins._markdown import convert\n"
        f"body = convert({text}, line=1, take_lead=True, math=True, references=1,"
        " link=lambda _: None, picture=lambda _: None)\n"
        "print(len(body.html), len(body.problems))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    html, problems = map(int, done.stdout.split())
    assert html or problems


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲" * 400_000, "正文有1200000字节，最多1000000字节；请分成几篇"),
        ("\n" * 20_000, "正文有20001行，最多20000行；请分成几篇"),
        ("甲\n\n" + "[" * 100, "连着100个以上的“[”，请删去"),
        ("甲\n\n" + ">" * 31, "引用或列表套了30层以上，请减少"),
        ("甲\n\n" + "甲" * 30_001, "这一段多于30000字符，请用空行分段"),
    ],
)
def test_a_monster_is_refused_whole(text: str, message: str) -> None:
    body = read(text)
    assert body.html == ""
    assert [problem.message for problem in body.problems] == [message]


def test_thirty_levels_are_read() -> None:
    text = "> " * 29 + "- 甲"
    assert read(text).html.count("<blockquote>") == 29
    assert read("\n".join("  " * n + "- 甲" for n in range(30))).html.count("<ul>") == 30

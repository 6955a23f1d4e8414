"""What people are told of the copy desk is so; our own texts keep its rules."""

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins import _content, _head
from plugins._text import is_common
from press.check import Checker
from press.gate import Source, encoding, gate_of, law, style
from press.gate._prose import prose_of
from tests.gate.cases import load

ROOT = Path(__file__).parents[2]
GATE = gate_of({})
RULES = style.RULES | law.RULES
PROSE_RULES = style.DESK | law.TRUST
SIGNS = [*"一二年月日第条快手，。,.“”《》 \n*_`[](){}<>!#|-=~\\&:：/@^12%～—…", "2021年", "电商法", "刷单", "http://[", "](a)", "![地图", "\n\n"]  # fmt: skip
LEVELS = {"提醒": "warning", "错误": "error", "不查": "off"}
OURS = ("style", "law")
ROW = re.compile(r"\| `([a-z-]+)` \| .+? \| (提醒|错误|不查) \| (改?) ?\|")


@cache
def guide():
    """The rows of the guide's table: rule, level, whether make fix mends it."""
    return ROW.findall((ROOT / "content/README.md").read_text(encoding="utf-8"))


@cache
def sources(*families):
    """All texts of the cases of some families, else of all."""
    names = _content.Names(tags={})
    found = []
    for case in load():
        files = case.files() if not families or case.family in families else {}
        for path, data in files.items():
            kind = _content.KINDS.get(path.partition("/")[0])
            if kind and path.endswith(".md") and isinstance(data, bytes):
                text, _ = _head.decode(data)
                head, body, line, _ = _head.read(text, kind, ZoneInfo("Asia/Shanghai"))
                found.append(Source(path, text, head, body, line, names))
    return found


def test_the_guide_lists_every_rule_with_its_level():
    assert {name: LEVELS[level] for name, level, _ in guide()} == {
        name: level for name, (_, level) in RULES.items()
    }


@pytest.mark.parametrize("name", RULES)
def test_every_rule_finds_something_in_a_case(name):
    assert any(True for source in sources(*OURS) for _ in RULES[name][0](source, GATE))


@pytest.mark.parametrize(("name", "mends"), [(name, bool(mends)) for name, _, mends in guide()])
def test_the_guide_says_what_make_fix_mends(name, mends):
    rule, _ = PROSE_RULES[name]
    edits = [
        prose_of(source.text, source.body).edit(flaw)
        for source in sources(*OURS)
        for flaw in rule(prose_of(source.text, source.body), source, GATE)
    ]
    assert any(edits) is mends


@pytest.mark.parametrize("kind", ["WORDS", "LIMITS"])
def test_the_readme_lists_every_list_and_number(kind):
    readme = (ROOT / "press/README.md").read_text(encoding="utf-8")
    lists = {**getattr(style, kind, {}), **getattr(law, kind, {})}
    assert [name for name in lists if f"`{name}`" not in readme] == []


def test_no_text_of_any_case_breaks_a_rule():
    for source in sources():
        for name, rule in RULES.items():
            for line, column, message in rule[0](source, GATE):
                assert line >= 1, name
                assert column >= 1, name
                assert message, name


@given(st.lists(st.sampled_from(SIGNS), max_size=80).map("".join))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_breaks_a_rule(body):
    source = Source("articles/2026/11/a.md", body, None, body, 1, _content.Names(tags={}))
    for rule, _ in RULES.values():
        list(rule(source, GATE))


def test_our_own_texts_keep_the_rules():
    checker = Checker({"PATH": str(ROOT / "content")})
    assert [one for one in checker.check(checker.paths()) if one.rule in RULES] == []


@pytest.mark.parametrize(
    "pattern",
    [
        encoding.INVISIBLE,
        encoding.PRIVATE,
        re.compile(encoding.STACK.pattern.replace("{4,}", "")),
        _head._CONTROL,
        style._FULL_WIDTH,
    ],
    ids=["invisible", "private", "stacked", "control", "full width"],
)
def test_what_is_searched_for_in_uncommon_texts_alone_is_in_no_common_one(pattern):
    signs = map(chr, range(0x110000))
    assert not [sign for sign in signs if pattern.search(sign) and is_common(sign)]

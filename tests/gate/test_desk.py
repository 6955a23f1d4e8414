"""What people are told of the copy desk is so; our own texts keep its rules."""

import re
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins import _content, _head
from press.check import Checker
from press.gate import Source, gate_of, law, style
from press.gate._prose import prose_of
from tests.gate.cases import load

ROOT = Path(__file__).parents[2]
GATE = gate_of({})
RULES = style.RULES | law.RULES
PROSE_RULES = style.DESK | law.TRUST
LEVELS = {"提醒": "warning", "错误": "error", "不查": "off"}
ROW = re.compile(r"\| `([a-z-]+)` \| .+? \| (提醒|错误|不查) \| (改?) ?\|")


@cache
def guide():
    """The rows of the guide's table: rule, level, whether make fix mends it."""
    return ROW.findall((ROOT / "content/README.md").read_text(encoding="utf-8"))


@cache
def sources():
    """All texts of the cases of the two families."""
    names = _content.Names(tags={})
    found = []
    for case in load():
        files = case.files() if case.family in ("style", "law") else {}
        for path, data in files.items():
            if path.endswith(".md"):
                kind = _content.KINDS[path.partition("/")[0]]
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
    assert any(True for source in sources() for _ in RULES[name][0](source, GATE))


@pytest.mark.parametrize(("name", "mends"), [(name, bool(mends)) for name, _, mends in guide()])
def test_the_guide_says_what_make_fix_mends(name, mends):
    rule, _ = PROSE_RULES[name]
    edits = [
        prose_of(source.text, source.body).edit(flaw)
        for source in sources()
        for flaw in rule(prose_of(source.text, source.body), source, GATE)
    ]
    assert any(edits) is mends


@pytest.mark.parametrize("kind", ["WORDS", "LIMITS"])
def test_the_readme_lists_every_list_and_number(kind):
    readme = (ROOT / "press/README.md").read_text(encoding="utf-8")
    lists = {**getattr(style, kind, {}), **getattr(law, kind, {})}
    assert [name for name in lists if f"`{name}`" not in readme] == []


def test_our_own_texts_keep_the_rules():
    checker = Checker({"PATH": str(ROOT / "content")})
    assert [one for one in checker.check(checker.paths()) if one.rule in RULES] == []

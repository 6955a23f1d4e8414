"""What a publisher may set, and what the README tells of it."""

import re
from pathlib import Path

import pytest

from plugins import _content
from plugins._facts import RefusalError
from press.build import tell_warnings
from press.gate import FAMILIES, REQUIRED, SAFETY, examine, families, gate_of
from press.gate.report import MOST_ADVICE, Told, annotation, kind_of, parse, summary
from press.site import Result
from press.timings import Timings

README = (Path(__file__).parents[2] / "press/README.md").read_text(encoding="utf-8")
RULE = re.compile(
    r"^\| `([a-z-]+)` \| ([a-z]+) \| (off|warning|error)(, no switch)? \|", re.MULTILINE
)
KIND = re.compile(r"^\| `(article|flash|topic|page)` \|((?: `[a-z]+`)*) \|$", re.MULTILINE)
# These two tell their rules to editors, in content/README.md.
ELSEWHERE = {"law", "style"}


def rules():
    return {
        name: (family, level, family in SAFETY)
        for family in FAMILIES
        if family not in ELSEWHERE
        for kind in ("RULES", "FILE_RULES")
        for name, (_, level) in getattr(families()[family], kind, {}).items()
    }


def test_the_readme_tells_every_rule_with_its_level_and_no_other():
    told = {
        name: (family, level, bool(fixed)) for name, family, level, fixed in RULE.findall(README)
    }
    assert told == rules()


def test_the_readme_tells_what_is_required():
    assert {
        kind: tuple(re.findall(r"`(\w+)`", keys)) for kind, keys in KIND.findall(README)
    } == REQUIRED


def test_every_kind_of_text_is_asked_for_something_or_nothing():
    assert {*REQUIRED} == {*_content.KINDS.values()}


@pytest.mark.parametrize("name", [name for name, (_, _, fixed) in rules().items() if fixed])
def test_what_keeps_pages_safe_has_no_switch(name):
    with pytest.raises(RefusalError, match=name):
        gate_of({"levels": {name: "off"}})


@pytest.mark.parametrize("name", [name for name, (_, _, fixed) in rules().items() if not fixed])
def test_every_other_rule_can_be_off(name):
    def asked(gate):
        return dict(gate.rules) | dict(gate.file_rules)

    assert name in asked(gate_of({}))
    assert name not in asked(gate_of({"levels": {name: "off"}}))


def test_a_rule_has_one_name_in_all_families():
    names = [
        name
        for module in families().values()
        for kind in ("RULES", "FILE_RULES")
        for name in getattr(module, kind, {})
    ]
    assert len(names) == len(set(names))


def test_without_rules_nothing_is_found():
    everything_off = {name: "off" for name, _ in gate_of({}).rules if name not in safe()}
    gate = gate_of({"levels": everything_off})
    assert {name for name, _ in gate.rules} == safe()
    assert callable(examine)


def safe():
    return {name for name, (_, _, fixed) in rules().items() if fixed}


# ---- the report ----

KINDS = {
    "没有“电商咨询”这个频道；是不是“电商资讯”？": "没有“…”这个频道",
    "不能有HTML标签“<b>”：请删去": "不能有HTML标签“…”",
    "标题：“甲”有121字，最多120字，请缩短": "标题：“…”有N字，最多N字，请缩短",
    "一级标题留给文章的题目，这里请写“## ”": "一级标题留给文章的题目，这里请写“…”",
}


@pytest.mark.parametrize(("message", "kind"), KINDS.items())
def test_kinds(message, kind):
    assert kind_of(message) == kind


PARSED = {
    "content/pages/a.md:3:5: 没有这一天": ("content/pages/a.md", 3, 5, "没有这一天"),
    "content/data/ads.toml:2: 缺少 link": ("content/data/ads.toml", 2, 1, "缺少 link"),
    "content/pictures/a:b.png:1:1: 名字": ("content/pictures/a:b.png", 1, 1, "名字"),
    "content/a.md:1:1: 甲\n乙": ("content/a.md", 1, 1, "甲\n乙"),
    "pelicanconf.py: GATE 里没有": ("", 0, 0, "pelicanconf.py: GATE 里没有"),
    "两处要写同一个": ("", 0, 0, "两处要写同一个"),
}


@pytest.mark.parametrize(("message", "parts"), PARSED.items())
def test_a_refusal_is_taken_apart(message, parts):
    assert parse(message)[:4] == parts


def test_few_findings_need_no_list_of_kinds():
    assert summary([Told("a", 1, 1, "错")]) == "1个文件里有1处错误。"


def test_errors_and_warnings_are_counted_apart_and_five_kinds_are_named():
    found = [
        Told(f"a{n}", 1, 1, f"第{kind}种错误的话") for kind in "一二三四五六" for n in range(2)
    ]
    found.append(Told("b", 1, 1, "第一种错误的话", "rule", "warning"))
    lines = summary(found).splitlines()
    assert lines[:2] == ["3个文件里有12处错误、1处提醒。", "最多的几种："]
    assert lines[2] == "     3处 第一种错误的话"
    assert len(lines) == 2 + 5


def test_a_build_shows_so_many_warnings_and_counts_the_rest(capsys):
    fresh = tuple(("a.md", (n, 1, "提醒的话", "rule", "warning")) for n in range(1, 24))
    tell_warnings(Result(1, 1, Timings(), fresh[:MOST_ADVICE], fresh=23, older=7))
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 20 + 3
    assert told[-3:] == [
        "……还有3处提醒。",
        "没有改动的稿件里另有7处提醒。",
        "全部提醒用make check看。",
    ]


def test_what_has_a_meaning_in_a_workflow_command_is_escaped():
    told = Told("a,b:c%.md", 1, 2, "甲::%0A乙\r\n::error::丙", "rule", "warning")
    assert annotation(told) == (
        "::warning file=a%2Cb%3Ac%25.md,line=1,col=2,title=提醒（rule）::甲::%250A乙%0D%0A::error::丙"
    )
    assert annotation(Told("", 0, 0, "GATE")) == "::error title=错误::GATE"

"""The gate: what is wrong in the sources, told before anything is built of them.

What makes pages safe is decided where pages are made, in ``plugins/``: it holds under stock Pelican
too. The gate asks for that and adds the rules of the house and of the law, whose level a publisher
sets (``GATE`` in pelicanconf.py). The same rules stand behind ``make check``, the commit hook, the
build and the preview.

Each module here is a family of rules. A rule is a generator over one text; it yields line, column
(both from 1) and what is wrong with what to write instead, and knows nothing of levels. ``RULES``
of a family names its rules with the level that they have unless a publisher sets another.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content, _head
from plugins._content import Names
from plugins._facts import RefusalError
from plugins._head import Head
from plugins._limits import Limits, OutOfTimeError, too_long, within

LEVELS = ("off", "warning", "error")
# Families whose rules keep pages safe, or articles from being lost: they have no switch.
SAFETY = ("encoding", "addresses", "markup", "files")
OF_WITHDRAWN = ("future-day",)  # rules that look at a withdrawn text, too
FAMILIES = (*SAFETY, "metadata", "links", "pictures", "law", "style")


class Finding(NamedTuple):
    """One thing to tell an editor."""

    line: int
    column: int
    message: str  # what is wrong; what to write instead
    rule: str
    level: str  # "error" or "warning"


class Source(NamedTuple):
    """One text as the rules see it."""

    path: str  # below content/
    text: str  # decoded, as in the file
    head: Head | None  # None: it could not be read, which has been told
    body: str  # Markdown
    line: int  # of the file, at which the body begins
    names: Names  # what content/data knows


Place = tuple[int, int, str]  # line, column, what is wrong; what to write instead
Rule = Callable[[Source, Any], Iterator[Place]]  # of a text, and the Gate
FileRule = Callable[[Path, str, Any], Iterator[Place]]  # content/, a file's path below it, the Gate


class Gate(NamedTuple):
    """``GATE`` in pelicanconf.py, complete: what it does not say is as the families say."""

    levels: Mapping[str, str]  # of every rule by its name
    required: Mapping[str, tuple[str, ...]]  # kind of text → keys of the head
    words: Mapping[str, tuple[str, ...]]  # lists of words that rules look for (WORDS of a family)
    limits: Mapping[str, int]  # numbers that rules hold to (LIMITS of a family)
    rules: tuple[tuple[str, Rule], ...] = ()  # those not off
    file_rules: tuple[tuple[str, FileRule], ...] = ()


# By kind, the keys that our house wants in a head besides those without which there is no text.
REQUIRED: dict[str, tuple[str, ...]] = {
    "article": ("source", "author", "tags", "summary", "reference"),
    "flash": ("source",),
    "topic": (),
    "page": (),
}


@cache
def families() -> dict[str, Any]:
    """Return the modules of all families by their names."""
    return {name: import_module(f"press.gate.{name}") for name in FAMILIES}


def _all(kind: str) -> dict[str, Any]:
    """Return what the families give under one name: RULES, FILE_RULES, WORDS or LIMITS."""
    return {
        name: value
        for module in families().values()
        for name, value in getattr(module, kind, {}).items()
    }


def gate_of(given: Mapping[str, Any] | None) -> Gate:
    """Complete and check the publisher's ``GATE``.

    Raises:
        RefusalError: a key, rule, list or level that nobody knows, with the nearest that is known.

    """
    given = {} if given is None else given
    _known("GATE", given, ("levels", "required", "words", "limits"))
    rules, file_rules = _all("RULES"), _all("FILE_RULES")
    levels = {name: level for name, (_, level) in (rules | file_rules).items()}
    fixed = {
        name
        for family in SAFETY
        for kind in ("RULES", "FILE_RULES")
        for name in getattr(families()[family], kind, {})
    }
    switched = given.get("levels", {})
    _known('GATE["levels"]', switched, [name for name in levels if name not in fixed])
    for name, level in switched.items():
        if level not in LEVELS:
            raise RefusalError(
                f'pelicanconf.py: GATE["levels"]["{name}"] 写成了“{level}”；'
                f"可以写 {'、'.join(LEVELS)}"
            )
    levels |= switched
    required = _replaced("required", REQUIRED, given)
    for kind, keys in required.items():
        allowed = [name for name in _head.KEYS if _head.may_have(kind, name)]
        _known(f'GATE["required"]["{kind}"]', dict.fromkeys(keys), allowed)
    return Gate(
        levels=levels,
        required=required,
        words=_replaced("words", _all("WORDS"), given),
        limits=_replaced("limits", _all("LIMITS"), given),
        rules=tuple((name, rule) for name, (rule, _) in rules.items() if levels[name] != "off"),
        file_rules=tuple(
            (name, rule) for name, (rule, _) in file_rules.items() if levels[name] != "off"
        ),
    )


def _replaced(key: str, default: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults with what the publisher gives in their places, of the same type."""
    _known(f'GATE["{key}"]', given.get(key, {}), default)
    own = dict(given.get(key, {}))
    for name, value in own.items():
        if isinstance(default[name], tuple) and isinstance(value, list):
            own[name] = tuple(value)
        elif type(value) is not type(default[name]):
            raise RefusalError(
                f'pelicanconf.py: GATE["{key}"]["{name}"] 写成了 {value!r}；'
                f"要写成 {default[name]!r} 这样"
            )
    return dict(default) | own


def _known(where: str, given: Any, known: Any) -> None:
    if not isinstance(given, Mapping):
        raise RefusalError(f"pelicanconf.py: {where} 写成了 {given!r}；要写成一个字典")
    for name in given:
        if name not in known:
            import difflib  # noqa: PLC0415  for a mistake only

            near = difflib.get_close_matches(str(name), list(known), 1)
            hint = f"是不是 {near[0]}？" if near else f"可用：{'、'.join(known)}"
            raise RefusalError(f"pelicanconf.py: {where} 里没有“{name}”这一项；{hint}")


def examine(source: Source, gate: Gate) -> list[Finding]:
    """Return what the rules find in one text, in the order of its lines."""
    return sorted(
        Finding(*place, name, gate.levels[name])
        for name, rule in gate.rules
        for place in rule(source, gate)
    )


def examine_file(root: Path, path: str, gate: Gate) -> list[Finding]:
    """Return what the rules find in one file that is no text."""
    return sorted(
        Finding(*place, name, gate.levels[name])
        for name, rule in gate.file_rules
        for place in rule(root, path, gate)
    )


class Reading(NamedTuple):
    """What reading texts depends on besides their files."""

    root: Path
    names: Names
    zone: ZoneInfo
    limits: Limits
    gate: Gate


def read(path: str, by: Reading) -> tuple[_content.Text | None, list[Finding]]:
    """Read a text and examine it; it is None only beside an error. Cost: O(its length)."""
    try:
        with within(by.limits.seconds):
            opened = _content.begin(by.root, path, by.zone, by.limits)
            text, problems = _content.finish(by.root, opened, by.names, by.limits)
            family = "markup" if opened.text else "encoding"
            heads = set(opened.problems) if opened.text else set()
            found = [
                Finding(*problem, "metadata" if problem in heads else family, "error")
                for problem in problems
            ]
            return text, sorted([*found, *_examined(opened, by)])
    except OutOfTimeError:
        return None, [Finding(1, 1, too_long(by.limits.seconds), "markup", "error")]
    except OSError as error:
        what = f"读不出这个文件（{error.strerror}）：请检查它的权限，或重新存一次"
        return None, [Finding(1, 1, what, "files", "error")]


def again(path: str, by: Reading) -> list[Finding]:
    """Examine a text that was read before, by rules or names that have changed."""
    try:
        with within(by.limits.seconds):
            return _examined(_content.begin(by.root, path, by.zone, by.limits), by)
    except (OutOfTimeError, OSError):
        return []  # reading it anew tells what is wrong


def _examined(opened: _content.Opened, by: Reading) -> list[Finding]:
    if not opened.text:
        return []
    _, _, _, _, text, head, body, line, _ = opened
    rules = by.gate
    if head and head.withdrawal:  # nobody will read it; but its day is told
        rules = rules._replace(rules=tuple(rule for rule in rules.rules if rule[0] in OF_WITHDRAWN))
    return examine(Source(opened.path, text, head, body, line, by.names), rules)

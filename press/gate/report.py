"""What was found, as people read it: grouped by file, counted, the commonest kinds first."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

from press.values import located

MOST_ADVICE = 20  # warnings that a build shows
COMMONEST = 5  # kinds in the summary
TOLD = re.compile(
    r"(?P<path>[^\n]+?):(?P<line>\d+):(?:(?P<column>\d+):)? ?(?P<message>.*)", re.DOTALL
)
QUOTED = re.compile(r"“.*?”|\d+", re.DOTALL)
WRONG = re.compile(r".{5,}?(?=[；：])")  # what stands before the remedy, with a field's name
LONGEST_KIND = 40  # characters


class Told(NamedTuple):
    """One finding with its file."""

    path: str  # from the project's folder; "" for what concerns no file
    line: int
    column: int
    message: str
    rule: str = ""
    level: str = "error"

    def __str__(self) -> str:
        """Return the line that an editor reads."""
        mark = f"提醒（{self.rule}）：" if self.level == "warning" else ""
        message = " ".join(self.message.split("\n"))
        return f"{self.path}:{self.line}:{self.column}: {mark}{message}" if self.path else message


def parse(message: str) -> Told:
    """Take a refusal apart again, whoever wrote it; a column that it lacks is the first."""
    found = TOLD.fullmatch(message)
    if not found:
        return Told("", 0, 0, message)
    return Told(found["path"], int(found["line"]), int(found["column"] or 1), found["message"])


def kind_of(message: str) -> str:
    """Return what a finding says, without what differs from one place to the next."""
    what = QUOTED.sub(lambda match: "“…”" if match[0][0] == "“" else "N", message)
    found = WRONG.match(what)
    return (found[0] if found else what)[:LONGEST_KIND]


def listed(found: Iterable[Told]) -> str:
    """Return all findings, each in its line, with a blank line between files."""
    groups = groupby(found, key=lambda one: one.path)
    return "\n\n".join("\n".join(map(str, group)) for _, group in groups)


def summary(found: Sequence[Told]) -> str:
    """Count what was found; say the commonest kinds first if there are several."""
    errors = sum(one.level == "error" for one in found)
    warnings = len(found) - errors
    files = len({one.path for one in found})
    counts = [f"{count}处{name}" for count, name in ((errors, "错误"), (warnings, "提醒")) if count]
    lines = [f"{files}个文件里有{'、'.join(counts)}。"]
    kinds = Counter(kind_of(one.message) for one in found)
    if len(found) > COMMONEST:
        lines.append("最多的几种：")
        lines += [f"  {count:>4}处 {kind}" for kind, count in kinds.most_common(COMMONEST)]
    return "\n".join(lines)


def refusal(messages: Iterable[str]) -> str:
    """Return what a refused build tells."""
    found = sorted(parse(located(message)) for message in messages)
    return f"{listed(found)}\n\n{summary(found)}" if found[-1].path else listed(found)


def advice(fresh: Iterable[tuple[str, Sequence[Any]]], count: int) -> str:
    """Return the first of ``count`` warnings about the texts just read."""
    shown = [Told(f"content/{path}", *finding) for path, finding in islice(fresh, MOST_ADVICE)]
    lines = [listed(shown)] if shown else []
    if count > len(shown):
        lines.append(f"……还有{count - len(shown)}处提醒。")
    return "\n".join(lines)


# What has a meaning of its own in a workflow command, and how it is written there
# (docs.github.com, "Workflow commands for GitHub Actions"; actions/toolkit, core/src/command.ts).
DATA: Mapping[str, str] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY: Mapping[str, str] = {**DATA, ":": "%3A", ",": "%2C"}


def annotation(one: Told) -> str:
    """Return a finding as a command that GitHub shows beside the line."""
    title = "提醒" if one.level == "warning" else "错误"
    properties = {"title": title}
    if one.path:
        properties = {
            "file": one.path,
            "line": str(one.line),
            "col": str(one.column),
            "title": f"{title}（{one.rule}）" if one.rule else title,
        }
    given = ",".join(f"{name}={_escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::{one.level} {given}::{_escaped(one.message, DATA)}"


def _escaped(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)

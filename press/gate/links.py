"""Rules about links. That each leads somewhere is judged where they are made: ``plugins/_markdown.py``."""

import re
from collections.abc import Iterator

from press.gate import Gate, Place, Rule, Source

CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<ticks>`+)[^\n]*?(?P=ticks)", re.M | re.S
)
SPACED = re.compile(r"\[[^\[\]\n]+\]\(\s*https?://[^()\s\"]*[ \t]+[^()\"'\n]+\)")
NAMED = re.compile(r"\[[^\[\]\n]+\]\[([^\[\]\n^]+)\]")


def no_link(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find what was meant as a link and stays text: a space in the address, a name without one."""
    if "](" not in source.body and "][" not in source.body:
        return
    body = source.body
    if "`" in body or "~~~" in body:
        body = CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), body)
    for found in SPACED.finditer(body):
        yield (
            *_place(source, body, found.start()),
            (f"“{found[0][:60]}”的网址里有空格，成不了链接：请删去空格，或写成%20"),
        )
    named = [*NAMED.finditer(body)]
    folded = body.casefold() if named else ""
    for found in named:
        if f"[{found[1].casefold()}]:" not in folded:
            what = f"“{found[0]}”成不了链接，因为没有“[{found[1]}]: 网址”这一行：请补上"
            yield *_place(source, body, found.start()), what


def _place(source: Source, body: str, start: int) -> tuple[int, int]:
    before = body.count("\n", 0, start)
    return source.line + before, start - body.rfind("\n", 0, start)


RULES: dict[str, tuple[Rule, str]] = {"no-link": (no_link, "warning")}

"""Rules about links. That each leads somewhere is judged where they are made: ``plugins/_markdown.py``."""

import re
from collections.abc import Iterator
from functools import lru_cache

from plugins._lines import TABLE_RULE
from press.gate import Gate, Place, Rule, Source

CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<ticks>`+)[^\n]*?(?P=ticks)", re.M | re.S
)
SPACED = re.compile(r"\[[^\[\]\n]+\]\(\s*https?://[^()\s\"]*[ \t]+[^()\"'\n]+\)")
# What people write who do not see which brackets Markdown wants, and that none may stand between.
_TO = r"(?P<gap>[ \u3000]*)(?P<begin>[(（])(?P<url>https?://[^\s()（）]+)[)）]"
LIKE_LINK = re.compile(rf"(?P<text>\[[^\[\]\n]+\]|【[^【】\n]+】){_TO}")
LIKE_LINK_IN_SQUARE = re.compile(rf"(?P<text>\[[^\[\]\n]+\]){_TO}")  # the same, much quicker
# Two lines or more of cells with tabs between them, as spreadsheets give them.
PASTED = re.compile(
    r"(?:^|(?<=\n\n))(?P<head>[^\n\t|]+(?:\t[^\n\t|]*)+\n)(?:[^\n\t|]*(?:\t[^\n\t|]*)+(?:\n|$))+"
)
# Two lines or more between bars, with nothing before them in their block. The bar stands first:
# what begins with a sign is looked for much more quickly.
_ROW = r"[^\n]*[|｜][ ]*(?:\n|$)"
PIPES = re.compile(rf"[|｜](?:(?<=^.)|(?<=\n\n.)){_ROW}(?:[|｜]{_ROW})+")
BARE = re.compile(r"(?<![\[\]A-Za-z0-9_\\])(?:\[([0-9]{1,2})\](?![\[\](:])|【([0-9]{1,2})】)")
NAMED = re.compile(r"\[[^\[\]\n]+\]\[([^\[\]\n^]+)\]")


def no_link(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find what was meant as a link or picture and stays text, and as text makes no sense."""
    body = source.body
    if "[" not in body and "【" not in body:
        return
    body = without_code(body)
    for found in SPACED.finditer(body):
        yield (
            *_place(source, body, found.start()),
            (f"“{found[0][:60]}”的网址里有空格，成不了链接：请删去空格，或写成%20"),
        )
    like_link = LIKE_LINK if "【" in body else LIKE_LINK_IN_SQUARE
    for found in like_link.finditer(body) if "://" in body else ():
        if found["text"][0] == "【" or found["gap"] or found["begin"] == "（":
            right = f"[{found['text'][1:-1]}]({found['url']})"
            what = (
                f"“{found[0][:60]}”排不成链接；请用半角的方括号和圆括号，中间不空格：{right[:80]}"
            )
            yield *_place(source, body, found.start()), what
    known = len(source.head.references) if source.head else 0
    for found in BARE.finditer(body) if known else ():
        number = found[1] or found[2]
        if 1 <= int(number) <= known:
            what = f"“{found[0]}”只是文字；引用头里的第{number}条资料，请写“[[{number}]]”"
            yield *_place(source, body, found.start()), what
    named = [*NAMED.finditer(body)]
    folded = body.casefold() if named else ""
    for found in named:
        if f"[{found[1].casefold()}]:" not in folded:
            what = f"“{found[0]}”成不了链接，因为没有“[{found[1]}]: 网址”这一行：请补上"
            yield *_place(source, body, found.start()), what


def no_table(source: Source, _gate: Gate) -> Iterator[Place]:
    """Find what was meant as a table and runs into one line: pasted columns, a line that is missing."""
    body = source.body
    if not ("\t" in body or "\n|" in f"\n{body}" or "｜" in body):
        return
    body = without_code(body)
    for found in PASTED.finditer(body) if "\t" in body else ():
        cells = [cell.strip() for cell in found["head"].strip("\n").split("\t")]
        right = f"“| {' | '.join(cells)} |”，下一行“|{'---|' * len(cells)}”"
        yield (
            *_place(source, body, found.start()),
            f"像是从表格软件粘贴来的，排不成表；每行请用竖线分格：{right}，再往下是数",
        )
    for found in PIPES.finditer(body):
        rows = found[0].strip("\n").split("\n")
        at = found.start() + len(found[0]) - len(found[0].lstrip("\n"))
        if "｜" in rows[0]:
            yield *_place(source, body, at), "表格的竖线要用半角的“|”，不用全角的“｜”"
        elif not TABLE_RULE.fullmatch(rows[1]):
            right = f"|{'---|' * max(rows[0].strip().strip('|').count('|') + 1, 1)}"
            yield *_place(source, body, at), f"这几行排不成表；表头下面请加一行“{right}”"


@lru_cache(maxsize=1)
def without_code(body: str) -> str:
    """Return a body with blanks in the place of code."""
    if "`" in body or "~~~" in body:
        return CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), body)
    return body


def _place(source: Source, body: str, start: int) -> tuple[int, int]:
    before = body.count("\n", 0, start)
    return source.line + before, start - body.rfind("\n", 0, start)


RULES: dict[str, tuple[Rule, str]] = {
    "no-link": (no_link, "warning"),
    "no-table": (no_table, "warning"),
}

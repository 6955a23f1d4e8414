"""The lines of a body, set right before Markdown reads them.

Here the row of each line is still known, so what is wrong is reported with its place. The
steps, in order: fences and comments, abbreviations, typed tags, lists and headings.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from plugins._blocks import fence
from plugins._body import Source
from plugins._clean import Fault, OpenTag, as_text, unclosed, vet
from plugins._lane import blocks
from plugins._limits import Limits

SIGNS = "[](){}*_`<>~=!&\\"
MARK = re.compile(r"[*_~=&\\]")
DEAR_MARK = re.compile(r"[\[`<]")
PRICE = 5  # a dear mark makes Markdown look through the rest of its paragraph
BRACKET = re.compile(r"\]\(|[\[\])]")
TAG_MARK = re.compile(r"<[A-Za-z/!?]")
LINK_MARK = re.compile(r"(?<!!)\[[^\[\]]*\][(\[]|<https?:", re.IGNORECASE)
PICTURE_MARK = re.compile(r"!\[")
CELL_MARK = re.compile(r"\|")
SQUARE = {"[": 1, "]": -1, "](": -1}
ROUND = {"](": 1, ")": -1}

TAB = 4  # what Markdown takes for one level of a list; editors may type 2, 3 or 4 spaces
FENCE = re.compile(r"(?P<prefix>[> ]*)(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)")
COMMENT = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|<!--(?P<text>.*?)(?P<end>-->|$)")
# Where a browser ends a comment before our "-->" (HTML standard, "comment end bang state").
COMMENT_OF_BROWSERS = re.compile(r"<!--(?:-?>|(?:(?!-->).)*--!>)")
ABBREVIATION = re.compile(r" {0,3}\*\[(?P<short>[^\]]+)\]: *(?P<long>.+)")
QUOTE = re.compile(r"(?: {0,3}> ?)*")
ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}\.) +(?=\S)")
RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
UNDERLINE = re.compile(r" {0,3}(?:-{2,}|={2,}) *")
HEADING = re.compile(r" {0,3}(?P<level>#(?=[ ])|#{2,6}(?=[^#])) *(?P<text>\S.*)")
CAPTION = re.compile(r" {0,3}表[：:]")
TABLE_RULE = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?")
# How a line can begin that is blank, an item, a heading, an underline or a caption.
NO_SENTENCE = re.compile(r"\s|$|[-+#=表]|\* |\d")
DEEPEST_HEADING = 4


class Line(NamedTuple):
    """A line and its row in the body."""

    row: int
    text: str


class Level(NamedTuple):
    """An open item of a list: where its mark stands, and of which kind it is."""

    indent: int
    ordered: bool


def prepare(lines: list[str], source: Source, store: Callable[[str], str]) -> list[str]:
    """Return the lines for Markdown; ``store`` keeps finished HTML and gives its placeholder."""
    typed = "\n".join(lines)
    if "```" in typed or "~~~" in typed or "<!--" in typed:
        rows = _fences(lines, source, store)
        typed = "\n".join(line.text for line in rows)
    else:
        rows = list(map(Line._make, enumerate(lines)))
    limits = source.limits
    tame = is_tame(typed, limits) and not _deep(limits.depth, "\n").search("\n" + typed)
    if not tame and (refusal := _monster(rows, limits)):
        source.report(*refusal)
        return [""]
    if "*[" in typed:
        rows = _abbreviations(rows, source)
    if "<" in typed:
        rows = _tags(rows, source, store)
    # What a fence made is still Markdown in the elements.
    source.notes_marked = "[^" in typed or bool(source.elements)
    alone = not (source.notes_marked or "<" in typed or "*[" in typed or "]:" in typed)
    return _levels(rows, source, store if alone and source.quick else None)


def is_tame(text: str, limits: Limits) -> bool:
    """Whether a text is so far from every limit of signs that no block can go beyond one."""
    counts = {sign: text.count(sign) for sign in SIGNS if sign in text}
    marks = sum(counts.values()) * PRICE  # more than there are
    opened = min(limits.brackets, limits.links, limits.pictures)
    return (
        len(text) <= limits.block
        and marks <= min(limits.marks_in_block, limits.marks)
        and all(number < limits.run for number in counts.values())
        and counts.get("[", 0) <= opened
        and (counts.get("]", 0) <= opened or text.count("](") <= opened)
        and counts.get("<", 0) <= limits.tags
        and text.count("|") <= limits.cells
    )


@cache
def _run(length: int) -> re.Pattern[str]:
    return re.compile(rf"([{re.escape(SIGNS)}])\1{{{length - 1}}}")


@cache
def _deep(depth: int, before: str = "") -> re.Pattern[str]:
    return re.compile(rf"{before}(?:[ ]*(?:>|[-*+] |\d+\. )){{{depth + 1}}}")


def _monster(rows: list[Line], limits: Limits) -> tuple[int, int, str] | None:
    """Find what no editor writes; fences have been taken out."""
    run, deep = _run(limits.run), _deep(limits.depth)
    total = 0
    for filled, group in groupby(rows, key=lambda line: bool(line.text.strip())):
        block = list(group)
        if not filled:
            continue
        for row, text in block:
            if found := run.search(text):
                return row, found.start(), f"连着{limits.run}个以上的“{found[1]}”，请删去"
            if deep.match(text):
                return row, 0, f"引用或列表套了{limits.depth}层以上，请减少"
        text = "\n".join(line.text for line in block)
        marks = len(MARK.findall(text)) + PRICE * len(DEAR_MARK.findall(text))
        total += marks
        if len(text) > limits.block:
            what = f"这一段多于{limits.block}字符，请用空行分段"
        elif marks > limits.marks_in_block or _open_brackets(text) > limits.brackets:
            what = "这一段的标记符号太多，或有许多方括号没有收尾，请补上或用空行分段"
        elif total > limits.marks:
            what = "到这里为止，正文的标记符号太多，请分成几篇"
        else:
            continue
        return block[0].row, 0, what
    return _crowd(rows, limits)


def _crowd(rows: list[Line], limits: Limits) -> tuple[int, int, str] | None:
    """Find where there are too many of one thing, though none of it is wrong by itself."""
    for pattern, most, what in (
        (TAG_MARK, limits.tags, "个标签"),
        (LINK_MARK, limits.links, "个链接"),
        (PICTURE_MARK, limits.pictures, "张图片"),
        (CELL_MARK, limits.cells, "个表格的格子"),
    ):
        count = 0
        for row, text in rows:
            count += len(pattern.findall(text))
            if count > most:
                return row, 0, f"到这里为止有{most}{what}以上，请分成几篇"
    return None


def _open_brackets(text: str) -> int:
    """Count how many brackets of links wait for their end at the worst place."""
    worst = squares = rounds = 0
    for bracket in BRACKET.findall(text):
        squares = max(0, squares + SQUARE.get(bracket, 0))
        rounds = max(0, rounds + ROUND.get(bracket, 0))
        worst = max(worst, squares, rounds)
    return worst


def _fences(lines: list[str], source: Source, store: Callable[[str], str]) -> list[Line]:
    """Take out fenced blocks and comments; whichever begins first holds the other."""
    rows: list[Line] = []
    row = 0
    while row < len(lines):
        text = lines[row]
        if ("```" in text or "~~~" in text) and (match := FENCE.fullmatch(text)):
            end = _end_of_fence(lines, row, match, source)
            if end is None:
                source.report(
                    row, len(match["prefix"]), f"“{match['mark']}”没有收尾，请在代码后另起一行补上"
                )
            else:
                prefix = match["prefix"]
                inner = [_without(prefix, line) for line in lines[row + 1 : end]]
                source.hide(row, end)
                made = fence(match["info"].strip(), inner, row, source)
                blank = Line(row, prefix.rstrip(" ") if ">" in prefix else "")
                if made != "":
                    rows += [blank, Line(row, prefix + _placeholder(made, source, store))]
                rows.append(blank)
                row = end + 1
                continue
        last = row
        if "<!--" in text and source.comments_end:
            text, last = _without_comments(lines, row, source)
        rows.append(Line(row, text))
        # A comment of several lines is gone with its line breaks.
        row = last + 1
    return rows


def _end_of_fence(
    lines: list[str], start: int, opening: re.Match[str], source: Source
) -> int | None:
    quotes = opening["prefix"].count(">")
    mark = opening["mark"]
    if not quotes and len(mark) >= source.endless.get(mark[0], len(mark) + 1):
        return None
    closing = re.compile(rf"[> ]*{mark[0]}{{{len(mark)},}} *")
    for row in range(start + 1, len(lines)):
        if QUOTE.match(lines[row])[0].count(">") < quotes:
            return None
        if closing.fullmatch(lines[row]):
            return row
    if not quotes:
        source.endless[mark[0]] = len(mark)
    return None


def _without(prefix: str, line: str) -> str:
    """Take away the quote marks and spaces that the opening line has."""
    head = line[: len(prefix)]
    return line[len(prefix) :] if not head.strip("> ") else line.lstrip("> ")


def _placeholder(made: str | Element, source: Source, store: Callable[[str], str]) -> str:
    if isinstance(made, str):
        return store(made)
    key = f"\x02element:{len(source.elements)}\x03"
    source.elements[key] = made
    return key


def _without_comments(lines: list[str], row: int, source: Source) -> tuple[str, int]:
    """Return the line without comments, and the row where the last of them ends."""
    text, last, start = lines[row], row, 0
    while match := _comment(text, start):
        start = match.start()
        if COMMENT_OF_BROWSERS.match(text, start):
            source.report(row, start, "注释请写成“<!-- 文字 -->”：浏览器会在别处结束它")
        if match["end"]:
            text = text[:start] + text[match.end() :]
            continue
        last = next((r for r in range(last + 1, len(lines)) if "-->" in lines[r]), -1)
        if last < 0:
            source.report(row, start, "“<!--”没有收尾，请补上“-->”")
            source.comments_end = False
            return text.replace("<!--", "&lt;!--"), row
        text = text[:start] + lines[last].split("-->", 1)[1]
    source.hide(row + 1, last - 1)
    return text, last


def _comment(text: str, start: int) -> re.Match[str] | None:
    return next((m for m in COMMENT.finditer(text, start) if not m["ticks"]), None)


def _abbreviations(rows: list[Line], source: Source) -> list[Line]:
    """Take out the definitions of abbreviations."""
    kept = []
    for line in rows:
        if line.text.lstrip(" ").startswith("*[") and (m := ABBREVIATION.fullmatch(line.text)):
            source.abbreviations[m["short"].strip()] = m["long"].strip()
        else:
            kept.append(line)
    return kept


def _tags(rows: list[Line], source: Source, store: Callable[[str], str]) -> list[Line]:
    """Turn tags that nobody may type into text, and keep blocks of typed HTML from Markdown."""
    blocks = [list(group) for _, group in groupby(rows, key=lambda line: bool(line.text.strip()))]
    texts = ["\n".join(line.text for line in block) for block in blocks]
    details: list[OpenTag] = []
    vetted = {
        number: vet(text, number, details, math=source.math)
        for number, text in enumerate(texts)
        if "<" in text
    }
    for tag in details:
        vetted[tag.block].faults.append(Fault(tag.start, unclosed(tag.name)))
    for number, found in vetted.items():
        for start, message in filter(lambda fault: fault.message, found.faults):
            _report_in_block(blocks[number], start, message, source)
    result = []
    for number, block in enumerate(blocks):
        if number not in vetted:
            result += block
            continue
        faults = vetted[number].faults
        if vetted[number].raw and not any(fault.message for fault in faults):
            text = as_text(texts[number], [fault.start for fault in faults])
            blank = Line(block[0].row, "")
            result += [blank, Line(block[0].row, store(text)), blank]
        else:
            # HTML with a fault is shown as it was typed.
            every = [m.start() for m in re.finditer("<", texts[number])]
            starts = every if vetted[number].raw else [fault.start for fault in faults]
            pieces = as_text(texts[number], starts).split("\n")
            result += [Line(line.row, piece) for line, piece in zip(block, pieces, strict=True)]
    return result


def _report_in_block(block: list[Line], start: int, message: str, source: Source) -> None:
    for line in block:
        if start <= len(line.text):
            source.report(line.row, start, message)
            return
        start -= len(line.text) + 1


class _Levels:
    """Writes lists with the indents that Markdown wants, and blank lines where blocks meet."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.out: list[str] = []
        self.levels: list[Level] = []
        self.heading = 1  # the title of the article is the h1
        self.prefix = ""
        self.blank = True  # the line before is blank
        self.loose = False  # the line before is in a later paragraph of an item

    def add(self, row: int, text: str, following: str) -> None:
        prefix = QUOTE.match(text)[0] if ">" in text else ""
        if prefix.count(">") != self.prefix.count(">"):
            self.levels = []
            self.blank = True
        self.prefix = prefix
        rest = text[len(prefix) :]
        if rest.strip():
            text = self.place(row, rest, following[QUOTE.match(following).end() :])
            self.out.append(prefix + text)
            self.blank = False
            if HEADING.fullmatch(text):
                self.gap()
        else:
            self.gap()

    def add_sentence(self, text: str) -> None:
        """Do what ``add`` does, for a line that is neither in a list nor begins as a mark does."""
        self.prefix = ""
        self.out.append(text)
        self.blank = False

    def add_plain(self, placeholder: str) -> None:
        """Put in what stands for finished blocks; a blank line is before it."""
        self.levels = []
        self.out += [placeholder, ""]

    def gap(self) -> None:
        """Part what follows from the paragraph before it."""
        self.out.append(self.prefix.rstrip(" "))
        self.blank = True

    def place(self, row: int, rest: str, following: str) -> str:
        indent = len(rest) - len(rest.lstrip(" "))
        if (item := ITEM.match(rest)) and not RULE.fullmatch(rest):
            return self.item(row, rest, item)
        if self.blank or HEADING.fullmatch(rest):
            while self.levels and indent < self.levels[-1].indent + 2:
                self.levels.pop()
            if self.levels:
                self.loose = True
                return " " * TAB * len(self.levels) + rest.lstrip(" ")
        elif self.levels:
            # A line that goes on with its item needs no indent, and a level would be one too deep.
            return " " * TAB * (len(self.levels) - 1) + rest.lstrip(" ") if indent else rest
        return self.plain(row, rest, following)

    def item(self, row: int, rest: str, item: re.Match[str]) -> str:
        indent, ordered = len(item["indent"]), item["mark"][0].isdigit()
        if not self.levels and not self.blank:
            # "2026. " at the start of a line is more likely a number than a list.
            if ordered and item["mark"] != "1.":
                return rest
            self.gap()
        closed = None
        while self.levels and indent < self.levels[-1].indent + 2:
            closed = self.levels.pop()
        other_kind = closed is not None and closed.ordered != ordered
        if (self.loose or other_kind) and not self.blank:
            self.gap()
        self.loose = False
        self.levels.append(Level(indent, ordered))
        most = self.source.limits.depth
        if len(self.levels) == most + 1:
            self.source.report(row, 0, f"列表套了{most}层以上，请减少")
        depth = min(len(self.levels), most) - 1
        return " " * TAB * depth + item["mark"] + " " + rest[item.end() :]

    def plain(self, row: int, rest: str, following: str) -> str:
        if heading := HEADING.fullmatch(rest):
            self.check_heading(row, heading)
            if not self.blank:
                self.gap()
            self.levels = []
            return rest.lstrip(" ")
        if not self.blank:
            if UNDERLINE.fullmatch(rest):
                remedy = "分隔线上面请空一行；小标题不用下划线，请在行首写“## ”"
                self.source.report(row, 0, remedy)
            elif CAPTION.match(rest) or ("|" in rest and TABLE_RULE.fullmatch(following)):
                self.gap()
        return rest

    def check_heading(self, row: int, heading: re.Match[str]) -> None:
        level = len(heading["level"])
        if level == 1:
            self.source.report(row, 0, "一级标题留给文章的题目，这里请写“## ”")
        elif level > DEEPEST_HEADING:
            self.source.report(row, 0, "小标题最多用到“####”")
        elif level > self.heading + 1:
            right = "#" * (self.heading + 1)
            self.source.report(row, 0, f"小标题跳了级，这里请写“{right} ”")
        self.heading = min(max(level, 2), DEEPEST_HEADING)


def _levels(rows: list[Line], source: Source, store: Callable[[str], str] | None) -> list[str]:
    """Set all lines; ``store`` takes the HTML of plain blocks, if they may go by the lane."""
    levels = _Levels(source)
    if store is None:
        _set(levels, rows, 0, len(rows))
        return levels.out
    start, run = 0, []

    def put() -> None:
        if run:
            levels.add_plain(store(source.hold_plain("\n".join(run))))
            run.clear()

    for text, html in zip(*blocks("\n".join([line.text for line in rows])), strict=True):
        end = start + text.count("\n") + 2  # with the blank line behind it
        if html is None or html.startswith("<div"):  # the engine counts the tables
            put()
            _set(levels, rows, start, min(end, len(rows)))
        else:
            run.append(html)
            if html.startswith("<h"):
                row, heading = rows[end - 2]
                levels.check_heading(row, HEADING.fullmatch(heading))
        start = end
    put()
    return levels.out


def _set(levels: _Levels, rows: list[Line], start: int, end: int) -> None:
    for number in range(start, end):
        row, text = rows[number]
        if not (text or levels.prefix):
            levels.gap()
        elif levels.levels or NO_SENTENCE.match(text) or ">" in text or "|" in text:
            following = rows[number + 1].text if number + 1 < len(rows) else ""
            levels.add(row, text, following)
        else:
            levels.add_sentence(text)

"""What a reader reads of a text, and where in the file each character of it stands.

Code, formulas, addresses, tags, marks of emphasis and of notes are not prose: what a reader sees
of them stands as one ``OBJECT``, the rest is left out. So a rule looks at prose alone and still
tells line and column of the file. Cost: O(length of the text), once for all rules of a text.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache, wraps
from html import unescape
from operator import attrgetter
from typing import Any, NamedTuple

from plugins._content import KINDS
from plugins._dates import split_day
from plugins._lines import ABBREVIATION, COMMENT, FENCE, HEADING, ITEM, QUOTE, RULE, TABLE_RULE
from press.gate import Place, Rule, Source

OBJECT = "\ufffc"
SPACES = re.compile(
    r"(?:[ \t\u3000\xa0\u2002-\u200a]|&(?:nbsp|ensp|emsp|thinsp|#160|#[xX][aA]0);)+"
)
LONGEST = 30_000  # characters of a block: a longer one is refused (``plugins/_limits.py``)
NEAR = 500  # characters around a place that are looked at: no sentence is longer
MEND = "（make fix可改）"
# What of a head readers read, by the names of its key (``plugins/_head.py``).
TOLD_KEYS = {
    "title": "标题|title",
    "summary": "摘要|导语|summary",
    "point": "节点|points?",
    "correction": "更正|corrections?",
    "alt": "题图说明|picture[ _]?alt",
}
HEAD = frozenset(TOLD_KEYS)
ALLOW = re.compile(r"<!--\s*放行[:：\s]\s*(?P<rules>[a-z][a-z, 、，-]*?)\s*-->")
RULE_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*")

UNDERLINE = re.compile(r"[ ]{0,3}(?:-{2,}|={2,})[ ]*")
CALLOUT = re.compile(r"\[[!！][^\]\n]*\][ \u3000]*")
TASK = re.compile(r"\[[ xX]\][ \u3000]+")
FIRST_WIDE = "\u2000"  # from here on, no character begins a mark of Markdown
NOTE = re.compile(r"[ ]{0,3}\[\^[^\]\s]+\]:[ ]?")
DEFINITION = re.compile(r"[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[ ]*\S+")
CAPTION = re.compile(r"表[：:]")

_TARGET = r"[ ]*(?:<[^<>\n]*>|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*)"
_TITLE = r"""(?:\s+(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))?\s*"""
# Nothing in a block can be markup without one of these, or the beginning of an address.
SIGN = re.compile(r"[\\`\[<&*_~=@]")
_INLINE = rf"""
    (?P<formula> \\\( (?:[^\\]|\\(?![()]))+ \\\) )
  | (?P<escape> \\[\\`*_{{}}\[\]()\#+.!|<>~=-] )
  | (?P<code> (?<!`)(?P<ticks>`+)(?!`) .+? (?<!`)(?P=ticks)(?!`) )
  | (?P<cite> \[\[[0-9]{{1,4}}\]\] | \[\^[^\]\s]+\] )
  | (?P<image> !\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\((?P<src>{_TARGET})(?P<caption>{_TITLE})\) )
  | (?P<tail> \]\((?P<href>{_TARGET}){_TITLE}\) | \]\[[^\]\[\n]*\] )
  | (?P<open> \[ )
  | (?P<close> \] )
  | (?P<auto> <(?:https?|ftp|mailto):[^<>\s]*> | <[^<>@\s]+@[^<>@\s]+> )
  | (?P<hidden> <(?P<name>code|kbd|samp|pre|script|style|math|svg)\b[^<>]*>.*?</(?P=name)\s*> )
  | (?P<tag> </?[A-Za-z][^<>]*> )
  | (?P<entity> &(?:\#[0-9]+|\#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*); )
  | (?P<mark> (?<!\s)\*{{1,3}} | \*{{1,3}}(?!\s) | ~~ | == | (?<!\w)_{{1,3}}(?=\S) | (?<=\S)_{{1,3}}(?!\w) )
"""
_ADDRESS = r"""
  | (?P<url> (?:(?:https?|ftp)://|www\.) [^\s<>|`\[\]\\，。；：！？、（）“”‘’《》…]+
           | [A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+ )
"""
_FLAGS = re.VERBOSE | re.DOTALL
INLINE = re.compile(_INLINE, _FLAGS)
# How a token begins: looked for by itself, all other signs are passed over at once.
BEGIN = re.compile(r"[\\`\[\]!<&*_~=]")
BEGIN_OR_WEB = re.compile(r"[\\`\[\]!<&*_~=hfw]")
BEGIN_OR_MAIL = re.compile(r"[\\`\[\]!<&*_~=A-Za-z0-9.+-]")


@cache
def _with_addresses() -> re.Pattern[str]:
    return re.compile(f"{_INLINE}{_ADDRESS}", _FLAGS)


def _holds_address(text: str) -> bool:
    return "://" in text or "www." in text


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the marks of a block; only one that holds an address pays for looking for it."""
    begin, pattern = BEGIN, INLINE
    if "@" in text:
        begin, pattern = BEGIN_OR_MAIL, _with_addresses()
    elif _holds_address(text):
        begin, pattern = BEGIN_OR_WEB, _with_addresses()
    at = 0
    while sign := begin.search(text, at):
        match = pattern.match(text, sign.start())
        if match:
            yield match
        at = (match or sign).end()


class Block(NamedTuple):
    """A stretch of prose that stands for itself."""

    kind: str  # title summary point correction alt figure, or of the body: see ``_Body``
    start: int  # within the prose
    end: int
    typed: bool = False  # HTML was typed in it


class Link(NamedTuple):
    """A link of the body; ``start`` and ``end`` are of its text within the prose."""

    start: int
    end: int
    target: str


class Shown(NamedTuple):
    """A picture of the body, or the one of the head."""

    target: str
    alt: str
    caption: str
    start: int  # within the prose


class Flaw(NamedTuple):
    """What a rule finds: where in the prose, what to tell, and what to put there if that is safe."""

    start: int
    end: int
    message: str
    repair: str | None = None


class Edit(NamedTuple):
    """A stretch of a file's text, and what to put there."""

    start: int
    end: int
    text: str


class Prose:
    """The prose of one text. ``text`` has its blocks one after the other, each with a newline."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.pictures: list[Shown] = []
        self.cited = False  # whether a source or note is marked anywhere
        self.allowed: dict[str, list[range]] = {}  # rule → offsets in the file where it is silent
        self.body = 0  # where in the file the body begins
        self.pieces: list[str] = []
        self.length = 0
        self.starts: list[int] = []  # of stretches that stand in the file as they are read:
        self.offsets: list[int] = []  # where in the prose, and where in the file
        self.text = ""

    def put(self, text: str, offset: int) -> None:
        """Add characters that stand in the file at ``offset``."""
        if text:
            self.starts.append(self.length)
            self.offsets.append(offset)
            self.pieces.append(text)
            self.length += len(text)

    def end_block(self, kind: str, start: int, *, typed: bool = False) -> None:
        """Close what was put since ``start`` as a block."""
        if self.length > start:
            self.blocks.append(Block(kind, start, self.length, typed))
            self.pieces.append("\n")
            self.length += 1

    def finish(self) -> None:
        """Join what was put."""
        self.text = "".join(self.pieces)

    @cached_property
    def ascii(self) -> frozenset[str]:
        """The signs of ASCII in the text: few rules that need one of them need to look further."""
        return frozenset(self.text.encode("ascii", "ignore").decode())

    @cached_property
    def has_latin(self) -> bool:
        """Whether there is a letter of ASCII in the text."""
        return any(map(str.isalpha, self.ascii))

    def offset(self, index: int) -> int:
        """Where in the file's text a character of the prose stands."""
        if not self.starts:
            return 0
        place = max(bisect_right(self.starts, index) - 1, 0)
        return min(self.offsets[place] + index - self.starts[place], len(self.source))

    def place(self, index: int) -> tuple[int, int]:
        """Line and column of a character of the prose."""
        return self.line_of(self.offset(index))

    def line_of(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the file's text."""
        begin = self.source.rfind("\n", 0, offset) + 1
        return self.source.count("\n", 0, begin) + 1, offset - begin + 1

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Where some prose stands in the file, None if markup stands within it."""
        first = self.offset(start)
        last = first + end - start
        return (first, last) if self.source[first:last] == self.text[start:end] else None

    def edit(self, flaw: Flaw) -> Edit | None:
        """What mends a flaw in the file; None if nothing does, or markup stands in its way.

        Heads are mended by nobody but their editor, and so are blocks with typed HTML.
        """
        if flaw.repair is None or (block := self.block_at(flaw.start)).typed:
            return None
        # Where a space goes, its neighbours come together: they must do so in the file as well.
        around = 1 if flaw.repair == "" else 0
        start, end = max(flaw.start - around, block.start), min(flaw.end + around, block.end)
        if (span := self.span(start, end)) and span[0] >= self.body:
            at = span[0] + flaw.start - start
            return Edit(at, at + flaw.end - flaw.start, flaw.repair)
        return self.spaces(flaw, start, end) if flaw.repair == "" else None

    def spaces(self, flaw: Flaw, start: int, end: int) -> Edit | None:
        """What takes spaces away that are written as &nbsp;, between neighbours as they are read."""
        first, last = self.offset(flaw.start), self.offset(flaw.end)
        before, after = self.text[start : flaw.start], self.text[flaw.end : end]
        if (
            first < self.body
            or not SPACES.fullmatch(self.source, first, last)
            or not self.source.endswith(before, 0, first)
            or not self.source.startswith(after, last)
        ):
            return None
        return Edit(first, last, "")

    def block_at(self, index: int) -> Block:
        """The block that holds a character."""
        place = bisect_right(self.blocks, index, key=attrgetter("start")) - 1
        return self.blocks[max(place, 0)]

    def of(self, *kinds: str) -> Iterator[Block]:
        """The blocks of some kinds."""
        return (block for block in self.blocks if block.kind in kinds)

    def quoted(self, index: int) -> bool:
        """Whether a character is of somebody else: in “” or 《》, or in a quotation."""
        block = self.block_at(index)
        if block.kind == "quote":
            return True
        before = self.text[max(block.start, index - NEAR) : index]
        return before.rfind("“") > before.rfind("”") or before.rfind("《") > before.rfind("》")

    def sentence(self, index: int) -> str:
        """The sentence that holds a character."""
        block = self.block_at(index)
        first, last = max(block.start, index - NEAR), min(block.end, index + NEAR)
        begin = max(self.text.rfind(mark, first, index) for mark in "。！？；")
        ends = [self.text.find(mark, index, last) for mark in "。！？；"]
        end = min((end for end in ends if end >= 0), default=last)
        return self.text[max(begin + 1, first) : end]

    def is_allowed(self, rule: str, offset: int) -> bool:
        """Whether the editor has let a rule pass at an offset of the file."""
        return any(offset in stretch for stretch in self.allowed.get(rule, ()))


def holds(text: str, word: str) -> bool:
    """Whether a word stands in a text: that a sign of it is missing is seen in a tenth of the time."""
    return all(map(text.__contains__, word)) and word in text


# A rule over prose: of a text's prose, the text, and the lists and numbers of the Gate.
ProseRule = Callable[[Prose, Source, Any], Iterator[Flaw]]


def as_rule(name: str, rule: ProseRule, level: str) -> Rule:
    """Make a rule of the gate of one over prose: places for offsets, and editors' exceptions.

    What is an error by default, an editor cannot let pass.
    """

    @wraps(rule)
    def told(source: Source, gate: Any) -> Iterator[Place]:
        prose = prose_of(source.text, source.body)
        for flaw in rule(prose, source, gate):
            offset = prose.offset(flaw.start)
            if level == "error" or not prose.is_allowed(name, offset):
                mend = MEND if prose.edit(flaw) else ""
                yield (*prose.line_of(offset), flaw.message + mend)

    return told


@lru_cache(maxsize=2)
def prose_of(text: str, body: str) -> Prose:
    """Return the prose of a text, whose ``body`` is its end; several rules ask for the same."""
    prose = Prose(text)
    prose.body = len(text) - len(body)
    _take_head(prose)
    _Body(prose, prose.body).take(body)
    prose.finish()
    return prose


def kind_of(path: str) -> str:
    """The kind of text that lies at a path below content/."""
    return KINDS.get(path.partition("/")[0], "")


# A line of a head whose value readers read, in either form; others cost nothing.
_VALUE = re.compile(
    "|".join(
        rf"^[ ]*(?:{names})[ ]*[:：][ \t]*(?P<{key}>[^\n]*[^\s])"
        for key, names in {**TOLD_KEYS, "picture": "题图|picture"}.items()
    ),
    re.MULTILINE | re.IGNORECASE,
)


def _take_head(prose: Prose) -> None:
    """Take the values of a head that readers read."""
    picture = ""
    for match in _VALUE.finditer(prose.source, 0, prose.body):
        key = match.lastgroup or ""
        value, at = match[key], match.start(key)
        if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:  # YAML
            value, at = value[1:-1], at + 1
        if key == "picture":
            picture = value
            continue
        if key in ("point", "correction"):
            rest = _after_day(value)
            value, at = rest, at + len(value) - len(rest)
        start = prose.length
        prose.put(value, at)
        prose.end_block(key, start)
        if key == "alt":
            prose.pictures.append(Shown(picture, value, "", start))


def _after_day(value: str) -> str:
    try:
        parts = split_day(value)
    except ValueError:
        return value
    return parts[1] if parts else value


class _Row(NamedTuple):
    """A line of the body without the marks of its block."""

    at: int  # where in the file it begins
    text: str


class _Body:
    """Parts a body into blocks.

    Kinds: paragraph, heading, item (of a list), quote (a quotation), callout (a coloured box),
    example (the box of made-up examples), caption and row (of a table), note (at the foot),
    abbreviation (what it means), timeline, alt and figure (of pictures).
    """

    def __init__(self, prose: Prose, at: int) -> None:
        self.prose = prose
        self.at = at
        self.rows: list[_Row] = []
        self.kind = "paragraph"
        self.quotes = 0  # how deep the block stands in quotations
        self.box = "quote"  # what the quotation is
        self.pending: list[str] = []  # rules that the next block is free of

    def take(self, body: str) -> None:
        lines = body.split("\n")
        offsets = [self.at]
        for line in lines:
            offsets.append(offsets[-1] + len(line) + 1)
        row = 0
        while row < len(lines):
            line = lines[row]
            if not line or line.isspace():
                if self.rows:
                    self.close()
            elif (
                line[0] > FIRST_WIDE
                and line[0] != "表"
                and not (self.quotes or "<!--" in line or "|" in line)
            ):
                self.rows.append(_Row(offsets[row], line))
            elif ("```" in line or "~~~" in line) and (fence := FENCE.fullmatch(line)):
                row = self.fence(lines, offsets, row, fence)
            elif "<!--" in line:
                row = self.comment(lines, offsets, row)
            elif "|" in line and self.is_table(lines, row):
                row = self.table(lines, offsets, row)
            else:
                self.line(line, offsets[row])
            row += 1
        self.close()

    def fence(self, lines: list[str], offsets: list[int], row: int, opening: re.Match[str]) -> int:
        """Pass by code; the events of a timeline are prose."""
        self.close()
        mark = opening["mark"]
        closing = re.compile(rf"[> ]*{mark[0]}{{{len(mark)},}} *")
        end = next((r for r in range(row + 1, len(lines)) if closing.fullmatch(lines[r])), None)
        if end is None:
            return row
        if opening["info"].strip() == "timeline":
            for number in range(row + 1, end):
                bar = re.search(r"[|｜]\s*", lines[number])
                if bar:
                    self.rows = [_Row(offsets[number] + bar.end(), lines[number][bar.end() :])]
                    self.kind = "timeline"
                    self.close()
        return end

    def comment(self, lines: list[str], offsets: list[int], row: int) -> int:
        """Pass by comments; those that let a rule pass count for the block they stand at."""
        line, last, at = lines[row], row, offsets[row]
        kept: list[_Row] = []
        begin = 0
        for match in COMMENT.finditer(line):
            if match["ticks"]:
                continue
            kept.append(_Row(at + begin, line[begin : match.start()]))
            begin = match.end()
            if allow := ALLOW.fullmatch(match[0]):
                self.pending += RULE_NAME.findall(allow["rules"])
            if not match["end"]:
                last = next((r for r in range(row + 1, len(lines)) if "-->" in lines[r]), row)
                if last == row:
                    begin = match.start()
                break
        kept.append(_Row(at + begin, line[begin:] if last == row else ""))
        shown = [piece for piece in kept if piece.text.strip()]
        for number, piece in enumerate(shown):
            if number == 0 and piece.at == at:
                self.line(piece.text, piece.at)
            else:
                self.rows.append(piece)
        return last

    def line(self, line: str, at: int) -> None:
        """Take a line of text: with the block before it, or as the first of a new one."""
        prefix = QUOTE.match(line)[0] if ">" in line[:12] else ""
        depth = prefix.count(">")
        if depth != self.quotes:
            self.close()
            self.quotes, self.box = depth, "quote"
        rest = line[len(prefix) :]
        at += len(prefix)
        if not rest.strip():
            self.close()
            return
        if rest[0] in "-=*_ " and (RULE.fullmatch(rest) or UNDERLINE.fullmatch(rest)):
            self.close()
            return
        self.start(rest, at)

    def start(self, rest: str, at: int) -> None:
        """Find the mark with which a line begins, if any."""
        first = rest.lstrip(" ")[:1]
        if first == "#" and (heading := HEADING.fullmatch(rest)):
            self.close()
            text = re.sub(r"[ ]+#+[ ]*$", "", heading["text"])
            self.rows.append(_Row(at + heading.start("text"), text))
            self.close("heading")
            return
        if first == "[":
            if self.quotes and not self.rows and (callout := CALLOUT.match(rest)):
                self.box = "example" if "举例" in callout[0] else "callout"
                self.rows.append(_Row(at + callout.end(), rest[callout.end() :]))
                self.close("callout-title")
                return
            if note := NOTE.match(rest):
                self.close()
                self.kind = "note"
                self.rows.append(_Row(at + note.end(), rest[note.end() :]))
                return
            if DEFINITION.match(rest):
                self.close()
                return
        if first == "*" and (short := ABBREVIATION.fullmatch(rest)):
            self.close()
            self.rows.append(_Row(at + short.start("long"), short["long"]))
            self.close("abbreviation")
            return
        if first in "-*+0123456789" and (item := ITEM.match(rest)) and self.begins(item["mark"]):
            self.close()
            self.kind = "item"
            begin = item.end()
            if task := TASK.match(rest, begin):
                begin = task.end()
            self.rows.append(_Row(at + begin, rest[begin:]))
            return
        if not self.rows:
            begin = len(rest) - len(rest.lstrip(" "))
            if CAPTION.match(rest, begin):
                self.kind = "caption"
                begin = CAPTION.match(rest, begin).end()
            at, rest = at + begin, rest[begin:]
        self.rows.append(_Row(at, rest))

    def begins(self, mark: str) -> bool:
        """Whether a mark begins an item here: a number within a paragraph is a number."""
        return not self.rows or self.kind == "item" or not mark[0].isdigit() or mark == "1."

    def is_table(self, lines: list[str], row: int) -> bool:
        """Whether a table begins at a row: the next one is its rule."""
        if self.rows or row + 1 >= len(lines):
            return False
        rule = lines[row + 1]
        return "-" in rule and bool(TABLE_RULE.fullmatch(rule[QUOTE.match(rule).end() :]))

    def table(self, lines: list[str], offsets: list[int], row: int) -> int:
        """Take the rows of a table, their bars too; return the last."""
        first = row
        while row < len(lines) and "|" in lines[row]:
            line = lines[row]
            if row != first + 1:
                begin = QUOTE.match(line).end()
                self.rows = [_Row(offsets[row] + begin, line[begin:])]
                self.close("row")
            row += 1
        return row - 1

    def close(self, kind: str = "") -> None:
        """Turn the lines of a block into prose."""
        rows, self.rows = self.rows, []
        kind = kind or (self.box if self.quotes and self.kind == "paragraph" else self.kind)
        self.kind = "paragraph"
        if not rows:
            return
        prose, start = self.prose, self.prose.length
        if self.pending:
            stretch = range(rows[0].at, rows[-1].at + len(rows[-1].text) + 1)
            for rule in self.pending:
                prose.allowed.setdefault(rule, []).append(stretch)
            self.pending = []
        text = rows[0].text if len(rows) == 1 else "\n".join([row.text for row in rows])
        if len(text) > LONGEST:
            return
        if not (SIGN.search(text) or _holds_address(text)):
            for number, row in enumerate(rows):
                prose.put(f"\n{row.text}" if number else row.text, row.at - bool(number))
            prose.end_block(kind, start)
            return
        _Inline(prose, rows, text).take(kind, start)


class _Inline:
    """Takes the prose of a block that may hold marks."""

    def __init__(self, prose: Prose, rows: Iterable[_Row], text: str) -> None:
        self.prose = prose
        self.text = text
        self.begins: list[int] = []
        self.offsets: list[int] = []
        at = 0
        for row in rows:
            self.begins.append(at)
            self.offsets.append(row.at)
            at += len(row.text) + 1

    def offset(self, index: int) -> int:
        place = bisect_right(self.begins, index) - 1
        return self.offsets[place] + index - self.begins[place]

    def put(self, begin: int, end: int) -> None:
        """Add a stretch of the block, cut where a line begins."""
        while begin < end:
            place = bisect_right(self.begins, begin)
            stop = min(end, self.begins[place] - 1 if place < len(self.begins) else end)
            if stop <= begin:  # the break before the next line
                self.prose.put("\n", self.offsets[place] - 1)
                begin += 1
                continue
            self.prose.put(self.text[begin:stop], self.offset(begin))
            begin = stop

    def take(self, kind: str, start: int) -> None:
        prose, typed, done = self.prose, False, 0
        tokens = list(_tokens(self.text))
        tails = _links(tokens)
        seen: dict[int, int] = {}  # where in the prose an object stands, by its number
        begun: dict[int, int] = {}  # where the text of a link begins, by the number of its tail
        for number, match in enumerate(tokens):
            group = match.lastgroup or ""
            if group in ("open", "close", "tail") and number not in tails and number not in begun:
                continue
            self.put(done, match.start())
            done = match.end()
            prose.cited |= group == "cite"
            typed |= group in ("tag", "hidden")
            if group == "open":
                begun[tails[number]] = prose.length
            elif group == "tail":
                if target := (match["href"] or "").strip(" <>"):
                    prose.links.append(Link(begun[number], prose.length, target))
            elif group == "entity" and unescape(match[0]) == match[0]:  # text with an &
                self.put(match.start(), done)
            elif group == "entity" and SPACES.fullmatch(space := unescape(match[0])):
                prose.put(space, self.offset(match.start()))
            elif group not in ("cite", "mark", "tag"):
                seen[number] = prose.length
                prose.put(OBJECT, self.offset(match.start()))
        self.put(done, len(self.text))
        prose.end_block(kind, start, typed=typed)
        for number, match in enumerate(tokens):
            if match.lastgroup == "image":
                self.picture(match, seen[number])

    def picture(self, match: re.Match[str], start: int) -> None:
        """Note a picture; what is read of it are blocks of their own."""
        prose = self.prose
        caption = match["caption"].strip()
        for kind, text, begin in (
            ("alt", match["alt"], match.start("alt")),
            ("figure", caption[1:-1], match.start("caption") + 1 + match["caption"].find(caption)),
        ):
            first = prose.length
            self.put(begin, begin + len(text))
            prose.end_block(kind, first)
        target = match["src"].strip(" <>")
        prose.pictures.append(Shown(target, match["alt"], caption[1:-1], start))


def _links(tokens: list[re.Match[str]]) -> dict[int, int]:
    """Return which bracket opens which link, by their numbers among the tokens."""
    opened: list[int] = []
    tails: dict[int, int] = {}
    for number, match in enumerate(tokens):
        if match.lastgroup == "open":
            opened.append(number)
        elif opened and match.lastgroup == "close":
            opened.pop()
        elif opened and match.lastgroup == "tail":
            tails[opened.pop()] = number
    return tails

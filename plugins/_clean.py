"""The tags of a body: which ones an editor may type, and which ones may leave at all.

Two walls, each enough alone. ``vet`` reads what an editor typed and turns every tag that is
not in ``TYPED`` or ``STARTING`` into text, with its place and the remedy. ``wall`` is nh3
with the tags and attributes that the dialect itself makes; it also repairs the nesting.
Players of videos are put in behind the wall, so no typed frame can look like one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import nh3


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TYPED = _words("br ins kbd q rp rt ruby samp small sub sup var wbr")
STARTING = _words("dd details dl dt hr summary")  # only at the start of a block
EMPTY = _words("br hr wbr")
PARENTS = {"dd": "dl", "dt": "dl", "summary": "details"}
INSTEAD = {
    "a": "链接请写成[文字](地址)",
    "audio": "暂不支持音频",
    "b": "粗体请写成**文字**",
    "blockquote": "引用请在行首写>",
    "code": "代码请写在反引号里",
    "del": "删除线请写成~~文字~~",
    "em": "着重请写成*文字*",
    "figure": '图片请写成![替代文字](文件 "说明 | 图：作者")',
    "i": "着重请写成*文字*",
    "iframe": "视频请用```video",
    "img": '图片请写成![替代文字](文件 "说明 | 图：作者")',
    "li": "列表请在行首写-或1.",
    "mark": "标记请写成==文字==",
    "ol": "列表请在行首写1.",
    "picture": '图片请写成![替代文字](文件 "说明 | 图：作者")',
    "pre": "代码请写在```之间",
    "s": "删除线请写成~~文字~~",
    "strong": "粗体请写成**文字**",
    "table": "表格请用|分列",
    "ul": "列表请在行首写-",
    "video": "视频请用```video",
}
INSTEAD |= {f"h{level}": "小标题请在行首写##" for level in range(1, 7)}

NAME = r"(?P<slash>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:[\s/][^<>]*)?)>"
# Half a tag, to be told from a smaller-than sign by its name and an attribute.
HALF = (
    r"(?P<half>/?(?:audio|base|body|button|details|div|embed|font|form|frame|html|iframe|img|input"
    r"|kbd|link|math|meta|object|script|select|span|style|sub|sup|svg|table|template|textarea|video)"
    r"(?:\s|/)[^<>]*=[^<>]*)(?=<|\Z)"
)
# What Markdown would take for a link if it knew the scheme.
AUTOLINK = r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):[^<>\s]*>"
TAG = re.compile(rf"<(?:{NAME}|{AUTOLINK}|{HALF}|(?P<odd>[!?][^<>]*>?))", re.IGNORECASE)
KNOWN_SCHEMES = frozenset(("http", "https", "mailto", "tel", "ftp"))
CODE = r"(?<![\\`])(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
SKIPPED = re.compile(rf"{CODE}|\\<", re.DOTALL)
SKIPPED_WITH_MATH = re.compile(rf"{CODE}|\\<|\\\((?:[^\\]|\\(?![()]))+\\\)", re.DOTALL)
SHOWN = 40  # characters of what was typed, in a message
FIRST = re.compile(r" {0,3}</?([A-Za-z][A-Za-z0-9-]*)[\s/>]")

MATHML = _words(
    """math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub
    msubsup msup mtable mtd mtext mtr munder munderover"""
)
MATHML_ATTRIBUTES = _words(
    """accent accentunder columnalign columnlines columnspacing depth display displaystyle
    fence height largeop linethickness lspace mathvariant maxsize minsize movablelimits notation
    rowlines rowspacing rspace scriptlevel stretchy voffset width"""
)
NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
ATTRIBUTES = {
    "a": {"class", "href", "title", "aria-label"},
    "abbr": {"title"},
    "code": set(),
    "details": {"class", "open"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "dl": {"class"},
    "figure": {"class"},
    "img": {
        "alt",
        "decoding",
        "height",
        "loading",
        "sizes",
        "src",
        "srcset",
        "title",
        "width",
    },
    "input": {"checked", "disabled", "type"},
    "li": {"class", "id"},
    "ol": {"class", "start"},
    "p": {"class"},
    "picture": {"class"},
    "pre": {"aria-label", "class", "role", "tabindex"},
    "section": {"aria-label", "class"},
    "source": {"sizes", "srcset", "type"},
    "span": {"class"},
    "sup": {"class", "id"},
    "td": {"class"},
    "th": {"class", "scope"},
    "time": {"datetime"},
    "ul": {"class"},
} | dict.fromkeys(MATHML, MATHML_ATTRIBUTES)
TAGS = (
    TYPED
    | STARTING
    | frozenset(ATTRIBUTES)
    | _words(
        """blockquote caption del em figcaption h2 h3 h4 label mark strong table tbody thead tr"""
    )
)
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


def wall(html: str) -> str:
    """Let only the dialect's own tags and attributes through, rightly nested."""
    # An entity such as &#2; can bring in what no page may hold.
    return NO_CHARACTER.sub("", _CLEANER.clean(html))


class Fault(NamedTuple):
    """A typed tag that has to become text: where it starts in the block, and what to say."""

    start: int
    message: str


class OpenTag(NamedTuple):
    """A typed tag that waits for its end."""

    name: str
    start: int
    block: int


class Vetted(NamedTuple):
    """What ``vet`` found in one block."""

    faults: list[Fault]
    raw: bool  # the block is HTML as typed, Markdown leaves it alone


def vet(text: str, block: int, details: list[OpenTag], *, math: bool) -> Vetted:
    """Check the tags typed in one block, the lines between two blank ones.

    ``details`` holds the <details> that earlier blocks left open: this tag alone may reach
    over blank lines, so that Markdown can stand in it.
    """
    first = FIRST.match(text)
    raw = first is not None and first[1].lower() in STARTING
    faults: list[Fault] = []
    waiting: list[OpenTag] = []
    refused: set[str] = set()
    for tag in _tags(text, raw=raw, math=math):
        name = (tag["name"] or "").lower()
        if (tag["scheme"] or "").lower() in KNOWN_SCHEMES:
            continue  # _markdown judges links
        if not tag["slash"] and (parent := PARENTS.get(name)) and raw:
            inside = waiting[-1:] if parent == "dl" else details[-1:]
            if not (inside and inside[0].name == parent):
                what = f"“<{name}>”要写在“<{parent}>”和“</{parent}>”之间"
                faults.append(Fault(tag.start(), what))
        if message := _refusal(tag, raw=raw):
            # The end of a refused tag goes with it, without a word of its own.
            told = tag["slash"] and name in refused
            refused.add(name)
            faults.append(Fault(tag.start(), "" if told else message))
        elif name not in EMPTY:
            stack = details if name == "details" else waiting
            if not tag["slash"]:
                stack.append(OpenTag(name, tag.start(), block))
            elif stack and stack[-1].name == name:
                stack.pop()
            else:
                message = f"“</{name}>”没有对应的“<{name}>”，请删去"
                faults.append(Fault(tag.start(), "" if name in refused else message))
    faults += [Fault(tag.start, unclosed(tag.name)) for tag in waiting]
    if raw:
        # What stands between whole tags is text, though a browser might read a < as half a tag.
        whole = {tag.start() for tag in TAG.finditer(text)}
        faults += [Fault(m.start(), "") for m in re.finditer("<", text) if m.start() not in whole]
    return Vetted(faults, raw)


def unclosed(name: str) -> str:
    """Say that a tag has no end."""
    where = "后面" if name == "details" else "同一段里"
    return f"“<{name}>”没有收尾，请在{where}补上“</{name}>”"


def as_text(text: str, starts: list[int]) -> str:
    """Turn the tags that start at ``starts`` into text."""
    pieces = []
    end = 0
    for start in sorted(starts):
        pieces += [text[end:start], "&lt;"]
        end = start + 1
    return "".join([*pieces, text[end:]])


def _tags(text: str, *, raw: bool, math: bool) -> Iterator[re.Match[str]]:
    """Yield the typed tags, passing over code, formulas and \\<."""
    skipped = [] if raw else [m.span() for m in _skipped(math).finditer(text)]
    for tag in TAG.finditer(text):
        while skipped and skipped[0][1] <= tag.start():
            skipped.pop(0)
        if not skipped or tag.start() < skipped[0][0]:
            yield tag


def _skipped(math: bool) -> re.Pattern[str]:
    return SKIPPED_WITH_MATH if math else SKIPPED


def _refusal(tag: re.Match[str], *, raw: bool) -> str:
    name, rest = (tag["name"] or "").lower(), (tag["rest"] or "").strip(" \n/")
    typed = tag[0].replace("\n", " ")
    shown = f"“{typed[:SHOWN]}{'……' if len(typed) > SHOWN else ''}”"
    if tag["half"]:
        return (
            f"标签{shown}没有写完，缺少“>”，而且正文里不能写它：请删去；若要显示尖括号，把<写成&lt;"
        )
    if tag["scheme"]:
        return f"链接不能用“{tag['scheme']}:”开头，可用：http、https、mailto、tel"
    if name in STARTING and not raw:
        return f"{shown}要顶格写，上面空一行"
    if name not in TYPED | STARTING:
        remedy = INSTEAD.get(name, "请删去")
        return f"正文里不能写标签{shown}：{remedy}；若要显示尖括号，把<写成&lt;"
    if rest and not (name == "details" and rest == "open"):
        return f"标签{shown}不能带属性，请写成“<{name}>”"
    return ""

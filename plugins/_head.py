"""The head of a content file: read exactly, or refused with what to write instead.

Two forms say the same: lines of ``Key: value`` up to the first empty line, or YAML between
lines of ``---``. Keys are English or Chinese; ``_KEYS`` is the list of them. Three steps:
``decode`` makes text of bytes, ``split`` parts head and body, ``read`` makes values of fields.
None of them raises for anything that a file can hold: they return every problem of the file.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from plugins._card import Correction, Point
from plugins._dates import parse_date, show, split_day
from plugins._problem import Problem
from plugins._text import is_common


class Field(NamedTuple):
    """One key of a head with its value as written; a list gives one field for each item."""

    name: str  # canonical English key, whatever the editor wrote
    value: str
    line: int
    column: int  # where the value begins


class Reference(NamedTuple):
    """One of the 资料 an article rests on; date and url may be empty."""

    publisher: str
    title: str
    date: str  # as written
    url: str


class Head(NamedTuple):
    """All that a head can say; what was not said has the value below."""

    title: str
    date: datetime | None = None  # aware; never None for an article or a flash item
    timed: bool = False  # whether the date has a time of day
    modified: datetime | None = None
    channel: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    proofreaders: tuple[str, ...] = ()
    illustrators: tuple[str, ...] = ()
    summary: str = ""
    source: str = ""
    source_url: str = ""
    topics: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    series: str = ""
    front: str = ""  # "lead" (头条), "second" (要闻) or ""
    pinned: bool = False
    weight: int = 0
    references: tuple[Reference, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawal: Correction | None = None
    aliases: tuple[str, ...] = ()
    status: str = "published"  # or "draft"
    licence: str = ""  # "": the site's own
    ai: str = ""  # "none", "assisted", "generated"; "": the site's own
    count: int | None = None
    picture: str = ""  # path below content/pictures/
    picture_alt: str = ""
    notice: bool | None = None
    disclaimer: bool | None = None
    math: bool = False
    share: bool = False  # has images for sharing of its own, however old it is
    reprint: bool = False
    original_author: str = ""
    permission: str = ""
    lines: Mapping[str, int] = {}  # canonical key → line
    # Keys that stand there without a value → line and column of where it should be.
    blank: Mapping[str, tuple[int, int]] = {}


# ---- the values ----

_LONGEST_HEAD = 50_000
_LONGEST_VALUE = 2000
_LONGEST_TITLE = 120
_LONGEST_TAG = 30
_LONGEST_NAME = 60
_MOST_ITEMS = 30
_MOST_PROBLEMS = 20  # of one kind: a binary file needs no longer list
_WHOLE_DAY = len("2026-11-22")

# What no file may hold: controls, forced directions, line marks of Unicode, lost characters.
_CONTROLS = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
)
_CONTROL = re.compile(f"[{_CONTROLS}]")
# A value stands in one line and is compared with others: nothing in it may be invisible.
_HIDDEN = re.compile(
    rf"[{_CONTROLS}\t\n\u00ad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff\ufff9-\ufffb]"
)
# Also half a tag: with an attribute it is no smaller-than sign.
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*[>=]|!(?:--)?|\?[A-Za-z])")
_ITEM = re.compile(r"[^,，、;；]+")
_BAR = re.compile(r"[|｜]")
_URL = re.compile(
    r"https?://(?:[\w-]+\.)+[\w-]{2,}(?::[0-9]{1,5})?(?:[/?#][^\s<>\"`{}|\\^]*)?(?<![，。、；])",
    re.IGNORECASE,
)
_INTEGER = re.compile(r"[+-]?[0-9]{1,6}")
_HOST = re.compile(r"https?://[^/]*/", re.IGNORECASE)
_ALIAS = re.compile(r"\w(?:[\w.~-]{0,98}[\w~-])?")
_NO_PAGES = frozenset({"feeds", "pictures", "sitemaps", "theme"})


def _fold(text: str) -> str:
    """The form in which two spellings of one word are equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def _hidden(character: str) -> str:
    if character == "\ufffd":
        return "这里有乱码“�”，原来的字已经丢失：请重新输入"
    if character == "\r":
        return "这里有落单的回车符：请删去，或改成换行"
    if character == "\t":
        return "内容里有制表符：请换成空格或删去"
    if character == "\n":
        return "内容里有换行：请写在一行里"
    return f"这里有看不见的字符U+{ord(character):04X}：请删去"


def _flaws(value: str) -> Iterator[tuple[int, str]]:
    """What is wrong in any text, whatever it says, and at which character."""
    if len(value) > _LONGEST_VALUE:
        yield 0, f"内容有{len(value)}字，最多{_LONGEST_VALUE}字：是不是头部与正文之间少了空行？"
        return
    for match in islice(_HIDDEN.finditer(value), _MOST_PROBLEMS):
        yield match.start(), _hidden(match[0])
    for match in _TAG.finditer(value) if "<" in value else ():
        tag = show(match[0])
        yield match.start(), f"不能有HTML标签“{tag}”：请删去；要写尖括号本身，请用“＜”“＞”"


def _text(value: str) -> str:
    return value


def _at_most(length: int) -> Callable[[str], str]:
    def read(value: str) -> str:
        if len(value) > length:
            raise ValueError(f"“{show(value)}”有{len(value)}字，最多{length}字，请缩短")
        return value

    return read


def _choice(**choices: str) -> Callable[[str], str]:
    """A reader of one of few words; of the words of a choice the first is what to write."""
    values = {_fold(word): value for value, words in choices.items() for word in words.split()}
    wanted = "、".join(f"“{words.split()[0]}”" for words in choices.values())

    def read(value: str) -> str:
        if (folded := _fold(value)) not in values:
            raise ValueError(f"“{show(value)}”不对，可以写{wanted}")
        return values[folded]

    return read


_yes = _choice(yes="是 yes true", no="否 no false")
_front = _choice(lead="头条 lead 是 yes true", second="要闻 second", no="否 no false")


def _yes_or_no(value: str) -> bool:
    return _yes(value) == "yes"


def _place_on_front(value: str) -> str:
    return "" if (place := _front(value)) == "no" else place


def _integer(least: int, most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        digits = _fold(value)
        if not _INTEGER.fullmatch(digits) or not least <= int(digits) <= most:
            raise ValueError(f"“{show(value)}”不对，要写{least}～{most}之间的整数")
        return int(digits)

    return read


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        raise ValueError(
            f"“{show(value)}”不是完整的网址，请写成“https://www.example.com/a.html”这样"
        )
    return value


def _picture(value: str) -> str:
    parts = value.split("/")
    if "\\" in value or ":" in value or any(part.strip() in {"", ".", ".."} for part in parts):
        raise ValueError(
            f"“{show(value)}”不对，只写content/pictures/里的路径，如“2026/11/live.jpg”，用“/”分隔"
        )
    if parts[0] in {"content", "pictures"}:
        raise ValueError(f"“{show(value)}”不对，请从pictures/之后写起，如“2026/11/live.jpg”")
    return value


def _point(value: str) -> Point:
    day, text = _dated(value, "2021-07-22 快手电商服务商大会")
    return Point(day, text)


def _on_a_day(example: str) -> Callable[[str], Correction]:
    """A reader of a whole day and what happened on it."""

    def read(value: str) -> Correction:
        day, text = _dated(value, example)
        if len(day) < _WHOLE_DAY:
            raise ValueError(f"“{show(value)}”要写到日，如“{example}”")
        return Correction(day, text)

    return read


def _alias(value: str) -> str:
    """Read a former address, as typed or as copied from a browser, as the site's own are written."""
    path = _HOST.sub("", unquote(value)).strip("/").removesuffix("index.html").strip("/")
    parts = path.split("/")
    if not all(map(_ALIAS.fullmatch, parts)) or parts[0] in _NO_PAGES:
        raise ValueError(f"“{show(value)}”不对，请写本站从前的网址，如“/2026/11/jd-live/”")
    return path if path.endswith((".html", ".htm")) else f"{path}/"


def _dated(value: str, example: str) -> tuple[str, str]:
    if not (parts := split_day(value)):
        raise ValueError(f"“{show(value)}”要以日期开头，如“{example}”")
    if not parts[1]:
        raise ValueError(f"“{show(value)}”只有日期，后面要写文字，如“{example}”")
    return parts


def _reference(value: str) -> Reference:
    parts = [part.strip() for part in _BAR.split(value)]
    if len(parts) > len(Reference._fields):
        raise ValueError(
            f"“{show(value)}”有{len(parts)}段，最多四段：“发布者 | 标题 | 日期 | 地址”"
        )
    parts += [""] * (len(Reference._fields) - len(parts))
    publisher, title, date, url = parts
    if not publisher or not title:
        raise ValueError(
            f"“{show(value)}”缺少{'标题' if publisher else '发布者'}，"
            "请写成“发布者 | 标题 | 日期 | 地址”，日期和地址可以不写"
        )
    if not url and _fold(date).startswith(("http:", "https:")):
        date, url = "", date
    split_day(date)
    return Reference(publisher, title, date, _url(url) if url else "")


# ---- the keys ----

_ARTICLE = frozenset({"article"})
_NEWS = frozenset({"article", "flash"})
_DOSSIER = frozenset({"article", "topic"})
_LONG = frozenset({"article", "topic", "page"})
_TOLD = frozenset({"article", "flash", "topic"})
_ALL = frozenset({"article", "flash", "topic", "page"})

_KINDS = {"article": "文章", "flash": "快讯", "topic": "专题页", "page": "独立页面"}
_REQUIRED = {
    "article": ("title", "date", "channel"),
    "flash": ("title", "date"),
    "topic": ("title",),
    "page": ("title",),
}
_EXAMPLES = {
    "title": "标题: 快手服务商大会开了",
    "date": "日期: 2026-11-22 09:30",
    "channel": "频道: 电商资讯",
    "tags": "标签: 快递, 退货",
    "summary": "摘要: 五十到九十个字，说清这篇讲什么",
    "reference": "资料: 发布者 | 标题 | 2026-11-22 | https://www.example.com/",
}

_ONE, _LIST, _LINES = "one value", "items in one line", "one item a line, repeatable"


class _Key(NamedTuple):
    """A key of the head: its names, who may use it, and what reads its value."""

    name: str
    names: str  # in Chinese first: that one speaks in messages
    kinds: frozenset[str] = _ALL
    form: str = _ONE
    read: Callable[[str], Any] | None = _text  # None: a date, which needs the site's time zone
    plural: str = ""

    @property
    def attribute(self) -> str:
        """The attribute of Head that holds the value."""
        return self.plural or self.name


_name = _at_most(_LONGEST_NAME)
_KEYS = {
    key.name: key
    for key in (
        _Key("title", "标题", read=_at_most(_LONGEST_TITLE)),
        _Key("date", "日期 时间", read=None),
        _Key("modified", "修改 更新", read=None),
        _Key("channel", "频道 栏目 分类 category", _ARTICLE, read=_name),
        _Key("tags", "标签", _TOLD, _LIST, _at_most(_LONGEST_TAG)),
        _Key("source", "来源", _NEWS, read=_name),
        _Key("source_url", "来源链接 原文链接", _NEWS, read=_url),
        _Key("author", "作者", _ALL, _LIST, _name, "authors"),
        _Key("editor", "责编", _ALL, _LIST, _name, "editors"),
        _Key("proofreader", "校对", _ALL, _LIST, _name, "proofreaders"),
        _Key("illustrator", "制图 图", _LONG, _LIST, _name, "illustrators"),
        _Key("summary", "摘要 导语", _LONG),
        _Key("topic", "专题", _NEWS, _LIST, _name, "topics"),
        _Key("point", "节点", _TOLD, _LINES, _point, "points"),
        _Key("series", "系列", _ARTICLE, read=_name),
        _Key("front", "头条", _ARTICLE, read=_place_on_front),
        _Key("pinned", "置顶", _ARTICLE, read=_yes_or_no),
        _Key("weight", "权重", _DOSSIER, read=_integer(-9999, 9999)),
        _Key("reference", "资料", _ALL, _LINES, _reference, "references"),
        _Key(
            "correction",
            "更正",
            _ALL,
            _LINES,
            _on_a_day("2026-11-23 第二段的数字有误，应为1.6亿元"),
            "corrections",
        ),
        _Key("withdrawal", "撤稿", _NEWS, read=_on_a_day("2026-11-23 主要事实有误")),
        _Key("alias", "旧网址 旧地址 redirect_from", _ALL, _LIST, _alias, "aliases"),
        _Key("status", "状态", read=_choice(published="发布 published", draft="草稿 draft")),
        _Key("licence", "许可 license", read=_name),
        _Key(
            "ai",
            "人工智能",
            read=_choice(none="无 none", assisted="辅助 assisted", generated="生成 generated"),
        ),
        _Key("count", "字数", _ARTICLE, read=_integer(1, 999999)),
        _Key("picture", "题图", _LONG, read=_picture),
        _Key("picture_alt", "题图说明", _LONG),
        _Key("notice", "版权提示", read=_yes_or_no),
        _Key("disclaimer", "免责声明", read=_yes_or_no),
        _Key("math", "公式", _LONG, read=_yes_or_no),
        _Key("share", "分享图", _NEWS, read=_yes_or_no),
        _Key("reprint", "转载", _NEWS, read=_yes_or_no),
        _Key("original_author", "原作者", _NEWS, read=_name),
        _Key("permission", "授权", _NEWS),
    )
}
_REFUSED = {
    "slug": "地址由文件名决定：请删去这一行，要改地址就改文件名",
    "save_as": "地址由文件名决定：请删去这一行，要改地址就改文件名",
    "url": "地址由文件名决定：请删去这一行；要写文章出处，请用“来源链接”",
    "template": "版式由文件所在的文件夹决定：请删去这一行",
    "lang": "语言是整个网站的设置：请删去这一行",
}
# What other systems call it: too far from our names to be found by spelling.
_ELSEWHERE = {
    "description": "summary",
    "excerpt": "summary",
    "简介": "summary",
    "cover": "picture",
    "image": "picture",
    "thumbnail": "picture",
    "图片": "picture",
    "封面": "picture",
    "updated": "modified",
    "lastmod": "modified",
    "更新时间": "modified",
    "draft": "status",
    "categories": "channel",
    "keywords": "tags",
    "关键词": "tags",
    "標題": "title",
    "頻道": "channel",
    "標籤": "tags",
    "來源": "source",
    "狀態": "status",
    "專題": "topic",
    "題圖": "picture",
}
_INNER_SPACE = re.compile(r"(?<=\w)[\s_-]+(?=\w)")


@lru_cache(512)
def _squeeze(name: str) -> str:
    """A key without the differences that do not count: case, width, stray spaces."""
    return _INNER_SPACE.sub("", _fold(name).strip()).replace("_", "")


_NAMES = {
    _squeeze(name): key.name
    for key in _KEYS.values()
    for name in (key.name, key.attribute, *key.names.split())
}
_REFUSED_NAMES = {_squeeze(name): why for name, why in _REFUSED.items()}
_SPELLINGS = {
    han: [name for name in (*_NAMES, *_ELSEWHERE) if name.isascii() is not han]
    for han in (True, False)
}


@lru_cache(512)
def _nearest(squeezed: str) -> str | None:
    """The canonical key that a misspelt name most likely means."""
    import difflib  # noqa: PLC0415 -- only misspelt keys pay for it

    han = not squeezed.isascii()
    # Of two characters one is right: half is near for a Chinese name, too far for an English one.
    found = difflib.get_close_matches(squeezed, _SPELLINGS[han], 5, 0.5 if han else 0.65)
    if not found:
        return None

    def likeness(name: str) -> tuple[float, int]:
        places = sum(a == b for a, b in zip(name, squeezed, strict=False))
        return difflib.SequenceMatcher(None, name, squeezed).ratio(), places

    best = max(found, key=likeness)
    return _NAMES.get(best) or _ELSEWHERE[best]


_LABELS = {key.name: key.names.split()[0] for key in _KEYS.values()}


def _label(name: str) -> str:
    return _LABELS[name]


KEYS = tuple(_KEYS)  # their canonical names


def called(name: str) -> str:
    """Return a key by both its names, as messages call it."""
    return f"“{_label(name)}”（{name}）"


def example(name: str) -> str:
    """Return a line that shows how a key is written."""
    return _EXAMPLES.get(name) or f"{_label(name)}: ……"


def may_have(kind: str, name: str) -> bool:
    """Tell whether a key is one of those that a kind of text can have."""
    return name in _KEYS and kind in _KEYS[name].kinds


# ---- bytes to text ----


def decode(data: bytes) -> tuple[str, list[Problem]]:
    """Read strict UTF-8, with or without a byte order mark; line ends become one newline.

    The text is empty if the bytes are of another encoding, which the problem names.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    for start, what in _OTHER_FILES.items():
        if data.startswith(start):
            return "", [Problem(1, 1, f"这不是稿件，像是{what}：稿件要另存为UTF-8的纯文本")]
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "", [_encoded("UTF-32")]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _is_bare_utf16(data):
        return "", [_encoded("UTF-16")]
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return "", [_not_utf8(data, error.start)]
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text and "\n" not in text.strip():
            return "", [Problem(1, 1, "换行用的是单独的CR（老式Mac）：请在编辑器里把换行改成LF")]
    problems = []
    for match in () if is_common(text) else islice(_CONTROL.finditer(text), _MOST_PROBLEMS):
        before = text.count("\n", 0, match.start())
        column = match.start() - text.rfind("\n", 0, match.start())
        problems.append(Problem(before + 1, column, _hidden(match[0])))
    return text, problems


# What editors save by mistake, by the bytes with which it begins.
_OTHER_FILES = {
    b"\x89PNG": "PNG图片",
    b"\xff\xd8\xff": "JPEG图片",
    b"GIF8": "GIF图片",
    b"PK\x03\x04": "Word文档或压缩包",
    b"\xd0\xcf\x11\xe0": "旧版Word文档",
    b"%PDF": "PDF文档",
    b"{\\rtf": "RTF文档",
}
_OTHER_CODECS = {"gb18030": "GBK（GB18030）", "big5": "Big5"}
_COMMON = "的一是不了在人有中大这這上个個为為标標题題日期频頻道作者来來源，。：、"


def without_controls(text: str) -> str:
    """Return a text with "?" in the place of each character that no file may hold."""
    return _CONTROL.sub("?", text)


def _encoded(name: str, proof: str = "") -> Problem:
    return Problem(1, 1, f"文件是{name}编码{proof}：请在编辑器里“另存为”，编码选UTF-8")


def _is_bare_utf16(data: bytes) -> bool:
    """Whether bytes without a mark are UTF-16: read so, they have lines and colons."""
    if b"\0" not in data:
        return False
    for codec in ("utf-16-le", "utf-16-be"):
        text = data.decode(codec, "replace")
        if (
            "\n" in text
            and (":" in text or "：" in text)
            and not _CONTROL.search(text.replace("\r\n", "\n"))
        ):
            return True
    return False


def _not_utf8(data: bytes, start: int) -> Problem:
    patched = data.decode("utf-8", "replace")
    lost = patched.count("\ufffd")
    if lost * 2 > sum("\u4e00" <= character <= "\u9fff" for character in patched):
        read = {}
        for codec in _OTHER_CODECS:
            with suppress(UnicodeDecodeError):
                read[codec] = data.decode(codec)
        if read:
            codec = max(read, key=lambda codec: sum(map(read[codec].count, _COMMON)))
            first = read[codec].strip().partition("\n")[0].strip()
            return _encoded(_OTHER_CODECS[codec], f"（按它读，第一行是“{show(first)}”）")
    begin = data.rfind(b"\n", 0, start) + 1
    return Problem(
        data.count(b"\n", 0, start) + 1,
        len(data[begin:start].decode()) + 1,
        f"这里的字节0x{data[start]:02X}不是UTF-8，可能被截断或混入了别的编码："
        "请重新输入这里的字，并存为UTF-8",
    )


# ---- text to fields ----


class _Fields:
    """The keys of one head as they come, with what is wrong about the keys themselves."""

    def __init__(self) -> None:
        self.fields: list[Field] = []
        # Of misspelt keys, at the place of their problem, so that nothing seems to be missing.
        self.guesses: list[Field] = []
        self.problems: list[Problem] = []
        self.first: dict[str, int] = {}  # the line on which each key stands first
        self.found = False  # whether anything here was meant as a key

    def take(self, key: str, line: int, column: int, values: list[Field]) -> None:
        """Take in one key, written at a place, and its values, which do not know its name yet."""
        squeezed = _squeeze(key)
        if why := _REFUSED_NAMES.get(squeezed):
            self.found = True
            self.problem(line, column, f"不能写“{show(key)}”：{why}")
            return
        if not (name := _NAMES.get(squeezed)):
            self.guess(key, line, column, values)
            return
        self.found = True
        values = [Field(name, *value[1:]) for value in values]
        if _KEYS[name].form != _LINES and name in self.first:
            where = self.first[name]
            message = f"“{_label(name)}”写了两次，第一次在第{where}行：请只留一处"
            self.problem(line, column, message)
        elif _KEYS[name].form == _ONE and len(values) > 1:
            self.problem(line, column, f"“{_label(name)}”只能有一个内容，这里列了{len(values)}个")
            self.guesses.append(Field(name, values[0].value, line, column))
        else:
            self.fields += values
        self.first.setdefault(name, line)

    def guess(self, key: str, line: int, column: int, values: list[Field]) -> None:
        """Refuse an unknown key, naming what it may have meant."""
        if name := _nearest(_squeeze(key)):
            self.found = True
            self.guesses += [Field(name, value.value, line, column) for value in values]
            meant = f"是不是{called(name)}？请改正或删去这一行"
        else:
            meant = f"可以写的有{'、'.join(map(_label, _KEYS))}；如果是正文，请在上面空一行"
        self.problem(line, column, f"没有“{show(key)}”这一项：{meant}")

    def forgot_colon(self, key: str, line: int) -> None:
        """Refuse a known key that nothing parts from its value."""
        self.found = True
        self.guesses.append(Field(_NAMES[_squeeze(key)], "", line, 1))
        self.problem(line, 1, f"“{key}”后面缺少冒号：请写成“{key}: ……”")

    def problem(self, line: int, column: int, message: str) -> None:
        """Note what is wrong at a place."""
        self.problems.append(Problem(line, column, message))

    def result(self) -> list[Field]:
        """The fields in the order of the lines, with the guesses that nothing contradicts."""
        given = {known.name for known in self.fields}
        guesses = [guess for guess in self.guesses if guess.name not in given]
        return sorted([*self.fields, *guesses], key=lambda one: one[2:]) if guesses else self.fields


_FIELD = re.compile(r"([^:：]{1,24})[:：](?!//)")
_NOT_IN_KEYS = re.compile(r"[，。！？；、“”《》（）<>|#*`!\[\]]")
_EMPTY_LINES = re.compile(r"(?:[^\S\n]*\n)*")
_NO_BLANK = "头部之后没有空行：请在头部下面空一行，再写正文"
_FIRST_WORD = re.compile(r"\s*([^\s=]{1,24})")


def split(text: str) -> tuple[list[Field], str, int, list[Problem]]:
    """Part a text into its head's fields, its body and the line on which the body begins.

    Without fields there is always a problem, which says why there is no head.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    blank = len(text) - len(text.lstrip())
    start = text.rfind("\n", 0, blank) + 1
    if blank == len(text):
        message = "文件是空的：请先写头部（“标题: ……”等），空一行，再写正文"
        return [], "", 1, [Problem(1, 1, message)]
    found = _Fields()
    first = text.count("\n", 0, start) + 1
    opening = text[start : start + 99].partition("\n")[0].strip()
    if opening.startswith(("+++", ";;;", "{")):
        message = "不认得TOML或JSON写的头部：第一行请写成“标题: ……”，一项一行，再空一行写正文"
        return [], text, 1, [Problem(first, 1, message)]
    if opening == "---":
        end = _take_yaml(text, start, first, found)
    else:
        end = _take_lines(text, start, first, found)
    end = _EMPTY_LINES.match(text, end).end()
    body, line = text[end:], text.count("\n", 0, end) + 1
    return found.result(), body, line, found.problems


def _take_lines(text: str, start: int, line: int, found: _Fields) -> int:
    """Take the lines of ``Key: value`` up to the first empty one; return where the body begins."""
    begin, first = start, line
    lost = False  # within a run of lines that are no fields: one problem is enough for all
    while True:
        if begin - start > _LONGEST_HEAD:
            message = f"头部超过了{_LONGEST_HEAD}字：请在头部下面空一行，再写正文"
            found.problem(line, 1, message)
            break
        stop = text.find("\n", begin)
        content = text[begin : stop if stop >= 0 else len(text)]
        if not content.strip():
            if stop < 0 and not lost:
                found.problem(line - 1, 1, _NO_BLANK)
            break
        match = _FIELD.match(content)
        squeezed = _squeeze(match[1]) if match else ""
        known = squeezed in _NAMES or squeezed in _REFUSED_NAMES
        if match and squeezed and (known or not (lost or _NOT_IN_KEYS.search(match[1]))):
            lost = False
            rest = content[match.end() :]
            value = rest.strip()
            column = match.end() + len(rest) - len(rest.lstrip()) + 1
            key_column = len(content) - len(content.lstrip()) + 1
            found.take(match[1].strip(), line, key_column, [Field("", value, line, column)])
        elif (word := _FIRST_WORD.match(content)) and _squeeze(word[1]) in _NAMES:
            lost = False
            found.forgot_colon(word[1], line)
        elif not lost:
            lost = True
            if content.lstrip().startswith("#") and line == first:
                found.guesses.append(Field("title", content, line, 1))
            found.problem(line, 1, _no_field(content.strip(), line == first))
        if stop < 0:
            if not lost:
                found.problem(line, 1, _NO_BLANK)
            break
        begin, line = stop + 1, line + 1
    if found.found:
        return begin
    opening = text[start : start + 200].partition("\n")[0].strip()
    found.guesses.clear()
    found.problems[:] = [Problem(first, 1, _no_head(opening))]
    return start


def _no_field(content: str, first: bool) -> str:
    """Why a line within a head is not a field of it."""
    if content.startswith("#") and first:
        return _no_head(content)
    if content.strip("-") == "":
        return "这样的头部不用“---”收尾：请把这一行换成空行"
    return (
        f"“{show(content)}”不是“标题: ……”这样的一项："
        "如果正文从这里开始，请在上面空一行；如果是上一项的后半，请并到上一行"
    )


def _no_head(opening: str) -> str:
    """Why a text begins with something that is not a head."""
    if opening.startswith("#"):
        title = show(opening.lstrip("#").strip())
        return f"标题不用“#”：第一行请写成“标题: {title}”，下面接着写日期等项，再空一行写正文"
    return (
        f"文件开头没有头部，第一行是“{show(opening)}”："
        "请在正文前面写“标题: ……”等项，一项一行，再空一行"
    )


# ---- YAML to fields ----

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
# A key at the margin whose colon YAML would not see: full width, or with no space after it.
_LOOSE = re.compile(r"^([^\s:：-][^:：\n]{0,23})(?:：|:(?=\S))", re.MULTILINE)
_NULL = frozenset({"~", "null", "Null", "NULL"})
_QUOTE = '；拿不准时，请给整个内容加英文双引号，如“title: "……"”'
_DEEPEST = 9  # libyaml needs the square of the depth to go through it
_YAML_ERRORS = (
    ("too deep", "列表套得太深"),
    ("mapping values are not allowed", "内容里有“: ”，会被当成另一项"),
    ("cannot start any token", "内容不能以这个字符开头，缩进不能用制表符"),
    ("tab character", "缩进不能用制表符，请用空格"),
    ("unexpected end of stream", "引号没有收尾"),
    ("expected ',' or", "方括号没有收尾"),
    ("alphabetic or numeric", "“*”“&”在YAML里另有用处"),
    ("a tag", "“!”在YAML里另有用处"),
    ("expected ':'", "这一行缺少冒号，或上一行的内容没有写完"),
    ("expected key", "这里不是“标题: ……”这样的一项，或与上面没有对齐，或引号后面还有文字"),
    ("comment or line break", "“|”“>”后面不能接文字"),
    ("block end", "这里不是“标题: ……”这样的一项，或与上面没有对齐，或引号后面还有文字"),
    ("node content", "内容不能以这个字符开头"),
    ("unknown escape", "英文双引号里的“\\”另有用处，请换成英文单引号"),
)


def _take_yaml(text: str, start: int, line: int, found: _Fields) -> int:
    """Take the YAML between two lines of ``---``; return where the body begins."""
    begin = text.find("\n", start) + 1
    fence = _FENCE.search(text, begin) if begin else None
    if not fence:
        message = "以“---”开始的头部没有收尾：请在最后一项下面再写一行“---”"
        found.problem(line, 1, message)
        return start
    source = text[begin : fence.start()]
    if len(source) > _LONGEST_HEAD:
        message = f"头部有{len(source)}字，最多{_LONGEST_HEAD}字：请检查“---”是不是写错了地方"
        found.problem(line, 1, message)
        return start
    shifted: set[int] = set()

    def tighten(match: re.Match[str]) -> str:
        name = _squeeze(match[1])
        if not (name in _NAMES or name in _REFUSED_NAMES or _nearest(name)):
            return match[0]
        shifted.add(source.count("\n", 0, match.start()))
        return match[1] + ": "

    block = _LOOSE.sub(tighten, source)
    _Yaml(block, line + 1, shifted, found).take()
    if not found.fields and not found.problems:
        found.problem(line, 1, "头部是空的：请在两行“---”之间写“标题: ……”等项")
    return min(fence.end() + 1, len(text))


class _Yaml:
    """The events of one block of YAML, taken as fields; whatever nests or refers is refused."""

    def __init__(self, block: str, line: int, shifted: set[int], found: _Fields) -> None:
        import yaml  # noqa: PLC0415 -- only heads written in YAML pay for it

        self.yaml = yaml
        self.lines = block.split("\n")
        self.line = line
        self.shifted = shifted
        self.found = found
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        # Events, not nodes: they are read no deeper than they are wanted.
        self.events: Iterator[Any] = yaml.parse(block, Loader=loader)

    def take(self) -> None:
        """Take all keys, or none if the block cannot be read to its end."""
        try:
            self.document()
        except (self.yaml.YAMLError, ValueError) as error:
            self.unreadable(error)
            # What was read before the mistake would only make the rest seem missing.
            self.found.fields.clear()
            self.found.guesses.clear()

    def document(self) -> None:
        """One mapping of keys to words or to lists of words."""
        yaml = self.yaml
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return
        root = next(self.events)
        if not isinstance(root, yaml.MappingStartEvent) or self.refers(root):
            raise yaml.MarkedYAMLError(problem="expected key", problem_mark=root.start_mark)
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent) or self.refers(key):
                raise yaml.MarkedYAMLError(problem="expected key", problem_mark=key.start_mark)
            values = self.values(next(self.events))
            self.found.take(key.value, *self.place(key), values)
        next(self.events)
        if not isinstance(again := next(self.events), yaml.StreamEndEvent):
            raise yaml.MarkedYAMLError(problem="expected key", problem_mark=again.start_mark)

    def values(self, event: Any) -> list[Field]:
        """The value of a key, or the items of its list; those that YAML would read
        otherwise than they look are noted."""
        if not isinstance(event, self.yaml.SequenceStartEvent) or self.refers(event):
            return [self.value(event)]
        start, items = event, []
        while not isinstance(event := next(self.events), self.yaml.SequenceEndEvent):
            items.append(self.value(event))
        return items or [Field("", "", *self.place(start))]

    def value(self, event: Any) -> Field:
        """One word or sentence, as written."""
        line, column = self.place(event)
        message, value = "", getattr(event, "value", "").strip()
        if isinstance(event, self.yaml.CollectionStartEvent):
            self.skip()
            message = "内容只能是文字，或一层列表：请改成“标签: 快手、直播”这样的一行"
        elif self.refers(event):
            message = "内容以“*”“&”或“!”开头，在YAML里另有用处：请给整个内容加英文双引号"
        elif self.rows(event) > 1:
            message = "内容要写在一行里：请把分开的几行并成一行"
        elif not event.style and self.rest(event).lstrip().startswith("#"):
            message = (
                f"“{show(self.rest(event).strip())}”会被当作注释丢掉："
                "要保留，请给整个内容加英文双引号；不要，就删去"
            )
        elif not event.style and value in _NULL:
            value = ""
        if message:
            self.found.problem(line, column, message)
        return Field("", value, line, column)

    def refers(self, event: Any) -> bool:
        """Whether an event is, or carries, an alias, an anchor or a tag."""
        return bool(
            isinstance(event, self.yaml.AliasEvent) or event.anchor or getattr(event, "tag", None)
        )

    def skip(self) -> None:
        """Leave a nested value unread."""
        depth = 1
        while depth:
            event = next(self.events)
            depth += isinstance(event, self.yaml.CollectionStartEvent)
            depth -= isinstance(event, self.yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                mark = event.start_mark
                raise self.yaml.MarkedYAMLError(problem="too deep", problem_mark=mark)

    def rows(self, event: Any) -> int:
        """How many lines of text a value spans."""
        first, last = event.start_mark.line, event.end_mark.line
        if event.style not in ("|", ">"):
            return last - first + 1
        stop = last + (event.end_mark.column > 0)
        return sum(bool(row.strip()) for row in self.lines[first + 1 : stop])

    def rest(self, event: Any) -> str:
        """What stands after a value in its line."""
        return self.lines[event.end_mark.line][event.end_mark.column :]

    def place(self, event: Any) -> tuple[int, int]:
        """Where an event stands in the file."""
        return self.position(event.start_mark)

    def position(self, mark: Any) -> tuple[int, int]:
        """The line and the column of a mark; a tightened line is one character longer."""
        moved = mark.line in self.shifted and mark.column > 0
        return self.line + mark.line, mark.column + 1 - moved

    def unreadable(self, error: Exception) -> None:
        """Say where the YAML breaks off, and why as far as that can be known."""
        told = str(error)
        marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
        # What is left open is noticed too late: it is wrong where it begins.
        late = "while parsing a block" not in told and "tab character" not in told
        mark = next(filter(None, marks[::-1] if late else marks), None)
        for row, content in enumerate(self.lines):
            if match := _CONTROL.search(content):
                self.found.problem(self.line + row, match.start() + 1, _hidden(match[0]))
                return
        if not mark:
            self.found.problem(self.line, 1, f"头部不合YAML的写法：{told}")
            return
        line, column = self.position(mark)
        found = self.found.problems
        found[:] = [problem for problem in found if problem.line < line]
        reason = next((why for word, why in _YAML_ERRORS if word in told), "不合YAML的写法")
        content = self.lines[min(mark.line, len(self.lines) - 1)].strip()
        self.found.problem(line, column, f"“{show(content)}”：{reason}{_QUOTE}")


# ---- fields to values ----


def read(text: str, kind: str, timezone: tzinfo) -> tuple[Head | None, str, int, list[Problem]]:
    """Read the head of an "article", "flash", "topic" or "page".

    Returns the head (None if, and only if, there are problems), the body, the line on which the
    body begins, and all problems in the order of the lines. A problem that ``decode`` found too
    is the same in both lists.
    """
    fields, body, line, problems = split(text)
    if any(one.name == "withdrawal" for one in fields):  # it may have lost its body
        problems = [problem for problem in problems if problem.message != _NO_BLANK]
    head = _read_fields(fields, kind, timezone, problems) if fields else None
    return (None if problems else head), body, line, sorted(problems)


def _read_fields(
    fields: list[Field], kind: str, timezone: tzinfo, problems: list[Problem]
) -> Head | None:
    given: dict[str, list[Field]] = {}
    for one in fields:
        given.setdefault(one.name, []).append(one)
    problems += [
        Problem(fields[0].line, 1, f"缺少{called(name)}：请加一行“{_EXAMPLES[name]}”")
        for name in _REQUIRED[kind]
        if name not in given
    ]
    noted = {(problem.line, problem.column) for problem in problems}
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    blank: dict[str, tuple[int, int]] = {}
    there: set[str] = set()  # meant to be given, though refused as it stands
    for name, group in given.items():
        if noted and any((one.line, one.column) in noted for one in group):
            there.add(name)
            continue
        items = [item for one in group for item in _items(one)]
        if not items and name in _REQUIRED[kind]:
            problems.append(Problem(group[0].line, group[0].column, is_blank(name)))
        elif items and kind not in _KEYS[name].kinds:
            message = f"{_KINDS[kind]}没有“{_label(name)}”这一项：请删去这一行"
            problems.append(Problem(group[0].line, 1, message))
        elif items:
            lines[name] = group[0].line
            values |= _read_items(_KEYS[name], items, timezone, problems)
        else:
            blank[name] = group[0].line, group[0].column
    problems += _contradictions(values, lines, there | lines.keys())
    return None if problems else Head(**values, lines=lines, blank=blank)


def is_blank(name: str) -> str:
    """Tell that a field stands there without a value."""
    return f"“{_label(name)}”是空的：请写成“{example(name)}”这样"


def _items(one: Field) -> Iterator[Field]:
    """The items of a list written in one line; of any other field itself, unless it is empty."""
    if _KEYS[one.name].form != _LIST or len(one.value) > _LONGEST_VALUE:
        if one.value:
            yield one
        return
    for match in _ITEM.finditer(one.value):
        if item := match[0].strip():
            column = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Field(one.name, item, one.line, one.column + column)


def _read_items(
    key: _Key, items: list[Field], timezone: tzinfo, problems: list[Problem]
) -> dict[str, Any]:
    """The attributes of a head that one key gives; none if there is a problem."""
    label, before, read_items = _label(key.name), len(problems), []
    for item in items:
        if flaws := list(_flaws(item.value)):
            problems += [Problem(item.line, item.column + at, why) for at, why in flaws]
            continue
        try:
            read_items.append(
                key.read(item.value) if key.read else parse_date(item.value, timezone)
            )
        except ValueError as error:
            problems.append(Problem(item.line, item.column, f"{label}：{error}"))
    if key.form == _LIST:
        problems += _surplus(label, items)
    if len(problems) > before:
        return {}
    if key.read is None:
        # In the site's zone, so that lists by day and month agree with the order of moments.
        moment, timed = read_items[0]
        moment = moment.astimezone(timezone)
        return {"date": moment, "timed": timed} if key.name == "date" else {"modified": moment}
    return {key.attribute: read_items[0] if key.form == _ONE else tuple(read_items)}


def _surplus(label: str, items: list[Field]) -> Iterator[Problem]:
    """What makes a list too long: the same twice, or too many."""
    seen: dict[str, str] = {}
    for item in items:
        folded = _fold(item.value)
        if same := seen.get(folded):
            message = f"{label}：“{show(item.value)}”与前面的“{show(same)}”重复，请删去一个"
            yield Problem(item.line, item.column, message)
        seen.setdefault(folded, item.value)
    if len(items) > _MOST_ITEMS:
        extra = items[_MOST_ITEMS]
        message = f"{label}：有{len(items)}个，最多{_MOST_ITEMS}个，请从“{show(extra.value)}”起删减"
        yield Problem(extra.line, extra.column, message)


def _contradictions(
    values: Mapping[str, Any], lines: Mapping[str, int], there: Set[str]
) -> Iterator[Problem]:
    """What is right alone and wrong together; a key whose value was refused counts as given."""
    date, modified = values.get("date"), values.get("modified")
    if date and modified and modified < date:
        message = (
            f"修改：{_moment(modified)}早于日期{_moment(date)}，请改正；同一天的修改要写明时刻"
        )
        yield Problem(lines["modified"], 1, message)
    for correction in values.get("corrections", ()):
        if date and correction.day < date.date().isoformat():
            message = f"更正：{correction.day}早于日期{_moment(date)}，请改正"
            yield Problem(lines["correction"], 1, message)
    withdrawal = values.get("withdrawal")
    if withdrawal and date and withdrawal.day < date.date().isoformat():
        message = f"撤稿：{withdrawal.day}早于日期{_moment(date)}，请改正"
        yield Problem(lines["withdrawal"], 1, message)
    reprint = values.get("reprint", "reprint" in there)
    if values.get("reprint") and (absent := [name for name in _REPRINT if name not in there]):
        missing = "、".join(map(called, absent))
        yield Problem(lines["reprint"], 1, f"转载要写全出处和授权：还缺{missing}")
    for name in lines.keys() & {"original_author", "permission"}:
        if not reprint:
            message = f"写了“{_label(name)}”，却没有写“转载: 是”：请补上，或删去这一行"
            yield Problem(lines[name], 1, message)
    for name, needed in _PAIRS.items():
        if name in lines and needed not in there and not (reprint and needed in _REPRINT):
            message = f"有“{_label(name)}”就要有{called(needed)}：请补上，或删去这一行"
            yield Problem(lines[name], 1, message)


_REPRINT = ("original_author", "source", "source_url", "permission")
_PAIRS = {"source_url": "source", "picture": "picture_alt", "picture_alt": "picture"}


def _moment(moment: datetime) -> str:
    return f"“{moment:%Y-%m-%d %H:%M}”"

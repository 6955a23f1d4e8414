"""Rules about the house style: the copy desk.

The numbers H1 to H30 are of our house style: GB/T 15834—2011 (punctuation), GB/T 15835—2011
(numerals) and the customs of Chinese news desks. Rules look at prose alone (``_prose.py``). A
finding that carries a repair is what ``make fix`` mends: the two can never disagree.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from plugins._text import count_chars, is_common
from press.gate import Rule, Source
from press.gate._prose import (
    HEAD,
    OBJECT,
    Block,
    Flaw,
    Prose,
    ProseRule,
    as_rule,
    holds,
    kind_of,
)

WORDS: dict[str, tuple[str, ...]] = {
    # wrong=right
    "spelling": (
        "双十一=双11",
        "双十二=双12",
        "7天无理由=七日无理由",
        "7日无理由=七日无理由",
        "七天无理由=七日无理由",
        "帐号=账号",
        "帐户=账户",
        "帐单=账单",
        "登陆账号=登录账号",
        "登陆后台=登录后台",
        "做为=作为",
        "既使=即使",
        "既便=即便",
        "好象=好像",
        "部份=部分",
        "成份=成分",
        "身分=身份",
        "阀值=阈值",
        "度过难关=渡过难关",
        "再接再励=再接再厉",
        "一愁莫展=一筹莫展",
        "迫不急待=迫不及待",
        "按步就班=按部就班",
        "人情事故=人情世故",
    ),
    # the one right form of an abbreviation or name, whatever its capitals
    "acronyms": (
        "GMV", "SKU", "SPU", "ROI", "KOL", "KOC", "MCN", "UGC", "PGC", "DSR", "CTR", "CPM", "CPC",
        "SaaS", "AI", "AIGC", "PDF", "URL", "GitHub", "iPhone", "iPad", "Android", "iOS",
    ),
    # abbreviations that a text explains where they stand first
    "explained": ("GMV", "SKU", "SPU", "ROI", "KA", "SKA", "MCN", "DSR", "CTR", "CPM", "CPC"),
    # short name=full name, which stands first
    "laws": (
        "电商法=中华人民共和国电子商务法",
        "广告法=中华人民共和国广告法",
        "反不正当竞争法=中华人民共和国反不正当竞争法",
        "消费者权益保护法=中华人民共和国消费者权益保护法",
        "消保法=中华人民共和国消费者权益保护法",
        "个人信息保护法=中华人民共和国个人信息保护法",
        "个保法=中华人民共和国个人信息保护法",
        "商标法=中华人民共和国商标法",
        "增值税法=中华人民共和国增值税法",
        "网络安全法=中华人民共和国网络安全法",
        "食品安全法=中华人民共和国食品安全法",
    ),
    # not in a headline
    "clickbait": (
        "震惊", "重磅", "必看", "速看", "惊呆", "炸锅", "刷屏", "疯传", "不转不是", "深度好文",
        "赶紧看", "看哭", "太可怕", "出大事", "细思极恐", "逆天",
    ),
    # words whose day a reader of next year cannot know
    "relative": (
        "近日", "日前", "目前", "去年", "今年", "明年", "昨日", "昨天", "今日", "本月", "上月",
        "前不久", "不久前",
    ),
    # longer words that hold one of those and say nothing of a day
    "relative-unless": ("今日头条",),
    # characters outside GB 2312 that are no traditional ones: of names
    "rare": ("瞭", "喆", "堃", "犇", "囧", "珺", "昇", "祎", "赟", "頔", "翀", "玥", "晞", "媄", "瑨", "璟",
             "槑", "烎", "焜", "瑄", "皞", "琤", "翎", "旻", "婳", "嫚", "姮", "垚", "燚", "鑫"),
    # doubled words that are no slip
    "doubled": (
        "研究", "讨论", "商量", "打听", "考虑", "比较", "了解", "整理", "收拾", "休息", "学习",
        "练习", "锻炼", "检查", "核对", "准备", "试验", "观察", "哈哈", "很多", "多少", "好多",
        "非常", "永远", "大家", "哪里", "这样", "如此", "什么", "哪些", "谁谁", "某某", "天天",
        "年年", "人人", "往往", "常常", "刚刚", "慢慢",
    ),
}  # fmt: skip

LIMITS: dict[str, int] = {
    "title-least": 12,
    "title-most": 32,
    "flash-title-most": 36,
    "summary-least": 50,
    "summary-most": 90,
    "paragraph": 180,
    "section": 5,
}

# Wider than it says, and compiled in a fiftieth of the time that the ranges of Han take.
HAN = r"[^\W\x00-ÿ]"
STOP = "，。、；：？！"
FULL = {",": "，", ".": "。", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}


# ---- H1, H20: half and full width ----

_HALF = re.compile("[,.:;?!]")
_ROUND = re.compile(r"\([^()\n]*\)")


def is_wide(character: str) -> bool:
    """Whether a character is Chinese: Han or a full-width mark."""
    return character > "ÿ" and character != OBJECT


def is_han(character: str) -> bool:
    """Whether a character is Han."""
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff"


def half_width(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H1: , . : ; ? ! ( ) beside Chinese."""
    text = prose.text
    if prose.ascii.isdisjoint(",.:;?!("):
        return
    torn = (
        [m.span() for each in (_KEYWORD, _BROKEN) for m in each.finditer(text)]
        if "," in text
        else []
    )
    for match in _HALF.finditer(text):
        mark, at = match[0], match.start()
        before, after = text[at - 1 : at] or "\n", text[at + 1 : at + 2] or "\n"
        chinese = is_wide(before) or before == "%"
        following = text[at + 2 : at + 3] if after == " " else after
        if mark == ".":  # file.txt, 1.5 and ... are none
            wrong = chinese and (following in "“”《（\n" or is_han(following)) and before != "…"
            wrong = wrong and not (before in _COUNTING and _is_first(prose, at))  # 一.
        elif mark in "?!":  # Yahoo!日本 is none, and ?! is told by its own rule
            wrong = chinese and before not in "？！" and after not in "?!？！"
        else:  # 3:1, 15:40 and 1,234 are none
            wrong = chinese or is_han(following) or following in "“《（"
        if wrong and mark == "," and any(begin <= at <= end for begin, end in torn):
            yield Flaw(
                at, at + 1, "“,”是半角标点；这里像是塞进来的关键词，请先核对原文，再写“，”或删去"
            )
        elif wrong:
            yield _half(at, mark)
    if "(" not in text:
        return
    for match in _ROUND.finditer(text):
        begin, end = match.span()
        if text[begin - 1 : begin] == "]":  # a link or picture that went wrong: no-link tells it
            continue
        if any(map(is_wide, text[max(begin - 1, 0) : end + 1])):
            yield _half(begin, "(")
            yield _half(end - 1, ")")


_COUNTING = "一二三四五六七八九十"


def _is_first(prose: Prose, at: int) -> bool:
    begin = prose.block_at(at).start
    return all(sign in _COUNTING for sign in prose.text[begin:at])


def _half(at: int, mark: str) -> Flaw:
    message = f"“{mark}”是半角标点；中文里请写“{FULL[mark]}”"
    return Flaw(at, at + 1, message, FULL[mark])


_BETWEEN_LATIN = re.compile("[，；：](?<=[A-Za-z].)[ ]?[A-Za-z]")
_ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z'’-]+)+([，；：])[ ]?[A-Za-z]+(?: [A-Za-z'’-]+)+")


def english_marks(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H20: full-width marks inside an English sentence."""
    if not prose.has_latin:
        return
    for match in _at(_BETWEEN_LATIN.finditer(prose.text), _ENGLISH, prose.text, 60):
        half = {"，": ", ", "；": "; ", "：": ": "}[match[1]].strip()
        message = f"英文句子里用了“{match[1]}”；整句英文请用半角“{half}”加空格，并列的名称请用顿号"
        yield Flaw(match.start(1), match.end(1), message)


# ---- H2, H6: pairs ----

_QUOTES = re.compile("[\"'“”‘’「」『』]")
_CORNERS = {"「": "」", "『": "』"}
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'"}
_BRACKETS = {"《": "》", "〈": "〉", "（": "）", "【": "】"}
_CLOSERS = {close: open_ for open_, close in (_PAIRS | _BRACKETS).items()}
_BRACKET = re.compile("[《》〈〉（）【】]")
_PAIRED = re.compile("[“”‘’《》〈〉（）【】\n]")
_NESTED = re.compile("《[^》\n]*《")
_NEXT_TO_EACH_OTHER = re.compile("“”|‘’|《》|〈〉|（）|【】")
_LATIN = re.compile(r"[A-Za-z0-9]")


class _Pair:
    """A pair of quotation marks within a block: their places, and how deep it stands."""

    def __init__(self, begin: int, mark: str, depth: int) -> None:
        self.begin, self.mark, self.depth = begin, mark, depth
        self.end = -1


def _pairs_of(text: str, block: Block) -> tuple[list[_Pair], list[int]]:
    """Return the pairs of quotation marks of a block, and the places of those without a partner."""
    opened: list[_Pair] = []
    pairs: list[_Pair] = []
    alone: list[int] = []
    for match in _QUOTES.finditer(text, block.start, block.end):
        at, mark = match.start(), match[0]
        before, after = text[at - 1] if at > block.start else " ", text[at + 1 : at + 2]
        if mark in "'’" and _LATIN.match(before) and (mark == "'" or not _is_open(opened, "‘")):
            continue  # an apostrophe
        if mark == "'" and after.isdigit():
            continue  # '90s
        if mark == '"' and before.isdigit() and not _is_open(opened, '"“'):
            continue  # inches
        wanted = opened[-1].mark if opened else ""
        closes = _PAIRS.get(wanted) == mark or (mark == '"' and wanted == "“")
        closes = closes or (mark == "”" and wanted == '"')
        if closes:
            pair = opened.pop()
            pair.end = at
            pairs.append(pair)
        elif mark in _PAIRS:
            opened.append(_Pair(at, mark, len(opened)))
        else:
            alone.append(at)
    return pairs, sorted([*alone, *(pair.begin for pair in opened)])


def _is_open(opened: list[_Pair], marks: str) -> bool:
    return any(pair.mark in marks for pair in opened)


def quotes(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H2: “ ” outside, ‘ ’ inside; no straight quotes, no corners."""
    text = prose.text
    if not any(mark in text for mark in "\"'「『」』"):
        return
    for block in prose.blocks:
        pairs, alone = _pairs_of(text, block)
        for pair in pairs:
            wanted = "“”" if pair.depth % 2 == 0 else "‘’"
            has = text[pair.begin] + text[pair.end]
            if not set(has) & set("\"'「」『』") or not _is_chinese(text, block, pair):
                continue
            what = "直角引号" if set(has) & set("「」『』") else "直引号"
            safe = not alone
            for at, mark in ((pair.begin, wanted[0]), (pair.end, wanted[1])):
                if text[at] != mark:
                    tail = "" if safe else "；先把这一段里没有配对的引号补上"

                    message = f"“{text[at]}”是{what}；请写成{wanted[0]}……{wanted[1]}{tail}"
                    yield Flaw(at, at + 1, message, mark if safe else None)
        for at in alone:
            if text[at] in "\"'「」『』" and (text[at] in "「」『』" or _beside_han(text, at)):
                yield Flaw(at, at + 1, f"引号“{text[at]}”没有配对；请补上另一半，并写成“……”")


def _is_chinese(text: str, block: Block, pair: _Pair) -> bool:
    """Whether a pair stands in Chinese: what it holds, or what it touches."""
    begin, end = max(pair.begin - 1, block.start), min(pair.end + 2, block.end)
    return any(is_wide(c) and c not in _PAIRS and c not in _CLOSERS for c in text[begin:end])


def _beside_han(text: str, at: int) -> bool:
    return any(map(is_wide, text[at - 1 : at] + text[at + 1 : at + 2]))


def pairs(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H2, H6: every “ ‘ 《 （ 【 has its partner in the same paragraph."""
    text = prose.text
    marks, left = "".join(_PAIRED.findall(text)), ""
    while marks != left:  # most texts are balanced, which is seen at once
        marks, left = _NEXT_TO_EACH_OTHER.sub("", marks), marks
    if not marks.strip("\n") and not _NESTED.search(text):
        return
    for number, block in enumerate(prose.blocks):
        _, alone = _pairs_of(text, block)
        curly = [at for at in alone if text[at] in "“”‘"]
        following = prose.blocks[number + 1 : number + 2]
        # A quotation of several paragraphs: each begins with “ and the last alone has its ”.
        goes_on = following and text.startswith("“", following[0].start)
        for at in curly:
            if not (text[at] == "“" and goes_on and at == curly[-1]):
                half = {"“": "”", "”": "“", "‘": "’"}[text[at]]
                yield Flaw(at, at + 1, f"引号{text[at]}没有配对；请在同一段里补上{half}，或删去它")
        yield from _brackets(text, block)


def _brackets(text: str, block: Block) -> Iterator[Flaw]:
    opened: list[int] = []
    titles = 0  # how many 《 are open
    for match in _BRACKET.finditer(text, block.start, block.end):
        at, mark = match.start(), match[0]
        if mark in _BRACKETS:
            if mark == "《" and titles > 0:
                yield Flaw(at, at + 1, "书名号里又用了“《》”；里面一层请写“〈〉”")
            opened.append(at)
            titles += mark == "《"
        elif opened and text[opened[-1]] == _CLOSERS[mark]:
            opened.pop()
            titles -= mark == "》"
        elif not (mark == "）" and _is_serial(text, block, at)):
            half = _CLOSERS[mark]
            yield Flaw(at, at + 1, f"{mark}没有配对；请在同一段里补上{half}，或删去它")
    for at in opened:
        mark = text[at]
        message = f"{mark}没有配对；请在同一段里补上{_BRACKETS[mark]}，或删去它"
        yield Flaw(at, at + 1, message)


def _is_serial(text: str, block: Block, at: int) -> bool:
    return at - block.start <= 2 and text[block.start : at].isalnum()  # noqa: PLR2004  1） 10）


# ---- H3, H4, H7, H9: marks of their own ----

_DOTS = re.compile(r"\.{3,}|。{2,}|…+|⋯+|・{3,}|[,，]{3,}")


def ellipsis(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H3: …… and nothing else."""
    text = prose.text
    if not any(holds(text, mark) for mark in ("...", "。。", "…", "⋯", "・・・", ",,,", "，，，")):
        return
    for match in _DOTS.finditer(text):
        begin, end = match.span()
        near = text[begin - 1 : begin] + text[end : end + 1]
        chinese = any(map(is_wide, near)) or match[0][0] in "。，⋯・"
        if match[0] != "……" and chinese:
            yield Flaw(begin, end, f"省略号写成了“{match[0]}”；请写“……”", "……")


_DASH = re.compile(r"-{2,3}|―+|─{2,}|—{3,}|–+")


def dash(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H4: —— and nothing else."""
    text = prose.text
    if not any(holds(text, mark) for mark in ("--", "―", "──", "———", "–")):
        return
    for match in _DASH.finditer(text):
        begin, end = match.span()
        before, after = text[begin - 1 : begin], text[end : end + 1]
        if not (is_wide(before) or is_wide(after)):
            continue
        if match[0][0] == "-" and ("-" in (before, after) or (after.isascii() and after.isalnum())):
            continue  # an option of a command
        if match[0] == "–":
            message = "“–”不是中文的连接号；起止请用“—”，数值范围请用“～”，破折号请用“——”"
            yield Flaw(begin, end, message)
        else:
            message = f"破折号写成了“{match[0]}”；请写“——”"
            yield Flaw(begin, end, message, "——")


_DOT = re.compile(rf"[•‧・∙⋅･●](?<={HAN}.)(?={HAN})")


def middle_dot(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H7: · is U+00B7."""
    text = prose.text
    if not any(mark in text for mark in "•‧・∙⋅･●"):
        return
    for match in _DOT.finditer(text):
        message = f"间隔号写成了“{match[0]}”；请写“·”"
        yield Flaw(match.start(), match.end(), message, "·")
    for block in prose.of("paragraph", "item"):
        if text[block.start] in "•●":
            message = f"段首的“{text[block.start]}”不会排成清单；请写成“- ”"
            yield Flaw(block.start, block.start + 1, message)


_MARKS = re.compile(r"[！？!?][！？!?]+")


def one_mark(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H9: one question or exclamation mark at a time."""
    if not any(mark in prose.text for mark in "！？!?"):
        return
    for match in _MARKS.finditer(prose.text):
        message = f"“{match[0]}”叠用了；问号和感叹号一次只写一个"
        yield Flaw(match.start(), match.end(), message)


# ---- H10, H19: spaces ----

# Not those of a table; each run is looked at once, however long it is.
_SIGNS = r" \t\u3000\xa0\u2002-\u200a"
_SPACES = re.compile(rf"[{_SIGNS}](?<![{_SIGNS}|\n].)[{_SIGNS}]*+(?=[^\s|])")
_LINE_MARK = re.compile(r"表|图|\d{1,9}[.)]|[-+*#>=|:]+")
_INDENT = re.compile(
    rf"^(?=[ ]{{0,9}}[\u3000\xa0\u2002\u2003])[ \u3000\xa0\u2002\u2003]++(?=[“《]|{HAN})",
    re.MULTILINE,
)
_CLOSING, _OPENING, _CURLY = (
    frozenset(f"{STOP}）》〉】…"),
    frozenset(f"{STOP}（《〈【…"),
    frozenset("“”‘’"),
)
_BOUND = frozenset(f"\n|{OBJECT}")


def has_odd_space(text: str) -> bool:
    """Tell whether there is a space of Chinese or of web pages (&nbsp; and its like)."""
    return "\u3000" in text or "\xa0" in text or "\u2003" in text or "\u2002" in text


def _beside_mark(before: str, after: str) -> bool:
    """Whether a space between two characters is one beside a full-width mark."""
    if before in _BOUND or after in _BOUND:
        return False
    if after in _CLOSING or before in _OPENING:
        return True
    chinese = is_han(before) or before in STOP if after in _CURLY else False
    return chinese or (before in "“”" and (is_han(after) or after in STOP))


def mark_space(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H10: no space beside a full-width mark, none to indent a paragraph."""
    text = prose.text
    if not (" " in text or "\t" in text or has_odd_space(text)):
        return
    for match in _SPACES.finditer(text, 1, len(text) - 1):
        if not _beside_mark(text[match.start() - 1], text[match.end()]):
            continue
        # “表 ：” at the beginning of a line would become the caption of a table, “1. ，” no list.
        line = max(prose.block_at(match.start()).start, text.rfind("\n", 0, match.start()) + 1)
        safe = not _LINE_MARK.fullmatch(text, line, match.start())
        message = "标点旁边有空格；请删去"
        yield Flaw(match.start(), match.end(), message, "" if safe else None)
    if has_odd_space(text):
        for match in _INDENT.finditer(text):
            if text[match.end()] not in "表图":
                message = "段首不用空格缩进，页面会自己排；请删去"
                yield Flaw(match.start(), match.end(), message, "")


def han_space(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H19: no space between Han and letters or figures; browsers make the gap."""
    text = prose.text
    if not (" " in text or has_odd_space(text)):
        return
    for match in _SPACES.finditer(text, 1, len(text) - 1):
        begin, end = match.span()
        before, after = text[begin - 1], text[end]
        han = is_han(before), is_han(after)
        if all(han):
            # A space may part names in a list: nobody can say which.
            yield Flaw(begin, end, "汉字之间有空格；请删去，并列的词请用顿号分开")
        elif (han[0] and after.isascii() and after.isalnum()) or (
            han[1] and before.isascii() and (before.isalnum() or before in "%+")
        ):
            message = "汉字和字母、数字之间有空格；请删去，页面会自己留出间隙"
            yield Flaw(begin, end, message, "")


# ---- H5, H11–H16: figures ----

# One character, then more: what begins with a repeat is looked for at twice the cost.
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ％][０-９Ａ-Ｚａ-ｚ％]*(?:．[０-９]+)*")
_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def full_width(prose: Prose, source: Source, _gate: Any) -> Iterator[Flaw]:
    """H11: figures and letters are half-width."""
    if is_common(source.text):
        return
    for match in _FULL_WIDTH.finditer(prose.text):
        half = match[0].translate(_TO_HALF)
        block = prose.block_at(match.start())
        # At the beginning of a block a figure could become the mark of a list.
        # Beside a letter it would become one word with it, which no abbreviation may survive.
        near = (
            prose.text[match.start() - 1 : match.start()]
            + prose.text[match.end() : match.end() + 1]
        )
        safe = match.start() > block.start and not any(c.isascii() and c.isalnum() for c in near)
        message = f"“{match[0]}”是全角；请写“{half}”"
        yield Flaw(match.start(), match.end(), message, half if safe else None)


_UNIT = "%|‰|倍|[万亿]?(?:元|件|人|家|个|单|次|条|字|户|场|款|吨|斤|公里|平方米|小时|分钟|秒|天|周|岁|个月|台|名|种|倍|千克|克|米|层|折)|[万亿]"
_RANGE = re.compile(
    rf"(?<![\d.\-/A-Za-z—～~])(?P<low>\d+(?:\.\d+)?)(?P<first>{_UNIT})?"
    rf"(?P<mark>[ ]?(?:-|~|－|—|–|～|~)[ ]?)(?P<high>\d+(?:\.\d+)?)(?P<last>{_UNIT})"
)
_DAYS = re.compile(
    r"(?P<low>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|\d{4}年(?:\d{1,2}月)?|\d{1,2}月|(?<!\d)(?:19|20)\d\d(?=[-~～－–]20\d\d年))"
    r"(?P<mark>-|~|～|－|–|——)(?=(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日月]|\d{4}年)"
)
_RANGE_SIGN = re.compile(r"[-~－—–～](?=[ ]?\d)")


def _at(
    hits: Iterable[re.Match[str]], whole: re.Pattern[str], text: str, before: int
) -> Iterator[re.Match[str]]:
    """Yield what ``whole`` matches around its rarest sign: much cheaper than to look everywhere."""
    for hit in hits:
        for match in whole.finditer(text, max(0, hit.start() - before), hit.end() + 16):
            if match.start() < hit.start() < match.end():
                yield match


def ranges(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H5: ～ between figures, both with their unit; — between days and places."""
    text = prose.text
    if not any(map(text.__contains__, "-~－—–～")):
        return
    hits = list(_RANGE_SIGN.finditer(text))
    for match in _at(hits, _DAYS, text, 12):
        begin, end = match.span("mark")
        safe = match["mark"] != "——"
        message = f"起止时间用了“{match['mark']}”；请写“—”，如7月1日—18日"
        yield Flaw(begin, end, message, "—" if safe else None)
    for match in _at(hits, _RANGE, text, 18):
        begin, end = match.span("mark")
        low, first, high, last = match["low"], match["first"] or "", match["high"], match["last"]
        if match["mark"] != "～":
            ends = "" if first or last not in "%‰" else "，两端都带单位"
            safe = not ends and match["mark"] in ("-", "~", "－")
            message = f"数值范围用了“{match['mark'].strip()}”；请写“～”{ends}，如63%～68%"
            yield Flaw(begin, end, message, "～" if safe else None)
        elif not first and last[0] in "%‰万亿":
            unit = last[0]
            message = f"“{match[0]}”只有后面带单位；两端都要带：“{low}{unit}～{high}{last}”"
            yield Flaw(match.start(), match.end(), message)


_SHORT_YEAR = re.compile(
    r"年(?<=\d\d年)(?<![\d.年第至到～—-]\d\d年)(?=\d{1,2}月|[上下]半年|第?[一二三四]季度|全年|[春夏秋冬]季|双1)"
)


def short_year(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H12: years have four figures."""
    if "年" in prose.text:
        for match in _SHORT_YEAR.finditer(prose.text):
            begin = match.start() - 2
            message = f"年份“{prose.text[begin : begin + 3]}”只有两位；请写满四位，如2021年"
            yield Flaw(begin, match.end(), message)


_ISO = re.compile(r"([12][09]\d\d)([-/])(?<![\d./-].....)(\d{1,2})\2(\d{1,2})(?![\d./-]|[A-Za-z])")
_CLOCK = re.compile(
    r"[：上下晚凌](?:(?<=\d：)[0-5]\d(?![\d：])|(?<!：)[午上晨]\d{1,2}(?:[点时](?!间|段|长|代)|[:：]))"
)
_HOUR = re.compile(r"(?<![\d:：])(?:[01]?\d|2[0-3])$")


def date_form(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H13: 2021年9月10日 and 15:40 in sentences."""
    text = prose.text
    for match in () if prose.ascii.isdisjoint("-/") else _ISO.finditer(text):
        if prose.block_at(match.start()).kind in ("row", "caption", "figure"):
            continue
        year, month, day = match[1], int(match[3]), int(match[4])
        if month <= 12 and day <= 31:  # noqa: PLR2004  months and days
            message = f"正文里的日期“{match[0]}”；请写成{year}年{month}月{day}日"
            yield Flaw(match.start(), match.end(), message)
    for match in _CLOCK.finditer(text):
        begin, end = match.span()
        if text[begin] != "：":
            yield Flaw(begin, end, f"时刻“{match[0]}……”请用24小时制，如15:40")
        elif (hour := _HOUR.search(text, max(0, begin - 3), begin)) and not _RATIO.search(
            text, max(0, begin - 8), begin
        ):
            written = text[hour.start() : end]
            message = f"时刻“{written}”用了全角冒号；请写成{written.replace('：', ':')}"
            yield Flaw(hour.start(), end, message)


_RATIO = re.compile("比分|比例|之比|比为|比是")
_NUMERALS = "一二三四五六七八九"
_ABOUT = re.compile(
    rf"、(?<=[{_NUMERALS}]、)(?<![第{_NUMERALS}十、].、)[{_NUMERALS}](?=[十百千万亿]|[个家天年名件人次种位岁倍](?!级))(?!十[{_NUMERALS}]?[条款章])"
)


def approximate(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H14: 七八十家, without a mark between."""
    if "、" in prose.text:
        for match in _ABOUT.finditer(prose.text):
            first, second = prose.text[match.start() - 1], match[0][1]
            if _NUMERALS.index(second) == _NUMERALS.index(first) + 1:
                message = f"概数“{first}、{second}”中间不加顿号；请写“{first}{second}”（若是两样东西并列，请写全）"
                yield Flaw(match.start() - 1, match.end(), message)


_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:[,，]\d{3})+(?![\d年])")
# One a mark: what begins with one sign is looked for in a fifth of the time of two.
_COMMAS = tuple(re.compile(rf"{mark}(?<=\d.)\d{{3}}(?![\d年])") for mark in ",，")
_ROUND_NUMBER = re.compile(r"(?<![\d.])(\d{2,})0000(?=[元件人家个单次户])")


def thousands(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H15: 万 and 亿 instead of commas."""
    text = prose.text
    if any(comma.search(text) for comma in _COMMAS):
        for match in _THOUSANDS.finditer(text):
            if "，" in match[0] and len(match[0]) < 8:  # noqa: PLR2004  a list of figures more likely
                continue
            plain = match[0].replace(",", "").replace("，", "")
            message = f"“{match[0]}”用了千分撇；请写成{plain}，大数请用万、亿，如1.39万亿元"
            yield Flaw(match.start(), match.end(), message)
    if "0000" in text:
        for match in _ROUND_NUMBER.finditer(text):
            message = f"“{match[0]}”请用万或亿作单位，如{match[1]}万"
            yield Flaw(match.start(), match.end(), message)


_MANY_TIMES = re.compile(r"倍(?<=\d倍)")
_TIMES = re.compile(
    r"(?:增长|增加|增多|提高|提升|上升|上涨|扩大|涨|增)(?:了|近|约|超|超过)?\d+(?:\.\d+)?倍"
    r"|(?:减少|降低|下降|缩小|下跌|跌)(?:了|近|约|超)?\d+(?:\.\d+)?倍"
)


def times_more(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H16: 增至……的3倍, for 增长3倍 says two things."""
    for match in _at(_MANY_TIMES.finditer(prose.text), _TIMES, prose.text, 24):
        if match[0][0] in "减降下缩跌":
            message = f"“{match[0]}”说不通，减少不能用倍数；请写“降至……的三分之一”或百分数"
        else:
            message = f"“{match[0]}”有歧义；请写“增至……的几倍”，或公布的百分数"
        yield Flaw(match.start(), match.end(), message)


# ---- H8, H17, H18: numbers of items, names ----

_SERIAL = re.compile(r"(\d{1,2})、(?=\D)")
_HAN_SERIALS = "一二三四五六七八九十第"
_HAN_SERIAL = re.compile(
    r"([一二三四五六七八九十]{1,3})([.．])|第([一二三四五六七八九十]{1,3})、(?![第一二三四五六七八九十])"
)


def serial(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H8: 1. 一、 第一，"""
    text = prose.text
    for block in prose.blocks:
        first = text[block.start]
        if not (first.isdecimal() or first in _HAN_SERIALS):
            continue
        if block.kind not in ("paragraph", "heading", "item", "quote", "callout"):
            continue
        if match := _SERIAL.match(text, block.start, block.end):
            at = block.start
            while match:  # and of the lines below it, which would all run into one
                message = f"序号“{match[0]}”请写成“{match[1]}. ”（点后空一格）"
                yield Flaw(match.start(), match.end(), message)
                at = text.find("\n", at, block.end) + 1
                match = _SERIAL.match(text, at, block.end) if at else None
        elif match := _HAN_SERIAL.match(text, block.start, block.end):
            right = f"{match[1]}、" if match[1] else f"第{match[3]}，"
            message = f"序号“{match[0]}”请写成“{right}”"
            yield Flaw(match.start(), match.end(), message)


_ARTICLE = re.compile(r"第(\d{1,4})([条款章])")
_OF_LAW = re.compile(r"(?:法|办法|规定|条例|解释|规则|章程|》|〕|号)[^，。；！？\n]{0,3}$")


def article_number(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H17: 第十七条, in Han."""
    if "第" not in prose.text:
        return
    for match in _ARTICLE.finditer(prose.text):
        if _OF_LAW.search(prose.text, max(0, match.start() - 6), match.start()):
            message = f"条号“{match[0]}”请用汉字，如第十七条"
            yield Flaw(match.start(), match.end(), message)


def full_name(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """H17: the full name of a law before its short one."""
    if kind_of(source.path) != "article":
        return
    text = prose.text
    start = next((b.start for b in prose.blocks if b.kind not in HEAD), len(text))
    for short, full in _split(gate.words["laws"]):
        at = text.find(short, start) if holds(text, short) else -1
        while at >= 0 and (
            text.endswith(("和国", "修订的", "《"), start, at) or _in_word(text, at, short)
        ):
            at = text.find(short, at + 1)
        if at < 0:
            continue
        first = text.find(full, start)
        if first < 0 or first > at:
            message = f"头一次提到“{short}”要写全称：《{full}》（下称{short}）"
            yield Flaw(at, at + len(short), message)


def _in_word(text: str, at: int, short: str) -> bool:
    """Whether a name is the end or the beginning of a longer one."""
    return text[at - 1 : at] in ("新", "旧", "我") or text.startswith("规", at + len(short))


def explained(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """H18: GMV（商品交易总额） where it stands first."""
    if kind_of(source.path) != "article":
        return
    text = prose.text
    start = next((b.start for b in prose.blocks if b.kind not in HEAD), len(text))
    for word in gate.words["explained"]:
        if not holds(text, word) or f"*[{word}]" in source.body:
            continue
        first = re.compile(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])")
        if not (match := first.search(text, start)):
            continue
        told = rf"{re.escape(word)}[（(][^）)]|[（(][^（）()]{{0,20}}{re.escape(word)}[）)]|{re.escape(word)}(?:是指|即|指的是)|(?:俗称|简称|下称|又称){re.escape(word)}"
        if not re.search(told, text[start:]):
            message = f"“{word}”头一次出现要解释：写成“{word}（……）”，或在文末写一行“*[{word}]: ……”"
            yield Flaw(match.start(), match.end(), message)


def acronym(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H18: capitals as the list has them."""
    text, right = prose.text, _capitals(gate.words["acronyms"])
    if not prose.has_latin:
        return
    for match in _WORD.finditer(text):
        wanted = right.get(match[0].casefold())
        # In an English sentence, a file's name or an address it may differ.
        if (
            wanted
            and wanted != match[0]
            and not _ENGLISH_AROUND.match(
                text[match.start() - 2 : match.start()] + "\n" + text[match.end() : match.end() + 2]
            )
        ):
            message = f"“{match[0]}”的大小写；本站写“{wanted}”"
            yield Flaw(match.start(), match.end(), message)


_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_ENGLISH_AROUND = re.compile(
    r".?(?:[A-Za-z] |[0-9./_@#&-])?\n(?:[./_@(-]| [A-Za-z])|.?(?:[A-Za-z] |[0-9./_@#&-])\n"
)


@cache
def _capitals(words: tuple[str, ...]) -> Mapping[str, str]:
    return {word.casefold(): word for word in words}


def spelling(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H14, H18, H30: one spelling for each word."""
    right = _split(gate.words["spelling"])
    for match in _either(tuple(wrong for wrong, _ in right)).finditer(prose.text):
        if not prose.quoted(match.start()):
            message = f"“{match[0]}”请写成“{dict(right)[match[0]]}”"
            yield Flaw(match.start(), match.end(), message)


@cache
def _split(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((wrong, right) for wrong, _, right in (word.partition("=") for word in words))


# ---- H21, H22: titles and summaries ----


def title_length(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """H21: how long a headline is."""
    kind = kind_of(source.path)
    if kind not in ("article", "flash"):
        return
    least = gate.limits["title-least"] if kind == "article" else 0
    most = gate.limits["title-most" if kind == "article" else "flash-title-most"]
    for block in prose.of("title"):
        length = count_chars(prose.text[block.start : block.end])
        if not least <= length <= most:
            wanted = f"{least}～{most}字" if least else f"最多{most}字"
            message = f"标题有{length}字；{wanted}，写清是什么事"
            yield Flaw(block.start, block.end, message)


def clickbait(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H21: no cries in a headline."""
    for block in prose.of("title"):
        for word in gate.words["clickbait"]:
            at = prose.text.find(word, block.start, block.end)
            if at >= 0 and not prose.quoted(at):
                message = f"标题里有“{word}”；请把事情本身写进标题"
                yield Flaw(at, at + len(word), message)


def summary_length(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """H22: how long a summary is, and that it says more than the title."""
    if kind_of(source.path) != "article":
        return
    least, most = gate.limits["summary-least"], gate.limits["summary-most"]
    title = next((prose.text[b.start : b.end] for b in prose.of("title")), "")
    for block in prose.of("summary"):
        summary = prose.text[block.start : block.end]
        length = count_chars(summary)
        if not least <= length <= most:
            message = f"摘要有{length}字；请写{least}～{most}字，说清讲什么、对谁有用"
            yield Flaw(block.start, block.end, message)
        if title and title in summary:
            yield Flaw(block.start, block.end, "摘要重复了标题；请换成标题没有说的")


# ---- H25, H27, H28: words, characters, lengths ----


def relative_date(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """H25: a day that can be found again."""
    text = prose.text
    for match in _either(gate.words["relative"]).finditer(text):
        at = match.start()
        if prose.quoted(at) or _within(text, at, match.end(), gate.words["relative-unless"]):
            continue
        if source.path.startswith("pages/"):
            continue  # what a page says holds for the day on which it is read
        message = f"“{match[0]}”过一阵就看不懂了；请写具体日期，会变的事写“截至2026年11月22日”这样"
        yield Flaw(at, match.end(), message)


@cache
def _either(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")


def _within(text: str, begin: int, end: int, longer: tuple[str, ...]) -> bool:
    """Whether a stretch stands within one of some longer words."""
    for word in longer:
        at = text.find(word, max(0, end - len(word)), begin + len(word))
        if at >= 0 and at <= begin and end <= at + len(word):
            return True
    return False


@cache
def _common() -> frozenset[str]:
    """The Han of GB 2312: all of them simplified, or the same in both scripts."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return frozenset("".join(row.decode("gb2312", "ignore") for row in rows))


def traditional(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H27: simplified characters; Big5 knows a character and GB 2312 does not."""
    text = prose.text
    lost = text.encode("gb2312", "replace").count(b"?")
    if lost == sum(map(text.count, f"?—·{OBJECT}")):  # nearly every text, and quick to see
        return
    odd = set(text) - _common()
    odd = {c for c in odd if "\u3400" <= c <= "\u9fff" and c not in gate.words["rare"]}
    odd = {c for c in odd if _in_big5(c)}
    for match in re.finditer(f"[{''.join(sorted(odd))}]", prose.text) if odd else ():
        if not prose.quoted(match.start()):
            message = f"“{match[0]}”是繁体字或生僻字；请写简体（人名用字可以加进GATE的rare）"
            yield Flaw(match.start(), match.end(), message)


def _in_big5(character: str) -> bool:
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def paragraph_length(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H28: short paragraphs."""
    most = gate.limits["paragraph"]
    for block in prose.blocks:
        if block.kind != "paragraph" or block.end - block.start <= most:
            continue
        length = count_chars(prose.text[block.start : block.end])
        if length > most:
            yield Flaw(block.start, block.end, f"这一段有{length}字；最多{most}字，请分成两段")


def section_length(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H28: a heading every few paragraphs."""
    most, count = gate.limits["section"], 0
    for block in prose.blocks:
        if block.kind == "heading":
            count = 0
        elif block.kind == "paragraph":
            count += 1
            if count == most + 1:
                message = f"这一节从这里起超过{most}段；请加一个小标题，或并掉几段"
                yield Flaw(block.start, block.end, message)


# ---- H30: what machines and haste leave behind ----

# A comma right before what cannot begin a clause; 的确, 了解, 着手 and the like can.
_BROKEN = re.compile(
    r"[,，、](?:的(?![确士卡])|了(?![解不结却断然无事])|们|吗(?!啡)|呢(?![子绒])|吧(?!台))"
)
# A short word between two half-width commas: keywords put in by a machine.
_KEYWORD = re.compile(rf",(?<={HAN},){HAN}{{1,4}},(?={HAN})|,(?<=\w,){HAN}{{1,4}}(?=,)")
_GLUED = re.compile(rf"(?:in|of|the|and|to|for|with|on|at|is|by)(?={HAN})")
_TORN_YEAR = re.compile(
    r"年(?:(?<=\d[，,、 ]年)"
    r"|(?<=\d\d\d\d年)(?:[，,、]\s*|的)(?:19|20)\d\d(?![\d年.%—～-]|[个家件人万亿元台次种名项吨米多余余款单场条]|$)"
    r"|(?<=\d\d\d\d年)\d{4}年"
    r"|(?<=[在于从自]年)(?:落户|入驻|加入|进入|开始|上线|推出|发布|公布|举办|宣布|成立|完成|实现|启动|开店|开播))",
    re.MULTILINE,
)
_ET_CETERA = re.compile(r"等(?<=[、，,]等)(?:[、，,](?=方面)|(?<=、等)(?=[方的，。、]))")


def debris(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H30: keywords between commas, torn years, English words between Han."""
    text = prose.text
    for pattern, message in (
        (_BROKEN, "“{}”：逗号断在了一句话当中；请删去逗号，或补上漏掉的词"),
        (_TORN_YEAR, "“{}”：年份残缺；请核对原文，写成2021年这样"),
        (_ET_CETERA, "“{}”：等字前后多了标点；请删去"),
        (_GLUED, "“{}”：汉字里夹着英文虚词；请核对原文，删去或译出"),
    ):
        for match in pattern.finditer(text) if pattern is not _GLUED or prose.has_latin else ():
            begin = match.start()
            if pattern is _GLUED and not is_han(text[begin - 1 : begin]):
                continue
            if pattern is _ET_CETERA:
                begin -= 1
            if pattern is _TORN_YEAR:
                begin -= (
                    1 if text[begin - 1] in "在于从自" else 5 if text[begin - 1] in "，,、 " else 4
                )
            yield Flaw(begin, match.end(), message.format(text[begin : match.end()]))
    if text.count(",") > 1:
        for match in _KEYWORD.finditer(text):
            message = f"“{match[0]}”：逗号夹着一个词，像是机器塞进来的关键词；请核对原文，删去多余的逗号或词"
            yield Flaw(match.start(), match.end(), message)


# One length a pattern, and the mark before the words: many times as quick as one for all.
_TWICE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(..)\1",
        r"(...)\1",
        r"[、，,](?:(?<=(..).)\1|(?<=(...).)\2|(?<=(....).)\3|(?<=(.....).)\4)",
        r"的的(?![确士])|与与(?!会)|及及(?![时格第其早])|和和(?![气美睦平])",
    )
)
_NUMBER_TWICE = re.compile(r"(\d+(?:\.\d+)?)[ ,，、]+\1(?![\d.])")
_AFTER_NUMBER = re.compile(r"[ ,，、](?<=\d\d.)[ ]?\d\d")


def doubled(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H30: a word typed twice."""
    text, fine = prose.text, gate.words["doubled"]
    for pattern in _TWICE:
        for match in pattern.finditer(text):
            word = next(filter(None, match.groups()), "") if match.lastindex else ""
            begin = match.start() - len(word) * (match[0][:1] in "、，,")
            if word and not (all(map(is_han, word)) and word not in fine and word[0] not in "一几"):
                continue
            if len(set(word)) == 1 or (len(word) == 4 and word[:2] == word[2:]):  # noqa: PLR2004
                continue
            if match[0][0] == "，" and len(word) == 2:  # noqa: PLR2004  很好，很好 may be meant
                continue
            following = text[match.end() : match.end() + 1]
            if match[0][0] in "、，," and is_han(following) and following not in "的地得":
                continue  # 来源、来源链接
            half, whole = word or match[0][0], text[begin : match.end()]
            yield Flaw(begin, match.end(), f"“{whole}”：“{half}”重复了；请删去一个")
    for hit in _AFTER_NUMBER.finditer(text):
        match = _NUMBER_TWICE.search(text, max(0, hit.start() - 9), hit.end() + 9)
        if match and match.start() < hit.start() < match.end() and text[match.start() - 1] != ".":
            message = f"“{match[0]}”：“{match[1]}”重复了；请删去一个"
            yield Flaw(match.start(), match.end(), message)


_MONTH = re.compile(r"月(?<=\d月)(?:(\d{1,2})[日号])?")
_BEFORE_MONTH = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<![\d个第])(\d{1,2})$")


def impossible_date(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H30: 2月30日."""
    text = prose.text
    for match in _MONTH.finditer(text):
        if not (before := _BEFORE_MONTH.search(text, max(0, match.start() - 8), match.start())):
            continue
        year, month, day = int(before[1] or 2024), int(before[2]), int(match[1] or 1)
        if not 1 <= month <= 12:  # noqa: PLR2004  months
            wrong = f"没有{month}月" if before[1] or match[1] else ""
        else:
            wrong = (
                "" if 1 <= day <= monthrange(max(year, 1), month)[1] else f"{month}月没有{day}日"
            )
        if wrong:
            begin, end = before.start(), match.end()
            yield Flaw(begin, end, f"“{text[begin:end]}”：{wrong}；请核对日期")


_ENDS = frozenset("。！？…：；”’）》】!?.:;")
_SENTENCE = 20  # characters from which a paragraph is taken for a sentence


def end_mark(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H30: a paragraph that breaks off."""
    text = prose.text
    for block in prose.blocks:
        if block.kind != "paragraph" or block.end - block.start < _SENTENCE:
            continue
        last = text[block.end - 1]
        if last.isspace():
            last = text[block.start : block.end].rstrip()[-1:]
        if last in "，、,":
            message = f"这一段停在“{last}”上；请补全，或把它改成句号"
        elif is_han(last):
            message = "这一段末尾没有标点；请补上句号，或看看是不是漏了字"
        else:
            continue
        at = block.start + len(text[block.start : block.end].rstrip()) - 1
        yield Flaw(at, at + 1, message)


_CLASH = re.compile(
    r"[，、；：。？！,;](?:[，、；：。,;]+(?<![？！].)|(?<=[“《（][，、；：。？！])|(?<=[，、；：])(?=[”》）]))"
)
# All that can clash, quicker to find.
_SIDE_BY_SIDE = re.compile("[，、；：。？！,;“《（”》）][，、；：。？！,;“《（”》）]+")
_NOT_FIRST = frozenset("，、；：。？！）》”’")


def marks_clash(prose: Prose, _source: Source, _gate: Any) -> Iterator[Flaw]:
    """H30: two marks where one belongs, or one where none can stand."""
    text = prose.text
    places = [
        match.span()
        for marks in _SIDE_BY_SIDE.finditer(text)
        for match in _CLASH.finditer(text, *marks.span())
    ]
    places += [(b.start, b.start + 1) for b in prose.blocks if text[b.start] in _NOT_FIRST]
    for begin, end in sorted(places):
        marks = text[begin:end]
        if marks.startswith(("。。", "，，，", ",,,")):
            continue  # an ellipsis, told by its own rule
        if len(marks) > 1:
            message = f"“{marks}”：标点叠在一起了；请只留一个"
        else:
            message = f"“{marks}”不能放在这里；请删去，或补上漏掉的字"
        yield Flaw(begin, end, message)


DESK: dict[str, tuple[ProseRule, str]] = {
    "half-width": (half_width, "warning"),
    "quotes": (quotes, "warning"),
    "pairs": (pairs, "warning"),
    "ellipsis": (ellipsis, "warning"),
    "dash": (dash, "warning"),
    "ranges": (ranges, "warning"),
    "middle-dot": (middle_dot, "warning"),
    "serial": (serial, "warning"),
    "one-mark": (one_mark, "warning"),
    "mark-space": (mark_space, "warning"),
    "full-width": (full_width, "warning"),
    "short-year": (short_year, "warning"),
    "date-form": (date_form, "warning"),
    "approximate": (approximate, "warning"),
    "thousands": (thousands, "warning"),
    "times-more": (times_more, "warning"),
    "full-name": (full_name, "warning"),
    "article-number": (article_number, "warning"),
    "explained": (explained, "warning"),
    "acronym": (acronym, "warning"),
    "han-space": (han_space, "warning"),
    "english-marks": (english_marks, "warning"),
    "title-length": (title_length, "warning"),
    "clickbait": (clickbait, "warning"),
    "summary-length": (summary_length, "warning"),
    "relative-date": (relative_date, "warning"),
    "traditional": (traditional, "warning"),
    "paragraph-length": (paragraph_length, "warning"),
    "section-length": (section_length, "warning"),
    "spelling": (spelling, "warning"),
    "debris": (debris, "warning"),
    "doubled": (doubled, "warning"),
    "impossible-date": (impossible_date, "warning"),
    "end-mark": (end_mark, "warning"),
    "marks-clash": (marks_clash, "warning"),
}
RULES: dict[str, tuple[Rule, str]] = {
    name: (as_rule(name, rule, level), level) for name, (rule, level) in DESK.items()
}

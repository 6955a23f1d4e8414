"""Rules about what law and trust ask of a text.

Advertisements are refused where they are read (``plugins/_data.py``), a reprint without its papers
by the head (``plugins/_head.py``), a missing label of machine-written text by ``plugins/label.py``:
these have no switch. Here is what a text itself may get wrong.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from plugins import _law
from press.gate import Rule, Source
from press.gate._prose import NEAR, Flaw, Link, Prose, ProseRule, as_rule, kind_of

WORDS: dict[str, tuple[str, ...]] = {
    "fake-orders": _law.FAKE_ORDERS,
    "fake-orders-unless": _law.FAKE_ORDERS_UNLESS,
    # channels that explain the law
    "law-channels": ("法规", "平台规则"),
    # a sentence with one of these speaks against it
    "against": (
        "不得", "不准", "不能", "不许", "不要", "不可", "禁止", "严禁", "杜绝", "违法", "违规", "非法", "打击", "处罚", "罚",
        "判", "无效", "举报", "投诉", "拒绝", "不登", "不收", "不做", "不碰", "不教", "不是", "虚假", "虚构", "入刑", "犯罪", "刑",
        "诈骗", "被骗", "反不正当", "封店", "降权", "整治", "治理", "法院", "风险", "识破", "远离", "警惕", "作弊", "规定", "法第",
    ),
    "superlatives": (
        "国家级", "最高级", "最佳", "顶级", "极品", "独一无二", "史无前例", "绝无仅有", "全网最低", "史上最",
        "全国第一", "全网第一", "行业第一", "世界第一", "全球第一", "业内第一", "销量第一", "排名第一", "第一品牌", "遥遥领先",
    ),
    "superlatives-unless": (
        "国家级新区", "国家级经济技术开发区", "国家级经开区", "国家级高新区", "国家级非物质文化遗产", "国家级非遗",
        "国家级自然保护区", "国家级贫困县", "最高级人民法院", "顶级域名",
    ),
    # a sentence with one of these says whose figure it is
    "measured": ("据", "口径", "统计", "报告", "公布", "公告", "招股书", "年报", "财报"),
    "vague-sources": (
        "记者获悉", "记者了解到", "记者采访", "本报讯", "本报记者", "本网讯", "业内人士", "知情人士", "有关人士",
        "相关人士", "有专家", "专家认为", "专家表示", "据悉", "据了解", "消息人士",
    ),
    "no-map": ("网站地图", "站点地图", "知识地图", "思维地图", "路线地图"),
    # where goods are sold: a text that links there is an advertisement (互联网广告管理办法 9)
    "shops": (
        "item.taobao.com", "detail.tmall.com", "s.click.taobao.com", "uland.taobao.com", "item.jd.com", "u.jd.com",
        "mobile.yangkeduo.com", "p.pinduoduo.com", "haohuo.jinritemai.com", "app.kwaixiaodian.com", "detail.1688.com",
    ),
}  # fmt: skip


SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


# ---- fake orders and reviews: 反不正当竞争法 9, 电子商务法 17, 广告法 37 ----


def _of_law(source: Source, gate: Any) -> bool:
    return source.head is not None and source.head.channel in gate.words["law-channels"]


def _named(prose: Prose, at: int) -> bool:
    """Whether a word stands in the name of a law, a report or an article."""
    before = prose.text[max(prose.block_at(at).start, at - NEAR) : at]
    return before.rfind("《") > before.rfind("》")


def _inside(link: Link) -> bool:
    """Whether a link leads to a text of this site, which is examined itself."""
    return not SCHEME.match(link.target)


def _host(link: Link) -> str:
    """The host that a link names, "" for none or one that nobody can read."""
    try:
        return urlsplit(link.target).hostname or ""
    except ValueError:
        return ""


def _fakes(prose: Prose, gate: Any) -> tuple[tuple[int, int], ...]:
    return _law.fake_orders(prose.text, gate.words["fake-orders"], gate.words["fake-orders-unless"])


def fake_orders(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """Titles and links that speak of fake orders, but for those of the channels of law."""
    of_law = _of_law(source, gate)
    outside = [link for link in prose.links if not _inside(link)]
    for begin, end in () if of_law else _fakes(prose, gate):
        word = prose.text[begin:end]
        if prose.block_at(begin).kind == "title":
            if not _named(prose, begin):
                message = f"标题里有“{word}”：虚构交易违法，只在法规频道里讲；请改标题，或换频道"
                yield Flaw(begin, end, message)
        elif any(link.start <= begin < link.end for link in outside):
            message = f"链接的文字里有“{word}”：不为虚构交易、虚假评价引路；请删去这个链接"
            yield Flaw(begin, end, message)
    if not _law.in_address(" ".join(link.target for link in outside)):  # nearly every text
        return
    for link in outside:
        # Even an article about the law links to no such site; a court's page may have it in its path.
        looked_at = _host(link) if of_law else link.target
        if word := _law.in_address(looked_at):
            message = f"链接的地址里有“{word}”：不为虚构交易、虚假评价引路；请删去这个链接"
            yield Flaw(link.start, link.end, message)


def fake_orders_prose(prose: Prose, source: Source, gate: Any) -> Iterator[Flaw]:
    """Sentences about fake orders that do not speak against them."""
    if _of_law(source, gate):
        return
    against = _any_of(gate.words["against"])
    for begin, end in _fakes(prose, gate):
        if prose.block_at(begin).kind == "title" or _named(prose, begin):
            continue
        if any(not _inside(link) and link.start <= begin < link.end for link in prose.links):
            continue
        if not against.search(prose.sentence(begin)):
            word = prose.text[begin:end]
            message = f"“{word}”是违法的事；请写明它违法，或删去这一句"
            yield Flaw(begin, end, message)


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


# ---- advertisements: 广告法 9 and 14, 互联网广告管理办法 9 ----


def superlatives(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H24: no superlative without whose figure it is."""
    text = prose.text
    for match in _any_of(gate.words["superlatives"]).finditer(text):
        begin, end = match.span()
        if prose.quoted(begin) or _law.within(text, begin, end, gate.words["superlatives-unless"]):
            continue
        if not _any_of(gate.words["measured"]).search(prose.sentence(begin)):
            message = f"“{match[0]}”是绝对化的词；请写数字、范围和谁统计的，或换个说法"
            yield Flaw(begin, end, message)


def unlabelled_ad(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """A text that links to goods says that it is an advertisement."""
    shops = gate.words["shops"]
    targets = "".join("".join(link.target.split()) for link in prose.links).lower()
    if not any(shop in targets for shop in shops):  # nearly every text, and quick to see
        return
    links = [link for link in prose.links if _host(link).endswith(shops)]
    if not links:
        return
    first = next(prose.of("paragraph"), None)
    opening = [*prose.of("title"), *([first] if first else [])]
    if any("广告" in prose.text[block.start : block.end] for block in opening):
        return
    for link in links:
        message = "附了购物链接，却没有标“广告”；请在标题或第一段写明“广告”，或删去链接（互联网广告管理办法第九条）"
        yield Flaw(link.start, link.end, message)


# ---- where things come from ----


def vague_source(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """H23: who said it, when and where."""
    for match in _any_of(gate.words["vague-sources"]).finditer(prose.text):
        if not prose.quoted(match.start()):
            message = f"“{match[0]}”看不出是谁说的；请写出是谁、哪天、在哪里说的"
            yield Flaw(match.start(), match.end(), message)


_FIGURE = re.compile(
    r"\d(?:[%％‰]|[ ]?[万亿](?:元|件|人|家|户|台|名|个|单|次|美元|[，。；、）]|$)|[ ]?个百分点)"
)


def figures(prose: Prose, source: Source, _gate: Any) -> Iterator[Flaw]:
    """H23: figures have a source."""
    head = source.head
    if head is None or kind_of(source.path) not in ("article", "flash"):
        return
    if head.references or head.source_url or head.reprint or prose.cited:
        return
    if any(not _inside(link) for link in prose.links):
        return
    for match in _FIGURE.finditer(prose.text):
        if prose.block_at(match.start()).kind != "example":
            message = (
                "有统计数字，却没有写出处；请在文件头加一行“资料: 发布者 | 标题 | 日期 | 地址”"
            )
            yield Flaw(match.start(), match.end(), message)
            return


_REPRINTED = re.compile(r"转载自|转载于|转自[:：“《\w]|原载|本文系转载|本文为转载")


def unsaid_reprint(prose: Prose, source: Source, _gate: Any) -> Iterator[Flaw]:
    """A reprint says so in its head, where its papers are asked for."""
    if source.head is None or source.head.reprint:
        return
    if not ("转" in prose.text or "载" in prose.text):
        return
    for match in _REPRINTED.finditer(prose.text):
        block = prose.block_at(match.start())
        # Of the text itself speak only its first and last words.
        if block.kind == "paragraph" and match.start() - block.start <= len("（本文原"):
            message = "正文说是转载，文件头却没有“转载: 是”；请补上它和原作者、来源、来源链接、授权"
            yield Flaw(match.start(), match.end(), message)


# ---- maps: 地图管理条例 15, 地图审核管理规定 ----

_MAP_NAME = re.compile(
    r"(?:^|[/_-])(?:china-?map|zhongguo-?ditu|ditu|map)(?=[._-]|\d|$)", re.IGNORECASE
)
_APPROVED = re.compile(r"审图号[^，。\n]{0,20}\d")


def maps(prose: Prose, _source: Source, gate: Any) -> Iterator[Flaw]:
    """A map shows the number under which it was approved."""
    for picture in prose.pictures:
        said = _any_of(gate.words["no-map"]).sub("", f"{picture.alt} {picture.caption}")
        if not ("地图" in said or _MAP_NAME.search(picture.target)):
            continue
        if not _APPROVED.search(said):
            message = (
                "地图没有审图号；请在图片说明里写上，如“审图号：GS(2024)0650号”，没有就换一张图"
            )
            yield Flaw(picture.start, picture.start + 1, message)


TRUST: dict[str, tuple[ProseRule, str]] = {
    "fake-orders": (fake_orders, "error"),
    "fake-orders-prose": (fake_orders_prose, "warning"),
    "superlatives": (superlatives, "warning"),
    "unlabelled-ad": (unlabelled_ad, "warning"),
    "vague-source": (vague_source, "warning"),
    "figures": (figures, "warning"),
    "unsaid-reprint": (unsaid_reprint, "warning"),
    "maps": (maps, "error"),
}
RULES: dict[str, tuple[Rule, str]] = {
    name: (as_rule(name, rule, level), level) for name, (rule, level) in TRUST.items()
}

"""What no advertisement of ours may say.

Grounds: 反不正当竞争法 article 9 and 电子商务法 article 17 (no fake orders or reviews), 广告法
articles 9 (no superlatives) and 37 (no advertisement of what the law forbids). The gate looks for
the same words in articles (``press/gate/law.py``).
"""

import re
from functools import cache, lru_cache
from urllib.parse import unquote

FAKE_ORDERS = (
    "补单", "刷单", "刷评", "刷好评", "刷销量", "刷信誉", "刷信用", "刷钻", "刷量", "代刷", "代评",
    "刷手", "放单", "空包", "虚假交易", "买好评", "删差评", "好评返现", "礼品代发", "真人补单",
)  # fmt: skip
# Longer words in which those are something else.
FAKE_ORDERS_UNLESS = (
    "弥补单", "补单据", "补单独", "增补单", "填补单", "贴补单", "印刷单", "洗刷单", "冲刷单", "粉刷单",
    "刷单词", "刷单位", "空包装", "空包裹率", "现代刷", "当代刷", "古代刷", "近代刷", "代刷卡",
    "当代评", "现代评", "古代评", "时代评", "年代评", "近代评", "代评估", "印刷量", "洗刷量",
    "印刷手", "开放单", "释放单", "投放单", "发放单", "存放单", "摆放单", "放单独",
)  # fmt: skip
# The same in pinyin, as addresses write it.
IN_ADDRESSES = re.compile(
    r"(?:kongbao|budan)(?:wang|pingtai|zhan|dai)|shuadan"
    r"|(?<![a-z])(?:budan|shuaping|shuaxiaoliang|kongbao|fangdan|daishua)(?![a-z])"
)
IN_ALL = ("dan", "bao", "shua")  # each of those has one of them, which is quick to see
SUPERLATIVES = (
    "国家级", "最高级", "最佳", "最好", "最低价", "最便宜", "最优惠", "最先进", "最大", "最强",
    "第一品牌", "销量第一", "全国第一", "全网第一", "行业第一", "世界第一", "排名第一", "首选",
    "顶级", "极品", "独一无二", "史无前例", "绝无仅有", "全网最低", "万能", "百分之百", "100%有效",
)  # fmt: skip

_BETWEEN = r"[\s·.\-_*/|]{0,2}"  # what is put between the signs of a word to hide it


@cache
def finder(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds one of some words, also with signs put between."""
    spelt = (_BETWEEN.join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    return re.compile("|".join(spelt) or "(?!)")


def within(text: str, begin: int, end: int, longer: tuple[str, ...]) -> bool:
    """Whether a stretch stands within one of some longer words."""
    for word in longer:
        at = text.find(word, max(0, end - len(word)), begin + len(word))
        if 0 <= at <= begin and end <= at + len(word):
            return True
    return False


@lru_cache(maxsize=2)
def fake_orders(
    text: str,
    words: tuple[str, ...] = FAKE_ORDERS,
    unless: tuple[str, ...] = FAKE_ORDERS_UNLESS,
) -> tuple[tuple[int, int], ...]:
    """Return where a text speaks of fake orders or reviews; several rules ask for the same."""
    return tuple(
        match.span()
        for match in finder(words).finditer(text)
        if not within(text, *match.span(), unless)
    )


def in_address(target: str) -> str:
    """Return the word of an address that speaks of fake orders, "" if none does."""
    plain = unquote(target).lower()
    if any(map(plain.__contains__, IN_ALL)) and (match := IN_ADDRESSES.search(plain)):
        return match[0]
    return next((plain[begin:end] for begin, end in fake_orders(plain)), "")


def unlawful_ad(*texts: str, link: str) -> str:
    """Say why an advertisement must not be published, "" if nothing speaks against it."""
    for text in texts:
        for begin, end in fake_orders(text):
            return f"广告不能推销虚构交易、虚假评价（“{text[begin:end]}”）：反不正当竞争法第九条；请撤下这条"
        for match in finder(SUPERLATIVES).finditer(text):
            return f"广告里不能用“{match[0]}”这样的绝对化用语：广告法第九条；请写具体的规格或数字"
    if word := in_address(link):
        return f"广告的链接里有“{word}”：不能推销虚构交易、虚假评价；请撤下这条"
    return ""

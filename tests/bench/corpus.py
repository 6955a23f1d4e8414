"""Filler for the benchmark: Chinese articles made by dice, never published, true of nothing.

Platforms, brands and people bear the names of the old calendar (甲平台, 丙寅牌, 赵甲), so that nobody
takes a sentence for a fact. Article ``i`` is the same whatever the size of the corpus, the dialect
of its head and the day, so figures of different days compare. Lengths and furniture are those of
trade news: 1,750 to 3,650 Han, lists, quotations, tables, code, bold text, links to elsewhere.
"""

import json
import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

SEED = 2021
DIALECTS = ("ours", "hugo", "pelican")
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CHANNELS = {  # name: (address, weight)
    "行业动态": ("industry", 30),
    "直播带货": ("live", 18),
    "平台规则": ("rules", 12),
    "跨境": ("crossborder", 12),
    "物流": ("logistics", 10),
    "品牌": ("brand", 8),
    "数据": ("data", 6),
    "故事": ("stories", 4),
}
FIELDS = [
    "直播",
    "短视频",
    "私域",
    "社群",
    "跨境",
    "快递",
    "仓储",
    "供应链",
    "选品",
    "流量",
    "会员",
    "补贴",
    "优惠券",
    "客服",
    "售后",
    "品牌",
    "新品",
    "爆款",
    "复购",
    "转化",
]
ASPECTS = ["运营", "策略", "平台", "增长", "数据", "规则", "案例", "趋势", "工具", "服务商"]
TAGS = tuple(field + aspect for field in FIELDS for aspect in ASPECTS)
POPULARITY = tuple(accumulate(1 / (place + 6) for place in range(len(TAGS))))  # as Zipf's law
AUTHORS = tuple(family + stem for stem in "甲乙" for family in "赵钱孙李周郑冯陈蒋沈")
WORDS = {
    "platform": [stem + kind for kind in ("平台", "商城") for stem in STEMS],
    "brand": [f"{STEMS[i % 10]}{BRANCHES[i % 12]}牌" for i in range(20)],
    "city": [f"{stem}市" for stem in STEMS],
    "festival": [
        "年货节",
        "春季上新节",
        "年中大促",
        "开学季",
        "秋季家装节",
        "冬季清仓节",
        "会员日",
        "品质购物节",
    ],
    "role": [
        "负责人",
        "运营总监",
        "商家代表",
        "资深分析师",
        "服务商创始人",
        "主播",
        "产品经理",
        "区域经理",
    ],
    "measure": [
        "成交额",
        "商品交易总额",
        "日活跃用户数",
        "复购率",
        "退货率",
        "客单价",
        "转化率",
        "订单量",
        "直播观看人次",
        "店铺数量",
    ],
    "goods": [
        "女装",
        "美妆",
        "珠宝",
        "生鲜",
        "农产品",
        "家居百货",
        "数码配件",
        "母婴用品",
        "运动鞋",
        "零食",
        "茶叶",
        "图书",
        "小家电",
        "宠物食品",
    ],
    "step": [
        "加大对中小商家的扶持",
        "简化入驻流程",
        "上线新的结算规则",
        "升级售后保障",
        "开放更多流量入口",
        "推出专项补贴",
        "调整佣金比例",
        "引入第三方服务商",
        "搭建自有仓储网络",
        "优化推荐算法",
    ],
    "link": [
        "值得注意的是",
        "与此同时",
        "不过",
        "另一方面",
        "换句话说",
        "从数据上看",
        "据了解",
        "事实上",
        "在业内人士看来",
        "更重要的是",
        "具体来说",
        "相比之下",
    ],
    "person": AUTHORS,
}
NUMBERS = {
    "few": (2, 9),
    "some": (12, 980),
    "many": (1000, 9800),
    "share": (11, 96),
    "year": (2016, 2024),
}
SENTENCES = (
    "{link}，{platform}在{city}召开商家大会，{role}{person}表示，今年{festival}期间平台将{step}，预计带动{goods}类目{measure}同比增长{share}%。",
    "过去{few}个月里，{brand}在{platform}上的{measure}从{some}万提升到{many}万，{goods}成为增长最快的品类，贡献了约{share}%的新客。",
    "{link}，任何一个品牌都很难在短时间内把一个平台试完，这时更需要专业的服务商来推动{goods}业务的起步。",
    "{role}{person}在接受采访时提到，{platform}看重的东西没有变，依旧是信任、品牌与服务，而{step}只是其中的一步。",
    "在{city}的一家仓库里，工人正在打包{goods}，每天发往各地的包裹超过{many}件，旺季时这个数字还会再翻一番。",
    "数据显示，{platform}{year}年的{measure}达到{many}亿元，其中{goods}占{share}%，比上一年提高了{few}个百分点。",
    "对商家来说，{step}意味着经营成本会有所下降，但也要求团队在内容、选品和客服上投入更多精力。",
    "{link}，{brand}并不是唯一离开原有渠道的品牌，{city}的多家{goods}商家也在{festival}之前把预算转移到了{platform}。",
    "这一变化首先体现在{measure}上：第一周只有{some}万，第二周便突破{many}万，到月底已经是最初的{few}倍。",
    "{person}认为，平台与商家的关系正在从流量买卖转向长期合作，谁能提供稳定的货品，谁就能留住消费者。",
    "有分析指出，{platform}此次{step}，是为了应对{measure}增速放缓的压力，同时也在为{festival}储备更多的优质供给。",
    "不少中小主播缺少稳定的供应链，{goods}的质量参差不齐，直接影响了消费者再次购买的意愿和平台的口碑。",
    "{link}，{year}年{platform}对{goods}行业的治理力度明显加强，全年下架商品{many}件，约谈商家{some}家。",
    "消费者{person}说，自己在{festival}期间购买的{goods}三天就送到了，包装完好，售后沟通也比以前顺畅。",
    "从行业角度看，{city}拥有完整的{goods}产业带，配套工厂超过{some}家，这让{brand}这样的品牌能够很快打样和补货。",
    "{platform}方面回应称，相关规则将在征求意见之后正式实施，过渡期为{few}个月，其间不会对已有店铺造成影响。",
    "如果把时间线拉长，{measure}的提升并非一蹴而就，{brand}为此准备了将近{few}个季度，先后更换了{few}家代运营公司。",
    "{link}，服务商的价值在于帮助商家跨越周期，让他们以更专业的态度面对{goods}市场的激烈竞争。",
    "接下来，{platform}还会在{city}、{city}等地试点“{step}”，首批名额只有{some}个，报名截止到本月底。",
    "业内普遍预计，随着{step}的落地，{goods}类目的竞争格局会在{few}个季度内发生变化，头部商家的优势将进一步收窄。",
    "为了降低退货率，{brand}在详情页增加了尺码建议和实拍视频，客服响应时间也缩短到{few}分钟以内，效果很快显现。",
    "{person}算了一笔账：如果每单物流成本下降{few}毛钱，一年就能省下{some}万元，这笔钱足够再开一条{goods}生产线。",
    "在直播间之外，{platform}也在尝试货架电商，把搜索、推荐与会员体系打通，让用户能够更快地找到想要的{goods}。",
    "总的来看，{festival}不再只是一场价格战，而是品牌、平台和服务商共同参与的一次能力检验，{measure}只是结果之一。",
)
HEADINGS = (
    "行业背景：{goods}市场的新变化",
    "{platform}为什么要{step}",
    "从数据看{measure}的走势",
    "商家怎么说",
    "服务商的机会在哪里",
    "{festival}前的准备工作",
    "{city}产业带的样本",
    "接下来会发生什么",
    "几个值得关注的细节",
    "写在最后",
)
TITLES = (
    "{platform}继续“动员”服务商，{goods}商家迎来新机会",
    "{festival}前夕，{platform}宣布{step}",
    "{brand}在{platform}的{measure}增长{share}%，它做对了什么",
    "{city}{goods}产业带调查：{measure}背后的生意经",
    "{platform}{step}，{goods}行业将受何影响",
    "从{some}万到{many}万：{brand}的{platform}突围之路",
    "{year}年{goods}电商报告：{measure}首次突破{many}亿",
    "专访{brand}{role}：{festival}不再只是价格战",
)
CODE = (
    '```json\n{{\n  "platform": "{platform}",\n  "orders": {many},\n  "rate": 0.{share},\n  "goods": "{goods}"\n}}\n```',
    '```python\ndef commission(amount, rate=0.{share}):\n    """计算佣金"""\n    return round(amount * rate / 100, 2)\n\n\nprint(commission({many}))\n```',
)


class Article(NamedTuple):
    """One article before it takes a dialect."""

    number: int
    title: str
    date: datetime
    channel: str
    tags: tuple[str, ...]
    author: str
    summary: str
    body: str

    @property
    def path(self) -> str:
        """Where it lies below the content folder."""
        return f"articles/{self.url.rstrip('/')}.md"

    @property
    def url(self) -> str:
        """Its address from the site's root, the same with every tool."""
        return f"{self.date:%Y/%m}/a{self.number:06d}/"

    def text(self, dialect: str) -> str:
        """Its file for one tool."""
        return HEADS[dialect](self) + self.body


class _Words(dict):
    """Rolls a word for every name that a sentence asks for."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def __missing__(self, name: str) -> str | int:
        if name in NUMBERS:
            return self.dice.randint(*NUMBERS[name])
        return self.dice.choice(WORDS[name])


def article(number: int, date: datetime | None = None) -> Article:
    """Roll article ``number``; ``date`` overrides its own."""
    dice = random.Random(f"{SEED}:{number}")  # noqa: S311  no secret
    words = _Words(dice)

    def say(choices: tuple[str, ...]) -> str:
        return dice.choice(choices).format_map(words)

    channel = dice.choices(list(CHANNELS), [weight for _, weight in CHANNELS.values()])[0]
    tags: dict[str, None] = {}
    while len(tags) < 3 + number % 3:
        tags[dice.choices(TAGS, cum_weights=POPULARITY)[0]] = None
    rolled = datetime(2019, 9, 16) + timedelta(seconds=dice.randrange(5 * 365 * 86400))
    return Article(
        number=number,
        title=say(TITLES),
        date=date or rolled,
        channel=channel,
        tags=tuple(tags),
        author=dice.choice(AUTHORS),
        summary=say(SENTENCES),
        body=_body(dice, say),
    )


def _body(dice: random.Random, say) -> str:
    """Roll paragraphs until they are long enough, with furniture between some of them."""
    furniture = {4: "list", 6: "quotation"}
    if dice.random() < 0.25:
        furniture[8] = "table"
    if dice.random() < 0.10:
        furniture[9] = "code"
    wanted, found, blocks, place = dice.randint(1650, 3300), 0, [], 0
    while found < wanted or place <= max(furniture):
        if place and place % 4 == 0:
            blocks.append(("## " if place // 4 % 3 else "### ") + say(HEADINGS))
        match furniture.get(place):
            case "list":
                mark = dice.choice(("- ", "1. "))
                points = (f"{mark}{say(HEADINGS)}；" for _ in range(dice.randint(3, 5)))
                blocks.append("\n".join(points))
            case "quotation":
                blocks.append(f"> {say(SENTENCES)}")
            case "table":
                row = ("| {platform} | {measure} | {many} | {share}% |",)
                blocks.append(
                    "\n".join(
                        ["| 平台 | 指标 | 数值 | 同比 |", "| --- | --- | --- | --- |"]
                        + [say(row) for _ in range(4)]
                    )
                )
            case "code":
                blocks.append(say(CODE))
        sentences = [say(SENTENCES) for _ in range(dice.randint(2, 4))]
        if dice.random() < 0.35:
            sentences[0] = f"**{sentences[0][:-1]}**。"
        if dice.random() < 0.25:
            notice = f"https://example.com/notice/{dice.randrange(10**6)}.html"
            sentences[-1] += say((f"[查看{{platform}}公告]({notice})。",))
        paragraph = "".join(sentences)
        blocks.append(paragraph)
        found += han(paragraph)
        place += 1
    return "\n\n".join(blocks) + "\n"


def han(text: str) -> int:
    """Count the Han of a text."""
    return sum("\u4e00" <= char <= "\u9fff" for char in text)


def _ours(item: Article) -> str:
    return (
        f"title: {item.title}\ndate: {item.date:%Y-%m-%d %H:%M:%S}\nchannel: {item.channel}\n"
        f"tags: {'，'.join(item.tags)}\nauthor: {item.author}\nsummary: {item.summary}\n\n"
    )


def _pelican(item: Article) -> str:
    return (
        f"Title: {item.title}\nDate: {item.date:%Y-%m-%d %H:%M:%S}\nCategory: {item.channel}\n"
        f"Tags: {', '.join(item.tags)}\nAuthor: {item.author}\nSlug: a{item.number:06d}\n"
        f"Summary: {item.summary}\n\n"
    )


def _hugo(item: Article) -> str:
    head = {
        "title": item.title,
        "date": f"{item.date.isoformat()}+08:00",
        "slug": f"a{item.number:06d}",
        "categories": [item.channel],
        "tags": item.tags,
        "author": item.author,
        "summary": item.summary,
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items())
    return f"---\n{''.join(lines)}---\n\n"


HEADS = {"ours": _ours, "hugo": _hugo, "pelican": _pelican}


def write(items: Iterable[Article], folders: dict[Path, str]) -> None:
    """Write articles into each content folder in its dialect."""
    made = set()
    for item in items:
        for content, dialect in folders.items():
            path = content / item.path
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_text(item.text(dialect), encoding="utf-8")

"""Every state of every component, with what may befall it: `make components` shows them all.

A component here is called as a template calls it; the ordinary state comes first. Titles of 120 Han,
words without an end, thirty tags, names from right to left and pictures that are not there stand
beside it, since editors write all of these.
"""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from pelicanconf import BREADCRUMBS
from plugins._card import Correction, Credit, Heading, Link, Pager, Picture, Point, Subject
from plugins._facts import NoSettings
from plugins._wechat import edition
from plugins.ads import Ad
from plugins.comments import Comments
from plugins.corrections import Entry
from plugins.headline import headline
from plugins.label import Label
from plugins.licence import Licence
from plugins.neighbours import Neighbours
from plugins.notice import Notice, mail_link
from plugins.qr import qr
from plugins.ranks import Rank, Row
from plugins.references import Reference
from plugins.series import Series
from tests.components.conftest import make_card

ROOT = "."
LONG = (
    "从一份没有人读完的平台规则里，小店老板能看出什么，又该在哪一天之前把店里的账目、合同、价签和客服的话术都改好，"
    * 2
)
LONG = LONG[:119] + "？"
ENDLESS = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PHOTO = Picture("pictures/photo.svg", 960, 540, "货架")
BROKEN = Picture("pictures/none.svg", 960, 540, "这张图没有了")


def titled(title: str, **changes: Any) -> Any:
    """Return a card of a title, cut as the site cuts it."""
    return make_card(title=title, headline=headline(title, ()), **changes)


ADDRESS = "https://example.com/2026/11/x/"
IMAGES = "2026/11/x/card.png", "2026/11/x/poster.png"
LONGEST = f"https://example.com/{ENDLESS.encode('ascii', 'ignore').decode() * 4}/"
RICH = (
    '<p>据<a href="https://a.cn/">报道</a><sup class="cite"><a href="#ref-1">1</a></sup>。</p>'
    '<h2>小标题</h2><div class="table"><table><thead><tr><th>年</th><th class="num">件</th></tr>'
    '</thead><tbody><tr><td>2025</td><td class="num">1</td></tr></tbody></table></div>'
    f"<pre><code>if a:\n    {ENDLESS}</code></pre><p>{ENDLESS}</p>"
)

PLAIN = titled("快手发力电商服务商，服务商从“外包”走向“合伙”")
SAYS = PLAIN._replace(
    summary="2021年7月，快手开了第一次电商服务商大会。会上说了三件事，写进合同的只有一件。"
)
CARDS = {
    "": SAYS,
    "day only": SAYS._replace(timed=False),
    "title of 120 Han": titled(LONG, summary=LONG),
    "one word": titled("税"),
    "endless word": titled(ENDLESS, summary=ENDLESS),
    "emoji": titled("双11🎉🎉🎉复盘：退货率📈，净利📉"),
    "right to left": titled("مرحبا快手：سوق的三个月", channel=Link("سوق", "channel/souk/")),
    "no channel": SAYS._replace(channel=None),
    "no summary": SAYS._replace(summary=""),
}
MANY = [SAYS._replace(url=f"2026/11/{number}/") for number in range(12)]


def article(card: Any = SAYS, **changes: Any) -> SimpleNamespace:
    """Return what a byline looks at."""
    reading = SimpleNamespace(text="本文共3578字，阅读本文大概需要7～12分钟")
    share = SimpleNamespace(page="2026/11/x/share/")
    values = {
        "card": card,
        "source": Link("掌柜志", ""),
        "reading": reading,
        "share": share,
        "label": None,
    }
    return SimpleNamespace(**(values | changes))


def cards(variant: str, **pictures: Picture) -> dict[str, tuple[Any, ...]]:
    """Return the states of one variant of a card."""
    found = {f"{variant} {name}".strip(): (card, ROOT, variant, 3) for name, card in CARDS.items()}
    return found | {
        f"{variant} {name}": (SAYS._replace(picture=picture), ROOT, variant, 3)
        for name, picture in pictures.items()
    }


RANK = Rank(
    id="express",
    title="快递都送去哪儿",
    edition="2025年全年",
    unit="亿件",
    method="按寄递范围分三类，三类相加就是全国的总数。",
    source="国家邮政局",
    url="https://example.com/",
    rows=(
        Row(1, "异地", "1789.4", "同比增长15.0%"),
        Row(2, "同城", "157.9", ""),
        Row(3, "国际及港澳台", "42.2", "一行要写两行才写得下的说明，也不能挤坏右边的数"),
    ),
)
FOOTER = {
    "pages": [("关于", "about/"), ("隐私", "privacy/"), ("归档", "archives/")],
    "friends": [],
    "qr": "",
    "statement": "",
    "icp": "",
    "psb": "",
    "psb_url": "",
    "site": "掌柜志",
    "root": ROOT,
}
MASTHEAD = ("掌柜志", "写给电商卖家的资讯与数据", "drawn")
CHANNELS = tuple(
    Subject(name, f"channel/{number}/")
    for number, name in enumerate(("电商资讯", "直播电商", "平台规则", "品牌", "数据", "法规"))
)
CREDITS = (
    Credit("作者", "甲", "author/a/"),
    Credit("作者", "آمنة بنت وهب", "author/b/"),
    Credit("作者", ENDLESS, "author/c/"),
    Credit("责编", "丙", ""),
)
REFERENCE = Reference(1, "亿邦动力", "快手电商服务商大会", "2021-07", "https://example.com/")
TAGS = tuple(Link(f"标签{number}", f"tag/{number}/") for number in range(30))
POINTS = [Point("2021-07-22", "服务商大会"), Point("2022", LONG), Point("2024-11", "第三次")]
MONTHS = [(Link("2026年11月", "2026/11/"), 12, MANY)]
TOPIC = Subject(
    "快手服务商", "topic/kuaishou/", "三年里的几件事。", "feeds/topic/kuaishou/atom.xml"
)
SIZES = "100vw"

SEARCH = ("搜索", "", [("1", "直播电商"), ("2", LONG)], [2026, 2025], "theme/search.js")
STATES: dict[str, dict[str, tuple[Any, ...] | dict[str, Any]]] = {
    "ad": {
        "": (Ad("账本软件新版", "https://example.com/", None, "某软件公司"), ROOT),
        "picture": (Ad("账本软件新版", "https://example.com/", PHOTO, "某软件公司"), ROOT),
        "long": (Ad(LONG, "https://example.com/", None, ENDLESS), ROOT),
    },
    "announcement": {
        "": (SimpleNamespace(text="春节照常更新。", link="about/"),),
        "long, no link": (SimpleNamespace(text=LONG, link=""),),
    },
    "archive": {"": (MONTHS, ROOT), "on its own page": (MONTHS, ROOT, "2026/11/")},
    "block": {
        "": (Subject("数据", "channel/data/"), [SAYS, *list(CARDS.values())[1:4]], ROOT),
        "one article": (Subject("数据", "channel/data/"), [SAYS], ROOT),
    },
    "breadcrumbs": {
        "": ((Link("首页", ""), Link("电商资讯", "channel/news/")), BREADCRUMBS, ROOT),
        "deep": ((Link("首页", ""), *(Link(LONG[:30], "x/") for _ in "abc")), BREADCRUMBS, ROOT),
    },
    "byline": {
        "": (article(), ROOT),
        "all": (
            article(
                SAYS._replace(credits=CREDITS, modified=SAYS.date + timedelta(days=1)),
                source=Link("亿邦动力", "https://example.com/"),
                label=Label(
                    "generated", "本文由人工智能生成，依据文末所列来源；数字以原始来源为准"
                ),
            ),
            ROOT,
        ),
        "least": (article(SAYS._replace(timed=False), source=None, reading=None), ROOT),
    },
    "card": {
        **cards("lead", picture=PHOTO, broken=BROKEN),
        **cards("second"),
        **cards("short"),
        **cards("row", picture=PHOTO, broken=BROKEN),
        **cards("brief"),
    },
    "cloud": {"": ([(tag, number + 1) for number, tag in enumerate(TAGS)], ROOT)},
    "comments": {"": (Comments("评论", "about:blank", "talk.example.com"),)},
    "corrections": {
        "": ((Correction("2026-11-23", "“70%”应为“65%”。"),),),
        "several": ((Correction("2026-11-24", LONG), Correction("2026-11-23", "改一字。")),),
    },
    "disclaimer": {"": ("本文仅供参考，不构成法律意见。",)},
    "dossiers": {
        "": ([(TOPIC, 12, SAYS.date), (Subject("新的", "topic/x/"), 0, None)], ROOT),
        "long": ([(Subject(LONG[:40], "topic/y/", LONG), 1, SAYS.date)], ROOT),
    },
    "flashlist": {
        "": ([("2026-11-22", [*CARDS.values()])], ROOT),
        "in full": ([("2026-11-22", [SAYS, CARDS["day only"]])], ROOT, 2, True),
    },
    "footer": {
        "": FOOTER,
        "all": FOOTER
        | {
            "friends": [("某志", "https://example.com/"), (ENDLESS, "https://example.org/")],
            "qr": PHOTO.url,
            "statement": "本站文章由人工智能生成，依据公开资料撰写，逐条列明来源。",
            "icp": "测ICP备00000000号",
            "psb": "测公网安备0号",
            "psb_url": "https://beian.mps.gov.cn/",
        },
    },
    "freshness": {"": ("本文内容截至2026年11月22日。",)},
    "heading": {"": ("数据", "channel/data/", "更多", ROOT), "name only": ("相关",)},
    "headlines": {"": ([*CARDS.values()], ROOT)},
    "label": {"": (Label("generated", "本文由人工智能生成"),)},
    "lead": {
        "": (SAYS.summary,),
        "marked": (Markup("先说<em>结论</em>：<a href='./'>不划算</a>。"),),
    },
    "licence": {
        "": (
            Licence(
                "本文采用CC BY 4.0许可：注明出处，即可转载。", "CC BY 4.0", "https://example.com/"
            ),
            ADDRESS,
        ),
        "all rights reserved": (Licence("保留所有权利。", "保留所有权利", ""), ADDRESS),
        "reprint": (None, ADDRESS),
    },
    "masthead": {
        "": (*MASTHEAD, False, None, True, ROOT),
        "front page": (*MASTHEAD, True, date(2026, 11, 22), True, ROOT),
        "another name": (
            "卖家日报",
            "一句很长很长的话，说明这个网站是写给谁看的",
            "",
            True,
            None,
            False,
            ROOT,
        ),
    },
    "motto": {"": ("账目清楚，睡得踏实。",), "long": (LONG,)},
    "moved": {"": ("您要找的内容已经移到：", Link(PLAIN.title, "2026/11/x/"), ROOT)},
    "navigation": {
        "": (CHANNELS, "channel/4/", ROOT),
        "home": (CHANNELS, "", ROOT),
        "many channels": (CHANNELS * 3, None, ROOT),
    },
    "neighbours": {
        "": (Neighbours(SAYS, CARDS["title of 120 Han"]), ROOT),
        "one": (Neighbours(SAYS, None), ROOT),
    },
    "notice": {"": (Notice("如有侵权，请来信告知：", mail_link("desk@example.com")),)},
    "outline": {
        "": ([Heading(2, "a", "三个台阶"), Heading(3, "b", "五力"), Heading(2, "c", LONG)],),
    },
    "pager": {
        "": (Pager("tag/a/", "tag/a/page/1/", 2), ROOT),
        "first": (Pager(None, "tag/a/page/1/", None), ROOT),
        "last": (Pager("tag/a/", None, 1), ROOT),
    },
    "picture": {
        "": (PHOTO, ROOT, SIZES),
        "broken": (BROKEN, ROOT, SIZES),
    },
    "rank": {"": (RANK,), "no address": (RANK._replace(url="", rows=RANK.rows[:1]),)},
    "record": {
        "": (
            [
                (
                    "2026-11-23",
                    [Entry("2026-11-23", "“70%”应为“65%”。", PLAIN.title, "a/", withdrawn=False)],
                ),
                (
                    "2026-11-20",
                    [Entry("2026-11-20", "数字有误。", "/2026/11/b/", "b/", withdrawn=True)],
                ),
            ],
            ROOT,
        ),
    },
    "empty": {"": ("还没有标签。",), "long": (LONG,)},
    "edition": {"": (Markup(edition(RICH, ADDRESS, (REFERENCE,))), SAYS, ROOT)},  # noqa: S704
    "references": {
        "": ((REFERENCE,),),
        "many": (
            tuple(
                REFERENCE._replace(number=number, title=LONG[: number * 9])
                for number in range(1, 13)
            ),
        ),
        "no date, no address": ((REFERENCE._replace(date="", url=""),),),
    },
    "related": {"": ([*CARDS.values()], ROOT)},
    "search": {
        "": (*SEARCH, [], "搜索-掌柜志", ROOT),
        "outside": (*SEARCH, [("某某", "https://example.com/")], "搜索-掌柜志", ROOT),
    },
    "series": {"": (Series("口径", (SAYS, CARDS["title of 120 Han"])), SAYS.url, ROOT)},
    "sharing": {
        "": (SAYS, *IMAGES, "甲", ADDRESS, qr(NoSettings(), ADDRESS), ROOT),
        "long address": (SAYS, *IMAGES, "甲", LONGEST, qr(NoSettings(), LONGEST), ROOT),
    },
    "subject": {
        "": (TOPIC, ROOT),
        "later page": (TOPIC, ROOT, 3),
        "name only": (Subject(LONG[:40], "x/"), ROOT),
    },
    "tags": {"": (TAGS[:3], ROOT), "thirty": (TAGS, ROOT)},
    "timeline": {"": (POINTS,), "of a dossier": ([(point, SAYS) for point in POINTS], ROOT)},
    "topics": {"": ([(TOPIC, POINTS[:1]), (TOPIC, POINTS), (TOPIC, [])], ROOT)},
    "withdrawal": {
        "": (
            make_card(kind="withdrawn", withdrawal=Correction("2026-11-27", "主要数字有误。")),
            ROOT,
        )
    },
    "years": {"": ([(Link("2026年", "2026/"), 31, [(Link("2026年11月", "2026/11/"), 30)])], ROOT)},
}

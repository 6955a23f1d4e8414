import re
from itertools import pairwise

import pytest
from markupsafe import Markup

from plugins._text import CLOSING, OPENING
from plugins.headline import Settings, facts, headline
from tests.plugins.conftest import metadata

WORDS = (
    *("直播电商", "拼多多", "仅退款", "快手电商", "服务商", "占比", "退货率", "小微", "抖音"),
    *("好物联盟", "快分销", "供货线", "反不正当竞争法", "电商法"),
)
# Headlines of the trade's press, each with what no line may cut.
HEADLINES = [
    ("快手发力电商服务商，服务商从“外包”走向“合伙”", "快手 发力 服务商， “外包” 走向 “合伙”"),
    ("从9660万到1.39万亿：快手电商GMV走了多远", "9660万 1.39万亿： 快手电商 GMV 走了"),
    ("网上零售十年：增速慢了，占比稳了", "零售 十年： 增速 慢了， 占比"),
    ("2026年前三季度网上零售额同比增长8.6%", "2026年 季度 同比 增长 8.6%"),
    ("国家统计局：1—10月实物商品网上零售额11.8万亿元", "国家统计局： 1—10月 11.8万亿元"),
    ("市场监管总局公布10起直播电商违法典型案例", "公布 10起 直播电商 违法 典型 案例"),
    ("《直播电商监督管理办法》2月1日起施行", "《直播电商 办法》 2月 1日起 施行"),
    ("拼多多取消“仅退款”，商家说了什么", "拼多多 取消 “仅退款”， 商家 什么"),
    ("美团、京东、淘宝闪购打了半年，谁在赚钱", "美团、 京东、 淘宝 打了 半年， 赚钱"),
    ("平台佣金降到2%～5%，小店一年省多少", "平台 佣金 2%～5%， 小店 一年 多少"),
    ("快递业务量突破1,900亿件", "快递 突破 1,900亿件"),
    ("退货率60%的女装生意还做不做", "退货率 60%的 女装 生意"),
    ("银行行长谈小微商户贷款", "银行行长 小微 商户 贷款"),
    ("研究生创业卖长白山蓝莓", "研究生 创业 长白山 蓝莓"),
    ("结婚的和尚未结婚的都在买黄金", "结婚的 尚未 黄金"),
    ("乒乓球拍卖完了", "乒乓球"),
    ("南京市长江大桥脚下的仓库", "南京市 长江大桥 脚下的 仓库"),
    ("下雨天留客：实体店的三种活法", "下雨天 留客： 实体店的 三种"),
    ("TikTok Shop美区GMV首次超过1亿美元", "TikTok Shop GMV 首次 超过 1亿"),
    ("A股上市公司里的“抖音代运营”", "A股 上市公司 里的 “抖音代运营”"),
    ("年货节第1周：坚果卖了3.2亿元", "年货 第1周： 坚果 卖了 3.2亿元"),
    ("开网店要交哪些税？一张表看懂", "网店 哪些 税？ 一张"),
    ("（更正）本刊第3期的两个数字", "（更正） 本刊 第3期的 两个 数字"),
    ("微信小店“送礼物”功能上线：8家店的7天", "微信 小店 “送礼物” 上线： 8家店的 7天"),
    ("知识产权投诉被滥用了吗", "知识产权 投诉 滥用了吗"),
    ("AI生成的商品图，怎么标、谁来标", "AI 生成的 商品 怎么"),
    ("每天五亿多个包裹：快递量怎么涨上来", "每天 五亿多个 包裹： 快递 怎么"),
    ("每晚9:30开播，3/4的店关了门", "9:30 开播， 3/4的"),
    ("2021—2025年直播带货的投诉都说什么", "2021—2025年 直播 投诉 什么"),
    ("从C++到C#：两个程序员开的网店", "C++ C#： 两个 程序员 网店"),
    ("法国电商Fnac Darty被收购，Cdiscount改名Électro", "Darty Cdiscount Électro"),
    # What has stood on this site.
    ("2021年12月8日，全国快递当年件数首次破千亿", "2021年 12月 8日， 全国快递 首次 千亿"),
    ("2022年京东618成交3793亿元，同比增长10.3%", "京东 618 3793亿元， 同比增长 10.3%"),
    ("2023年12月网购用户9.15亿人，占网民的83.8%", "网购用户 9.15亿人， 占网民的 83.8%"),
    ("2025年4月，海南全岛和秦皇岛等15地获批跨境综试区", "海南 秦皇岛 15地 获批 综试区"),
    ("2025年6月底全国网民11.23亿人，互联网普及率79.7%", "6月底 11.23亿人， 互联网 普及率"),
    ("2025年第二季度快手电商GMV为3589亿元", "第二季度 快手电商 GMV 3589亿元"),
    ("AI写的图文要不要标：开店的人先看三处", "图文 要不要标： 开店的人 三处"),
    ("AI生成的图文要标识，办法2025年9月1日起施行", "生成的 图文 标识， 1日起 施行"),
    ("GMV不是销售额：下单的数和到手的钱差在哪里", "GMV 不是 销售额： 下单的数 到手的"),
    ("STEPS与FACT：2021年的两张品牌自播地图", "STEPS FACT： 2021年的 品牌 自播 地图"),
    ("“仅退款”之后：平台规则办法给了卖家什么", "“仅退款” 之后： 规则 给了 卖家 什么"),
    ("“广告”两个字标在哪：种草文、搜索位和弹窗", "“广告” 两个 在哪： 种草文、 搜索位 弹窗"),
    ("七日无理由：哪些能退、七天怎么算", "七日 无理由： 哪些能退、 七天 怎么"),
    ("三个“大搞”与一支队伍：2021年快手为什么找服务商", "“大搞” 队伍： 快手 为什么 服务商"),
    ("京东618三年三个数：十八天的账怎么看", "京东 618 三个数： 十八天的账 怎么看"),
    ("从好物联盟到快分销：一条供货线的一年", "好物联盟 快分销： 一条 供货线的 一年"),
    ("信任怎么变成规则：快手2021年到2022年的几件工具", "变成规则： 快手 几件工具"),
    ("修订后的反不正当竞争法2025年10月15日起施行", "反不正当竞争法 10月 15日起 施行"),
    ("划线价、到手价：促销价签怎么写才不违规", "划线价、 到手价： 促销 价签 违规"),
    ("刷单这笔账：罚款、合同无效和刑期", "刷单 这笔账： 罚款、 合同无效 刑期"),
    ("双11十三年：数字、窗口和沉默", "双11 十三年： 数字、 窗口 沉默"),
    ("增值税法施行之后，小店先看500万和3%", "增值税法 施行之后， 小店 500万 3%"),
    ("平台不得强制卖家“仅退款”，规则办法2026年2月1日起施行", "不得 强制 卖家 “仅退款”， 规则"),
    ("平台每季度报一次卖家收入，店里先把账对上", "平台 季度 一次 卖家 收入， 账对上"),
    ("平台账单上的六种钱，哪些可以问一句", "平台账单 六种钱， 哪些 可以"),
    ("开店之前，先把电商法里的这十条读一遍", "开店之前， 电商法 里的 这十条 一遍"),
    ("拼多多四年GMV，和一个多出来的“2”", "拼多多 四年 GMV， 出来的 “2”"),
    ("收手机号之前：小店的个人信息清单", "手机号 之前： 小店的 个人信息 清单"),
    ("新商标法2027年施行：闲标要用，囤标更难", "商标法 2027年 施行： 闲标要用， 囤标更难"),
    ("村里的网店：农村网零和农产品网零是两回事", "村里的 网店： 农村网零 农产品 两回事"),
    ("测评文附购物链接须标“广告”，办法2023年5月1日起施行", "测评文 购物链接 须标 “广告”，"),
    ("消保法实施条例2024年7月1日起施行，自动续费要先提醒", "消保法 实施条例 自动续费 提醒"),
    ("直播电商到底多大：三把尺子量出三个数", "直播电商 到底多大： 三把 尺子 三个数"),
    ("谁在直播间里下单：把CNNIC的数字读对", "直播间里 下单： CNNIC 数字 读对"),
    ("跨境电商从1.06万亿到2.63万亿：账要分进出看", "跨境电商 1.06万亿 2.63万亿： 进出"),
    ("那一夜的1.6亿：一个数字的来历", "那一夜的 1.6亿： 一个 数字的 来历"),
]


def test_there_are_sixty_of_them():
    assert len({title for title, _ in HEADLINES}) >= 60


@pytest.mark.parametrize(("title", "whole"), HEADLINES)
def test_a_line_breaks_between_words(title, whole):
    shown = headline(title, WORDS)
    assert [word for word in whole.split() if word not in shown] == []


@pytest.mark.parametrize("title", [title for title, _ in HEADLINES])
def test_marks_and_numbers_stay_with_what_they_belong_to(title):
    chunks = re.split("<wbr>|<i></i>", headline(title, WORDS))
    assert "".join(chunks) == title
    assert not [chunk for chunk in chunks if chunk[0] in CLOSING or chunk[-1] in OPENING]
    assert not [
        after for before, after in pairwise(chunks) if before[-1].isdigit() and after[0].isdigit()
    ]


@pytest.mark.parametrize(
    ("title", "html"),
    [
        pytest.param(
            "1 < 2 & <b>", "1 &lt;<wbr> 2 <wbr>&amp;<wbr> &lt;<wbr>b<wbr>&gt;", id="escaped"
        ),
        pytest.param("快手", "快手", id="one word"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_title_is_html_only_by_its_breaks(title, html):
    shown = headline(title, ())
    assert isinstance(shown, Markup)
    assert shown.replace("<wbr>", "") == html.replace("<wbr>", "")


@pytest.mark.parametrize(
    ("title", "html"),
    [
        pytest.param("卖家术语30条", "卖家术语<i></i>30条", id="a figure"),
        pytest.param("快手电商GMV走了", "快手电商<i></i>GMV<i></i>走了", id="Latin on both sides"),
        pytest.param("“GMV”不是销售额", "“GMV”<wbr>不是<wbr>销售额", id="a mark between"),
        pytest.param("佣金2%起的店", "佣金2%<wbr>起的店", id="no gap after a sign"),
    ],
)
def test_where_han_meets_latin_the_break_has_a_gap(title, html):
    assert headline(title, WORDS) == html


@pytest.mark.parametrize(
    ("title", "phrases"),
    [
        ("品牌日迎来新机会", "品牌日 迎来 新机会"),
        ("平台佣金：谁最划算", "平台佣金： 谁最划算"),
    ],
)
def test_no_single_character_stands_by_itself(title, phrases):
    assert headline(title, ()).split("<wbr>") == phrases.split()


def test_the_title_of_the_head_is_cut():
    head = metadata("标题: 直播电商新办法")
    assert facts("", head, Settings(WORDS=("直播电商",))) == "直播电商<wbr>新办法"

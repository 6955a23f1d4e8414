"""What no advertisement of ours may say."""

import pytest

from plugins._law import fake_orders, in_address, unlawful_ad


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("替你刷单", ["刷单"]),
        ("刷 单、补-单", ["刷 单", "补-单"]),
        ("空包代发", ["空包"]),
        ("五层瓦楞纸箱", []),
        ("印刷单页、空包装盒、弥补单据", []),
        ("印刷单页，也刷单", ["刷单"]),
    ],
)
def test_fake_orders(text, words):
    assert [text[begin:end] for begin, end in fake_orders(text)] == words


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("https://www.shuadan.example/", "shuadan"),
        ("https://example.com/budan/", "budan"),
        ("https://example.com/BuDanWang", "budanwang"),
        ("https://example.com/%E5%88%B7%E5%8D%95", "刷单"),
        ("https://example.com/", ""),
        ("https://www.budaniang.example/", ""),
        ("https://example.com/fubudan", ""),
    ],
)
def test_addresses(target, word):
    assert in_address(target) == word


@pytest.mark.parametrize(
    ("text", "link", "why"),
    [
        ("纸箱，起订500个", "https://example.com/", ""),
        ("纸箱，全国第一", "https://example.com/", "广告法第九条"),
        ("代刷好评", "https://example.com/", "反不正当竞争法第九条"),
        ("看这里", "https://kongbaowang.example/", "链接"),
    ],
)
def test_ads(text, link, why):
    told = unlawful_ad(text, link=link)
    assert bool(told) is bool(why)
    assert why in told

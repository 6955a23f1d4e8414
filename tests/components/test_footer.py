import pytest

from tests.components.conftest import text

BARE = {
    "pages": [("关于", "about/")],
    "friends": [],
    "qr": "",
    "statement": "",
    "icp": "",
    "psb": "",
    "psb_url": "",
    "site": "掌柜志",
    "root": "..",
}


def test_without_numbers_none_are_shown(render):
    assert text(render("footer", **BARE)) == "关于"


def test_the_record_number_leads_to_the_ministry(render):
    shown = render("footer", **BARE | {"icp": "测ICP备00000000号"})
    record = shown.find(".//p[@class='footer__record']/a")
    assert (record.text, record.get("href")) == ("测ICP备00000000号", "https://beian.miit.gov.cn/")


@pytest.mark.parametrize(
    ("setting", "seen"),
    [
        ({"friends": [("某志", "https://example.com/")]}, "友情链接某志"),
        ({"psb": "测公网安备0号", "psb_url": "https://beian.mps.gov.cn/"}, "测公网安备0号"),
        ({"statement": "本站文章由人工智能生成。"}, "本站文章由人工智能生成。"),
    ],
)
def test_what_is_set_is_shown(render, setting, seen):
    assert seen in text(render("footer", **BARE | setting))


def test_the_code_to_follow_has_a_name(render):
    shown = render("footer", **BARE | {"qr": "pictures/qr.png"})
    assert shown.find(".//img").get("alt") == "掌柜志公众号二维码"

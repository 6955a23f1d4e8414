import pytest

from plugins._text import count_chars
from plugins.summary import Settings, facts
from tests.plugins.conftest import metadata, text

SETTINGS = Settings()
LONG = "2026年1—10月，全国网上零售额127,878亿元，同比增长9.6%；" * 6


def summary(head="", body="第一段。\n\n第二段。", **given):
    return facts(text(head, body, **given).html, metadata(head, body=body, **given), SETTINGS)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param("", "第一段。\n\n第二段。", "第一段。", id="the first paragraph"),
        pytest.param("摘要: 三句话。", "第一段。", "三句话。", id="the head's summary"),
        pytest.param("", "**重**点、[链接](https://e.cn/)。", "重点、链接。", id="without markup"),
        pytest.param("摘要: 甲 & 乙 < 丙", "第一段。", "甲 & 乙 < 丙", id="plain marks stay"),
        pytest.param("资料: 甲 | 乙", "有据[[1]]。", "有据。", id="without marks of sources"),
        pytest.param("", "有注[^1]。\n\n[^1]: 注。", "有注。", id="without marks of footnotes"),
        pytest.param("", "字" * 90, "字" * 90, id="just short enough"),
        pytest.param("", "，".join("字" * 91), "，".join("字" * 90) + "……", id="one too many"),
    ],
)
def test_the_lead_is_the_summary(head, body, expected):
    assert summary(head, body) == expected


@pytest.mark.parametrize("head", ["", f"摘要: {LONG}"])
def test_a_long_lead_is_cut_at_a_word_and_never_in_a_number(head):
    found = summary(head, LONG)
    assert count_chars(found) <= 90
    assert found.endswith("……")
    kept = found.removesuffix("……")
    assert LONG.startswith(kept)
    assert LONG[len(kept)] in "，；亿年额全同网零比增"


def test_a_page_is_summarised_by_its_first_paragraph():
    body = "## 小题\n\n第一段[^1]。\n\n第二段。\n\n[^1]: 注。"
    assert summary(body=body, kind="page") == "第一段。"


def test_a_page_of_no_paragraph_has_none():
    assert summary(body="## 小题\n\n- 甲\n- 乙", kind="page") == ""

import pytest

from plugins.outline import Settings, facts
from tests.plugins.conftest import metadata, text

TWO = "甲\n\n## 一、规则\n\n乙\n\n### 小节\n\n丙\n\n## 二、数据\n\n丁"


def outline(body, **settings):
    return facts(text(body=body).html, metadata(body=body), Settings(**settings))


def test_a_long_text_lists_its_headings_of_the_second_level():
    body = TWO + "\n\n" + "字" * 2000
    assert [(item.level, item.text) for item in outline(body)] == [(2, "一、规则"), (2, "二、数据")]


def test_every_heading_listed_is_in_the_text():
    body = TWO + "\n\n" + "字" * 2000
    assert [
        item.id for item in outline(body) if f'id="{item.id}"' not in text(body=body).html
    ] == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(TWO, id="short"),
        pytest.param("甲\n\n## 只有一个\n\n" + "字" * 2000, id="one heading"),
        pytest.param("字" * 3000, id="no heading"),
    ],
)
def test_no_list_where_it_helps_nobody(body):
    assert outline(body) == ()


def test_length_and_level_are_settings():
    assert [item.text for item in outline(TWO, from_chars=5)] == ["一、规则", "二、数据"]
    assert outline(TWO, from_chars=5, level=3) == ()

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins._pinyin import address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("银行行长", "yin-hang-hang-zhang", id="phrase"),
        pytest.param("重庆", "chong-qing", id="place name"),
        pytest.param("女装", "nv-zhuang", id="ü"),
        pytest.param("C++", "c-plus-plus", id="plus"),
        pytest.param("Ｃ＋＋", "c-plus-plus", id="full width"),
        pytest.param("C#", "c-sharp", id="sharp"),
        pytest.param("C", "c", id="letter"),
        pytest.param("1.6亿", "1-dian-6-yi", id="decimal point"),
        pytest.param("16亿", "16-yi", id="whole number"),
        pytest.param("1,234万", "1234-wan", id="thousands"),
        pytest.param("GMV增长35%，同比", "gmv-zeng-zhang-35-percent-tong-bi", id="mixed"),
        pytest.param("iPhone 16 Pro", "iphone-16-pro", id="latin"),
        pytest.param("café", "cafe", id="accent"),
        pytest.param("ガス", "u30ac-u30b9", id="no pinyin"),
        pytest.param("——，。！", "", id="no word"),
        pytest.param("", "", id="empty"),
    ],
)
def test_address(text, expected):
    assert address(text) == expected


def test_a_long_title_is_cut_at_a_word():
    assert address("行长" * 20) == "-".join(["hang-zhang"] * 5) + "-hang"
    assert address("x" * 80) == "x" * 60


@given(st.text())
def test_any_text_gives_a_file_name(text):
    result = address(text)
    assert len(result) <= 60
    assert set(result) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not result.startswith("-")
    assert not result.endswith("-")
    assert "--" not in result

from plugins._facts import NoSettings
from plugins.references import facts
from tests.plugins.conftest import metadata


def references(head=""):
    return facts("", metadata(head), NoSettings())


def test_sources_are_numbered_in_their_order():
    found = references(
        "资料: 国家统计局 | 公报 | 2026-01-17 | https://www.stats.gov.cn/a\n资料: 快手｜财报"
    )
    assert found == (
        (1, "国家统计局", "公报", "2026-01-17", "https://www.stats.gov.cn/a"),
        (2, "快手", "财报", "", ""),
    )


def test_a_text_without_sources_has_none():
    assert references() == ()

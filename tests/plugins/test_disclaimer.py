import pytest

from plugins.disclaimer import Settings, facts
from tests.plugins.conftest import CHANNELS, metadata

SETTINGS = Settings(CHANNELS=CHANNELS)


@pytest.mark.parametrize(
    ("head", "kind", "text"),
    [
        pytest.param("频道: 法规", "article", "不构成法律意见。", id="the channel's"),
        pytest.param("频道: 直播电商", "article", None, id="a channel without one"),
        pytest.param("频道: 法规\n免责声明: 否", "article", None, id="switched off"),
        pytest.param("频道: 直播电商\n免责声明: 是", "article", SETTINGS.text, id="switched on"),
        pytest.param("频道: 法规\n免责声明: 是", "article", "不构成法律意见。", id="on, with one"),
        pytest.param("", "page", None, id="a page"),
    ],
)
def test_a_disclaimer_follows_channel_and_head(head, kind, text):
    assert facts("", metadata(head, kind=kind), SETTINGS) == text

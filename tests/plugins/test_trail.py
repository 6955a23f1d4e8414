import pytest

from plugins.trail import Settings, facts
from tests.plugins.conftest import CHANNELS, metadata

SETTINGS = Settings(CHANNELS=CHANNELS)
HOME = ("首页", "")


@pytest.mark.parametrize(
    ("head", "kind", "trail"),
    [
        pytest.param(
            "频道: 直播电商", "article", [HOME, ("直播电商", "channel/live/")], id="a channel"
        ),
        pytest.param(
            "频道: 税务",
            "article",
            [HOME, ("法规", "channel/law/"), ("税务", "channel/tax/")],
            id="a channel below another",
        ),
        pytest.param("", "flash", [HOME, ("快讯", "flash/")], id="flash"),
        pytest.param("", "topic", [HOME], id="dossier"),
        pytest.param("", "page", [HOME], id="page"),
    ],
)
def test_the_way_to_a_text_begins_at_home(head, kind, trail):
    assert list(facts("", metadata(head, kind=kind), SETTINGS)) == trail


def test_names_are_settings():
    settings = Settings(home="掌柜志", flash="短讯")
    names = [link.name for link in facts("", metadata(kind="flash"), settings)]
    assert names == ["掌柜志", "短讯"]

import pytest

from plugins import _data
from plugins.source import Settings, facts
from tests.plugins.conftest import metadata

SETTINGS = Settings(MEDIA=(_data.Medium(name="淘之家", url="https://example.com/"),))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("", None, id="none"),
        pytest.param("来源: 淘之家", ("淘之家", "https://example.com/"), id="a known medium"),
        pytest.param("来源: 某报", ("某报", ""), id="an unknown medium"),
        pytest.param(
            "来源: 淘之家\n来源链接: https://example.com/a",
            ("淘之家", "https://example.com/a"),
            id="the article's own address",
        ),
    ],
)
def test_the_medium_is_named_with_its_address(head, expected):
    assert facts("", metadata(head), SETTINGS) == expected

import pytest

from plugins._facts import RefusalError
from plugins.comments import Settings, facts
from tests.plugins.conftest import metadata

FRAME = "https://talk.example.com/f?u={url}&t={title}"


def comments(frame="", head="", **given):
    settings = Settings(frame=frame, SITEURL="https://example.com/zhi")
    return facts("", metadata(head, **given), settings)


def test_there_are_none_unless_a_service_is_named():
    assert comments() is None


def test_the_frame_is_addressed_by_the_article():
    found = comments(FRAME, "标题: 甲&乙")
    assert found.host == "talk.example.com"
    assert found.frame == (
        "https://talk.example.com/f?u=https%3A%2F%2Fexample.com%2Fzhi%2F2026%2F11%2Fa%2F"
        "&t=%E7%94%B2%26%E4%B9%99"
    )


@pytest.mark.parametrize("kind", ["flash", "page", "topic"])
def test_only_articles_are_discussed(kind):
    assert comments(FRAME, kind=kind) is None


@pytest.mark.parametrize("frame", ["http://e.cn/", "//e.cn/", "javascript:alert(1)", "e.cn"])
def test_a_frame_that_is_not_https_is_refused(frame):
    with pytest.raises(RefusalError, match="COMMENTS 的 frame"):
        comments(frame)

import pytest

from plugins._facts import RefusalError
from plugins.label import Settings, facts
from tests.plugins.conftest import metadata


@pytest.mark.parametrize(
    ("head", "default", "kind"),
    [
        pytest.param("", "generated", "generated", id="the site's default"),
        pytest.param("", "none", None, id="a site of people"),
        pytest.param("AI: 辅助", "generated", "assisted", id="assisted"),
        pytest.param("AI: 无", "generated", None, id="none"),
        pytest.param("AI: 生成", "none", "generated", id="generated"),
    ],
)
def test_a_text_is_labelled_by_its_head_or_the_sites_default(head, default, kind):
    found = facts("", metadata(head), Settings(default=default))
    assert (found and found.kind) == kind


def test_the_two_labels_say_different_things():
    settings = Settings()
    assert facts("", metadata("AI: 生成"), settings).text == settings.generated
    assert facts("", metadata("AI: 辅助"), settings).text == settings.assisted


def test_flash_news_is_labelled_and_pages_are_not():
    assert facts("", metadata(kind="flash"), Settings())
    assert facts("", metadata(kind="page"), Settings()) is None


def test_an_unknown_default_is_refused():
    with pytest.raises(RefusalError, match="LABEL 的 default 写成了“yes”"):
        Settings(default="yes")


def test_a_site_may_want_each_text_to_say_it():
    settings = Settings(default="")
    assert facts("", metadata("AI: 无"), settings) is None
    assert facts("", metadata(kind="page"), settings) is None
    with pytest.raises(RefusalError, match="缺少“人工智能”：请在文件头加一行“人工智能: 无”"):
        facts("", metadata(""), settings)

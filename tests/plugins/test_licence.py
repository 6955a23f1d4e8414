import pytest

from plugins._facts import RefusalError
from plugins.licence import Settings, facts
from tests.plugins.conftest import metadata

REPRINT = (
    "转载: 是\n原作者: 某人\n来源: 某报\n来源链接: https://example.com/a\n授权: 2026年11月22日来信"
)


@pytest.mark.parametrize(
    ("head", "name", "url"),
    [
        pytest.param("", "CC BY 4.0", "licenses/by/4.0/", id="the site's"),
        pytest.param("许可: CC BY-SA 4.0", "CC BY-SA 4.0", "licenses/by-sa/4.0/", id="its own"),
    ],
)
def test_a_licence_is_named_and_linked(head, name, url):
    found = facts("", metadata(head), Settings())
    assert name in found.text
    assert found.name == name
    assert url in found.url


def test_all_rights_reserved_has_no_link():
    found = facts("", metadata("许可: 保留所有权利"), Settings())
    assert (found.text, found.url) == ("保留所有权利。", "")


@pytest.mark.parametrize(
    ("head", "kind"), [("", "page"), ("", "topic"), (REPRINT, "article"), (REPRINT, "flash")]
)
def test_pages_and_reprints_have_none_of_ours(head, kind):
    assert facts("", metadata(head, kind=kind), Settings()) is None


def test_an_unknown_licence_is_refused_with_its_line():
    with pytest.raises(
        RefusalError, match=r"^content/articles/2026/11/a\.md:4: .*WTFPL.*CC BY 4\.0"
    ):
        facts("", metadata("许可: WTFPL"), Settings())


def test_an_unknown_default_is_refused_too():
    with pytest.raises(RefusalError, match="CC0"):
        facts("", metadata(), Settings(default="CC0"))

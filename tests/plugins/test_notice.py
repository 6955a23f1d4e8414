from html import unescape

import pytest

from plugins.notice import Settings, facts, mail_link
from tests.plugins.conftest import metadata

SETTINGS = Settings(CONTACT_EMAIL="bianji@example.com")


@pytest.mark.parametrize(
    ("head", "kind", "stands"),
    [
        pytest.param("", "article", True, id="an article"),
        pytest.param("版权提示: 否", "article", False, id="an article that says no"),
        pytest.param("", "page", False, id="a page"),
        pytest.param("版权提示: 是", "page", True, id="a page that says yes"),
        pytest.param("", "flash", False, id="flash"),
    ],
)
def test_the_notice_stands_where_it_is_wanted(head, kind, stands):
    assert bool(facts("", metadata(head, kind=kind), SETTINGS)) is stands


def test_without_an_address_there_is_no_notice():
    assert facts("", metadata("版权提示: 是"), Settings()) is None


def test_the_address_is_written_in_entities():
    html = facts("", metadata(), SETTINGS).email_html
    assert unescape(html) == '<a href="mailto:bianji@example.com">bianji@example.com</a>'
    assert "@" not in html
    assert "bianji" not in html


def test_an_odd_address_cannot_leave_its_attribute():
    assert mail_link('"><script>').count("<") == 2

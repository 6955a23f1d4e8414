import re

import pytest
from markupsafe import Markup

from tests.components.conftest import TEMPLATES, make_card, text

SCRIPT = (TEMPLATES.parent / "static/wechat.js").read_text(encoding="utf-8")


@pytest.fixture
def shown(render):
    return render("edition", Markup('<p style="color:#000">正文</p>'), make_card(), "..")


def test_the_text_stands_as_it_is(shown):
    (article,) = shown.iter("article")
    assert [(node.tag, node.get("style"), node.text) for node in article] == [
        ("p", "color:#000", "正文")
    ]


def test_the_way_back(shown):
    assert [link.get("href") for link in shown.iter("a")] == ["../2026/11/x/"]


def test_without_a_script_no_button_promises_anything(shown):
    assert [button.get("hidden") for button in shown.iter("button")] == [""]
    assert "粘贴到公众号后台" in text(shown)


def test_the_script_finds_what_it_needs(shown):
    for name in re.findall(r'querySelector\("\.(\w+)"\)', SCRIPT):
        assert shown.find_class(name), name

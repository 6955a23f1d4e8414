import re

import pytest

from plugins._facts import NoSettings
from plugins.qr import qr
from tests.components.conftest import TEMPLATES, make_card, text

ADDRESS = "https://example.com/2026/11/x/"
SCRIPT = (TEMPLATES.parent / "static/share.js").read_text(encoding="utf-8")


@pytest.fixture
def shown(render):
    card = make_card()
    return render(
        "sharing",
        card,
        "2026/11/x/card.jpg",
        "2026/11/x/poster.jpg",
        "甲%26乙",
        ADDRESS,
        qr(NoSettings(), ADDRESS),
        "..",
    )


def test_the_address_can_be_read_and_selected(shown):
    assert [node.text for node in shown.find_class("sharing__address")] == [ADDRESS]


def test_the_images_the_edition_for_wechat_and_the_way_back(shown):
    links = [link.get("href") for link in shown.iter("a")]
    links.remove(f"https://service.weibo.com/share/share.php?title=甲%26乙&url={ADDRESS}")
    own = ["../2026/11/x/poster.jpg", "../2026/11/x/card.jpg", "../2026/11/x/wechat/"]
    assert links == [*own, "../2026/11/x/"]


def test_without_a_script_no_button_promises_anything(shown):
    assert [button.get("hidden") for button in shown.iter("button")] == ["", ""]
    assert "复制网址" in text(shown)


def test_the_script_finds_what_it_needs(shown):
    for name in re.findall(r'querySelector\("\.(\w+)"\)', SCRIPT):
        assert shown.find_class(name), name

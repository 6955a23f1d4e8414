"""The rich text of an article as templates get it."""

from types import SimpleNamespace

from plugins._card import Picture
from plugins.wechat import Settings, wechat
from tests.plugins.conftest import card

SETTINGS = Settings(SITEURL="https://example.com/zhi")


def article(**given):
    shown = {"card": card("a"), "lead": "导语&amp;", "content": "<p>正文</p>", "references": ()}
    return SimpleNamespace(**shown | given)


def test_lead_and_body_by_whole_addresses():
    text = wechat(SETTINGS, article(content='<p><a href="../b/">乙</a></p>'))
    assert "导语&amp;</p>" in text
    assert "乙：https://example.com/zhi/2026/11/b/" in text
    assert "原文：https://example.com/zhi/2026/11/a/" in text


def test_a_picture_is_the_jpeg_of_a_column_which_wechat_takes():
    picture = Picture("pictures/p.avif", 1600, 900, "图", "0123456789")
    text = wechat(SETTINGS, article(card=card("a", picture=picture)))
    src = "https://example.com/zhi/pictures/p.avif.0123456789-780.jpg"
    assert text.startswith(f'<img src="{src}"')


def test_the_picture_stands_first():
    picture = Picture("pictures/p.jpg", 9, 9, '"图"')
    text = wechat(SETTINGS, article(card=card("a", picture=picture)))
    assert text.startswith('<img src="https://example.com/zhi/pictures/p.jpg" alt="&quot;图&quot;"')

"""The code that templates show."""

from markupsafe import escape

from plugins._facts import NoSettings
from plugins._qr import svg
from plugins.qr import qr


def test_it_is_a_drawing_that_is_not_escaped_again():
    shown = qr(NoSettings(), "https://a.cn/")
    assert escape(shown) == svg("https://a.cn/")

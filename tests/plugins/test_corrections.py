from plugins._facts import NoSettings
from plugins.corrections import facts
from tests.plugins.conftest import metadata


def corrections(head=""):
    return facts("", metadata(head), NoSettings())


def test_the_newest_correction_stands_first():
    found = corrections("更正: 2026-11-23 一处\n更正: 2026年12月1日 又一处")
    assert found == (("2026-12-01", "又一处"), ("2026-11-23", "一处"))


def test_a_right_text_has_none():
    assert corrections() == ()

from plugins.licence import Licence
from tests.components.conftest import text


def test_its_name_within_the_text_is_the_link(render):
    licence = Licence(
        "本文采用CC BY 4.0许可：注明出处，即可转载。", "CC BY 4.0", "https://example.com/"
    )
    shown = render("licence", licence)
    assert text(shown) == "本文采用CC BY 4.0许可：注明出处，即可转载。"
    link = shown.find(".//a")
    assert (link.text, link.get("rel")) == ("CC BY 4.0", "license")


def test_all_rights_reserved_has_no_link(render):
    shown = render("licence", Licence("保留所有权利。", "保留所有权利", ""))
    assert text(shown) == "保留所有权利。"
    assert shown.find(".//a") is None


def test_none_is_nothing(render):
    assert text(render("licence", None)) == ""

from plugins.licence import Licence
from tests.components.conftest import text

ADDRESS = "https://example.org/2026/11/x/"


def test_its_name_within_the_text_is_the_link(render):
    licence = Licence(
        "本文采用CC BY 4.0许可：注明出处，即可转载。", "CC BY 4.0", "https://example.com/"
    )
    shown = render("licence", licence, ADDRESS)
    assert text(shown) == f"本文采用CC BY 4.0许可：注明出处，即可转载。{ADDRESS}"
    link = shown.find(".//a")
    assert (link.text, link.get("rel")) == ("CC BY 4.0", "license")


def test_all_rights_reserved_has_no_link(render):
    shown = render("licence", Licence("保留所有权利。", "保留所有权利", ""), ADDRESS)
    assert text(shown) == f"保留所有权利。{ADDRESS}"
    assert shown.find(".//a") is None


def test_a_reprint_has_its_address_all_the_same(render):
    assert text(render("licence", None, ADDRESS)) == f"本文链接：{ADDRESS}"

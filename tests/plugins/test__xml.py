from xml.etree import ElementTree as Tree

from plugins._xml import add, document


def test_a_document_says_its_encoding_and_ends_with_a_line():
    assert document(Tree.Element("feed")) == ('<?xml version="1.0" encoding="utf-8"?>\n<feed />\n')


def test_every_element_has_its_own_line_and_texts_stay_as_they_are():
    root = Tree.Element("a")
    Tree.SubElement(root, "b").text = " 甲 & <乙>\n丙"
    Tree.SubElement(root, "c", {"d": "“丁”"})
    found = document(root)
    assert found.splitlines()[1:] == [
        "<a>",
        "<b> 甲 &amp; &lt;乙&gt;",
        "丙</b>",
        '<c d="“丁”" />',
        "</a>",
    ]
    assert Tree.fromstring(found.encode())[0].text == " 甲 & <乙>\n丙"  # noqa: S314  our own


def test_a_document_can_name_its_style():
    assert document(Tree.Element("feed"), "../theme/feed.css").splitlines()[1] == (
        '<?xml-stylesheet type="text/css" href="../theme/feed.css"?>'
    )


def test_a_child_has_text_and_attributes():
    root = Tree.Element("a")
    child = add(root, "b", "甲", c="丁")
    assert (child.text, child.attrib, list(root)) == ("甲", {"c": "丁"}, [child])
    assert add(root, "b").text is None

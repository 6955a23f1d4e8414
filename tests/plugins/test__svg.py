import pytest

from plugins._svg import UnsafeDrawingError, size

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="78" height="44" {0}>{1}</svg>'

# 30 × 30 × 30 paths.
BOMB = (
    '<g id="a">'
    + "<path/>" * 30
    + '</g><g id="b">'
    + '<use href="#a"/>' * 30
    + '</g><g id="c">'
    + '<use href="#b"/>' * 30
    + "</g>"
)


def drawing(inside="", attributes="", before=""):
    return (before + SVG.format(attributes, inside)).encode()


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param('width="780" height="440"', (780, 440), id="numbers"),
        pytest.param('width="780px" height="440.6px"', (780, 441), id="pixels"),
        pytest.param('viewBox="0 0 780 440"', (780, 440), id="view box"),
        pytest.param('viewBox="0,0,780,440"', (780, 440), id="view box with commas"),
        pytest.param('width="10" viewBox="0 0 780 440"', (10, 440), id="one of each"),
    ],
)
def test_a_drawing_tells_its_size(attributes, expected):
    assert size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()) == expected


@pytest.mark.parametrize("attributes", ["", 'width="100%" height="5em"', 'viewBox="0 0 1"'])
def test_a_drawing_without_a_size_is_refused(attributes):
    with pytest.raises(UnsafeDrawingError, match="大小"):
        size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(drawing('<g><path d="M0 0"/></g><text x="1">甲</text>'), id="shapes"),
        pytest.param(drawing('<use href="#a"/>'), id="reference inside"),
        pytest.param(drawing('<path id="a"/>' + '<use href="#a"/>' * 99), id="many references"),
        pytest.param(drawing('<rect fill="url(#a)"/>'), id="gradient"),
        pytest.param(drawing("<style>.a{fill:red}</style>"), id="style"),
        pytest.param(drawing("<!-- by a program -->", before="<!-- a -->"), id="comments"),
        pytest.param(drawing(before='<?xml version="1.0" encoding="utf-8"?>'), id="declaration"),
    ],
)
def test_what_only_draws_is_let_in(data):
    assert size(data) == (78, 44)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(drawing("<script>alert(1)</script>"), id="script"),
        pytest.param(drawing('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>'), id="XHTML"),
        pytest.param(drawing("<foreignObject><p/></foreignObject>"), id="foreign object"),
        pytest.param(drawing(attributes='onload="alert(1)"'), id="handler"),
        pytest.param(drawing('<path ONCLICK="alert(1)"/>'), id="handler in capitals"),
        pytest.param(drawing('<a href="https://example.com/"/>'), id="link"),
        pytest.param(drawing('<image href="https://example.com/a.png"/>'), id="picture"),
        pytest.param(drawing('<use href="https://example.com/a.svg#x"/>'), id="use"),
        pytest.param(
            drawing('<use xmlns:l="http://www.w3.org/1999/xlink" l:href="data:,a"/>'), id="xlink"
        ),
        pytest.param(drawing(attributes='xml:base="https://example.com/"'), id="base"),
        pytest.param(drawing('<rect fill="url( https://example.com/#a)"/>'), id="paint"),
        pytest.param(drawing('<rect style="fill:URL(//example.com/#a)"/>'), id="style attribute"),
        pytest.param(drawing("<style>@import '//example.com/a';</style>"), id="import"),
        pytest.param(drawing("<style>a{}<!-- -->@import '//e.cn/a';</style>"), id="split style"),
        pytest.param(drawing("<style>@\\69mport '//example.com/a';</style>"), id="escaped import"),
        pytest.param(drawing("<set attributeName='href' to='javascript:1'/>"), id="animation"),
        pytest.param(drawing(before='<?xml-stylesheet href="//e.cn/a"?>'), id="style sheet"),
        pytest.param(drawing(before="<!DOCTYPE svg [<!ENTITY a 'b'>]>"), id="entities"),
        pytest.param(drawing('<rect style="fill:url(data:image/png;base64,a)"/>'), id="data"),
        pytest.param(drawing('<use href="data:image/svg+xml,a"/>'), id="data in a reference"),
        pytest.param(drawing('<image href="#a"/>'), id="a picture of itself"),
        pytest.param(drawing("<animate attributeName='href'/>"), id="animated link"),
        pytest.param(drawing("<animateTransform/>"), id="animated shape"),
        pytest.param(drawing("<feImage href='//e.cn/a'/>"), id="filter"),
        pytest.param(drawing("<iframe/>"), id="frame"),
        pytest.param(drawing("<metadata>x</metadata>"), id="metadata"),
        pytest.param(drawing("<style>a{b:image-set('//e.cn/a' 1x)}</style>"), id="image set"),
        pytest.param(drawing("<style>a{src:src('//e.cn/a')}</style>"), id="font"),
        pytest.param(drawing("<use href=' javascript:alert(1)'/>"), id="script as a link"),
        pytest.param(drawing(before='<!DOCTYPE svg SYSTEM "http://e.cn/a.dtd">'), id="outer DTD"),
        pytest.param(
            drawing(
                "&d;",
                before="<!DOCTYPE a ["
                + "".join(f'<!ENTITY {b} "{f"&{a};" * 9}">' for a, b in ("ab", "bc", "cd"))
                + "]>",
            ),
            id="bomb of entities",
        ),
        pytest.param(drawing(BOMB), id="bomb of references"),
        pytest.param(drawing('<g id="a"><use href="#a"/></g>'), id="endless reference"),
        pytest.param(
            drawing('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
            id="circle of references",
        ),
        pytest.param(drawing("<g>" * 300 + "</g>" * 300), id="very deep"),
        pytest.param(drawing(before='<?xml version="1.0" encoding="gbk"?>'), id="another encoding"),
        pytest.param(drawing("<text>\u56fe</text>").decode().encode("utf-16"), id="UTF-16"),
        pytest.param("<svg xmlns='http://www.w3.org/2000/svg'>图</svg>".encode("gbk"), id="GBK"),
        pytest.param(b"\x1f\x8b\x08", id="compressed"),
        pytest.param(b"<html><svg/></html>", id="not a drawing"),
        pytest.param(b"<svg", id="broken"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n", id="another format"),
    ],
)
def test_what_acts_loads_or_leads_elsewhere_is_refused(data):
    with pytest.raises(UnsafeDrawingError, match="SVG"):
        size(data)

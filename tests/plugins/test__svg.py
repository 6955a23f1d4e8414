import pytest

from plugins._svg import UnsafeDrawingError, size

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="78" height="44" {0}>{1}</svg>'


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
        pytest.param(b"<html><svg/></html>", id="not a drawing"),
        pytest.param(b"<svg", id="broken"),
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n", id="another format"),
    ],
)
def test_what_acts_loads_or_leads_elsewhere_is_refused(data):
    with pytest.raises(UnsafeDrawingError, match="SVG"):
        size(data)

"""Drafts, texts of the future and withdrawn ones leave no byte in what is published.

A frozen clock, marks that stand nowhere else, pictures of a colour of their own: the whole output is
searched for them, also as JSON, HTML, addresses and compressed data write them.
"""

import base64
import contextlib
import gzip
import html
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from plugins._pinyin import address
from tests.press.small import (
    STOCK,
    Child,
    Small,
    Text,
    article,
    contents,
    picture,
    told,
)

HOUR = "2026-11-25T08:00:00+08:00"  # the moment of the text of the future
BEFORE, AFTER = "2026-11-25T07:59:59+08:00", HOUR
KEYS = {
    "标签": "{0}签",
    "作者": "{0}人",
    "责编": "{0}编",
    "摘要": "{0}摘。",
    "来源": "{0}社",
    "系列": "{0}列",
    "节点": "2026-11-01 {0}点",
    "专题": "新规",
    "资料": "{0}局 | {0}报 | 2026 | https://{1}.example.com/",
    "题图": "2026/{1}-head.png",
    "题图说明": "{0}图",
    "更正": "2026-11-25 {0}改",
}
# A mark in Han and its pinyin; no other text or address of the site holds them.
MARKS = {"draft": ("蒹葭", "jianjia"), "future": ("骐骥", "qiji"), "withdrawn": ("鲲鹏", "kunpeng")}
ENCODED = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


def marked(name: str, date: str, **head: str) -> Text:
    """A text that says its mark in every part."""
    han, latin = MARKS[name]
    said = {key: value.format(han, latin) for key, value in KEYS.items()}
    body = (
        f"{han}首段。\n\n## {han}小题\n\n{han}正文，`{han}`。[^1]\n\n[^1]: {han}注。\n\n"
        f'![{han}](../../../pictures/2026/{latin}-body.png "{han}说明 | 图：{han}")\n\n'
        f"*[{latin.upper()}]: {han}缩写\n"
    )
    text = article(f"{han}标题", date, "电商", **said | head)
    return replace(text, body=body)


def write_all(site: Small) -> None:
    for number, (name, date, head) in enumerate(
        [
            ("draft", "2026-11-10 08:00", {"状态": "草稿"}),
            ("future", "2026-11-25 08:00", {}),
            ("withdrawn", "2026-11-10 09:00", {"撤稿": "2026-11-25 数字不实"}),
        ]
    ):
        site.put(f"content/articles/2026/11/yi-{number}.md", marked(name, date, **head).source())
        site.put(
            f"content/flash/2026/11/yi-{number}.md",
            Text(
                f"{MARKS[name][0]}快讯",
                date,
                f"{MARKS[name][0]}短讯。",
                {"标签": f"{MARKS[name][0]}签"} | head,
            ).source(),
        )
        for place, part in enumerate(("head", "body")):
            size = 311 + number * 2 + place
            site.put(f"content/pictures/2026/{MARKS[name][1]}-{part}.png", picture(size, 7))


def forms(content: bytes) -> Iterator[bytes]:
    """A file's content, and what is written in it in another way."""
    yield content
    for wrapped in (gzip.decompress, zlib.decompress):
        with contextlib.suppress(OSError, zlib.error):
            yield wrapped(content)
    text = content.decode("utf-8", "replace")
    yield unquote(html.unescape(text)).encode()
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text).encode(
        "utf-8", "replace"
    )
    for block in ENCODED.findall(content):
        with contextlib.suppress(ValueError):  # it only looked like base64
            yield base64.b64decode(block + b"=" * (-len(block) % 4))


TABLE = "search/traditional.txt"  # of characters, the same for any site


def traces(site: dict[str, bytes], name: str) -> set[str]:
    """The files in which anything of a text stands, or which are its pictures."""
    han, latin = MARKS[name]
    signs = [han.encode(), latin.encode(), quote(han).encode(), json.dumps(han).strip('"').encode()]
    signs += [part.encode() for part in han] + [address(han).encode()]  # its tag's address
    number = [*MARKS].index(name)
    drawn = {picture(311 + number * 2 + place, 7) for place in (0, 1)}
    return {
        path
        for path, content in site.items()
        if path != TABLE
        if content in drawn
        or latin in path
        or any(sign in form for form in forms(content) for sign in signs)
    }


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    child = Child(STOCK, tmp_path_factory.mktemp("stock"))
    yield child
    child.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory, stock):
    """The same content, published by both builders one second before the hour and at it."""
    folder: Path = tmp_path_factory.mktemp("hidden")
    site = Small(folder / "站")
    write_all(site)
    found = {}
    for moment in (BEFORE, AFTER):
        with site.press(now=moment) as press:
            said, _ = press.communicate(timeout=120)
        assert press.returncode == 0, said
        other = folder / f"stock {moment[11:13]}"
        stock.ask(root=str(site.root), output=str(other), environment=told(moment))
        assert stock.answer()[0] == 0
        found[moment, "press"] = contents(site.root / "output")
        found[moment, "stock"] = contents(other)
    return found


BUILDS = [(moment, builder) for moment in (BEFORE, AFTER) for builder in ("press", "stock")]


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: f"{build[1]} at {build[0][11:19]}")
@pytest.mark.parametrize("name", ["draft", "withdrawn"])
def test_a_draft_and_a_withdrawn_text_leave_nothing(sites, build, name):
    assert traces(sites[build], name) == set()


@pytest.mark.parametrize("builder", ["press", "stock"])
def test_a_text_of_the_future_leaves_nothing_before_its_hour(sites, builder):
    assert traces(sites[BEFORE, builder], "future") == set()


@pytest.mark.parametrize("builder", ["press", "stock"])
def test_at_its_hour_it_is_everywhere(sites, builder):
    found = traces(sites[AFTER, builder], "future")
    assert {
        "2026/11/yi-1/index.html",
        "flash/2026/11/yi-1/index.html",
        "index.html",
        "feeds/atom.xml",
        "feeds/rss.xml",
        "feeds/feed.json",
        "tag/qi-ji-qian/index.html",
        "author/qi-ji-ren/index.html",
        "topic/xingui/index.html",
        "corrections/index.html",
        "pictures/2026/qiji-head.png",
        "pictures/2026/qiji-body.png",
    } <= found


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: f"{build[1]} at {build[0][11:19]}")
def test_of_a_withdrawn_text_its_days_and_the_reason_are_told(sites, build):
    page = sites[build]["2026/11/yi-2/index.html"].decode()
    assert "2026-11-10" in page
    assert "2026-11-25" in page
    assert "数字不实" in page
    assert "数字不实" in sites[build]["corrections/index.html"].decode()


@pytest.mark.parametrize("build", BUILDS, ids=lambda build: f"{build[1]} at {build[0][11:19]}")
def test_nothing_lists_a_hidden_text(sites, build):
    hidden = [b"yi-0/", b"yi-2/"] + ([b"yi-1/"] if build[0] == BEFORE else [])
    for path, content in sites[build].items():
        if path.startswith(("feeds/corrections/", "corrections/")) or "/yi-2/" in path:
            continue  # a withdrawn text's own notice, and the record of it
        assert not [name for name in hidden if name in content], path


@pytest.mark.parametrize("moment", [BEFORE, AFTER])
def test_both_builders_give_the_same_bytes(sites, moment):
    assert sites[moment, "press"] == sites[moment, "stock"]


def test_pictures_that_nothing_shows_are_not_published(sites):
    assert "pictures/2026/tu.png" in sites[BEFORE, "press"]
    assert "pictures/2026/meiyong.png" not in sites[BEFORE, "press"]


def test_the_pictures_of_what_is_shown_have_renditions(sites):
    """So that those of what is hidden could be there."""
    assert [path for path in sites[AFTER, "press"] if path.endswith("-240.avif")]


def test_a_withdrawal_takes_everything_off_a_published_site(tmp_path):
    site = Small(tmp_path / "站")
    site.put("content/articles/2026/11/yi.md", marked("future", "2026-11-10 09:00").source())
    for part in ("head", "body"):
        site.put(f"content/pictures/2026/qiji-{part}.png", picture(309, 7))
    with site.press(now=AFTER) as press:
        assert press.wait(120) == 0, press.stdout.read()
    assert traces(contents(site.root / "output"), "future")
    gone = marked("future", "2026-11-10 09:00", 撤稿="2026-11-25 数字不实")
    site.put("content/articles/2026/11/yi.md", gone.source())
    with site.press(now=AFTER) as press:
        assert press.wait(120) == 0, press.stdout.read()
    output = contents(site.root / "output")
    assert traces(output, "future") - set(leftovers(output)) == set()
    assert "2026/11/yi/index.html" in output


def leftovers(output: dict[str, bytes]) -> list[str]:
    """The addresses of its tag and authors, which go on being answered; they do not name them."""
    return [
        path
        for path, content in output.items()
        if path == "_redirects"
        or (path.startswith(("tag/", "author/")) and b'http-equiv="refresh"' in content)
    ]

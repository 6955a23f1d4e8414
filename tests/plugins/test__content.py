import re
from datetime import timedelta

import pytest
from PIL import Image

from plugins import _data
from plugins._content import (
    Names,
    address_of,
    files,
    metadata,
    misplaced,
    read,
    rename,
    unpublished,
)
from tests.plugins.conftest import BODY, CHANNELS, NAMES, NOW, ZONE, text, written

HERE = "articles/2026/11/a.md"


@pytest.fixture
def site(tmp_path):
    """Write files below a content folder and return it."""

    def site(**given):
        pairs = {
            "articles/2026/11/b.md": written(),
            "pages/about.md": written(kind="page"),
            **given,
        }
        for path, content in pairs.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        picture = tmp_path / "pictures/2026/p.png"
        picture.parent.mkdir(parents=True)
        Image.new("RGB", (780, 440)).save(picture)
        return tmp_path

    return site


def problems(root, head="", body=BODY, path=HERE, kind="article"):
    """Return what is wrong with a text written to ``path``."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(written(head, body, kind), encoding="utf-8")
    found, wrong = read(root, path, NAMES, ZONE)
    assert (found is None) is bool(wrong)
    return [(one.line, one.message) for one in wrong]


def html(root, body):
    """Return the HTML of an article's second paragraph."""
    assert problems(root, body=f"首段。\n\n{body}") == []
    return read(root, HERE, NAMES, ZONE)[0].html


@pytest.mark.parametrize(
    ("path", "kind", "url"),
    [
        ("articles/2026/11/jd-live.md", "article", "2026/11/jd-live/"),
        ("flash/2026/01/a1.md", "flash", "flash/2026/01/a1/"),
        ("topics/live-rules.md", "topic", "topic/live-rules/"),
        ("pages/about.md", "page", "about/"),
    ],
)
def test_the_path_is_the_address(path, kind, url):
    assert address_of(path) == (kind, url)


@pytest.mark.parametrize(
    "path",
    [
        "articles/2026/13/a.md",
        "articles/2026/00/a.md",
        "articles/2026/1/a.md",
        "articles/26/11/a.md",
        "articles/a.md",
        "articles/2026/11/x/a.md",
        "articles/2026/11/A.md",
        "articles/2026/11/a_b.md",
        "articles/2026/11/a--b.md",
        "articles/2026/11/-a.md",
        "articles/2026/11/a-.md",
        "articles/2026/11/a b.md",
        "articles/2026/11/.md",
        "articles/2026/11/a.md.md",
        "articles/2026/11/../a.md",
        "articles/２０２６/11/a.md",
        "flash/a.md",
        "topics/2026/a.md",
        "pages/x/a.md",
    ],
)
def test_another_path_is_refused_with_an_example(path):
    refusal = address_of(path)
    assert isinstance(refusal, str)
    assert f"{path.partition('/')[0]}/" in refusal


def test_a_name_in_chinese_is_refused_with_its_pinyin():
    assert "yin-hang-hang-zhang.md" in address_of("articles/2026/11/银行行长.md")


@pytest.mark.parametrize(
    "path", ["README.md", "notes/a.md", "data/a.md", "", "/articles/2026/11/a.md"]
)
def test_another_folder_is_refused(path):
    assert "articles" in address_of(path)


@pytest.mark.parametrize(
    "name", ["tag", "channel", "author", "feeds", "flash", "topic", "theme", "2026"]
)
def test_a_page_cannot_take_an_address_of_the_site(name):
    assert f"/{name}/" in address_of(f"pages/{name}.md")


@pytest.mark.parametrize(
    ("tag", "url"),
    [
        ("权力", "tag/quan-li/"),
        ("权利", "tag/quan-li-right/"),
        ("C#", "tag/c-sharp/"),
        ("C", "tag/c/"),
    ],
)
def test_a_tag_has_its_pinyin_or_its_own_address(tag, url):
    assert NAMES.tag(tag) == (tag, url)


def test_an_author_has_an_address():
    names = Names(authors=(_data.Author(name="甲", address="first"),), tags={})
    assert names.author("甲").url == "author/first/"
    assert names.author("乙").url == "author/yi/"


def test_everyone_of_the_byline_is_credited_writers_first():
    found = text("责编: 丙\n作者: 甲、乙\n图: 丁")
    assert [(who.role, who.name) for who in found.credits] == [
        ("作者", "甲"),
        ("作者", "乙"),
        ("责编", "丙"),
        ("图", "丁"),
    ]


def test_the_first_paragraph_is_the_lead_and_not_repeated():
    found = text(body="第一段。\n\n第二段。")
    assert (found.lead, found.html.strip()) == ("第一段。", "<p>第二段。</p>")


def test_a_summary_is_the_lead_and_leaves_the_first_paragraph():
    found = text("摘要: 甲 & 乙", body="第一段。")
    assert (found.lead, found.html.strip()) == ("甲 &amp; 乙", "<p>第一段。</p>")


def test_a_page_has_no_lead():
    assert text(kind="page").lead == ""


def test_two_files_of_the_same_bytes_have_one_digest_and_others_do_not():
    assert text(name="a").digest == text(name="b").digest != text("标题: 甲").digest


@pytest.mark.parametrize(
    ("kind", "save_as"),
    [
        ("article", "2026/11/a/index.html"),
        ("flash", "flash/2026/11/a/index.html"),
        ("page", "a/index.html"),
        ("topic", ""),
    ],
)
def test_a_text_is_written_at_its_address(kind, save_as):
    assert metadata(text(kind=kind))["save_as"] == save_as


@pytest.mark.parametrize(
    ("head", "later", "hidden"),
    [
        pytest.param("", timedelta(), True, id="before its time"),
        pytest.param("", timedelta(hours=1, minutes=30), False, id="at its minute"),
        pytest.param("", timedelta(days=1), False, id="after it"),
        pytest.param("状态: 草稿", timedelta(days=1), True, id="a draft"),
    ],
)
def test_a_text_is_published_at_its_time(head, later, hidden):
    early = NOW.replace(hour=8, minute=0)
    assert unpublished(text(head).head, early + later) is hidden


@pytest.mark.parametrize(
    ("link", "href"),
    [
        pytest.param("b.md", "../b/", id="beside"),
        pytest.param("./b.md#n", "../b/#n", id="with an anchor"),
        pytest.param("../../../pages/about.md", "../../../about/", id="another kind"),
        pytest.param("../../../pictures/2026/p.png", "../../../pictures/2026/p.png", id="picture"),
        pytest.param("https://example.com/a.md", "https://example.com/a.md", id="elsewhere"),
    ],
)
def test_a_link_to_a_file_leads_to_its_page(site, link, href):
    assert f'href="{href}"' in html(site(), f"见[乙]({link})。")


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("c.md", id="missing"),
        pytest.param("B.md", id="case"),
        pytest.param("../../../../etc/passwd", id="outside"),
        pytest.param("../../../data/ads.toml", id="data"),
        pytest.param("b.md%00", id="zero byte"),
        pytest.param("x" * 300 + ".md", id="endless name"),
        pytest.param(".", id="folder"),
    ],
)
def test_a_link_to_no_page_is_refused_with_its_line(site, link):
    ((line, message),) = problems(site(), body=f"首段。\n\n见[乙]({link})。")
    assert line == 7
    assert "链接" in message


def test_a_picture_has_the_size_of_its_bytes(site):
    found = html(site(), "![图](../../../pictures/2026/p.png)")
    assert re.search(r' src="../../../pictures/2026/p.png.[0-9a-f]{10}-780.jpg"', found)
    assert 'width="780"' in found
    assert 'height="440"' in found


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("../../../pictures/none.png", id="missing"),
        pytest.param("../../../pages/about.md", id="not a picture"),
        pytest.param("../../../pictures/2026", id="folder"),
        pytest.param("../../../../p.png", id="outside"),
        pytest.param("../../../pictures/%00.png", id="zero byte"),
        pytest.param(f"../../../pictures/{'x' * 300}.png", id="endless name"),
    ],
)
def test_a_missing_picture_is_refused_with_its_line(site, path):
    ((line, _),) = problems(site(), body=f"首段。\n\n![图]({path})")
    assert line == 7


@pytest.mark.parametrize(
    ("head", "kind", "line", "message"),
    [
        pytest.param("频道: 直播电伤", "article", 3, "是不是“直播电商”？", id="misspelt channel"),
        pytest.param("频道: 天文", "article", 3, "直播电商、法规、税务", id="unknown channel"),
        pytest.param("标签: 快手、……", "article", 4, "“……”拼不出地址", id="tag without a word"),
        pytest.param(
            "题图: no.png\n题图说明: 图", "article", 4, "pictures/no.png", id="no picture"
        ),
        pytest.param("题图: 2026/p.png", "article", 4, "题图说明", id="picture without words"),
    ],
)
def test_an_unknown_name_is_refused_with_its_line(site, head, kind, line, message):
    found = problems(site(), head, kind=kind)
    assert [at for at, told in found if message in told] == [line]


@pytest.mark.parametrize("body", ["", "## 小题\n\n正文。", "![图](../../../pictures/2026/p.png)"])
def test_news_begins_with_a_paragraph(site, body):
    assert "正文要以一段文字开头" in str(problems(site(), body=body))


def test_a_draft_may_be_empty(site):
    assert problems(site(), "状态: 草稿", body="") == []


def test_mistakes_of_head_and_body_are_told_together_in_order(site):
    found = problems(site(), "频道: 天文", body="首段。\n\n# 大题\n\n[乙](c.md)")
    assert [line for line, _ in found] == [3, 7, 9]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param("标题: 快手".encode("gbk"), "UTF-8", id="GBK"),
        pytest.param("标题: 快手\n".encode("utf-16"), "UTF-16", id="UTF-16"),
        pytest.param(b"", "标题", id="empty"),
        pytest.param(b"\x00\x01\x02", "U+0000", id="binary"),
    ],
)
def test_a_file_that_is_no_text_is_refused(site, data, message):
    root = site()
    (root / HERE).write_bytes(data)
    found, wrong = read(root, HERE, NAMES, ZONE)
    assert found is None
    assert message in str(wrong)


def test_hidden_files_are_passed_over(site):
    root = site(
        **{"articles/.git/a.md": "", "articles/2026/11/#b.md#": "", "pictures/.DS_Store": ""}
    )
    assert set(files(root)) == {"articles/2026/11/b.md", "pages/about.md", "pictures/2026/p.png"}


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        ("articles/2026/11/a.md", True),
        ("articles/2026/11/a.txt", False),
        ("articles/2026/11/p.png", False),
        ("pages/a.html", False),
        ("pictures/a.png", True),
        ("pictures/a.avif", True),
        ("pictures/a.PNG", False),
        ("pictures/a.md", False),
        ("pictures/a.html", False),
        ("pictures/a", False),
    ],
)
def test_a_file_stands_where_the_site_looks_for_it(tmp_path, path, fits):
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).touch()
    if fits and path.startswith("pictures/"):
        Image.new("L", (2, 2)).save(tmp_path / path)
    assert (misplaced(tmp_path, path) == []) is fits


def test_a_drawing_that_acts_is_refused(tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures/a.svg").write_text("<svg><script/></svg>")
    (told,) = misplaced(tmp_path, "pictures/a.svg")
    assert "SVG" in told.message


def test_channels_have_addresses():
    assert NAMES.channel("税务") == ("税务", "channel/tax/")
    assert NAMES.channel("天文") is None
    assert [channel.name for channel in CHANNELS] == ["直播电商", "法规", "税务"]


def test_a_text_tells_which_files_it_asked_for(site):
    root = site()
    head = "题图: 2026/p.png\n题图说明: 图"
    body = (
        "首段[乙](b.md#n)、[丙](https://example.com/c.md)。\n\n![图](../../../pictures/2026/p.png)"
    )
    assert problems(root, head, body) == []
    found = read(root, HERE, NAMES, ZONE)[0]
    picture = "pictures/2026/p.png"
    shown = {use for use in found.uses if use.startswith(f"{picture}.")}
    assert set(found.uses) - shown == {"articles/2026/11/b.md", picture}
    assert len(shown) == 6  # of three widths and two forms


def test_a_text_under_other_names_is_as_if_it_were_read_anew(site):
    root = site()
    assert problems(root, "频道: 税务\n标签: 权利、快手\n作者: 甲\n责编: 乙") == []
    others = Names(
        channels=(_data.Channel(name="税务", address="shui"),),
        authors=(_data.Author(name="甲", address="first"),),
        tags={"快手": "kwai"},
    )
    renamed, wrong = rename(read(root, HERE, NAMES, ZONE)[0], others)
    assert renamed == read(root, HERE, others, ZONE)[0]
    assert wrong == []
    assert renamed.channel.url == "channel/shui/"


def test_a_name_that_is_gone_is_refused_as_if_the_text_were_read_anew(site):
    root = site()
    assert problems(root, "频道: 税务") == []
    fewer = Names(channels=CHANNELS[:2], tags={})
    _, wrong = rename(read(root, HERE, NAMES, ZONE)[0], fewer)
    assert wrong == read(root, HERE, fewer, ZONE)[1]
    assert "税务" in str(wrong)

"""What stands at addresses from which something has moved, and what may not happen to one."""

from datetime import date

import pytest
from lxml import html

from plugins import _data, _facts, _ledger
from plugins._card import Link
from plugins.redirects import Settings, pages
from tests.plugins.conftest import card, credit, no_bodies, when, written

CHANNELS = (_data.Channel(name="直播电商", address="live"),)
TODAY = date(2026, 11, 22)
A = "2026/11/a/\tarticles/2026/11/a.md\t{}\t2026-11-02\n"


def drawn(tmp_path, *cards, ledger="", **given):
    """What the plugin makes of a site whose ledger has these lines."""
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / _ledger.NAME).write_text(ledger, encoding="utf-8")
    settings = Settings(
        PATH=str(tmp_path),
        SITEURL="https://example.org/repo",
        CHANNELS=CHANNELS,
        LEDGER=_ledger.ledger_of(tmp_path),
        TODAY=TODAY,
        **given,
    )
    return list(pages(cards, settings, no_bodies))


def mark(title, day="2026-11-22 09:30"):
    return _ledger.mark_of(when(day), title)


def test_a_moved_text_leaves_a_page_and_a_line_for_hosts(tmp_path):
    moved = card("b", mark=mark("甲"))
    page, hosts, record = drawn(tmp_path, moved, ledger=A.format(mark("甲")))
    assert (page.save_as, page.template) == ("2026/11/a/index.html", "moved")
    assert page.data["link"] == Link("标题b", "2026/11/b/")
    assert hosts == _facts.File("_redirects", "/repo/2026/11/a/ /repo/2026/11/b/ 301\n")
    assert "2026/11/a/\tarticles/2026/11/a.md\t" in record.content
    assert "\t2026-11-02\t2026/11/b/\n" in record.content


def test_an_old_page_with_an_ending_keeps_it(tmp_path):
    page, *_ = drawn(tmp_path, card("b", aliases=("post/1.html",)))
    assert page.save_as == "post/1.html"


def test_the_name_of_an_empty_tag_is_not_told(tmp_path):
    ledger = "tag/mi-mi/\ttag:秘密\t\t2026-11-02\n"
    page, hosts, _ = drawn(tmp_path, card("b"), ledger=ledger)
    assert page.save_as == "tag/mi-mi/index.html"
    assert page.data == {
        "link": Link("全部标签", "tag/"),
        "words": "这个标签下已经没有文章，请看：",
    }
    assert "秘密" not in hosts.content


def test_a_site_where_nothing_moved_has_no_file_for_hosts(tmp_path):
    assert [type(one) for one in drawn(tmp_path, card("b"))] == [_facts.Record]


def test_texts_channels_tags_and_authors_are_listed_once(tmp_path):
    tags = (Link("退货", "tag/tui-huo/"),)
    byline = (credit("李四", "li-si"), credit("李四", "li-si", "图"))
    both = card("b", tags=tags, credits=byline), card("c", tags=tags)
    (record,) = drawn(tmp_path, *both, card("about", kind="page", tags=tags))
    rows = [row.split("\t")[:2] for row in record.content.splitlines() if row[0] != "#"]
    assert rows == [
        ["2026/11/b/", "articles/2026/11/b.md"],
        ["2026/11/c/", "articles/2026/11/c.md"],
        ["about/", "pages/about.md"],
        ["author/li-si/", "author:李四"],
        ["channel/live/", "channel:直播电商"],
        ["tag/tui-huo/", "tag:退货"],
    ]


def test_who_may_not_write_the_ledger_is_told_what_it_lacks(tmp_path):
    (record,) = drawn(tmp_path, card("b"))
    assert record.warning == (
        f"{tmp_path.name}/data/addresses.tsv:1:1: 警告：2个网址没有登记：/2026/11/b/、/channel/live/；"
        "请在自己的电脑上运行make html，把这个文件和稿件一起提交"
    )
    (again,) = drawn(tmp_path, card("b"), ledger=record.content)
    assert again.warning == ""


def test_every_mistake_in_the_ledger_is_told(tmp_path):
    with pytest.raises(_facts.RefusalError) as refusal:
        drawn(tmp_path, card("b"), ledger="a\nb\n")
    assert [message.split(" ")[0] for message in refusal.value.messages] == [
        f"{tmp_path.name}/data/addresses.tsv:1:1:",
        f"{tmp_path.name}/data/addresses.tsv:2:1:",
    ]


# ---- through stock Pelican ----


def listed(*names):
    """A ledger that has published these articles of one title, a minute apart."""
    rows = (
        f"2026/11/{name}/\tarticles/2026/11/{name}.md\t{mark(name, f'2026-11-20 09:{n:02}')}\t2026-11-20\n"
        for n, name in enumerate(names)
    )
    return "".join(rows)


def article(name, number=0, head="", body="第一段。\n\n第二段。"):
    lines = "\n".join(filter(None, [f"标题: {name}", f"日期: 2026-11-20 09:{number:02}", head]))
    return written(lines, body)


@pytest.fixture
def moved(small):
    """A site of which one article was renamed and edited, and another lost its tag."""
    site = small(
        {
            "articles/2026/11/b.md": article("换了标题", 0),
            "articles/2026/11/c.md": article("c", 1),
            "data/addresses.tsv": listed("a", "c") + "tag/x/\ttag:某\t\t2026-11-20\n",
        }
    )
    built = site.build()
    assert (built.returncode, built.stderr) == (0, "")
    return site


def test_the_page_of_an_old_address_leads_on_by_itself_and_by_a_link(moved):
    page = html.document_fromstring(dict(moved.pages())["2026/11/a/index.html"])
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../../2026/11/b/"]
    (canonical,) = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith("/2026/11/b/")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//main//a[@href='../../../2026/11/b/']/text()") == ["换了标题"]
    assert len(page.xpath("//h1")) == 1


def test_only_the_text_itself_stands_in_lists_and_sitemaps(moved):
    files = moved.files()
    assert b"/2026/11/b/" in files["urls.txt"]
    for path, content in files.items():
        if path not in {"_redirects", "2026/11/a/index.html"}:
            assert b"2026/11/a/" not in content, path


def test_stock_pelican_reads_the_ledger_and_does_not_write_it(moved):
    assert (moved.folder / "content/data/addresses.tsv").read_text() == (
        listed("a", "c") + "tag/x/\ttag:某\t\t2026-11-20\n"
    )


@pytest.mark.parametrize(
    ("head", "place"),
    [
        pytest.param("标题: a\n日期: 2026-11-20 09:00\n状态: 草稿", "4:5:", id="a draft again"),
        pytest.param("标题: a\n日期: 2027-01-01", "3:5:", id="put off"),
    ],
)
def test_a_published_text_cannot_be_hidden(small, head, place):
    site = small(
        {
            "articles/2026/11/a.md": written(head),
            "articles/2026/11/c.md": article("c", 1),
            "data/addresses.tsv": listed("a", "c"),
        }
    )
    built = site.build()
    assert built.returncode == 1
    assert built.stderr.startswith(f"content/articles/2026/11/a.md:{place} 这一篇发布过")


def test_a_site_that_lost_everything_is_refused_unless_that_is_confirmed(small):
    site = small({"data/addresses.tsv": listed("a", "c")})
    built = site.build()
    assert (built.returncode, site.files()) == (1, {})
    assert "一篇文章也没有" in built.stderr
    assert site.build(CONFIRM="yes").returncode == 0

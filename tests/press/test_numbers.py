"""A text that draws a file of content/data is drawn anew when that file changes, and no other is."""

from dataclasses import replace

import pytest

from tests.press.small import DATA, STOCK, Child, Small, contents, same_as_stock, texts

DRAWING = "articles/2026/10/baoguo.md"
FILE = "content/data/parcels.csv"
ROWS = DATA["parcels.csv"].encode()
CHART = """

```chart
类型: 柱形
标题: 快递业务量
单位: 亿件
口径: 国家邮政局公布
截止日: 2026-11-22
数据: parcels.csv
```
"""


@pytest.fixture
def site(tmp_path):
    """One article draws a chart; the site is built."""
    site = Small(tmp_path / "site")
    text = texts()[DRAWING]
    site.put(f"content/{DRAWING}", replace(text, body=text.body + CHART).source())
    status, said = site.built()
    assert status == 0, said
    return site


def test_a_changed_number_is_drawn_where_it_is_shown_and_nowhere_else(site):
    site.put(FILE, ROWS.replace(b"1989.5", b"1990.5"))
    found = site.changed()
    assert "2026/10/baoguo/index.html" in found
    assert {name for name in found if not name.startswith("feeds/")} == {
        "2026/10/baoguo/index.html"
    }
    assert b"1990.5" in contents(site.root / "output")["feeds/atom.xml"]


def test_a_file_that_nobody_draws_changes_nothing(site):
    site.put("content/data/others.csv", b"a,b\n1,2\n")
    assert site.changed() == set()
    site.put("content/data/others.csv", b"a,b\n1,3\n")
    assert site.changed() == set()


def test_a_file_is_not_published(site):
    assert not [name for name in contents(site.root / "output") if name.endswith(".csv")]


def test_a_lost_file_is_refused_at_the_line_that_names_it_and_found_again(site):
    before = contents(site.root / "output")
    site.put(FILE, None)
    site.put("content/data/parcel.csv", ROWS)
    status, said = site.built()
    lines = (site.get(f"content/{DRAWING}") or b"").decode().split("\n")
    line = lines.index("数据: parcels.csv") + 1
    assert status == 1
    assert (
        f"content/{DRAWING}:{line}:1: 没有文件content/data/parcels.csv；是不是“parcel.csv”？"
        in said
    )
    assert contents(site.root / "output") == before
    site.put(FILE, ROWS)
    assert site.changed() == set()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("年份,业务量\n2025,1989.5\n".encode("gb18030"), "GBK"),
        (b"a,b\n2025,\0\n", "第2行"),
        (b"a,b\n" + b"2025,1\n" * 40_000, "字节"),
    ],
    ids=["of another encoding", "with a control character", "too large"],
)
def test_a_file_that_no_text_could_be_is_refused(site, content, said):
    site.put(FILE, content)
    status, told = site.built()
    assert status == 1
    assert f"content/{DRAWING}:" in told
    assert said in told


@pytest.mark.parametrize(
    "name",
    [
        "../parcels.csv",
        "/etc/passwd",
        "../../pelicanconf.py",
        "channels.toml",
        ".x.csv",
        "a\\b.csv",
    ],
)
def test_no_other_file_can_be_read(site, name):
    text = texts()[DRAWING]
    body = text.body + CHART.replace("parcels.csv", name)
    site.put(f"content/{DRAWING}", replace(text, body=body).source())
    status, told = site.built()
    assert status == 1
    assert f"不是“{name}”" in told


def test_a_link_is_not_followed(site, tmp_path):
    (tmp_path / "secret.csv").write_bytes(ROWS)
    (site.root / FILE).unlink()
    (site.root / FILE).symlink_to(tmp_path / "secret.csv")
    status, told = site.built()
    assert status == 1
    assert "这是一个链接" in told


def test_stock_pelican_draws_the_same(site):
    stock = Child(STOCK, site.root)
    try:
        for rows in (ROWS, ROWS.replace(b"1989.5", b"1990.5"), ROWS + b"2026,5\n"):
            site.put(FILE, rows)
            same_as_stock(site, stock)
    finally:
        stock.close()

"""Images of texts: which are made anew by what change, and which are never."""

import re
from pathlib import Path

import pytest

from tests.press.small import Small, article

MADE = re.compile(r"(?:card.*|poster)\.png$")
IMAGES = ("card.png", "card-4x3.png", "card-1x1.png", "poster.png")


@pytest.fixture
def site(tmp_path: Path) -> Small:
    """A small site, built; the texts of 2026/11 have images of their own."""
    small = Small(tmp_path / "site")
    status, said = small.built()
    assert status == 0, said
    return small


def times(site: Small) -> dict[str, tuple[int, int]]:
    """When each file of the output was written."""
    output = site.root / "output"
    return {
        path.relative_to(output).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in output.rglob("*")
        if path.is_file()
    }


def renewed(site: Small) -> set[str]:
    """Build again and return the files that were written anew."""
    before = times(site)
    status, said = site.built()
    assert status == 0, said
    return {path for path, time in times(site).items() if before.get(path) != time}


def put(site: Small, path: str, date: str) -> None:
    text = article("新的一篇", date, "电商", 标签="只此一篇")
    site.put(f"content/articles/{path}.md", text.source())


def test_texts_of_the_newest_months_have_images_of_their_own(site):
    own = {path for path in times(site) if re.match(r"(?:flash/)?20.*card\.png", path)}
    assert own == {
        "2026/11/kaidian/card.png",
        "2026/11/tuihuo/card.png",
        "2026/11/zhibo/card.png",
        "flash/2026/11/kuaixun/card.png",
        "flash/2026/11/kuaixun-2/card.png",
    }


def test_an_edit_of_a_text_makes_no_image(site):
    path = "content/articles/2026/11/tuihuo.md"
    site.put(path, site.get(path) + "\n又一段。\n".encode())
    assert {path for path in renewed(site) if MADE.search(path)} == set()


def test_an_edit_of_a_text_renews_its_page_and_its_edition_alone(site):
    path = "content/articles/2026/11/tuihuo.md"
    site.put(path, site.get(path) + "\n又一段。\n".encode())
    pages = {path for path in renewed(site) if path.startswith("2026/11/")}
    assert pages == {"2026/11/tuihuo/index.html", "2026/11/tuihuo/wechat/index.html"}


@pytest.mark.parametrize("lost", ["index.html", "wechat/index.html", "share/index.html"])
def test_a_page_that_somebody_took_away_is_put_back_alone(site, lost):
    page = site.root / "output/2026/11/tuihuo" / lost
    former = page.read_bytes()
    page.unlink()
    assert {path for path in renewed(site) if path.startswith("2026/11/tui")} == {
        f"2026/11/tuihuo/{lost}"
    }
    assert page.read_bytes() == former


def test_a_title_that_the_type_lacks_takes_images_and_edition_away(site):
    path = "content/articles/2026/11/tuihuo.md"
    site.put(path, site.get(path).replace("退货的七天".encode(), "退货的𰻝天".encode()))
    renewed(site)
    left = {path for path in times(site) if path.startswith("2026/11/tuihuo/")}
    assert left == {"2026/11/tuihuo/index.html"}


def test_a_new_title_makes_the_images_of_one_text(site):
    path = "content/articles/2026/11/tuihuo.md"
    site.put(path, site.get(path).replace("退货的七天".encode(), "退货的八天".encode()))
    made = {path for path in renewed(site) if MADE.search(path)}
    assert made == {f"2026/11/tuihuo/{name}" for name in IMAGES}


def test_a_new_text_makes_its_own_images_alone(site):
    put(site, "2026/11/xin", "2026-11-21 09:00")
    made = {path for path in renewed(site) if MADE.search(path)}
    assert made == {f"2026/11/xin/{name}" for name in IMAGES}


def test_a_change_of_the_look_makes_no_image(site):
    path = "theme/styles/base.css"
    site.put(path, site.get(path) + b"\n:root { --h9: 1rem; }\n")
    assert {path for path in renewed(site) if MADE.search(path)} == set()


def test_a_month_that_falls_behind_loses_its_images_and_changes_no_other_page(site):
    site.put("pelicanconf.py", site.get("pelicanconf.py").replace(b'"newest": 5', b'"newest": 9'))
    assert "2026/10/dazhe/card.png" in renewed(site)
    draft = article("还没写完", "2026-11-21 09:00", "电商", 状态="草稿")
    site.put("content/articles/2026/11/xin.md", draft.source())  # the newest month's ninth file
    changed = renewed(site)
    assert "2026/10/dazhe/card.png" not in times(site)
    assert changed == {"2026/10/dazhe/index.html", "2026/10/baoguo/index.html"}


def test_images_are_drawn_once_in_their_life(site):
    kept = {path.name: path.stat().st_ino for path in (site.root / ".build/share").iterdir()}
    assert len(kept) > 15
    (site.root / ".build/cache/jobs").unlink()
    renewed(site)
    assert {
        path.name: path.stat().st_ino for path in (site.root / ".build/share").iterdir()
    } == kept

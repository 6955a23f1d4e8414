"""Images of texts: which are made anew by what change, and which are never."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.press.small import STOCK, Child, Small, article, same_as_stock

MADE = re.compile(r"(?:card.*|poster)\.(?:png|jpg)$")
PHOTO = "content/pictures/2026/zhao.jpg"
CUT = ("card.jpg", "card-4x3.jpg", "card-1x1.jpg", "poster.jpg")
IMAGES = ("card.png", "card-4x3.png", "card-1x1.png", "poster.png")


@pytest.fixture
def site(tmp_path: Path) -> Small:
    """A small site, built; the texts of 2026/11 have images of their own."""
    small = Small(tmp_path / "site")
    status, said = small.built()
    assert status == 0, said
    return small


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    """Stock Pelican, waiting."""
    child = Child(STOCK, tmp_path_factory.mktemp("stock"))
    yield child
    child.close()


def photo(colour: str, size: tuple[int, int] = (1600, 1000)) -> bytes:
    """A photograph of one colour."""
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "JPEG")
    return target.getvalue()


def say(site: Small, path: str, lines: str) -> None:
    """Add lines to the head of a text."""
    text = (site.get(path) or b"").replace("\n日期".encode(), f"\n{lines}\n日期".encode(), 1)
    site.put(path, text)


def beside(site: Small, url: str) -> set[str]:
    """The files of a text."""
    return {path.removeprefix(url) for path in times(site) if path.startswith(url)}


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
        "2026/11/shuangshiyi/card.png",
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
    (site.root / ".build/cache/site").unlink()
    renewed(site)
    assert {
        path.name: path.stat().st_ino for path in (site.root / ".build/share").iterdir()
    } == kept


OLD = "content/articles/2026/10/dazhe.md"
PASSED_ON = {"share/index.html", "wechat/index.html"}


def test_an_old_text_that_asks_has_all_that_the_newest_have(site, stock):
    assert beside(site, "2026/10/dazhe/") == {"index.html"}
    say(site, OLD, "分享图: 是")
    same_as_stock(site, stock)
    assert beside(site, "2026/10/dazhe/") == {"index.html", *IMAGES, *PASSED_ON}
    assert beside(site, "2026/10/baoguo/") == {"index.html"}
    site.put(OLD, (site.get(OLD) or b"").replace("分享图: 是".encode(), b"share: no"))
    same_as_stock(site, stock)
    assert beside(site, "2026/10/dazhe/") == {"index.html"}


def test_an_answer_that_is_none_is_refused_and_nothing_is_lost(site):
    before = times(site)
    say(site, OLD, "分享图: 有")
    status, said = site.built()
    assert status == 1
    assert "content/articles/2026/10/dazhe.md:2:6: 分享图：“有”不对，可以写“是”、“否”" in said
    assert times(site) == before


def test_a_photograph_takes_the_place_of_the_card(site, stock):
    path = "content/articles/2026/11/tuihuo.md"
    site.put(PHOTO, photo("red"))
    say(site, path, "题图: 2026/zhao.jpg\n题图说明: 一张照片")
    same_as_stock(site, stock)
    assert beside(site, "2026/11/tuihuo/") == {"index.html", *CUT, *PASSED_ON}
    site.put(PHOTO, photo("blue"))
    same_as_stock(site, stock)
    with Image.open(site.root / "output/2026/11/tuihuo/card.jpg") as card:
        assert card.getpixel((600, 315))[2] > 200
    site.put(PHOTO, photo("blue", (900, 600)))
    same_as_stock(site, stock)
    assert beside(site, "2026/11/tuihuo/") == {"index.html", *IMAGES, *PASSED_ON}


def test_another_photograph_makes_the_images_of_its_text_alone(site):
    site.put(PHOTO, photo("red"))
    say(site, "content/articles/2026/11/tuihuo.md", "题图: 2026/zhao.jpg\n题图说明: 一张照片")
    renewed(site)
    site.put(PHOTO, photo("blue"))
    made = {path for path in renewed(site) if MADE.search(path)}
    assert made == {f"2026/11/tuihuo/{name}" for name in CUT}


def test_another_title_cuts_no_photograph_anew_but_the_poster(site):
    path = "content/articles/2026/11/tuihuo.md"
    site.put(PHOTO, photo("red"))
    say(site, path, "题图: 2026/zhao.jpg\n题图说明: 一张照片")
    renewed(site)
    site.put(path, (site.get(path) or b"").replace("七天".encode(), "八天".encode()))
    made = {path for path in renewed(site) if MADE.search(path)}
    assert made == {"2026/11/tuihuo/poster.jpg"}


def test_a_site_that_is_moved_draws_nothing_again(site):
    kept = {path.name: path.stat().st_mtime_ns for path in (site.root / ".build/share").iterdir()}
    site.root = site.root.rename(site.root.with_name("elsewhere"))
    status, said = site.built()
    assert status == 0, said
    assert {
        path.name: path.stat().st_mtime_ns for path in (site.root / ".build/share").iterdir()
    } == kept

"""The same content gives the same bytes, whatever machine, clock or place builds it."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.site.conftest import ROOT, Tree, copy_project, read_tree

HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "LANG": "C"}
ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"},
    {"PYTHONHASHSEED": "42", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
]
PUBLIC = "https://example.org/repo"
CODE = re.compile(r'<svg [^>]*role="img".*?</svg>')  # a QR code of the address
HASH = re.compile(r"sha256-[A-Za-z0-9+/=]{44}")  # of the structured data, which name the address


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


@pytest.fixture(scope="module")
def now(articles) -> datetime:
    """An hour after the newest article."""
    days = (page.thing("NewsArticle")["datePublished"] for page in articles)
    return max(map(datetime.fromisoformat, days)) + timedelta(hours=1)


@pytest.fixture(scope="module")
def here(now) -> dict[str, str]:
    return HERE | {"BUILD_NOW": now.isoformat()}


@pytest.fixture(scope="module")
def reference(build, here) -> Path:
    return build(here)


@pytest.mark.parametrize("environment", ELSEWHERE, ids=lambda settings: settings["TZ"])
def test_other_seeds_time_zones_and_languages_change_nothing(build, reference, here, environment):
    found = build(here | environment)
    assert differing(contents(reference), contents(found)) == []


def test_another_folder_with_new_files_changes_nothing(build, reference, here, tmp_path):
    found = build(here, root=copy_project(tmp_path / "我的 网站"))
    assert differing(contents(reference), contents(found)) == []


def test_no_file_names_the_folder_that_it_was_built_in(reference):
    names = [str(ROOT).encode(), str(reference).encode(), str(Path.home()).encode() + b"/"]
    assert [
        path for path, data in contents(reference).items() if any(name in data for name in names)
    ] == []


def test_a_later_hour_changes_the_news_sitemap_alone(build, reference, here, now):
    later = build(here | {"BUILD_NOW": (now + timedelta(days=90)).isoformat()})
    assert differing(contents(reference), contents(later)) == ["sitemaps/news.xml"]


@pytest.fixture(scope="module")
def public(build, here) -> Path:
    return build(here | {"SITEURL": PUBLIC})


def test_another_address_changes_absolute_addresses_only(reference, public, siteurl):
    host = re.compile(r"tag:[^,]+,")  # the entries' ids in feeds name the host

    def plain(data: bytes, address: str) -> str:
        return host.sub("tag:,", HASH.sub("", CODE.sub("", data.decode().replace(address, ""))))

    one, two = contents(reference), contents(public)
    assert one.keys() == two.keys()
    texts = [name for name in one if not name.endswith((".png", ".ico", ".svg", ".bin"))]
    changed = [
        name
        for name in texts
        if name != "404.html" and plain(one[name], siteurl) != plain(two[name], PUBLIC)
    ]
    assert changed == []
    assert differing(one, two) == sorted(
        name
        for name in one
        if name.endswith("poster.png")  # its code is the address
        or (name in texts and (siteurl.encode() in one[name] or name == "404.html"))
    )


def test_another_address_changes_nothing_else_that_a_reader_sees(reference, public, siteurl):
    def plain(page: Path, address: str) -> str:
        return CODE.sub("", page.read_text().partition("<body>")[2].replace(address, ""))

    for path in reference.rglob("*.html"):
        name = path.relative_to(reference)
        if name.name != "404.html":
            assert plain(path, siteurl) == plain(public / name, PUBLIC), name


def test_404_links_from_the_path_of_the_site(public):
    tree: Tree = read_tree(public)
    page = tree.documents["404.html"]
    for link in page.all("//@href|//@src"):
        assert link.startswith(("/repo/", "#")), link
        tree.target(link, "deep/down/nowhere/", "/repo/") if link[0] == "/" else None

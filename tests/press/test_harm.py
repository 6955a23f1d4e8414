"""What lies between two builds may be harmed or changed: the next site is right all the same."""

import pytest

from tests.press.small import STOCK, Child, Small, contents, picture, same_as_stock

REFUSED = "标题: 没有日期\n".encode()
HARMS = {
    "cut": lambda content: content[: len(content) // 2],
    "emptied": lambda _: b"",
    "garbled": lambda content: bytes(255 - byte for byte in content),
    "one letter": lambda content: content.replace("正文".encode(), "歪文".encode()),
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    child = Child(STOCK, tmp_path_factory.mktemp("stock"))
    yield child
    child.close()


@pytest.fixture(scope="module")
def only_site(tmp_path_factory):
    return Small(tmp_path_factory.mktemp("harm") / "site")


@pytest.fixture
def site(only_site, stock):
    same_as_stock(only_site, stock)
    only_site.undo.clear()
    yield only_site
    only_site.take_back()


def edit(site, path, old, new):
    content = site.get(path).decode()
    assert old in content
    site.put(path, content.replace(old, new).encode())


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_harmed_records_are_read_again(site, stock, harm):
    pack = site.root / ".build/cache/pack"
    pack.write_bytes(harm(pack.read_bytes()))
    edit(site, "theme/templates/article.html", "{% endblock", "新{% endblock")
    same_as_stock(site, stock)


def test_harmed_templates_are_compiled_again(site, stock):
    for file in (site.root / ".build/cache/templates").iterdir():
        content = file.read_bytes()
        file.write_bytes(content.replace(b"story", b"Story"))
    edit(site, "content/flash/2026/11/kuaixun.md", "正文的第一段", "改过的第一段")
    same_as_stock(site, stock)


def test_templates_are_compiled_again_under_other_options(site, stock):
    options = b'\nJINJA_ENVIRONMENT = {**JINJA_ENVIRONMENT, "trim_blocks": False}\n'
    site.put("pelicanconf.py", site.get("pelicanconf.py") + options)
    same_as_stock(site, stock)


def test_a_refused_text_is_refused_again(site):
    site.put("content/pictures/2026/men.png", None)
    for _ in range(2):
        status, said = site.built()
        assert status == 1
        assert "content/articles/2026/11/kaidian.md:" in said


def test_a_picture_that_is_shown_cannot_be_ignored(site):
    before = contents(site.root / "output")
    ignored = b'\nIGNORE_FILES = [".*", "men*"]\n'
    site.put("pelicanconf.py", site.get("pelicanconf.py") + ignored)
    status, said = site.built()
    assert status == 1
    assert "content/articles/2026/11/kaidian.md:12:7: 链接" in said
    assert contents(site.root / "output") == before


@pytest.mark.parametrize("name", ["site", "jobs", "texts.table"])
def test_harmed_memories_of_the_published_site_are_not_believed(site, stock, name):
    kept = site.root / ".build/cache" / name
    kept.write_bytes(HARMS["garbled"](kept.read_bytes()))
    edit(site, "content/flash/2026/11/kuaixun.md", "正文的第一段", "改过的第一段")
    same_as_stock(site, stock)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("content/pictures/2026/men.png", picture(9), id="a picture"),
        pytest.param("theme/static/neu.txt", b"neu", id="a file of the theme"),
        pytest.param("content/data/mottos.txt", "另一句。\n".encode(), id="a file of data"),
    ],
)
def test_what_changed_before_a_refused_build_is_published_after_it(site, stock, path, content):
    site.put(path, content)
    site.put("content/articles/2026/11/cuo.md", REFUSED)
    status, _ = site.built()
    assert status == 1
    site.put("content/articles/2026/11/cuo.md", None)
    same_as_stock(site, stock)

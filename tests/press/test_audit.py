"""The check of a built tree: all of it, and what a build changes of it."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press import audit, links
from press.audit import Audit, check, errors
from press.links import Fault
from press.trees import Trees, write

SITEURL = "https://example.com/repo"
TREE = {
    "index.html": '<a href="a/">甲</a> <a href="a/#节">甲的一节</a>',
    "a/index.html": '<h2 id="节">节</h2><a href="../#top">首页</a><img src="../p/x.png">',
    "404.html": '<a href="/repo/a/">甲</a>',
    "p/x.png": "",
    "feeds/atom.xml": "<id>https://example.com/repo/a/</id>",
    ".nojekyll": "",
}

# What is put into the tree (None: taken away), and what is wrong then: page, kind, link.
CASES = {
    "nothing is wrong": ({}, []),
    "a page has gone": (
        {"a/index.html": None},
        [
            ("404.html", links.MISSING, "/repo/a/"),
            ("feeds/atom.xml", links.MISSING, "https://example.com/repo/a/"),
            ("index.html", links.MISSING, "a/"),
            ("index.html", links.MISSING, "a/#节"),
        ],
    ),
    "a heading has gone": (
        {"a/index.html": '<a href="../">首页</a>'},
        [("index.html", links.PLACE, "a/#节")],
    ),
    "a picture has gone": (
        {"p/x.png": None},
        [("a/index.html", links.MISSING, "../p/x.png")],
    ),
    "a picture is written in capitals": (
        {"p/x.png": None, "p/X.png": ""},
        [("a/index.html", links.MISSING, "../p/x.png")],
    ),
    "a link leaves the sub-path": (
        {"b.html": '<a href="/a/">甲</a>'},
        [("b.html", links.ROOT, "/a/")],
    ),
    "a page named without its ending": ({"b.html": '<a href="b">我</a>'}, []),
    "a folder named without its slash": (
        {"b.html": '<a href="a">甲</a>'},
        [("b.html", links.SLASH, "a")],
    ),
    "a place of a page named without its ending": (
        {"b.html": '<a href="c#x">丙</a>', "c.html": "<p id=y>"},
        [("b.html", links.PLACE, "c#x")],
    ),
    "a place in a drawing": ({"b.html": '<img src="d.svg#x">', "d.svg": "<svg/>"}, []),
    "an old name of a place": (
        {"b.html": '<a href="c.html#x">丙</a>', "c.html": '<a name="x"></a>'},
        [],
    ),
    "bytes that are no text": ({"b.html": "\udcff"}, []),
}


def lay(folder: Path, files: dict[str, str | None]) -> Path:
    """Write a tree."""
    for path, content in files.items():
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode("utf-8", "surrogateescape"))
    return folder


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_a_tree(tmp_path, change, expected):
    found = check(str(lay(tmp_path, TREE | change)), SITEURL)
    assert [(fault.page, fault.kind, fault.link) for fault in found] == expected


def test_a_tree_is_checked_on_all_cores_alike(tmp_path):
    many = {f"{number}/index.html": '<a href="../x/">x</a>' for number in range(200)}
    found = check(str(lay(tmp_path, TREE | many)), SITEURL)
    assert len(found) == 200
    assert {fault.kind for fault in found} == {links.MISSING}


class Site:
    """A site that is only files, and what the press does with it: draw, audit, publish."""

    def __init__(self, root: Path, siteurl: str = SITEURL) -> None:
        self.root, self.siteurl = root, siteurl
        (root / "output").mkdir(parents=True)
        self.cache = root / ".build/cache"
        self.cache.mkdir(parents=True)
        self.looked: list[str] = []

    def build(self, files: dict[str, str]) -> list[Fault]:
        """Publish the files if nothing is wrong with them; return what is."""
        trees = Trees(self.root / "output")
        published = trees.verify()
        drawn = {
            path: content
            for path, content in files.items()
            if path not in published or published[path].sha256 != sha256(content)
        }
        standing = {path: published[path] for path in files if path not in drawn}
        found = Audit(self.cache, self.siteurl, trees, published, standing, drawn)
        trees.prepare()
        entries, looks = dict(standing), []
        for path, content in drawn.items():
            entries[path] = write(trees.staged, path, content.encode())
            looks.append(found.look(path, content))
        faults = found.faults([look for look in looks if look])
        self.looked = [look.page for look in found.looks]
        if not faults and not trees.same(entries):
            trees.publish(entries)
            found.keep()
        return faults


def sha256(content: str) -> str:
    """The digest by which a tree knows a file."""
    return hashlib.sha256(content.encode()).hexdigest()


NAMES = ["index.html", "a/index.html", "b/index.html", "a/c/index.html", "d.html", "e.xml", "f.css"]
KEYS = ["x", "节", "A"]
LINKS = st.sampled_from(
    [
        "#x",
        "../repo/f.css",
        "/repo/d",
        *(f"/repo/{name.removesuffix('index.html')}" for name in NAMES),
        *(f"/repo/{name}#{key}" for name in NAMES[:5] for key in ("x", "%E8%8A%82")),
        "https://example.com/repo/b/",
    ]
)
IDS = st.lists(st.sampled_from(KEYS), min_size=2, max_size=3, unique=True)
STEP = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.lists(LINKS, max_size=4), st.just(KEYS)),
    st.tuples(st.sampled_from(NAMES), st.lists(LINKS, max_size=2), IDS),
    st.sampled_from(NAMES),  # this one goes
    st.sampled_from(["lose", "cut", "garble", "cut the state", "another's publication"]),
)


def text_of(path: str, found: list[str], ids: list[str]) -> str:
    """A file of its kind with some links and ids."""
    if path.endswith(".css"):
        return "".join(f"a{{b:url({link})}}" for link in found)
    if path.endswith(".xml"):
        return "".join(f"<a>{link}</a>" for link in found)
    return "".join(f'<p id="{key}"></p>' for key in ids) + "".join(
        f'<a href="{link}">x</a>' for link in found
    )


def harm(site: Site, how: str) -> None:
    """Do to what the audit keeps what crashes and people do."""
    leads, state = site.cache / "leads", site.cache / "leads.state"
    if how == "lose":
        leads.unlink(missing_ok=True)
    elif how == "another's publication":
        manifest = site.root / ".build/manifest"
        if manifest.exists():
            manifest.write_bytes(manifest.read_bytes() + b"")
            content = manifest.read_bytes()
            manifest.unlink()
            manifest.write_bytes(content)
    elif (file := state if how == "cut the state" else leads).exists():
        content = file.read_bytes()
        half = len(content) // 2
        file.write_bytes(content[:half] + (b"?" + content[half + 1 :] if how == "garble" else b""))


@settings(max_examples=30, deadline=None)
@given(st.lists(STEP, min_size=2, max_size=20))
def test_what_a_build_finds_is_what_a_look_at_everything_finds(tmp_path_factory, steps):
    root = tmp_path_factory.mktemp("audit")
    site, files = Site(root / "site"), {name: text_of(name, [], KEYS) for name in NAMES}
    assert site.build(files) == []
    for number, step in enumerate(steps):
        former = dict(files)
        if isinstance(step, tuple):
            files[step[0]] = text_of(*step)
        elif step in NAMES:
            files.pop(step, None)
        else:
            harm(site, step)
            continue
        faults = site.build(files)
        assert faults == errors(check(str(lay(root / f"{number}", {"x": ""} | files)), SITEURL))
        if faults and number % 5:
            files = former  # most mistakes are taken back at once


def numbered(number: int, more: str = "") -> str:
    """A page that leads to the one before it."""
    link = f'<a href="../{number - 1}/#x">x</a>' if number else ""
    return f'<p id="x"></p>{link}{more}'


@pytest.fixture
def chain(tmp_path) -> tuple[Site, dict[str, str]]:
    """A published site of 300 pages, each of which leads to the one before it."""
    site = Site(tmp_path)
    files = {f"{number}/index.html": numbered(number) for number in range(300)}
    assert site.build(files) == []
    return site, files


def test_a_changed_page_is_looked_at_alone(chain):
    site, files = chain
    files["7/index.html"] = numbered(7, "<p>又一句。</p>")
    assert site.build(files) == []
    assert site.looked == ["7/index.html"]


def test_a_page_that_goes_is_looked_for_in_what_led_to_it(chain):
    site, files = chain
    del files["7/index.html"]
    fault = Fault("8/index.html", links.MISSING, "../7/#x", "7/index.html", "x")
    assert site.build(files) == [fault]
    assert site.looked == ["8/index.html"]


def test_a_place_that_goes_is_looked_for_in_what_led_to_it(chain):
    site, files = chain
    files["7/index.html"] = "<p>没有位置了。</p>"
    fault = Fault("8/index.html", links.PLACE, "../7/#x", "7/index.html", "x")
    assert site.build(files) == [fault]
    assert site.looked == ["7/index.html", "8/index.html"]


def test_after_a_refusal_the_mistake_is_found_again(chain):
    site, files = chain
    del files["7/index.html"]
    assert site.build(files) == site.build(files) != []


def test_a_lost_memory_costs_a_look_at_everything_and_nothing_more(chain):
    site, files = chain
    (site.cache / "leads.state").unlink()
    files["7/index.html"] = numbered(7, "<p>又一句。</p>")
    assert site.build(files) == []
    assert len(site.looked) == len(files)
    files["7/index.html"] = numbered(7)
    site.build(files)
    assert site.looked == ["7/index.html"]


def test_what_others_have_published_meanwhile_is_looked_at(chain):
    site, files = chain
    files["7/index.html"] = numbered(7, '<a href="../200/">x</a>')
    site.cache.rename(site.root / "aside")
    site.cache.mkdir()
    assert site.build(files) == []
    site.cache.rename(site.root / "others")
    (site.root / "aside").rename(site.cache)
    del files["200/index.html"]
    files["201/index.html"] = numbered(0)
    assert [fault.page for fault in site.build(files)] == ["7/index.html"]


def test_the_memory_does_not_grow_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(audit, "FREE", 100)
    site, sizes = Site(tmp_path), []
    files = {f"{number}/index.html": numbered(number) for number in range(10)}
    for number in range(60):
        files["7/index.html"] = numbered(7, f"<p>{number}</p>")
        assert site.build(files) == []
        sizes.append((site.cache / "leads").stat().st_size)
    assert max(sizes) < 3 * sizes[0] + 100
    assert sorted(sizes) != sizes
    del files["6/index.html"]
    assert [fault.page for fault in site.build(files)] == ["7/index.html"]


def test_files_of_others_that_stay_in_the_output_may_be_led_to(tmp_path):
    site = Site(tmp_path)
    (tmp_path / "output/old.html").write_text("x")
    trees = Trees(tmp_path / "output", ["old.html"])
    found = Audit(site.cache, SITEURL, trees, trees.verify(), {}, {"index.html"})
    trees.prepare()
    assert found.look("index.html", '<a href="old.html">旧</a>').faults == ()
    assert found.look("index.html", '<a href="older.html">旧</a>').faults != ()

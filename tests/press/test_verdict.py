"""What people are told of dead links: by the build, and by ``python -m press audit``."""

import subprocess
import sys
from pathlib import Path

import pytest

from press import links
from press.links import Fault
from press.verdict import message, nearest, told
from tests.press.conftest import environment
from tests.press.small import Small, contents

FILES = ["2026/11/退货/index.html", "2026/11/jd-live/index.html", "about/index.html", "p/X.png"]

MESSAGES = {
    Fault("a", links.EMPTY, ""): "链接是空的；请写上地址，或删去这个链接",
    Fault("a", links.OUTSIDE, "../../"): "链接“../../”跑到网站的文件夹外面去了；请少写几个../",
    Fault(
        "a", links.ROOT, "/x/"
    ): "链接“/x/”从域名的根算起，而网站放在子目录里；请写成相对于本页的路径",
    Fault(
        "a", links.MACHINE, "http://localhost/"
    ): "链接“http://localhost/”指向本机，读者打不开；请写成公开的网址，或删去",
    Fault(
        "a", links.SCRIPT, "javascript:x"
    ): "链接“javascript:x”会在读者的电脑上执行或打开文件；请删去",
    Fault("a", links.TWICE, "x"): "页面里有两处id都是“x”，跳转只到得了头一处；请改掉一处",
    Fault("a", links.SLASH, "x", "x/index.html"): "链接“x”末尾少了“/”，读者要多等一次跳转；请补上",
    Fault("a", links.PLACE, "x/#%E8%8A%82", "x/index.html", "%E8%8A%82"): (
        "链接“x/#节”到不了：x/index.html里没有“#节”这个位置；请写成那一页某个小标题的文字"
    ),
    Fault("a", links.MISSING, "abuot/", "abuot/index.html"): (
        "链接“abuot/”到不了：网站上没有abuot/index.html；是不是about/？"
    ),
    Fault("a", links.MISSING, "q.zip", "q.zip"): (
        "链接“q.zip”到不了：网站上没有q.zip；请改成有的地址，或删去链接"
    ),
    Fault("a", links.MISSING, "p/x.png", "p/x.png"): (
        "链接“p/x.png”的大小写不对；文件叫p/X.png，请照样写"
    ),
    Fault("a", links.MISSING, "x.md", "x.md"): (
        "链接“x.md”是稿件的源文件，网站上没有；请写那篇文章的网址"
    ),
}


@pytest.mark.parametrize(("fault", "said"), MESSAGES.items(), ids=[f.kind for f in MESSAGES])
def test_every_fault_says_what_to_write_instead(fault, said):
    assert message(fault, FILES, None) == said


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("2026/11/jd-liev/index.html", "2026/11/jd-live/index.html"),
        ("2026/10/jd-live/index.html", "2026/11/jd-live/index.html"),
        ("p/x.PNG", "p/X.png"),
        ("nothing-like-it-at-all.zip", ""),
    ],
)
def test_the_nearest_name_is_told(target, near):
    assert nearest(target, FILES) == near


def test_what_every_page_shows_is_told_once(tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.html").write_text('<p>\n<a href="x/">x</a>', encoding="utf-8")
    faults = [Fault(f"{n}.html", links.MISSING, "x/", "x/index.html") for n in range(3)]
    (found,) = told(faults, str(tmp_path), [])
    assert (Path(found.path).name, found.line, found.column) == ("0.html", 2, 9)
    assert "共3页如此" in found.message


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The small site, built."""
    site = Small(tmp_path_factory.mktemp("audit") / "网 站")
    status, said = site.built()
    assert status == 0, said
    return site


ARTICLE = "content/articles/2026/11/kaidian.md"

# What an editor adds to an article as a last line, and at which column and what the build says.
TYPED = {
    "a place that is not there": (
        "看[打折](../10/dazhe.md#没有)。",
        "7: 链接“../../10/dazhe/#没有”到不了：2026/10/dazhe/index.html里没有“#没有”这个位置",
    ),
    "a draft": (
        "看[草稿](caogao.md)。",
        "7: 链接“../caogao/”的稿件content/articles/2026/11/caogao.md还没有发布",
    ),
    "a file of the site that is not there": (
        "订[阅](/feeds/rrs.xml)。",
        "6: 链接“../../../feeds/rrs.xml”到不了：网站上没有feeds/rrs.xml；是不是feeds/rss.xml？",
    ),
}


@pytest.mark.parametrize(("typed", "expected"), TYPED.values(), ids=TYPED)
def test_a_build_tells_the_editor_where_it_was_typed(small, typed, expected):
    before = contents(small.root / "output")
    source = small.get(ARTICLE).decode()
    small.put(ARTICLE, f"{source}\n{typed}\n".encode())
    line = source.count("\n") + 2
    status, said = small.built()
    small.take_back()
    assert status == 1
    assert f"{ARTICLE}:{line}:{expected}" in said
    assert "构建停止，output/没有改动" in said
    assert contents(small.root / "output") == before


def test_a_page_that_nobody_changed_is_told_of_too(small):
    other = "content/articles/2026/10/dazhe.md"
    source, target = small.get(ARTICLE).decode(), small.get(other).decode()
    small.put(other, f"{target}\n## 先算成本\n\n一句话。\n".encode())
    small.put(ARTICLE, f"{source}\n看[成本](../10/dazhe.md#先算成本)。\n".encode())
    status, said = small.built()
    assert status == 0, said
    small.put(other, f"{target}\n## 先算利润\n\n一句话。\n".encode())
    status, said = small.built()
    small.take_back()
    assert status == 1
    assert f"{ARTICLE}:{source.count(chr(10)) + 2}:7: 链接" in said
    assert "没有“#先算成本”这个位置" in said


def test_a_template_is_told_by_a_page_that_shows_it(small):
    path = "theme/templates/base.html"
    text = small.get(path).decode().replace("</body>", '<a href="/nowhere/">x</a></body>')
    small.put(path, text.encode())
    status, said = small.built()
    small.take_back()
    assert status == 1
    assert said.count("链接“/nowhere/”到不了") == 1
    assert "页如此：多半写在模板、设置或数据文件里" in said


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, "-m", "press", "audit", *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_command_finds_nothing_in_a_good_tree(small):
    done = run(str(small.root / "output"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有发现问题" in done.stdout


def test_the_command_tells_the_line_of_the_page(tmp_path):
    (tmp_path / "index.html").write_text('<link rel="canonical" href="https://example.com/x/">\n')
    (tmp_path / "a.html").write_text('\n<a href="/y/">x</a>\n<a href="index">x</a>')
    done = run(str(tmp_path))
    assert done.returncode == 1
    assert "a.html:2:9: 链接“/y/”从域名的根算起" in done.stdout
    done = run(str(tmp_path), "--siteurl", "https://example.com", "--format", "github")
    assert done.stdout.startswith("::error file=")
    assert "没有y/index.html" in done.stdout


def test_the_command_advises_about_heavy_pages_and_fails_not(tmp_path):
    text = "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(12000))
    (tmp_path / "index.html").write_text(f"<p>{text}", encoding="utf-8")
    done = run(str(tmp_path))
    assert done.returncode == 0
    assert "超过13900字节" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["nowhere"], "没有网页"), ([".", "--siteurl", "example.com"], "没有网页")],
)
def test_a_wrong_order_is_refused_in_one_sentence(tmp_path, arguments, said):
    done = subprocess.run(
        [sys.executable, "-m", "press", "audit", *arguments],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr

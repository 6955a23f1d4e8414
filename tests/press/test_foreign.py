"""What the press does not know it leaves to Pelican, says so, and the site is the same."""

import json
import os
import subprocess
import sys

import pytest

from press.scope import NEEDED
from tests.press.small import NOW, STOCK, Child, Small, contents, environment, same_as_stock

SHOWN = {  # what a template may name, and what is said of it
    "articles": "articles",
    "pages": "pages",
    "BUILD_NOW": "BUILD_NOW",
    "OUTPUT_PATH[:0]": "OUTPUT_PATH",
    "localsiteurl": "localsiteurl",
    "article.category": "category",
    "article.slug_or_other|default": "slug_or_other",
    "category": "category",
    "articles is defined": "",  # that much may be known
}
SIGNALLED = """
from pelican import signals

def change(generator):
    for article in generator.articles:
        article.lead = "外来的插件写的。"

def register():
    signals.article_generator_finalized.connect(change)
"""
SILENT = "def register():\n    pass\n"
TYPICAL = {
    "OUTPUT_SOURCES": "True",
    "DIRECT_TEMPLATES": '["archives_of_pelican"]',
    "FEED_ALL_ATOM": '"all.atom.xml"',
    "PLUGINS": 'PLUGINS + ["meddler"]',
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    child = Child(STOCK, tmp_path_factory.mktemp("stock"))
    yield child
    child.close()


@pytest.fixture(scope="module")
def only_site(tmp_path_factory):
    site = Small(tmp_path_factory.mktemp("foreign") / "site")
    template = "{% for article in articles %}{{ article.title }}\n{% endfor %}"
    site.put("theme/templates/archives_of_pelican.html", template.encode())
    site.undo.clear()
    return site


@pytest.fixture
def site(only_site):
    yield only_site
    only_site.take_back()


def edit(site, path, old, new):
    content = site.get(path).decode()
    assert old in content
    site.put(path, content.replace(old, new, 1).encode())


def test_a_site_of_ours_needs_no_pelican(site, stock):
    assert "Pelican" not in same_as_stock(site, stock)


@pytest.mark.parametrize(("expression", "name"), SHOWN.items(), ids=SHOWN)
def test_a_template_that_asks_for_what_only_pelican_has(site, stock, expression, name):
    shown = f"{{{{ ({expression})|string|length }}}}"
    if name == "slug_or_other":
        shown = "{{ article.slug_or_other|default('') }}"
    edit(site, "theme/templates/article.html", "{% endblock", f"{shown}{{% endblock")
    said = same_as_stock(site, stock)
    assert (f"{name}只有Pelican自己能处理" in said) == bool(name), said


@pytest.mark.parametrize(("name", "value"), TYPICAL.items(), ids=TYPICAL)
def test_a_setting_with_which_pelican_writes_more(site, stock, name, value):
    site.put("meddler.py", SIGNALLED.encode())
    conf = site.get("pelicanconf.py").decode()
    site.put("pelicanconf.py", f"{conf}{name} = {value}\n".encode())
    said = same_as_stock(site, stock)
    assert "只有Pelican自己能处理" in said
    assert ("meddler" if name == "PLUGINS" else name) in said


def test_every_such_setting_is_told_and_so_is_each_foreign_plugin(site):
    site.put("meddler.py", SIGNALLED.encode())
    site.put("silent.py", SILENT.encode())
    code = """
import json, sys
from pathlib import Path
from press import settings, scope
from press.scope import NeedsPelicanError
found = settings.read(Path("pelicanconf.py"), {}, Path("cache"))
scope.load_plugins(found)
told = {}
def reason(name, **more):
    try:
        scope.reasons(found | more)
    except NeedsPelicanError as need:
        told[name] = str(need)
for name in scope.NEEDED:
    reason(name, **{name: "其他"})
reason("PLUGINS", PLUGINS=None)
reason("")
for name in ("silent", "meddler"):
    try:
        scope.load_plugins(found | {"PLUGINS": [*found["PLUGINS"], name]})
    except NeedsPelicanError as need:
        told[name] = str(need)
print(json.dumps(told))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site.root,
        env=environment(NOW),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert told.keys() == {*NEEDED, "PLUGINS", "silent", "meddler"}
    assert all(name in said for name, said in told.items())
    assert "article_generator_finalized" in told["meddler"]


def test_every_mistake_of_every_text_is_told_in_one_run(site):
    before = contents(site.root / "output")
    edit(site, "content/articles/2026/11/zhibo.md", "频道: 直播", "频道: 直捕")
    edit(site, "content/articles/2026/11/kaidian.md", "正文的第一段", "# 一级标题\n\n正文的第一段")
    edit(site, "content/flash/2026/11/kuaixun.md", "日期: 2026-11-20 10:00", "日期: 前天")
    site.put("content/pages/xin.txt", b"1")
    status, said = site.built()
    assert status == 1
    assert contents(site.root / "output") == before
    for place in (
        "content/articles/2026/11/zhibo.md:3:",
        "content/articles/2026/11/kaidian.md:",
        "content/flash/2026/11/kuaixun.md:2:",
        "content/pages/xin.txt:1:",
    ):
        assert place in said
    assert "Traceback" not in said


BROKEN = """
PARENT = os.getpid()


def facts_or_fail():
    if os.getpid() != PARENT:
        raise ValueError("坏了")
"""


@pytest.mark.skipif(len(getattr(os, "sched_getaffinity", lambda _: "12")(0)) < 2, reason="one core")
def test_a_plugin_that_breaks_in_another_process_names_its_line(site):
    path = "plugins/structured_data.py"
    content = site.get(path).decode()
    head, call, rest = content.partition("def json_ld(")
    assert call
    signature, colon, body = rest.partition(":\n")
    documented = body.index('"""\n', body.index('"""') + 3) + 4
    body = f"{body[:documented]}    facts_or_fail()\n{body[documented:]}"
    made = f"import os\n{head}{BROKEN}\n\n{call}{signature}{colon}{body}"
    site.put(path, made.encode())
    before = contents(site.root / "output")
    status, said = site.built()
    line = made.splitlines().index('        raise ValueError("坏了")') + 1
    assert (status, contents(site.root / "output")) == (1, before)
    assert f"plugins/structured_data.py:{line}: ValueError: 坏了" in said


def test_a_mistake_in_a_template_names_its_line(site):
    edit(
        site,
        "theme/templates/flash.html",
        "{% block story %}",
        "{% block story %}{{ nothing_here }}",
    )
    at = (
        site.get("theme/templates/flash.html").decode().partition("nothing_here")[0].count("\n") + 1
    )
    status, said = site.built()
    assert status == 1
    assert f"theme/templates/flash.html:{at}: UndefinedError: 'nothing_here'" in said

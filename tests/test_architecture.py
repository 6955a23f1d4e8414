"""The shape of the project, kept by tests rather than by memory."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

import pelicanconf
from plugins._frozen import Frozen

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "theme/templates").rglob("*.html"))
MODULES = sorted(path.stem for path in (ROOT / "plugins").glob("*.py") if path.stem != "__init__")
PLUGINS = [name for name in MODULES if not name.startswith("_")]
# The parts of _markdown: its cases, input beside expected HTML, go through all of them.
PARTS = {"_blocks", "_body", "_clean", "_lines"}
# What costs more to load than a small build: for those who need it, when they need it.
DEAR = {"pelican", "PIL", "rjieba", "pypinyin", "lxml", "pygments", "yaml", "latex2mathml"}
OURS = {"pelicanconf", "publishconf", "press", "tests"}
# What Pelican gives every template: all articles of the site, so that every page would change.
SITE_WIDE = {"articles", "hidden_articles", "drafts", "dates", "pages", "categories", "authors"}
# What has passed plugins/_clean.py.
BODIES = {"article.content", "article.lead", "page.content", "intro.html"}
ROW = re.compile(r"^\| `([A-Z_]+)` \| `([a-z_]+)` \| (.*?) \| .+ \|$", re.MULTILINE)
MACHINE = re.compile(r"(?<![\w.~/}])/(?:home|root|Users|work|mnt|private)/[\w.-]+")
FOREIGN = re.compile(
    r"""(?:src|srcset|poster|data)=["']?(?:https?:)?//|<link[^>]*href=["']?(?:https?:)?//"""
    r"""|url\(["']?(?:https?:)?//|@import"""
)


def tree(path: Path) -> ast.Module:
    """Return a Python file as its syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that the file at ``path`` imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def items(plugin: str) -> dict[str, object]:
    """Return what a publisher may set of a plugin, each with the value if nobody gives one."""
    settings = getattr(importlib.import_module(f"plugins.{plugin}"), "Settings", Frozen)
    return {name: field.default for name, field in settings._fields.items() if name.islower()}


def source(template: Path) -> nodes.Template:
    """Return a template as its syntax tree."""
    environment = Environment(extensions=pelicanconf.JINJA_ENVIRONMENT["extensions"])  # noqa: S701  only read
    return environment.parse(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_a_module_knows_no_plugin_and_not_the_sites_own_settings(module):
    unwelcome = {f"plugins.{name}" for name in PLUGINS} | OURS
    found = set(imports(ROOT / f"plugins/{module}.py"))
    assert unwelcome.isdisjoint(found | {name.partition(".")[0] for name in found})


@pytest.mark.parametrize("module", [name for name in MODULES if name != "_pelican"])
def test_only_one_module_knows_pelican(module):
    found = {name.partition(".")[0] for name in imports(ROOT / f"plugins/{module}.py")}
    assert not {"pelican", ""} & found


def test_to_load_all_plugins_loads_nothing_that_few_builds_need():
    names = [f"plugins.{name}" for name in MODULES if name != "_pelican"]
    code = f"import sys, {', '.join(names)}; print(*sorted({DEAR!r} & sys.modules.keys()))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (loaded.returncode, loaded.stdout.strip(), loaded.stderr) == (0, "", "")


def test_the_settings_import_nothing_of_ours():
    for file in ("pelicanconf.py", "publishconf.py"):
        assert not {"plugins", "press", "tests"} & {
            name.partition(".")[0] for name in imports(ROOT / file)
        }


def test_every_plugin_is_switched_on_and_every_name_is_a_plugin():
    assert sorted(pelicanconf.PLUGINS) == [f"plugins.{name}" for name in PLUGINS]


@pytest.mark.parametrize("plugin", PLUGINS)
def test_a_plugin_registers_under_its_own_name(plugin):
    (register,) = (
        node
        for node in tree(ROOT / f"plugins/{plugin}.py").body
        if isinstance(node, ast.FunctionDef) and node.name == "register"
    )
    names = [
        node.args[0].value
        for node in ast.walk(register)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "_facts.register"
    ]
    assert names == [plugin]


def test_every_module_that_does_something_has_its_test_and_every_test_its_module():
    does = {
        name
        for name in MODULES
        if any(
            isinstance(node, ast.FunctionDef)
            for node in ast.walk(tree(ROOT / f"plugins/{name}.py"))
        )
    }
    tested = {
        path.stem.removeprefix("test_") for path in (ROOT / "tests/plugins").glob("test_*.py")
    }
    assert tested | PARTS == does | PARTS
    assert does >= PARTS


def test_every_setting_of_a_plugin_stands_in_the_readme_and_no_other():
    readme = (ROOT / "plugins/README.md").read_text(encoding="utf-8")
    told = {(group, item) for group, item, _ in ROW.findall(readme)}
    assert told == {(plugin.upper(), name) for plugin in PLUGINS for name in items(plugin)}


def test_the_readme_tells_the_true_defaults():
    readme = (ROOT / "plugins/README.md").read_text(encoding="utf-8")
    told = {
        (group, item): ast.literal_eval(cell.strip("`"))
        for group, item, cell in ROW.findall(readme)
        if cell.startswith("`")
    }
    true = {
        (plugin.upper(), name): default
        for plugin in PLUGINS
        for name, default in items(plugin).items()
    }
    assert told == {key: true.get(key) for key in told}
    assert len(told) >= len(true) - 1  # a list of licences stands there in words


@pytest.mark.parametrize("plugin", PLUGINS)
def test_every_plugin_stands_in_the_readmes_table(plugin):
    readme = (ROOT / "plugins/README.md").read_text(encoding="utf-8")
    assert f"\n| `{plugin}` |" in readme


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_no_list_of_the_whole_site(template):
    assert not SITE_WIDE & meta.find_undeclared_variables(source(template))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_only_bodies_that_were_cleaned_are_shown_as_html(template):
    found = source(template)
    for node in found.find_all(nodes.Filter):
        if node.name == "safe":
            inner = node.node
            # One drops ends of tags, the other adds links of our own.
            while isinstance(inner, nodes.Filter) and inner.name in {"closed", "linked"}:
                inner = inner.node
            name = (
                inner.name if isinstance(inner, nodes.Name) else f"{inner.node.name}.{inner.attr}"
            )
            assert name in BODIES
    assert not list(found.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)))


@pytest.mark.parametrize("folder", ["theme/templates", "theme/styles"])
def test_the_theme_loads_nothing_from_elsewhere(folder):
    for path in sorted((ROOT / folder).rglob("*.*")):
        assert not FOREIGN.findall(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("folder", ["plugins", "press", "tests", "theme", ".ci", ".github"])
def test_no_file_knows_the_machine_it_was_made_on(folder):
    endings = {".py", ".md", ".html", ".css", ".js", ".sh", ".yml", ".toml", ""}
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file() and path.suffix in endings and "__pycache__" not in path.parts:
            assert not MACHINE.findall(path.read_text(encoding="utf-8")), path


def test_what_serves_relations_alone_is_on_no_page():
    """The press draws no page again because one of these two has changed (press/keys.py)."""
    hidden = {"keywords", "digest"}
    for template in TEMPLATES:
        assert not hidden & {node.attr for node in source(template).find_all(nodes.Getattr)}
    for plugin in PLUGINS:
        found = tree(ROOT / f"plugins/{plugin}.py")
        named = {node.attr for node in ast.walk(found) if isinstance(node, ast.Attribute)}
        if any(isinstance(node, ast.keyword) and node.arg == "pages" for node in ast.walk(found)):
            assert not hidden & named, plugin

"""The built site as files: its pages, each parsed once as a browser would, and other editions."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib
import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
SPACE = re.compile(r"\s+")


def text_of(node: Any) -> str:
    """What a reader reads of an element, without the spaces of its source and without drawings."""
    drawn = "ancestor-or-self::*[local-name()='svg']"
    return SPACE.sub("", "".join(node.xpath(f".//text()[not({drawn})]")))


class Document:
    """One page of the tree."""

    def __init__(self, path: str, source: str):
        self.path = path
        self.source = source
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        self.tree: etree._ElementTree = parser.parse(source)
        self.errors = [(position, code) for position, code, _ in parser.errors]

    @property
    def url(self) -> str:
        """Its address from the site's root."""
        return self.path.removesuffix("index.html")

    def all(self, xpath: str) -> list[Any]:
        return self.tree.xpath(xpath)

    def one(self, xpath: str) -> Any:
        found = self.tree.xpath(xpath)
        assert len(found) == 1, f"{self.path}: {len(found)} of {xpath}"
        return found[0]

    def of_class(self, name: str) -> list[Any]:
        return self.all(f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")

    @cached_property
    def ids(self) -> set[str]:
        return set(self.all("//@id"))

    @cached_property
    def data(self) -> list[dict[str, Any]]:
        """The things that its structured data describe."""
        return [
            thing
            for block in self.all("//script[@type='application/ld+json']/text()")
            for thing in json.loads(block)["@graph"]
        ]

    def thing(self, kind: str) -> dict[str, Any]:
        found = [thing for thing in self.data if thing["@type"] == kind]
        assert len(found) == 1, f"{self.path}: {len(found)} of {kind}"
        return found[0]

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may list it."""
        return not any("noindex" in value for value in self.all("//meta[@name='robots']/@content"))

    @property
    def is_article(self) -> bool:
        """Whether it is one article or flash item."""
        return any(thing["@type"] == "NewsArticle" for thing in self.data)


@dataclass(frozen=True)
class Tree:
    """A built folder, served under ``base`` of some host."""

    files: frozenset[str]
    documents: dict[str, Document]

    def target(self, link: str, page: str, base: str) -> str | None:
        """The file that a link of ``page`` leads to; None for another host. Refuses a dead one."""
        whole, fragment = urldefrag(urljoin(f"http://host.invalid{base}{page}", link))
        parts = urlsplit(whole)
        if parts.scheme == "mailto" or parts.netloc != "host.invalid":
            return None
        path = unquote(parts.path)
        assert path.startswith(base), f"{page}: {link} leaves {base}"
        file = path.removeprefix(base)
        if not file or file.endswith("/"):
            file += "index.html"
        assert file in self.files, f"{page}: {link} leads to no file"
        if fragment and file in self.documents:
            known = unquote(fragment) in self.documents[file].ids
            assert known, f"{page}: {link} leads to no place on {file}"
        return file


def read_tree(folder: Path) -> Tree:
    """Read a built folder; names keep their case, whatever the file system thinks of it."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = sorted(file for file in files if file.endswith(".html"))
    return Tree(
        frozenset(files),
        {page: Document(page, (folder / page).read_text(encoding="utf-8")) for page in pages},
    )


@pytest.fixture(scope="session")
def tree(site: Path) -> Tree:
    """The built site."""
    return read_tree(site)


@pytest.fixture(scope="session")
def documents(tree: Tree) -> list[Document]:
    """Every page of the built site."""
    assert len(tree.documents) > 20
    return list(tree.documents.values())


@pytest.fixture(scope="session")
def articles(documents: list[Document]) -> list[Document]:
    """Every article and flash item."""
    found = [document for document in documents if document.is_article]
    assert len(found) > 10
    return found


@pytest.fixture(scope="session")
def siteurl() -> str:
    """The address that the site's settings give, without a slash at its end."""
    from press.settings import execute  # an import here may find the settings of a test's site

    return execute(ROOT / "pelicanconf.py")["SITEURL"]


def copy_project(root: Path) -> Path:
    """Copy what a build reads to ``root``, as files made anew."""
    for name in ("content", "plugins", "press", "theme"):
        shutil.copytree(
            ROOT / name,
            root / name,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    shutil.copyfile(ROOT / "pelicanconf.py", root / "pelicanconf.py")
    return root


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build another edition: ``build({"TZ": "UTC"}, CONTACT_EMAIL="…")`` returns its folder."""

    def build(environment: dict[str, str], root: Path = ROOT, **settings: str) -> Path:
        folder = tmp_path_factory.mktemp("edition")
        settings["PELICAN_CLASS"] = "pelican.Pelican"
        extra = [f"{name}={json.dumps(value)}" for name, value in settings.items()]
        command = ["pelican", "content", "-s", "pelicanconf.py", "-o", str(folder), "-e", *extra]
        built = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=root,
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert built.returncode == 0, built.stdout
        return folder

    return build

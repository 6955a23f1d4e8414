"""The commands that the READMEs show exist, and both languages show the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?:sh|bash|shell|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"\s+#.*|^#.*")
NAME = re.compile(r"[a-z-]+")
INLINE = re.compile(r"`(make(?: [^`]*)?)`")


def commands(name: str) -> list[str]:
    """The lines of the shell blocks, without comments, which are in the reader's language."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = (line for block in BLOCK.findall(text) for line in block.splitlines())
    return [kept for line in lines if (kept := COMMENT.sub("", line).strip())]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def test_both_readmes_show_the_same_commands_in_the_same_order():
    assert commands("README.md") == commands("README.zh-CN.md")
    assert len(commands("README.md")) >= 3


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "content/README.md"]
)
def test_every_make_command_named_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = commands(name) + INLINE.findall(text)
    words = [line.split() for line in named if line.split()[0] == "make"]
    asked = {word for line in words for word in line[1:2] if NAME.fullmatch(word)}
    assert asked
    assert asked <= targets()


def test_every_target_tells_what_it_does_and_is_no_file():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split())
    described = set(re.findall(r"^([a-z-]+):.*? ## \S", text, re.M))
    assert targets() == phony == described

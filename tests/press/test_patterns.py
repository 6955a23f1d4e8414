"""What is kept of regular expressions is what Python would compile."""

import _sre
import re
from re import _compiler

import pytest

from press import patterns

PATTERNS = [
    ("字", 0),
    ("[一-龥]{2,}|[A-Za-z][\\w+#.-]*+", 0),
    ("(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2}))?", re.VERBOSE),
    (r"(..)\1(?<=.年)(?!月)", re.MULTILINE | re.DOTALL),
    ("(?i)straße", 0),
    ("[à-ü]", re.IGNORECASE),
    (r"\bword\b", re.ASCII),
    (rb"[\x00-\x08]+(=)?", 0),
]


@pytest.fixture
def cache(monkeypatch):
    """What ``re`` has compiled, empty at first."""
    monkeypatch.setattr(re, "_MAXCACHE", 512)
    monkeypatch.setattr(re, "_cache", found := {})
    return found


@pytest.fixture
def kept(cache, tmp_path):
    """A file of these patterns and of enough others."""
    for pattern, flags in [*PATTERNS, *((f"x{number}", 0) for number in range(patterns.FEW))]:
        re.compile(pattern, flags)
    patterns.keep(set(), tmp_path / "patterns")
    cache.clear()
    return tmp_path / "patterns"


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS, ids=[str(case[0]) for case in PATTERNS])
def test_what_was_kept_is_what_would_be_compiled(kept, pattern, flags, monkeypatch):
    fresh = _compiler.compile(pattern, flags)
    patterns.load(kept)
    monkeypatch.setattr(_compiler, "compile", lambda *_: pytest.fail("it was compiled"))
    found = re.compile(pattern, flags)
    assert found == fresh  # also their code
    assert (found.groups, found.groupindex) == (fresh.groups, fresh.groupindex)
    assert repr(found) == repr(fresh)


def test_groups_have_their_names(kept):
    patterns.load(kept)
    match = re.compile(*PATTERNS[2]).match("2026-11")
    assert match.groupdict() == {"year": "2026", "month": "11"}
    assert match.lastgroup == "month"


def test_what_another_process_has_kept_stays(kept, cache):
    for number in range(patterns.FEW + 1):
        re.compile(f"y{number}")
    patterns.keep(set(), kept)
    cache.clear()
    known = patterns.load(kept)
    assert known >= {(str, *pattern) for pattern in [*PATTERNS[:2], ("x0", 0), ("y0", 0)]}


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes()[:-1] + b"?"),
        lambda file: file.write_bytes(b""),
    ],
    ids=["missing", "cut", "changed", "empty"],
)
def test_what_is_harmed_is_not_believed(kept, cache, harm):
    harm(kept)
    assert patterns.load(kept) == set()
    assert cache == {}


def test_another_python_compiles_anew(kept, monkeypatch):
    monkeypatch.setattr(patterns, "VERSION", b"another")
    assert patterns.load(kept) == set()


def test_a_code_that_nobody_knows_is_left_alone(kept, monkeypatch):
    monkeypatch.setattr(_sre, "MAGIC", 1)
    assert patterns.load(kept) == set()
    kept.unlink()
    re.compile("a")
    patterns.keep(set(), kept)
    assert not kept.exists()


def test_a_few_new_ones_are_not_worth_a_new_file(kept):
    before = kept.stat().st_ino
    known = patterns.load(kept)
    re.compile("新")
    patterns.keep(known, kept)
    assert kept.stat().st_ino == before
    for number in range(patterns.FEW):
        re.compile(f"新{number}")
    patterns.keep(known, kept)
    assert (str, "新", 0) in patterns.load(kept)


def test_nothing_is_kept_where_nothing_was_built(tmp_path):
    patterns.keep(set(), tmp_path / ".build/cache/patterns")
    assert not (tmp_path / ".build").exists()

"""What the press takes for Pelican's settings is what Pelican itself makes of the file."""

import locale
import sysconfig
from pathlib import Path

import pytest
from pelican.settings import read_settings

from press import settings
from tests.press.conftest import ROOT

FILE = """
from jinja2 import StrictUndefined

def double(value, times=2):
    return value * times

PATH = "content"
OUTPUT_PATH = "out"
THEME = "simple"
SITENAME = "小站"
READING = {"fast": 500}
PLUGINS = []
WORDS = ["一", ("二", 3), {"四"}, None, 5.0, b"6"]
JINJA_ENVIRONMENT = {"undefined": StrictUndefined}
JINJA_FILTERS = {"double": double}
LOCALE = ["C"]
BUILD_NOW = ""
"""


@pytest.fixture(autouse=True)
def same_locale():
    """Reading settings sets the locale of the whole process, as Pelican does."""
    before = locale.setlocale(locale.LC_ALL)
    yield
    locale.setlocale(locale.LC_ALL, before)


class AskedError(Exception):
    """Pelican was asked."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").write_text(FILE, encoding="utf-8")
    return tmp_path / "pelicanconf.py"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / ".build/cache/settings"


def read(file, cache, **override):
    return settings.read(file, override, cache)


def ask_no_more(monkeypatch):
    def asked(*_):
        raise AskedError

    monkeypatch.setattr(settings, "from_pelican", asked)


def comparable(found):
    """What the press reads. Functions of a settings file are made anew each time it is run."""
    return {
        name: {key: getattr(item, "__code__", item) for key, item in value.items()}
        if isinstance(value, dict)
        else value
        for name, value in found.items()
        if name != "PAGINATION_PATTERNS"  # for lists that Pelican alone writes
    }


@pytest.mark.parametrize("override", [{}, {"DEBUG": True, "OUTPUT_PATH": "/tmp/elsewhere"}])  # noqa: S108
def test_the_kept_answer_is_pelicans_own(file, cache, monkeypatch, override):
    read(file, cache, **override)
    ask_no_more(monkeypatch)
    expected = dict(read_settings(str(file), override=dict(override)))
    assert comparable(read(file, cache, **override)) == comparable(expected)


def test_the_kept_answer_for_this_very_site_is_pelicans_own(cache, monkeypatch):
    file = ROOT / "pelicanconf.py"
    read(file, cache)
    ask_no_more(monkeypatch)
    assert comparable(read(file, cache)) == comparable(dict(read_settings(str(file))))


def test_now_may_be_another_one(file, cache, monkeypatch):
    read(file, cache, BUILD_NOW="2026-11-22T12:00:00+08:00")
    ask_no_more(monkeypatch)
    other = "2026-11-23T12:00:00+08:00"
    assert read(file, cache, BUILD_NOW=other)["BUILD_NOW"] == other


CHANGES = {
    "a value": ('"小站"', '"大站"'),
    "a value's type": ("500", "500.0"),
    "a value deep inside": ("5.0", "5.5"),
    "a new name": ("BUILD_NOW", "NEW = 1\nBUILD_NOW"),
    "a name less": ("WORDS", "words"),
    "a function": ("value * times", "value + times"),
    "a function's default": ("times=2", "times=3"),
    "a class": ("StrictUndefined", "DebugUndefined"),
    "the order of a list": ('"一", ("二", 3)', '("二", 3), "一"'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_file_is_asked_about(file, cache, monkeypatch, change):
    read(file, cache)
    old, new = change
    assert old in FILE
    file.write_text(FILE.replace(old, new), encoding="utf-8")
    ask_no_more(monkeypatch)
    with pytest.raises(AskedError):
        read(file, cache)


def test_what_only_looks_changed_is_not_asked_about(file, cache, monkeypatch):
    read(file, cache)
    file.write_text(f"{FILE}# A comment.\n", encoding="utf-8")
    ask_no_more(monkeypatch)
    assert read(file, cache)["SITENAME"] == "小站"


def test_another_override_is_asked_about(file, cache, monkeypatch):
    read(file, cache)
    ask_no_more(monkeypatch)
    with pytest.raises(AskedError):
        read(file, cache, OUTPUT_PATH="elsewhere")


def test_another_pelican_is_asked(file, cache, monkeypatch, tmp_path):
    installed = tmp_path / "installed"
    (installed / "pelican-4.12.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(installed))
    read(file, cache)
    (installed / "pelican-4.12.0.dist-info").rename(installed / "pelican-4.12.1.dist-info")
    ask_no_more(monkeypatch)
    with pytest.raises(AskedError):
        read(file, cache)


def test_a_theme_that_came_to_be_is_found(file, cache):
    assert read(file, cache)["THEME"] != str(file.parent / "simple")
    (file.parent / "simple").mkdir()
    assert read(file, cache)["THEME"] == str(file.parent / "simple")


@pytest.mark.parametrize("value", ["object()", "(lambda x: lambda: x)(1)", "iter([])"])
def test_a_value_that_may_change_unseen_is_never_kept(file, cache, value):
    file.write_text(f"{FILE}ODD = {value}\n", encoding="utf-8")
    assert "ODD" in read(file, cache)
    assert not cache.exists()


@pytest.mark.parametrize("harm", [b"", b"press 1\n", b"nonsense"])
def test_a_harmed_answer_is_not_believed(file, cache, harm):
    expected = read(file, cache)
    cache.write_bytes(harm)
    assert comparable(read(file, cache)) == comparable(expected)

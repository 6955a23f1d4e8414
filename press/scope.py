"""What the press can build by itself, and what it must leave to Pelican."""

import hashlib
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from plugins import _facts
from press.settings import packages

# Settings with which Pelican writes no more than the press does; with others it has to do it.
NEEDED: dict[str, Any] = {
    **dict.fromkeys(
        [
            "ARTICLE_EXCLUDES",
            "AUTHOR_FEED_ATOM",
            "AUTHOR_FEED_RSS",
            "AUTHOR_SAVE_AS",
            "CACHE_CONTENT",
            "CATEGORY_FEED_ATOM",
            "CATEGORY_FEED_RSS",
            "CATEGORY_SAVE_AS",
            "DAY_ARCHIVE_SAVE_AS",
            "DEFAULT_METADATA",
            "DIRECT_TEMPLATES",
            "EXTRA_PATH_METADATA",
            "FEED_ALL_ATOM",
            "FEED_ALL_RSS",
            "FEED_ATOM",
            "FEED_RSS",
            "FORMATTED_FIELDS",
            "MONTH_ARCHIVE_SAVE_AS",
            "OUTPUT_SOURCES",
            "PAGE_EXCLUDES",
            "STATIC_CREATE_LINKS",
            "STATIC_EXCLUDES",
            "TAG_FEED_ATOM",
            "TAG_FEED_RSS",
            "TAG_SAVE_AS",
            "TEMPLATE_PAGES",
            "THEME_TEMPLATES_OVERRIDES",
            "TRANSLATION_FEED_ATOM",
            "TRANSLATION_FEED_RSS",
            "TYPOGRIFY",
            "YEAR_ARCHIVE_SAVE_AS",
        ],
        (None, False, "", [], {}, ()),
    ),
    "ARTICLE_PATHS": (["articles", "flash"],),
    "ARTICLE_EXCLUDES": (["pages", "topics"],),  # Pelican's own addition
    "PAGE_PATHS": (["pages", "topics"],),
    "PAGE_EXCLUDES": (["articles", "flash"],),
    "STATIC_PATHS": (["pictures"],),
    "STATIC_SAVE_AS": ("{path}",),
    "WITH_FUTURE_DATES": (True,),
}
OWN = {"plugins._facts", "plugins._pelican"}  # modules whose handlers the press knows


class NeedsPelicanError(Exception):
    """The site has something that only Pelican itself can give."""


def load_plugins(settings: Mapping[str, Any]) -> None:
    """Load the plugins of the settings.

    Raises:
        NeedsPelicanError: one of them is not of our contract.

    """
    for folder in settings["PLUGIN_PATHS"]:
        if folder not in sys.path:
            sys.path.insert(0, folder)
    for name in settings["PLUGINS"] or ():
        if not isinstance(name, str):
            raise NeedsPelicanError(f"插件 {name}")
        module = import_module(name)
        module.register()
    reasons(settings)


def reasons(settings: Mapping[str, Any]) -> None:
    """Leave to Pelican what the press does not know.

    Raises:
        NeedsPelicanError: names the plugin or the setting.

    """
    for name, allowed in NEEDED.items():
        if name in settings and settings[name] not in allowed:
            raise NeedsPelicanError(f"设置 {name}")
    blinker = sys.modules.get("blinker")  # else nobody receives anything
    for name, heard in blinker.default_namespace.items() if blinker else ():
        for receiver in heard.receivers_for(None):
            module = getattr(receiver, "__module__", "?")
            if module not in OWN and not module.startswith("pelican."):
                raise NeedsPelicanError(f"插件 {module}（它接收 {name} 信号）")
    if settings["PLUGINS"] is None:  # Pelican takes all that are installed
        raise NeedsPelicanError("没有列出插件的PLUGINS")
    for name in settings["PLUGINS"]:
        if not _facts.active([name]):
            raise NeedsPelicanError(f"插件 {name}")


def program(settings: Mapping[str, Any], root: Path) -> bytes:
    """Return the digest of the program itself: its own files, plugins, installed packages."""
    mine = Path(__file__).resolve().parent
    files = {*mine.rglob("*.py"), *root.glob("*.py")}
    for folder in (root / "plugins", mine.with_name("plugins"), *settings["PLUGIN_PATHS"]):
        files |= {path for path in Path(folder).rglob("*") if path.suffix in {".py", ".tsv"}}
    found = hashlib.sha256(packages())
    for file in sorted(files):
        if file.name not in {"pelicanconf.py", "publishconf.py"}:  # their values count
            found.update(str(file).encode() + hashlib.sha256(file.read_bytes()).digest())
    return found.digest()

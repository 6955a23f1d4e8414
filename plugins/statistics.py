"""Visitor statistics by a script that the publisher chooses: off unless a setting names one.

Lends templates ``statistics``: the script's address and attributes, None while it is off. Who
switches it on has to say so on the privacy page (个人信息保护法, article 17).
Settings: ``STATISTICS``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins import _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """``STATISTICS`` in pelicanconf.py."""

    script: str = ""
    attributes: Mapping[str, str] = {}  # such as data-website-id

    def __post_init__(self) -> None:
        if self.script and urlsplit(self.script).scheme != "https":
            raise _facts.RefusalError(
                "pelicanconf.py: STATISTICS 的 script 要写以 https:// 开头的完整地址"
            )


class Script(NamedTuple):
    """The script element that base.html writes."""

    src: str
    attributes: Mapping[str, str]


def statistics(settings: Settings) -> Script | None:
    """Return the script to load."""
    return Script(settings.script, settings.attributes) if settings.script else None


def register() -> None:
    """Join the run."""
    _facts.register("statistics", settings=Settings, template_globals={"statistics": statistics})

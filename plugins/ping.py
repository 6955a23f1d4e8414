"""Let search engines be told what has changed: the key file of IndexNow; off unless there is a key.

``python -m press ping`` tells them. Settings: ``PING``, see :class:`Settings`.
"""

import re
from collections.abc import Iterator

from plugins import _facts
from plugins._card import Card
from plugins._frozen import Frozen

KEY = re.compile(r"[A-Za-z0-9-]{8,128}")  # as IndexNow's documents ask


class Settings(Frozen):
    """``PING`` in pelicanconf.py."""

    key: str = ""  # of IndexNow, made up by the publisher; public, it stands in a file
    baidu: bool = False  # its token is a secret: the environment's BAIDU_TOKEN
    most: int = 1000  # addresses told at once; more have changed by a new look, not by news
    indexnow_address: str = "https://api.indexnow.org/indexnow"
    baidu_address: str = "http://data.zz.baidu.com/urls"

    def __post_init__(self) -> None:
        if self.key and not KEY.fullmatch(str(self.key)):
            raise _facts.RefusalError(
                'pelicanconf.py: PING["key"]要有8～128个字母、数字或连字符，自己随便编一串就行'
            )
        for name in ("indexnow_address", "baidu_address"):
            if not str(getattr(self, name)).startswith(("https://", "http://")):
                raise _facts.RefusalError(f'pelicanconf.py: PING["{name}"]要写完整的网址')


def pages(
    _cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File]:
    """Write the file by which IndexNow knows whose key it is."""
    if settings.key:
        yield _facts.File(f"{settings.key}.txt", settings.key)


def register() -> None:
    """Join the run."""
    _facts.register("ping", settings=Settings, pages=pages, sees=())

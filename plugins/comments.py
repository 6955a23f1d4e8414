"""Readers' comments from a service that the publisher chooses: off unless a setting names one.

Adds ``article.comments``: the address of a frame that is opened by a tap, never before; else None.
Settings: ``COMMENTS``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from plugins import _facts
from plugins._frozen import Frozen
from plugins._urls import absolute


class Settings(Frozen):
    """``COMMENTS`` in pelicanconf.py: a frame's address, with ``{url}`` and ``{title}``."""

    frame: str = ""
    name: str = "评论"
    SITEURL: str

    def __post_init__(self) -> None:
        if self.frame and urlsplit(self.frame).scheme != "https":
            raise _facts.RefusalError(
                "pelicanconf.py: COMMENTS 的 frame 要写以 https:// 开头的完整地址"
            )


class Comments(NamedTuple):
    """The frame, for ``components/comments.html``."""

    name: str
    frame: str
    host: str


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Comments | None:
    """Address the frame of one article."""
    if not settings.frame or metadata["kind"] != "article":
        return None
    frame = settings.frame.format(
        url=quote(absolute(settings.SITEURL, metadata["url"]), safe=""),
        title=quote(metadata["head"].title, safe=""),
    )
    return Comments(settings.name, frame, urlsplit(frame).netloc)


def register() -> None:
    """Join the run."""
    _facts.register("comments", settings=Settings, facts=facts)

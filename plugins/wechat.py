"""Lend templates ``wechat(article)``: an article as rich text for WeChat's official accounts.

The page round it is made by ``share``, for the texts that have images of their own.
"""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from plugins import _facts
from plugins._text import without_drawings
from plugins._urls import absolute
from plugins._wechat import edition


@dataclass(frozen=True, kw_only=True)
class Settings:
    """No settings of its own."""

    SITEURL: str


def wechat(settings: Settings, article: Any) -> Markup:
    """Return an article's picture, lead and body."""
    picture, lead = article.card.picture, article.lead
    page = absolute(settings.SITEURL, article.card.url)
    shown = (
        Markup('<img src="{}" alt="{}">').format(
            absolute(settings.SITEURL, picture.url), picture.alt
        )
        if picture and not picture.is_plate
        else ""
    )
    html = f"{shown}<p>{lead}</p>{without_drawings(article.content)}"
    return Markup(edition(html, page, article.references))  # noqa: S704  built of escaped text


def register() -> None:
    """Join the run."""
    _facts.register("wechat", settings=Settings, template_globals={"wechat": wechat})

"""Lend templates ``wechat(article)``: an article as rich text for WeChat's official accounts.

The page round it is made by ``share``, for the texts that have images of their own.
"""

import re
from typing import Any

from markupsafe import Markup

from plugins import _facts
from plugins._frozen import Frozen
from plugins._text import without_drawings
from plugins._urls import absolute
from plugins._wechat import edition

# What without_drawings() leaves of a chart: its caption, the name of its table, the table.
OF_CHART = re.compile(r"<figcaption>([^<]*)<p>([^<]*)</p>(.*?)</figcaption>", re.DOTALL)


class Settings(Frozen):
    """No settings of its own."""

    SITEURL: str


def wechat(settings: Settings, article: Any) -> Markup:
    """Return an article's picture, lead and body."""
    picture, lead = article.card.picture, article.lead
    page = absolute(settings.SITEURL, article.card.url)
    shown = (
        Markup('<img src="{}" alt="{}">').format(
            absolute(settings.SITEURL, picture.src), picture.alt
        )
        if picture and not picture.is_plate
        else ""
    )
    content = OF_CHART.sub(r"<p>\1</p><p>\2</p>\3", without_drawings(article.content))
    html = f"{shown}<p>{lead}</p>{content}"
    return Markup(edition(html, page, article.references))  # noqa: S704  built of escaped text


def register() -> None:
    """Join the run."""
    _facts.register("wechat", settings=Settings, template_globals={"wechat": wechat})

"""Warn readers of articles that grow old, without asking the clock.

Adds ``article.freshness``: a line that names the day of the text and the month from which it is
to be checked; None in channels that do not age (``fresh_months`` in content/data/channels.toml). A
page must not change by itself, so the line stands from the first day and stays true.
Settings: ``FRESHNESS``, see :class:`Settings`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from plugins import _data, _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """``FRESHNESS`` in pelicanconf.py: ``{day}`` of the text, ``{month}`` from which it is old."""

    text: str = "本文内容截至{day}。{month}以后读到它，请先核对现行规定与最新数据。"
    CHANNELS: tuple[_data.Channel, ...] = ()


def line(day: datetime, months: int, settings: Settings) -> str:
    """Word the notice for a text of ``day`` that stays fresh for some months."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return settings.text.format(
        day=f"{day.year}年{day.month}月{day.day}日", month=f"{year}年{month + 1}月"
    )


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> str | None:
    """Find how long the article's channel stays fresh."""
    head, name = metadata["head"], metadata["head"].channel
    months = next((item.fresh_months for item in settings.CHANNELS if item.name == name), 0)
    return line(head.modified or head.date, months, settings) if months else None


def register() -> None:
    """Join the run."""
    _facts.register("freshness", settings=Settings, facts=facts)

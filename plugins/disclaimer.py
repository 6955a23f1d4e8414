"""Say on pieces about law and tax that they are no counsel.

Adds ``article.disclaimer``: the channel's text from content/data/channels.toml, else none; an
article's head switches it on or off (免责声明: 是/否).
Settings: ``DISCLAIMER``, see :class:`Settings`.
"""

from collections.abc import Mapping
from typing import Any

from plugins import _data, _facts
from plugins._frozen import Frozen


class Settings(Frozen):
    """``DISCLAIMER`` in pelicanconf.py: the text where a channel has none of its own."""

    text: str = "仅供参考，不构成法律或税务意见。"
    CHANNELS: tuple[_data.Channel, ...] = ()


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> str | None:
    """Find the text that stands under one article."""
    name, wanted = metadata["head"].channel, metadata["head"].disclaimer
    text = next((item.disclaimer for item in settings.CHANNELS if item.name == name), "")
    if wanted is None:
        return text or None
    return (text or settings.text) if wanted else None


def register() -> None:
    """Join the run."""
    _facts.register("disclaimer", settings=Settings, facts=facts)

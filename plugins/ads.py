"""Show advertisements from content/data/ads.toml: none unless somebody writes one there.

Adds ``article.ads``: slot → ad, only between its first and last day. The label 「广告」 belongs to
the component and cannot be left out (广告法 article 14).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from plugins import _data, _facts
from plugins._card import Picture
from plugins._content import measure


@dataclass(frozen=True, kw_only=True)
class Settings:
    """No settings of its own."""

    PATH: str
    BUILD_NOW: datetime
    BOOKINGS: tuple[_data.Ad, ...] = ()


class Ad(NamedTuple):
    """An advertisement, for ``components/ad.html``."""

    text: str
    url: str
    picture: Picture | None
    advertiser: str


def ads_of(settings: Settings) -> dict[str, Ad]:
    """Return the running ad of each slot; of several, the one that started last."""
    today = settings.BUILD_NOW.date()
    shown: dict[str, Ad] = {}
    for ad in sorted(settings.BOOKINGS, key=lambda ad: ad.start):
        if ad.start <= today <= ad.end:
            picture = measure(Path(settings.PATH), f"pictures/{ad.picture}", ad.text)
            if ad.picture and picture is None:
                raise _facts.RefusalError(
                    f"content/data/ads.toml:1: 没有图片 content/pictures/{ad.picture}"
                )
            shown[ad.slot] = Ad(ad.text, ad.link, picture, ad.advertiser)
    return shown


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> dict[str, Ad]:
    """Give articles their ads; pages and flash items carry none."""
    return ads_of(settings) if metadata["kind"] == "article" else {}


def register() -> None:
    """Join Pelican's run."""
    _facts.register("ads", settings=Settings, facts=facts, template_globals={"ads_of": ads_of})

"""Show advertisements from content/data/ads.toml: none unless somebody writes one there.

Adds ``article.ads``: slot → ad, only between its first and last day. The label 「广告」 belongs to
the component and cannot be left out (广告法 article 14).
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from plugins import _data, _facts
from plugins._card import Picture
from plugins._frozen import Frozen


class Settings(Frozen):
    """No settings of its own; the ads that run on the day of the build, the latest last."""

    RUNNING: tuple[tuple[_data.Ad, Picture | None], ...] = ()


class Ad(NamedTuple):
    """An advertisement, for ``components/ad.html``."""

    text: str
    url: str
    picture: Picture | None
    advertiser: str


def ads_of(settings: Settings) -> dict[str, Ad]:
    """Return the running ad of each slot; of several, the one that started last."""
    return {
        ad.slot: Ad(ad.text, ad.link, picture, ad.advertiser) for ad, picture in settings.RUNNING
    }


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> dict[str, Ad]:
    """Give articles their ads; pages and flash items carry none."""
    return ads_of(settings) if metadata["kind"] == "article" else {}


def register() -> None:
    """Join the run."""
    _facts.register("ads", settings=Settings, facts=facts, template_globals={"ads_of": ads_of})

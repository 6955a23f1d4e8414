"""Search the whole site in the reader's browser: the page ``/search/`` and the index that it reads.

Adds the volumes of the index (:mod:`plugins._search`), the table of traditional characters and the
page; lends templates ``searched``. Settings: ``SEARCH``, see :class:`Settings`.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup

from plugins import _data, _facts, _search
from plugins._card import Card, Link, Subject
from plugins._frozen import Frozen

SCRIPT = "search.js"
# Of the page itself, since a network that loses the page's module brings no other script either: it
# says so, at once or when nothing has come for a while, and lets the reader try again. The query is
# put into the field, from which it can also be sent again.
LOST = """(d=>{const lost=()=>{const p=d.querySelector(".search__plain");if(!p)return;
const [told,again]=p.children;told.textContent="搜索的脚本没有取到，可能断了网，或者网络不畅；浏览器太旧也会这样。可以再试，也可以用下面的办法找。";
p.style.visibility="visible";again.hidden=false;again.onclick=()=>location.reload();
d.querySelector("[name=q]").value=new URLSearchParams(location.search).get("q")};
addEventListener("error",e=>{if(e.target.type=="module")lost()},true);setTimeout(lost,8e3)})(document)"""
UNDATED = 1970  # the year that the reader gives a page without a date


class Settings(Frozen):
    """``SEARCH`` in pelicanconf.py."""

    name: str = "搜索"
    home: str = "首页"
    # What a search engine is called, and its address with {host} of this site.
    outside: Mapping[str, str] = {}
    SITEURL: str
    THEME: str
    CHANNELS: tuple[_data.Channel, ...] = ()


def channels_of(channels: Sequence[_data.Channel]) -> list[tuple[str, str]]:
    """Return what a reader may choose: the numbers of a channel and of those below it, its name."""
    return [
        (
            ",".join(
                str(number)
                for number, other in enumerate(channels, 1)
                if channel.name in {other.name, other.parent}
            ),
            channel.name,
        )
        for channel in channels
    ]


def pages(
    cards: tuple[Card, ...], settings: Settings, bodies: _facts.Bodies
) -> Iterator[_facts.Page | _facts.File | _facts.Woven]:
    """Write all volumes and the page. Cost: O(texts) cards; of volumes, what has changed in them."""
    if not searched(settings):
        return
    names = tuple(channel.name for channel in settings.CHANNELS)
    told, years = [], set()
    for name, members in _search.volumes_of([card for card in cards if card.kind != "withdrawn"]):
        counts = [
            (year, len([*run])) for year, run in groupby(members, lambda card: card.date.year)
        ]
        told.append(":".join([name, *(f"{year},{count}" for year, count in counts)]))
        years.update(year for year, _ in counts)
        texts = [(card, bodies(card.path)) for card in members]
        yield _facts.Woven(f"search/{name}.bin", _search.write_volume, texts, {"channels": names})
    table = Path(_search.__file__).with_name(_search.TRADITIONAL)
    yield _facts.File(f"search/{_search.TRADITIONAL}", table.read_bytes())
    host = urlsplit(settings.SITEURL).netloc
    yield _facts.Page(
        "search/index.html",
        "search",
        {
            "subject": Subject(settings.name, "search/"),
            "trail": (Link(settings.home, ""),),
            "volumes": " ".join(told),
            "choices": channels_of(settings.CHANNELS),
            "years": sorted(years - {UNDATED}, reverse=True),
            "script": f"theme/{SCRIPT}?{hashlib.sha256(script_of(settings.THEME).read_bytes()).hexdigest()[:8]}",
            "lost": Markup(LOST),  # noqa: S704  our own
            "outside": [(one, url.format(host=host)) for one, url in settings.outside.items()],
        },
    )


def script_of(theme: str) -> Path:
    """Return where a theme's script is; a theme without it has no search."""
    return Path(theme) / "static" / SCRIPT


def searched(settings: Settings) -> bool:
    """Tell templates whether there is a search page to lead to."""
    return has_script(settings.THEME)


@cache
def has_script(theme: str) -> bool:
    """Tell whether a theme has the script, for which a build looks once."""
    return script_of(theme).is_file()


def register() -> None:
    """Join the run."""
    _facts.register(
        "search",
        settings=Settings,
        pages=pages,
        sees=("kind",),
        template_globals={"searched": searched},
        forget=has_script.cache_clear,
    )

"""Write the small files that hosts, researchers and machines read beside the pages.

Adds ``.nojekyll`` (GitHub Pages then serves the folder as it is), ``favicon.ico``, ``_headers`` for
hosts that read it and ``llms.txt``; ``CNAME``, ``humans.txt`` and ``security.txt`` if a setting asks
for them. Settings: ``HOSTING``, see :class:`Settings`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plugins import _data, _facts
from plugins._card import Card
from plugins._frozen import Frozen
from plugins._urls import absolute

HEADERS = """\
/*
  X-Content-Type-Options: nosniff
  X-Frame-Options: DENY
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()
  Content-Security-Policy: frame-ancestors 'none'
"""
CONTACT = re.compile(r"(?:mailto:[^\s@]+@[^\s@]+|https://\S+)", re.ASCII)
VALID = 10  # whole months that security.txt is valid: RFC 9116 asks for less than a year


class Settings(Frozen):
    """``HOSTING`` in pelicanconf.py."""

    domain: str = ""  # an own domain on GitHub Pages, such as www.example.com
    security: str = ""  # where a hole can be reported: mailto:… or https://…
    humans: str = ""  # the text of humans.txt
    THEME: str
    SITENAME: str
    SITEURL: str
    SITEDESCRIPTION: str = ""
    CHANNELS: tuple[_data.Channel, ...] = ()
    BUILD_NOW: datetime

    def __post_init__(self) -> None:
        if self.security and not CONTACT.fullmatch(str(self.security)):
            raise _facts.RefusalError(
                f'pelicanconf.py: HOSTING["security"]写成了“{self.security}”；'
                "请写mailto:邮箱，或https://开头的网址"
            )


def months_after(now: datetime, count: int) -> datetime:
    """Return the beginning of the month after so many more."""
    years, month = divmod(now.month + count, 12)
    return datetime(now.year + years, month + 1, 1, tzinfo=now.tzinfo)


def security(settings: Settings) -> str:
    """Write security.txt (RFC 9116), valid to the end of the tenth month from this one.

    So it is the same all through a month, and a site that nobody builds any more ceases to promise.
    """
    expires = months_after(settings.BUILD_NOW, VALID).astimezone(UTC)
    own = absolute(settings.SITEURL, ".well-known/security.txt")
    return (
        f"Contact: {settings.security}\n"
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: zh, en\n"
        f"Canonical: {own}\n"
    )


def llms(cards: tuple[Card, ...], settings: Settings) -> str:
    """Write llms.txt: what the site is and where its whole texts are, for language models.

    It names no article, so that a new one does not change it.
    """

    def lines(entries: Iterator[tuple[str, str, str]]) -> str:
        root = settings.SITEURL
        return "".join(
            f"- [{name}]({absolute(root, url)})" + (f"：{about}\n" if about else "\n")
            for name, url, about in entries
        )

    channels = ((c.name, f"channel/{c.address}/", c.about) for c in settings.CHANNELS)
    few = [card for card in cards if card.kind in {"page", "topic"}]
    topics = ((c.title, c.url, c.summary) for c in few if c.kind == "topic")
    pages = ((c.title, c.url, c.summary) for c in few if c.kind == "page")
    feeds = (
        ("JSON Feed", "feeds/feed.json", "最近的文章，全文"),
        ("Atom", "feeds/atom.xml", "同上；每个频道、作者、专题也各有一份"),
        ("站点地图", "sitemap.xml", "全部文章的网址和改动时间"),
    )
    return (
        f"# {settings.SITENAME}\n\n> {settings.SITEDESCRIPTION}\n\n"
        f"## 全文\n\n{lines(iter(feeds))}\n"
        f"## 频道\n\n{lines(channels)}\n"
        f"## 专题\n\n{lines(topics)}\n"
        f"## 关于本站\n\n{lines(pages)}"
    )


def until(_cards: tuple[Card, ...], settings: Settings) -> datetime:
    """Return when security.txt is another one: with the next month."""
    if not settings.security:
        return datetime.max.replace(tzinfo=UTC)
    return months_after(settings.BUILD_NOW, 0) - timedelta(seconds=1)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.File]:
    """Write the files. Cost: O(texts), for the few that llms.txt names."""
    yield _facts.File(".nojekyll", "")
    yield _facts.File("_headers", HEADERS)
    yield _facts.File("llms.txt", llms(cards, settings))
    icon = Path(settings.THEME) / "static" / "favicon.ico"
    if icon.is_file():  # browsers and machines ask for it at the root, whatever a page says
        yield _facts.File("favicon.ico", icon.read_bytes())
    if settings.domain:
        yield _facts.File("CNAME", f"{settings.domain}\n")
    if settings.humans:
        yield _facts.File("humans.txt", f"{settings.humans.strip()}\n")
    if settings.security:
        yield _facts.File(".well-known/security.txt", security(settings))


def register() -> None:
    """Join the run."""
    _facts.register(
        "hosting",
        settings=Settings,
        pages=pages,
        until=until,
        sees=("kind", "url", "title", "summary"),
    )

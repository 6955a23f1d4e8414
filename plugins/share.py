"""Make what a link to the site shows in chats, feeds of others and search engines.

Adds ``article.share``: the image of a link to it, as a Picture, and its crops for search engines; the
address of its page for sharing. Writes ``card.png`` beside the page of each of the newest texts, of
each channel and of the site; beside those texts also ``poster.png``, ``share/`` and ``wechat/``.
Settings: ``SHARE``, see :class:`Settings`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from plugins import _data, _facts
from plugins._card import Card, Link, Picture
from plugins._kept import folder_of, kept
from plugins._share import (
    FORMS,
    NEWEST,
    WIDE,
    Form,
    Item,
    card,
    covered,
    poster,
    program,
    uncovered,
)
from plugins._text import chunks
from plugins._urls import absolute

OF_CARDS = ("kind", "path", "url", "title", "headline", "date", "channel", "summary", "picture")
EDITIONS = ("share", "wechat")  # templates, and their addresses below the article's
MARKED = "掌柜志"  # the name that the word-mark shows, and no other
ENDS = re.compile(r"[\x00-\x20\x7f\"#%&'+<>\\^`{|}]")
SHOWN = (".jpg", ".jpeg", ".png", ".webp", ".gif")  # pictures that chats can show


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``SHARE`` in pelicanconf.py."""

    newest: int = NEWEST  # texts with images of their own, rounded up to a whole month
    SHARED_SINCE: str = ""  # the month that follows from it
    SITENAME: str
    SITEURL: str
    SITESUBTITLE: str = ""
    WORDMARK: str = ""
    THEME: str
    PATH: str
    CHANNELS: tuple[_data.Channel, ...] = ()
    WORDS: tuple[str, ...] = ()


class Shared(NamedTuple):
    """The images of one article."""

    image: Picture  # of a link to it
    own: bool = False  # it shows this article, and not only its channel
    crops: tuple[Picture, ...] = ()  # the same, 4:3 and square, of a card
    page: str = ""  # address of the page for sharing, "" where there is none
    query: str = ""  # the title as it stands in the query of an address


def is_own(kind: str, path: str, title: str, settings: Settings) -> bool:
    """Tell whether a text has images of its own: it is new enough, and the type has its characters."""
    month = "/".join(path.split("/")[1:3])
    return kind in {"article", "flash"} and month >= settings.SHARED_SINCE and not uncovered(title)


def query(text: str) -> str:
    """Return a text for the query of an address: only what would end it is escaped (URL standard).

    >>> query("甲 & 乙：100%")
    '甲%20%26%20乙：100%25'
    """
    return ENDS.sub(lambda sign: quote(sign[0], safe=""), text)


def has_editions(item: Card, settings: Settings) -> bool:
    """Tell whether a text has a page for sharing and an edition for WeChat."""
    return is_own(item.kind, item.path, item.title, settings)


def has_picture(picture: Picture | None) -> bool:
    """Tell whether a text's own picture is what chats show."""
    return picture is not None and bool(picture.key or picture.url.endswith(SHOWN))


def photograph(picture: Picture) -> Picture:
    """Return a picture as chats show it: as JPEG, if it has renditions."""
    if not picture.key:
        return picture
    width = max(picture.widths)
    height = max(1, round(picture.height * width / picture.width))
    return Picture(picture.rendition(width, "jpg"), width, height, picture.alt)


def image(url: str, form: Form, alt: str) -> Picture:
    """Return the card at an address."""
    return Picture(f"{url}card{form.suffix}.png", form.width, form.height, alt)


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Shared:
    """Name the images of one article."""
    title, picture, url = metadata["head"].title, metadata["picture"], metadata["url"]
    own = is_own(metadata["kind"], metadata["path"], title, settings)
    page, words = f"{url}share/" if own else "", query(title)
    if has_picture(picture):
        return Shared(photograph(picture), own=True, page=page, query=words)
    if own:
        wide, *crops = (image(url, form, title) for form in FORMS)
        return Shared(wide, own=True, crops=tuple(crops), page=page, query=words)
    channel: Link | None = metadata["channel"]
    name = f"{channel.name}-{settings.SITENAME}" if channel else settings.SITENAME
    return Shared(image(channel.url if channel else "", WIDE, name), query=words)


def drawn(item: Item, form: Form, name: str, folder: str) -> bytes:
    """Draw a card."""
    return kept(Path(folder), name, repr((item, form, program())), lambda: card(item, form))


def drawn_poster(item: Item, address: str, folder: str) -> bytes:
    """Draw the poster of an article; one is kept for each address that a site is built for."""
    name, key = f"{address}poster.png", repr((item, program()))
    return kept(Path(folder), name, key, lambda: poster(item, address))


def drawn_by_words(item: Item, form: Form, words: tuple[str, ...], name: str, folder: str) -> bytes:
    """Draw a card whose title has not been cut into phrases yet."""
    phrases = chunks("".join(item.phrases), words)
    return drawn(item._replace(phrases=tuple(phrases)), form, name, folder)


def pages(
    cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Drawn]:
    """Draw the cards. Cost: O(articles) looks; each card is drawn once in its life."""
    folder = str(folder_of(settings.PATH, "share"))
    site, mark = "".join(filter(covered, settings.SITENAME)), word_mark(settings)
    for item in cards:
        if not is_own(item.kind, item.path, item.title, settings):
            continue
        channel = item.channel.name if item.channel else ""
        day = f"{item.date.year}年{item.date.month}月{item.date.day}日"
        phrases = tuple(map(unescape, _facts.BREAK.split(item.headline)[::2]))
        said = Item(phrases, site, mark, "" if uncovered(channel) else channel, day)
        for form in () if has_picture(item.picture) else FORMS:
            name = image(item.url, form, "").url
            data = {"item": said, "form": form, "name": name, "folder": folder}
            yield _facts.Drawn(name, drawn, data)
        lead = "" if uncovered(item.summary) else item.summary
        data = {"item": said._replace(about=lead), "address": absolute(settings.SITEURL, item.url)}
        yield _facts.Drawn(f"{item.url}poster.png", drawn_poster, data | {"folder": folder})
    about = "" if uncovered(settings.SITESUBTITLE) else settings.SITESUBTITLE
    of_site = Item((about or site,), site, mark)
    general = [("", of_site)]
    for channel in settings.CHANNELS:
        about = "" if uncovered(channel.about) else channel.about
        of_channel = Item((channel.name,), site, mark, about=about)
        known = not uncovered(channel.name)
        general.append((f"channel/{channel.address}/", of_channel if known else of_site))
    for url, said in general:
        name = image(url, WIDE, "").url
        data = {"item": said, "form": WIDE, "words": settings.WORDS, "name": name, "folder": folder}
        yield _facts.Drawn(name, drawn_by_words, data)


def word_mark(settings: Settings) -> str:
    """Return the word-mark as SVG; "": the name is set in type, as in the masthead."""
    file = Path(settings.THEME, "templates", settings.WORDMARK or "-")
    drawn = settings.SITENAME == MARKED and file.is_file()
    return file.read_text(encoding="utf-8") if drawn else ""


def register() -> None:
    """Join the run."""
    _facts.register(
        "share",
        settings=Settings,
        facts=facts,
        pages=pages,
        sees=OF_CARDS,
        editions=tuple(_facts.Edition(f"{name}/", name, has_editions) for name in EDITIONS),
    )

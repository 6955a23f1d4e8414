"""Make what a link to the site shows in chats, feeds of others and search engines.

Adds ``article.share``: the image of a link to it, as a Picture, its crops for search engines and its
poster; the address of its page for sharing. Writes ``card.png`` beside the page of each of the newest
texts, of those that ask for it, of each channel and of the site; beside those texts also ``poster.png``,
``share/`` and ``wechat/``. A text with a photograph has ``card.jpg`` and ``poster.jpg`` instead.
Settings: ``SHARE``, see :class:`Settings`.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from plugins import _data, _facts
from plugins._card import ZOOM, Body, Card, Link, Picture
from plugins._frozen import Frozen
from plugins._kept import folder_of, kept
from plugins._renditions import cut, softened, within
from plugins._share import (
    FORMS,
    MOST_BYTES,
    NEWEST,
    PHOTO,
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

EDITIONS = ("share", "wechat")  # templates, and their addresses below the article's
ONE_LINE = 13  # characters of a title for which a card has room without a break, at a size of 80
MARKED = "掌柜志"  # the name that the word-mark shows, and no other
ENDS = re.compile(r"[\x00-\x20\x7f\"#%&'+<>\\^`{|}]")


class Settings(Frozen):
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
    crops: tuple[Picture, ...] = ()  # the same, 4:3 and square
    page: str = ""  # address of the page for sharing, "" where there is none
    poster: str = ""  # address, "" where there is none
    query: str = ""  # the title as it stands in the query of an address


def is_own(kind: str, path: str, title: str, asks: bool, settings: Settings) -> bool:
    """Tell whether a text has images of its own: it is new enough or asks for them.

    The type must have the characters of its title.
    """
    month = "/".join(path.split("/")[1:3])
    wanted = asks or month >= settings.SHARED_SINCE
    return kind in {"article", "flash"} and wanted and not uncovered(title)


def query(text: str) -> str:
    """Return a text for the query of an address: only what would end it is escaped (URL standard).

    >>> query("甲 & 乙：100%")
    '甲%20%26%20乙：100%25'
    """
    return ENDS.sub(lambda sign: quote(sign[0], safe=""), text)


def has_editions(item: Card, settings: Settings) -> bool:
    """Tell whether a text has a page for sharing and an edition for WeChat."""
    return is_own(item.kind, item.path, item.title, item.share, settings)


def photograph(picture: Picture | None) -> Picture | None:
    """Return a picture of which a card can be cut without blowing it up, None if it is none."""
    if picture is None or not picture.key:
        return None
    return picture if size_in(WIDE, picture) == (WIDE.width, WIDE.height) else None


def size_in(form: Form, picture: Picture) -> tuple[int, int]:
    """Return the size of a form as a picture has room for it, which is decoded up to ZOOM wide."""
    height = picture.height * min(1, ZOOM / picture.width)
    scale = min(1, picture.width / form.width, height / form.height)
    return round(form.width * scale), round(form.height * scale)


def rendition(picture: Picture) -> Picture:
    """Return the largest JPEG in which pages show a picture."""
    width = max(picture.widths)
    height = max(1, round(picture.height * width / picture.width))
    return Picture(picture.rendition(width, "jpg"), width, height, picture.alt)


def image(url: str, form: Form, alt: str) -> Picture:
    """Return the card at an address."""
    return Picture(f"{url}card{form.suffix}.png", form.width, form.height, alt)


def images(url: str, title: str, photo: Picture | None) -> Sequence[Picture]:
    """Return the images of a text that has its own, one for each of FORMS."""
    if photo is None:
        return [image(url, form, title) for form in FORMS]
    return [
        Picture(f"{url}card{form.suffix}.jpg", *size_in(form, photo), photo.alt) for form in FORMS
    ]


def poster_of(url: str, photo: Picture | None) -> str:
    """Return the address of a poster."""
    return f"{url}poster.{'jpg' if photo else 'png'}"


def facts(_html: str, metadata: Mapping[str, Any], settings: Settings) -> Shared:
    """Name the images of one article."""
    head, url, photo = metadata["head"], metadata["url"], photograph(metadata["picture"])
    words = query(head.title)
    if is_own(metadata["kind"], metadata["path"], head.title, head.share, settings):
        wide, *crops = images(url, head.title, photo)
        return Shared(wide, True, tuple(crops), f"{url}share/", poster_of(url, photo), words)
    if photo:  # made for the page anyway
        return Shared(rendition(photo), own=True, query=words)
    channel: Link | None = metadata["channel"]
    name = f"{channel.name}-{settings.SITENAME}" if channel else settings.SITENAME
    return Shared(image(channel.url if channel else "", WIDE, name), query=words)


def drawn(item: Item, form: Form, name: str, content: str) -> bytes:
    """Draw a card."""
    key = repr((item, form, program()))
    return kept(folder_of(content, "share"), name, key, lambda: card(item, form))


def cut_out(photo: Picture, size: tuple[int, int], name: str, content: str) -> bytes:
    """Cut a card from a photograph."""

    def make() -> bytes:
        shown = cut(Path(content, photo.url), size)
        return within(MOST_BYTES, lambda detail: softened(shown, detail))

    return kept(folder_of(content, "share"), name, repr((photo.key, size, program())), make)


def drawn_poster(item: Item, photo: Picture | None, address: str, content: str) -> bytes:
    """Draw the poster of an article; one is kept for each address that a site is built for."""

    def make() -> bytes:
        return poster(item, address, cut(Path(content, photo.url), PHOTO) if photo else None)

    name, key = poster_of(address, photo), repr((item, photo and photo.key, program()))
    return kept(folder_of(content, "share"), name, key, make)


def drawn_by_words(
    item: Item, form: Form, words: tuple[str, ...], name: str, content: str
) -> bytes:
    """Draw a card whose title has not been cut into phrases yet, for which a dictionary is loaded."""
    title = "".join(item.phrases)
    phrases = chunks(title, words) if len(title) > ONE_LINE else [title]
    return drawn(item._replace(phrases=tuple(phrases)), form, name, content)


def files(item: Card, settings: Settings, _body: Body) -> Iterator[_facts.Drawn]:
    """Draw the images of a text that has its own; each is drawn once in its life."""
    if not has_editions(item, settings):
        return
    site, mark, content = of_site(settings)
    channel = item.channel.name if item.channel else ""
    day = f"{item.date.year}年{item.date.month}月{item.date.day}日"
    phrases = tuple(map(unescape, _facts.BREAK.split(item.headline)[::2]))
    said = Item(phrases, site, mark, "" if uncovered(channel) else channel, day)
    photo = photograph(item.picture)
    for form, (name, *size, _, _) in zip(FORMS, images(item.url, item.title, photo), strict=True):
        data: dict[str, Any] = {"name": name, "content": content}
        if photo:
            yield _facts.Drawn(name, cut_out, data | {"photo": photo, "size": tuple(size)})
        else:
            yield _facts.Drawn(name, drawn, data | {"item": said, "form": form})
    lead = "" if uncovered(item.summary) else item.summary
    data = {
        "item": said._replace(about=lead),
        "photo": photo,
        "address": absolute(settings.SITEURL, item.url),
        "content": content,
    }
    yield _facts.Drawn(poster_of(item.url, photo), drawn_poster, data)


def pages(
    _cards: tuple[Card, ...], settings: Settings, _bodies: _facts.Bodies
) -> Iterator[_facts.Drawn]:
    """Draw the cards of the site and of its channels."""
    site, mark, content = of_site(settings)
    about = "" if uncovered(settings.SITESUBTITLE) else settings.SITESUBTITLE
    whole = Item((about or site,), site, mark)
    general = [("", whole)]
    for channel in settings.CHANNELS:
        about = "" if uncovered(channel.about) else channel.about
        of_channel = Item((channel.name,), site, mark, about=about)
        known = not uncovered(channel.name)
        general.append((f"channel/{channel.address}/", of_channel if known else whole))
    for url, said in general:
        name = image(url, WIDE, "").url
        data = {"item": said, "form": WIDE, "words": settings.WORDS}
        yield _facts.Drawn(name, drawn_by_words, data | {"name": name, "content": content})


def of_site(settings: Settings) -> tuple[str, str, str]:
    """Return what all images say of the site: its name and word-mark; and where content/ lies.

    That is told as seen from where the build runs: the site may be moved.
    """
    site = "".join(filter(covered, settings.SITENAME))
    return site, word_mark(settings), os.path.relpath(settings.PATH)


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
        files=files,
        pages=pages,
        sees=(),
        editions=tuple(_facts.Edition(f"{name}/", name, has_editions) for name in EDITIONS),
    )

"""Read content files: strict heads, our Markdown dialect, safe HTML.

Replaces Pelican's Markdown reader. A file with a mistake is never dropped or guessed at: the
run ends with every mistake of every file as ``path:line:column: message``.
Settings: ``READER``, see :class:`Settings`.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import signals
from pelican.contents import Author, Category, Tag
from pelican.generators import ArticlesGenerator
from pelican.readers import BaseReader, Readers

from plugins import _content, _data, _facts

TEMPLATES = {"article": "article", "flash": "flash", "topic": "topic", "page": "page"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """``READER`` in pelicanconf.py."""

    PATH: str
    TIMEZONE: str
    BUILD_NOW: datetime
    PREVIEW: bool = False  # show drafts and articles of the future
    CHANNELS: tuple[_data.Channel, ...]
    AUTHORS: tuple[_data.Author, ...]
    TAGS: dict[str, str]


class Reader(BaseReader):
    """Pelican's interface to :mod:`plugins._content`."""

    file_extensions = ["md"]  # noqa: RUF012  Pelican reads it from the class

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of a file, or refuse and let Pelican skip it."""
        settings: Settings = _facts.settings_of("reader")
        root = Path(settings.PATH)
        path = Path(source_path).relative_to(root).as_posix()
        names = _content.Names(
            channels=settings.CHANNELS, authors=settings.AUTHORS, tags=settings.TAGS
        )
        source, problems = _content.read(root, path, names, ZoneInfo(settings.TIMEZONE))
        if source is None:
            _facts.refuse(
                *(f"{root.name}/{path}:{p.line}:{p.column}: {p.message}" for p in problems)
            )
            return "", {"status": "skip"}
        if not settings.PREVIEW and unpublished(source, settings.BUILD_NOW):
            return "", {"status": "skip"}
        return source.html, self.metadata(source)

    def metadata(self, source: _content.Text) -> dict[str, Any]:
        """Name everything as Pelican does, and as the plugins' facts expect it."""
        head = source.head
        day = head.date or datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))
        topic = source.kind == "topic"  # drawn with its list of members, not as a page of its own
        found: dict[str, Any] = {
            "title": head.title,
            "date": day,
            "tags": [named(Tag, link, self.settings) for link in source.tags],
            "slug": source.url.strip("/").replace("/", "-"),
            "url": source.url,
            "save_as": "" if topic else f"{source.url}index.html",
            "template": TEMPLATES[source.kind],
            "status": "published",
            "kind": source.kind,
            "path": source.path,
            "head": head,
            "lead": source.lead,
            "headings": source.headings,
            "channel": source.channel,
            "tag_links": source.tags,
            "credits": source.credits,
            "picture": source.picture,
            "digest": source.digest,
        }
        if source.credits:
            found["authors"] = [named(Author, credit, self.settings) for credit in source.credits]
        if source.channel:
            found["category"] = named(Category, source.channel, self.settings)
        if head.modified:
            found["modified"] = head.modified
        return found


def unpublished(source: _content.Text, now: datetime) -> bool:
    """Tell whether a text must leave nothing in a publishing build."""
    head = source.head
    return head.status == "draft" or (head.date is not None and head.date > now)


def named(kind: type, link: Any, settings: dict[str, Any]) -> Any:
    """Make Pelican's tag, category or author with our own address instead of a guessed one."""
    wrapper = kind(link.name, settings)
    wrapper.slug = link.url.strip("/").rpartition("/")[2]
    return wrapper


def add_reader(readers: Readers) -> None:
    """Take the place of Pelican's own Markdown reader."""
    readers.reader_classes["md"] = Reader


def refuse_misplaced(generator: ArticlesGenerator) -> None:
    """Refuse files that Pelican would pass over in silence, such as a .txt, and drawings that act."""
    root = Path(generator.settings["PATH"])
    for path in _content.files(root):
        _facts.refuse(
            *(f"{root.name}/{path}:{p.line}: {p.message}" for p in _content.misplaced(root, path))
        )


def register() -> None:
    """Join Pelican's run."""
    _facts.register("reader", settings=Settings)
    signals.readers_init.connect(add_reader)
    # Not ``initialized``: handlers of one signal run in no order, and the contract begins there.
    signals.article_generator_init.connect(refuse_misplaced)

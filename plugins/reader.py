"""Read content files: strict heads, our Markdown dialect, safe HTML.

A file with a mistake is never dropped or guessed at: the run ends with every mistake of every
file as ``path:line:column: message``. :mod:`plugins._content` reads one file; under stock Pelican
:mod:`plugins._pelican` puts that in the place of Pelican's Markdown reader.
Settings: ``READER``, see :class:`Settings`.
"""

from datetime import datetime

from plugins import _content, _data, _facts
from plugins._limits import Limits


class Settings(Limits):
    """``READER`` in pelicanconf.py."""

    PATH: str
    TIMEZONE: str
    BUILD_NOW: datetime
    PREVIEW: bool = False  # show drafts and articles of the future
    CHANNELS: tuple[_data.Channel, ...]
    AUTHORS: tuple[_data.Author, ...]
    TAGS: dict[str, str]
    PICTURES: frozenset[str] = frozenset()  # those that the site shows besides its texts

    @property
    def names(self) -> _content.Names:
        """The names that a head may use."""
        return _content.Names(channels=self.CHANNELS, authors=self.AUTHORS, tags=self.TAGS)


def register() -> None:
    """Join the run."""
    _facts.register("reader", settings=Settings)

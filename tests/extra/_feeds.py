"""What a feed says, for the judges of feeds: read by the standard library, compared field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree as Tree

from tests.extra._case import Row

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True)
class Entry:
    """One entry as it is written; its moments in seconds since 1970."""

    id: str
    title: str
    link: str
    published: int
    length: int  # of the whole text


@dataclass(frozen=True)
class Feed:
    """One feed as it is written."""

    path: Path
    name: str
    title: str
    entries: tuple[Entry, ...]


def feeds(site: Path) -> Iterator[Feed]:
    """Yield every Atom and RSS feed of articles of a built site."""
    for path in sorted((site / "feeds").rglob("*.xml")):
        name = path.relative_to(site).as_posix()
        root = Tree.parse(path).getroot()  # noqa: S314  our own
        if name == "feeds/corrections/atom.xml":
            continue
        if root.tag == "rss":
            entries = tuple(
                Entry(
                    node.findtext("guid", ""),
                    node.findtext("title", ""),
                    node.findtext("link", ""),
                    int(parsedate_to_datetime(node.findtext("pubDate", "")).timestamp()),
                    len(node.findtext(CONTENT, "")),
                )
                for node in root.iter("item")
            )
            yield Feed(path, name, root.findtext("channel/title", ""), entries)
            continue
        entries = tuple(
            Entry(
                node.findtext(f"{ATOM}id", ""),
                node.findtext(f"{ATOM}title", ""),
                node.find(f"{ATOM}link").get("href"),
                int(datetime.fromisoformat(node.findtext(f"{ATOM}published", "")).timestamp()),
                len(node.findtext(f"{ATOM}content", "")),
            )
            for node in root.iter(f"{ATOM}entry")
        )
        yield Feed(path, name, root.findtext(f"{ATOM}title", ""), entries)


class Comparison:
    """The rows of a feed reader."""

    def __init__(self) -> None:
        self.feeds, self.entries = Row("订阅源的名字和条数"), Row("每条的名字、链接、时间、全文")

    def look(self, feed: Feed, title: str, found: list[Entry]) -> None:
        """Compare what a reader read with what is written; the order of entries is the reader's."""
        self.feeds.look(feed.name, (title, len(found)), (feed.title, len(feed.entries)))
        got = {entry.id: entry for entry in found}
        for entry in feed.entries:
            self.entries.look(f"{feed.name} {entry.id}", got.get(entry.id), entry)

    @property
    def rows(self) -> list[Row]:
        """Both rows."""
        return [self.feeds, self.entries]

"""reader: a whole feed reader; it takes up a change of an entry, and nothing that did not change."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from reader import make_reader

from tests.extra._case import Row, run
from tests.extra._feeds import Comparison, Entry, feeds

CHANGED = "<updated>2030-01-01T00:00:00+08:00</updated>"


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Subscribe to every feed, ask again, and ask once more after an entry has changed."""
    found, again, changed = Comparison(), Row("没变的不当新的"), Row("改过的当改过的")
    with TemporaryDirectory() as folder:
        for number, feed in enumerate(feeds(site)):
            copy = Path(folder) / f"{number}.xml"
            shutil.copy(feed.path, copy)
            reader = make_reader(f"{folder}/{number}.sqlite", feed_root=folder)
            reader.add_feed(copy.name)
            reader.update_feeds()
            lengths = {entry.id: entry.length for entry in feed.entries}
            entries = [
                Entry(
                    one.id,
                    one.title,
                    one.link,
                    int(one.published.timestamp()),
                    lengths[one.id] if one.content else 0,  # it cleans texts, so nearly
                )
                for one in reader.get_entries()
            ]
            found.look(feed, reader.get_feed(copy.name).title, entries)
            told = reader.update_feed(copy.name)
            again.look(feed.name, told and (told.new, told.modified), (0, 0))
            if feed.name.endswith("atom.xml"):
                text = copy.read_text(encoding="utf-8")
                head, mark, rest = text.partition("<entry>")
                first, close, others = rest.partition("</entry>")
                start = first.index("<updated>")
                stop = first.index("</updated>") + len("</updated>")
                first = f"{first[:start]}{CHANGED}{first[stop:]}".replace("<title>", "<title>更正")
                copy.write_text(head + mark + first + close + others, encoding="utf-8")
                told = reader.update_feed(copy.name)
                changed.look(feed.name, told and (told.new, told.modified), (0, 1))
            reader.close()
    return [*found.rows, again, changed]


if __name__ == "__main__":
    run(judge)

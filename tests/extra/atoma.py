"""atoma: a strict reader of Atom, RSS and JSON Feed."""

from pathlib import Path

import atoma

from tests.extra._case import Row, run
from tests.extra._feeds import Comparison, Entry, feeds


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Read every feed."""
    found = Comparison()
    for feed in feeds(site):
        content = feed.path.read_bytes()
        if feed.name.endswith("rss.xml"):
            told = atoma.parse_rss_bytes(content)
            entries = [
                Entry(
                    one.guid,
                    one.title,
                    one.link,
                    int(one.pub_date.timestamp()),
                    len(one.content_encoded),
                )
                for one in told.items
            ]
            found.look(feed, told.title, entries)
            continue
        told = atoma.parse_atom_bytes(content)
        entries = [
            Entry(
                one.id_,
                one.title.value,
                one.links[0].href,
                int(one.published.timestamp()),
                len(one.content.value),
            )
            for one in told.entries
        ]
        found.look(feed, told.title.value, entries)
    told = atoma.parse_json_feed_file(str(site / "feeds/feed.json"))
    json = Row("JSON Feed")
    atom = next(feed for feed in feeds(site) if feed.name == "feeds/atom.xml")
    for one, entry in zip(told.items, atom.entries, strict=True):
        same = Entry(
            one.id_, one.title, one.url, int(one.date_published.timestamp()), len(one.content_html)
        )
        json.look(one.id_, same, entry)
    return [*found.rows, json]


if __name__ == "__main__":
    run(judge)

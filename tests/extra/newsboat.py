"""newsboat: a feed reader of the terminal, which keeps what it reads in a database."""

import shutil
import sqlite3
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.extra._case import Row, run
from tests.extra._feeds import Comparison, Entry, feeds

SHORT = 100  # characters; it rewrites the markup of texts, so that their lengths are its own


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Let it load every feed, each into a database of its own: it keeps an entry once."""
    if not shutil.which("newsboat"):
        return [Row("每条的名字、链接、时间、全文", note="没有安装newsboat，没有看")]
    found = Comparison()
    for feed in feeds(site):
        with TemporaryDirectory() as name:
            folder = Path(name)
            url = f"file://{feed.path.absolute()}"
            (folder / "urls").write_text(f"{url}\n", encoding="utf-8")
            (folder / "config").touch()
            files = ["-u", folder / "urls", "-c", folder / "cache", "-C", folder / "config"]
            subprocess.run(["newsboat", *files, "-x", "reload"], check=True, timeout=60)
            with sqlite3.connect(folder / "cache") as kept:
                titles = kept.execute("select title from rss_feed").fetchall()
                rows = kept.execute(
                    "select guid, title, url, pubDate, length(content) from rss_item"
                ).fetchall()
            lengths = {entry.id: entry.length for entry in feed.entries}
            entries = [
                Entry(guid, title, link, moment, lengths[guid] if length > SHORT else length)
                for guid, title, link, moment, length in rows
            ]
            found.look(feed, titles[0][0], entries)
    return found.rows


if __name__ == "__main__":
    run(judge)

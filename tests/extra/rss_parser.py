"""rss-parser: how programs in JavaScript read feeds. Needs node and npm."""

from datetime import datetime
from pathlib import Path

from tests.extra import _node
from tests.extra._case import Row, run
from tests.extra._feeds import Comparison, Entry, feeds

PACKAGE = "rss-parser@3.13.0"
SCRIPT = """
const Parser = require('rss-parser'), fs = require('fs');
const parser = new Parser({customFields: {item: ['id', 'published']}});
(async () => {
  const told = [];
  for (const file of JSON.parse(fs.readFileSync(0, 'utf8')))
    told.push(await parser.parseString(fs.readFileSync(file, 'utf8')));
  console.log(JSON.stringify(told));
})();
"""


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Read every feed."""
    if lacking := _node.missing("node", "npm"):
        return [Row("每条的名字、链接、时间、全文", note=lacking)]
    _node.install(PACKAGE)
    found, known = Comparison(), [*feeds(site)]
    told = _node.run(SCRIPT, [str(feed.path.absolute()) for feed in known])
    for feed, read in zip(known, told, strict=True):
        entries = [
            Entry(
                one.get("id") or one["guid"],
                one["title"],
                one["link"],
                int(datetime.fromisoformat(one["isoDate"].replace("Z", "+00:00")).timestamp()),
                len(one.get("content:encoded") or one["content"]),
            )
            for one in read["items"]
        ]
        found.look(feed, read["title"], entries)
    return found.rows


if __name__ == "__main__":
    run(judge)

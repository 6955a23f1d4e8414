"""rss-parser: how programs in JavaScript read feeds. Needs node and npm."""

import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from tests.extra._case import Row, run
from tests.extra._feeds import Comparison, Entry, feeds

PACKAGE = "rss-parser@3.13.0"
FOLDER = Path(".extra/node")
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
    if not (shutil.which("node") and shutil.which("npm")):
        return [Row("每条的名字、链接、时间、全文", note="没有node和npm，没有看")]
    if not (FOLDER / "node_modules/rss-parser").exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*command, "--prefix", str(FOLDER), PACKAGE], check=True)
    found, known = Comparison(), [*feeds(site)]
    files = json.dumps([str(feed.path.absolute()) for feed in known])
    told = subprocess.run(
        ["node", "-e", SCRIPT], input=files, capture_output=True, text=True, check=True, cwd=FOLDER
    )
    for feed, read in zip(known, json.loads(told.stdout), strict=True):
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

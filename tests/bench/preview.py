"""Measure the preview: from the save of an article (its file is closed) to the event of its reload.

``python tests/bench/preview.py SITE`` starts the preview in the folder of a site as its user does,
opens the event stream as a page does, saves an article several times and prints what each took.
The article is left as it was.
"""

import argparse
import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit


def started(process: subprocess.Popen[str]) -> str:
    """Return the address of a preview that has just been started, when its first build is done."""
    for line in process.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found[0]
    raise SystemExit("the preview ended")


def events(url: str) -> Iterator[dict[str, object]]:
    """Yield what an open page is told."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=600)
    connection.request("GET", "/__live")
    for line in connection.getresponse():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def save(article: Path, content: bytes, *, by_rename: bool) -> float:
    """Save as editors do, in place or by a new file; return the moment after the last step."""
    if by_rename:
        new = article.with_name(f".{article.name}.new")
        new.write_bytes(content)
        new.replace(article)
    else:
        article.write_bytes(content)
    return time.monotonic()


def main() -> None:
    """Print each time and their median."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("--saves", type=int, default=9)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two saves")
    parser.add_argument("--by-rename", action="store_true")
    options = parser.parse_args()

    articles = sorted((options.site / "content/articles").rglob("*.md"))
    article = articles[len(articles) // 2]
    content = article.read_bytes()
    preview = subprocess.Popen(
        [sys.executable, "-u", "-m", "press", "serve", "--port", "0"],
        cwd=options.site,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    try:
        told = events(started(preview))
        build = next(told)["build"]
        times = []
        for number in range(options.saves):
            time.sleep(options.pause)
            text = f"\n第{number + 1}次保存。\n".encode()
            start = save(article, content + text, by_rename=options.by_rename)
            while (event := next(told))["build"] == build:
                if event["error"]:
                    raise SystemExit(str(event["error"]))
            times.append(time.monotonic() - start)
            build = event["build"]
            print(f"{times[-1]:.3f} s", flush=True)
        median = statistics.median(times)
        print(f"{len(articles)} articles, {len(times)} saves: median {median:.3f} s")
        print(f"load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    finally:
        article.write_bytes(content)
        preview.send_signal(signal.SIGINT)
        preview.wait(10)


if __name__ == "__main__":
    main()

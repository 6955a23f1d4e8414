"""htmldate: the day of a page, as corpora date it."""

from pathlib import Path

import htmldate

from tests.extra._case import Extraction, run, stories


def judge(site: Path, siteurl: str) -> None:
    """Find the day of every article."""
    found = Extraction("day")
    for story in stories(site, siteurl):
        told = htmldate.find_date(story.source, url=story.url, original_date=True)
        found.look(story, day=told)
    found.tell()


if __name__ == "__main__":
    run(judge)

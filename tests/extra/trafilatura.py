"""trafilatura: what archives, corpora and language models take of a page."""

from pathlib import Path

import trafilatura

from tests.extra._case import Extraction, day, plain, run, stories


def judge(site: Path, siteurl: str) -> None:
    """Extract every article."""
    found = Extraction("title", "day", "authors", "picture", "text")
    for story in stories(site, siteurl):
        told = trafilatura.bare_extraction(story.source, url=story.url, with_metadata=True)
        found.look(
            story,
            title=plain(told.title),
            day=day(told.date),
            authors=[plain(name) for name in (told.author or "").split(";")],
            picture=told.image or "",
            text=told.text,
        )
    found.tell()


if __name__ == "__main__":
    run(judge)

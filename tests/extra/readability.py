"""readability-lxml: the reading view of browsers and of read-later services, in Python."""

from pathlib import Path

from lxml import html
from readability import Document

from tests.extra._case import Extraction, plain, run, stories


def judge(site: Path, siteurl: str) -> None:
    """Extract every article; this tool knows the page's title, site and all, and the text."""
    found = Extraction("title", "text")
    for story in stories(site, siteurl):
        told = Document(story.source, url=story.url)
        text = html.document_fromstring(told.summary()).text_content()
        title = plain(told.title()).removesuffix(f"-{story.site}")
        found.look(story, title=title, text=text)
    found.tell()


if __name__ == "__main__":
    run(judge)

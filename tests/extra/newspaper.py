"""newspaper4k: what news aggregators take of an article.

It hands over one block as the text and the lead as the description, so that is where each has to be.
Of the block it drops two things by rule, whatever they say (``outputformatters.py`` of 0.9.6): boxes
beside paragraphs that are nested deeper than those (``_remove_unlikely_nodes``: tables, notes), and
the last block if it holds an element (``_remove_trailing_media_div``: a link, a mark of a source).
What would please it is worse for readers: the lead inside the body, so that phones show the outline
first; tables as sections, which want a heading; texts that end without a source.
"""

from pathlib import Path
from typing import Any

from tests.extra._case import Extraction, Row, Story, day, plain, run, stories

LEAST = 0.4  # of a text has to be left to compare: some are half tables
FEW = 3  # blocks a text has before its last may go


def kept(body: Any) -> list[Any]:
    """Return the blocks of a text that are not dropped by rule."""
    blocks = list(body)
    if any(block.tag == "p" for block in blocks):
        blocks = [block for block in blocks if block.tag != "div"]
    if len(blocks) >= FEW and len(blocks[-1]):
        blocks.pop()
    return blocks


def words(blocks: list[Any]) -> str:
    """Return the text of blocks, without captions."""
    return "".join(
        text for block in blocks for text in block.xpath(".//text()[not(ancestor::figure)]")
    )


def expected(story: Story) -> str:
    """Return what has to be found as the text of an article."""
    return words([block for body in story.of_class("story__body") for block in kept(body)])


def compared(story: Story) -> float:
    """Return which part of an article's body has to be found."""
    return len(plain(expected(story))) / len(plain(words(story.of_class("story__body"))))


def judge(site: Path, siteurl: str) -> None:
    """Extract every article."""
    import newspaper  # of the judges' venv; the functions above have tests of their own

    found = Extraction("title", "day", "authors", "picture", "text", text_of=expected)
    found.rows["text"].what = "正文查全，不计它照例略去的表格、提示框和带链接的末段"
    lead, part = Row("导语"), Row("所比不少于正文四成")
    for story in stories(site, siteurl):
        told = newspaper.Article(story.url, language="zh", fetch_images=False)
        told.download(input_html=story.source)
        told.parse()
        found.look(
            story,
            title=plain(told.title),
            day=day(told.publish_date),
            authors=[plain(name) for name in told.authors],
            picture=told.top_image or "",
            text=told.text,
        )
        for shown in story.of_class("lead"):
            lead.look(story.path, plain(told.meta_description), plain(shown.text_content()))
        part.look(story.path, compared(story) >= LEAST, expected=True)
        part.note = f"最低{min(compared(story), float(part.note[2:] or 1)):.2f}"
    found.tell()
    lead.tell()
    part.tell()


if __name__ == "__main__":
    run(judge)

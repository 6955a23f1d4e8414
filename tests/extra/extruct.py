"""extruct: the data that crawlers read out of every page, JSON-LD and Open Graph."""

from pathlib import Path

import extruct

from tests.extra._case import Row, plain, run, stories


def judge(site: Path, siteurl: str) -> list[Row]:
    """Read the data of every page; of articles compare them with what is shown."""
    read, kinds = Row("每页数据可读"), Row("每页说明是什么")
    same = Row("数据与页面一致")
    for path in sorted(site.rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        if 'name=robots content="noindex"' in source:
            continue
        name = path.relative_to(site).as_posix()
        found = extruct.extract(source, syntaxes=["json-ld", "opengraph"], errors="strict")
        read.look(name, (len(found["json-ld"]), len(found["opengraph"])), (1, 1))
        told = {thing["@type"] for thing in found["json-ld"][0]["@graph"]}
        kinds.look(name, bool(told - {"BreadcrumbList"}), True)
    for story in stories(site, siteurl):
        found = extruct.extract(story.source, syntaxes=["json-ld", "opengraph"], errors="strict")
        news = found["json-ld"][0]["@graph"][0]
        graph = dict(found["opengraph"][0]["properties"])
        same.look(
            story.path,
            (
                plain(news["headline"]),
                news["datePublished"][:10],
                [plain(author["name"]) for author in news["author"]],
                news["url"],
                plain(graph["og:title"]),
                graph["og:url"],
                graph["article:published_time"],
            ),
            (
                story.title,
                story.day,
                story.authors,
                story.url,
                story.title,
                story.url,
                news["datePublished"],
            ),
        )
    return [read, kinds, same]


if __name__ == "__main__":
    run(judge)

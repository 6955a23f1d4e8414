"""Firefox (ESR): the search, typed into as a reader does, finds what it finds in Chromium.

The site is served below a path, as GitHub Pages serves a project.
"""

import shutil
from pathlib import Path
from typing import Any

from press import chromium
from tests.extra import _browser, _node
from tests.extra._case import Row, run
from tests.extra.firefox import NAMES

BASE = "/repo/"
# Words, numbers, mixed, a phrase, traditional, pinyin, initials, nothing to be found.
QUERIES = ("快手", "1.6亿", "GMV 快手", "“直播电商”", "電商", "kuaishou", "ks", "快手不卖的东西")
# What a reader is told, the first result, and where the focus is: results must not take it.
TOLD = """
return await until(page, query => {
  // Still typing, or still on the page before.
  if (new URLSearchParams(location.search).get('q') !== query || !document.querySelector('.search')) return null;
  const list = document.querySelector('.search__results[aria-busy=false]');
  const told = document.querySelector('.search__told').textContent;
  const first = list && list.querySelector('li a');
  return told && first && {told, first: first.pathname, title: first.textContent,
    results: list.children.length, focus: document.activeElement.name || ''};
}, %s);
"""
BY_HAND = "await page.focus('.search [name=q]'); await page.keyboard.type({query});{told}"
FROM_THE_FRONT = """
await page.focus('.masthead [name=q]');
await page.keyboard.type({query});
await page.keyboard.press('Enter');
{told}
"""
SLASH = """
await page.keyboard.press('/');
return await until(page, () => document.activeElement.name === 'q' && {{value: document.activeElement.value}});
"""


def looks() -> list[tuple[str, str, dict[str, Any]]]:
    """Return what is done: the row it belongs to, what it is called, page and script."""

    def written(script: str, query: str = "") -> str:
        return script.format(query=repr(query), told=TOLD % repr(query))

    return [
        *(("typed", query, "search/", written(BY_HAND, query)) for query in QUERIES),
        *(("front", query, "", written(FROM_THE_FRONT, query)) for query in QUERIES[:2]),
        *(("slash", f"/{path}", path, written(SLASH)) for path in ("", "search/", "about/")),
    ]


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Search in both browsers."""
    rows = {
        "typed": Row("打字就有结果：数目、第一条、焦点和Chromium一样"),
        "front": Row("从首页页头搜，和Chromium一样"),
        "slash": Row("按“/”到搜索框"),
        "errors": Row("脚本没有出错"),
    }
    program = next(filter(None, map(shutil.which, NAMES)), None)
    model = chromium.find()
    lacking = _node.missing("node", "npm")
    if lacking or not program or not model:
        for row in rows.values():
            row.note = lacking or "没有Firefox，没有看"
        return [*rows.values()]
    done = looks()
    width, height = _browser.DESK
    pages = [
        {"path": path, "width": width, "height": height, "act": act} for _, _, path, act in done
    ]
    found = _browser.look(site, "firefox", program, pages, BASE)
    wanted = _browser.look(site, "chrome", model, pages, BASE)
    for (row, name, _, _), here, there in zip(done, found, wanted, strict=True):
        rows[row].look(name, here["told"], there["told"])
        rows["errors"].look(name, here["errors"], [])
    return [*rows.values()]


if __name__ == "__main__":
    run(judge)

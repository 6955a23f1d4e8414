"""axe: what of WCAG 2.2 AA and good practice a program can see, in four ways to look at a page."""

from pathlib import Path

from press import chromium
from tests.extra import _browser, _node
from tests.extra._case import Row, run
from tests.kinds import KINDS

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WAYS = {
    "手机浅色": {"width": 390, "height": 844},
    "电脑浅色": {"width": 1440, "height": 900},
    "手机深色": {"width": 390, "height": 844, "dark": True},
    "打印": {"width": 800, "height": 1100, "print": True},
}


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Look at one page of each kind."""
    rows = [Row(f"{way}没有问题") for way in WAYS]
    program, lacking = chromium.find(), _node.missing("node", "npm")
    if lacking or not program:
        for row in rows:
            row.note = lacking or "没有Chromium，没有看"
        return rows
    script = str(_node.install(_browser.AXE) / "axe.min.js")
    looks = [{"path": path, **way} for way in WAYS.values() for path in KINDS.values()]
    found = iter(_browser.look(site, "chrome", program, looks, axe=script, tags=TAGS))
    for row in rows:
        for kind, path in KINDS.items():
            row.look(f"{kind}（/{path}）", next(found)["axe"], [])
    return rows


if __name__ == "__main__":
    run(judge)

"""Firefox (ESR): the layout that Chromium draws, part by part, on a phone and on a desk.

Lines may break elsewhere, as Firefox leaves other gaps between Han and Latin: parts have to stand
in the same order, at the same left edge and as wide, and be about as tall. ``.extra/firefox`` keeps
what it drew.
"""

import shutil
from pathlib import Path
from typing import Any

from press import chromium
from tests.extra import _browser, _node
from tests.extra._case import Row, run
from tests.kinds import KINDS

NAMES = ("firefox-esr", "firefox")
EDGE = 2  # CSS pixels that an edge may be off
TALLER = 0.15  # of a part's height, and a line of text
LINE = 32
SHOTS = Path(".extra/firefox")


def differences(one: list[Any], other: list[Any]) -> list[str]:
    """Tell which parts do not stand as they do in the other browser."""
    if [part[0] for part in one] != [part[0] for part in other]:
        return ["别的部分，或别的次序"]
    found = []
    for (name, left, width, _, height), (_, its_left, its_width, _, its_height) in zip(
        one, other, strict=True
    ):
        if abs(left - its_left) > EDGE or abs(width - its_width) > EDGE:
            found.append(f"{name}：左{left}宽{width}，应为左{its_left}宽{its_width}")
        elif abs(height - its_height) > max(LINE, TALLER * its_height):
            found.append(f"{name}：高{height}，应约为{its_height}")
    return found


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Look at one page of each kind in both browsers."""
    rows = {"手机": Row("手机上和Chromium一样"), "电脑": Row("电脑上和Chromium一样")}
    sideways = Row("没有横向滚动")
    program = next(filter(None, map(shutil.which, NAMES)), None)
    model = chromium.find()
    lacking = _node.missing("node", "npm")
    if lacking or not program or not model:
        for row in (*rows.values(), sideways):
            row.note = lacking or "没有Firefox，没有看"
        return [*rows.values(), sideways]
    SHOTS.mkdir(parents=True, exist_ok=True)
    sizes = {"手机": _browser.PHONE, "电脑": _browser.DESK}
    looks = [
        {
            "path": path,
            "width": width,
            "height": height,
            "shot": str((SHOTS / f"{kind.replace(' ', '-')}-{width}.png").absolute()),
        }
        for width, height in sizes.values()
        for kind, path in KINDS.items()
    ]
    found = iter(_browser.look(site, "firefox", program, looks))
    wanted = iter(_browser.look(site, "chrome", model, [{**one, "shot": ""} for one in looks]))
    for row in rows.values():
        for kind, path in KINDS.items():
            here, there = next(found), next(wanted)
            row.look(f"{kind}（/{path}）", differences(here["parts"], there["parts"]), [])
            sideways.look(f"{kind}（/{path}）", here["sideways"], 0)
    return [*rows.values(), sideways]


if __name__ == "__main__":
    run(judge)

"""The Nu Html Checker, which validates every page. Needs java and npm."""

import json
import subprocess
from pathlib import Path

from tests.extra import _node
from tests.extra._case import Row, run

PACKAGE = "vnu-jar@26.9.27"
# It asks no address of this machine, and a file has no origin that could be 'self'. What policies
# allow is tested in a browser (tests/site/test_look.py).
POLICY = "Resource violates Content Security Policy"
PASTED = "/wechat/index.html"  # its text is made of the elements that WeChat's editor keeps
SECTION = "Section lacks heading"


def judge(site: Path, _siteurl: str) -> list[Row]:
    """Validate the whole tree at once; of style sheets it knows less than browsers do."""
    errors, warnings = Row("每页没有错误"), Row("每页没有警告")
    pasted = Row("微信版没有警告", known="公众号编辑器留下section，不留div，所以有没标题的section")
    if lacking := _node.missing("java", "npm"):
        errors.note = warnings.note = lacking
        return [errors, warnings]
    jar = _node.install(PACKAGE) / "build/dist/vnu.jar"
    pages = sorted(map(str, site.rglob("*.html")))
    command = ["java", "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", *pages]
    asked = subprocess.run(command, capture_output=True, text=True, check=True)
    errors.of = warnings.of = len(pages)
    about_style = 0
    faults: dict[str, dict[str, str]] = {"error": {}, "info": {}, SECTION: {}}
    for message in json.loads(asked.stderr)["messages"]:
        if message["message"].startswith("CSS:"):
            about_style += 1
            continue
        if message["message"].startswith(POLICY):
            continue
        page = message["url"].partition(f"{site}/")[2]
        place = f"{page}:{message.get('lastLine', 1)}：{message['message']}"
        kind = "error" if message["type"] != "info" else "info"
        if page.endswith(PASTED) and message["message"].startswith(SECTION):
            kind = SECTION
        faults[kind].setdefault(page, place)
    errors.faults, warnings.faults = list(faults["error"].values()), list(faults["info"].values())
    pasted.faults = list(faults[SECTION].values())
    pasted.of = sum(page.endswith(PASTED) for page in pages)
    errors.note = f"另有{about_style}条说样式表" if about_style else ""
    return [errors, warnings, pasted]


if __name__ == "__main__":
    run(judge)

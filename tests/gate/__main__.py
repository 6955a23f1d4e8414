"""``python -m tests.gate``: the figures of the READMEs, or what cases give.

``--readme`` puts the tables of figures into the READMEs, and the list of rules into the page 写稿规范. With ``--write FILE…`` the expectations of these files of cases are written anew, for a person to
read before they are believed.
"""

import argparse
import re
from functools import cache
from pathlib import Path

from pelicanconf import GATE
from press.gate import gate_of
from tests.gate.active import active
from tests.gate.cases import HERE, Case, load, of_file, outcome

FAMILY_NAMES = {
    "encoding": ("encoding", "编码"),
    "metadata": ("metadata", "文件头"),
    "addresses": ("addresses", "网址和文件名"),
    "files": ("files and links in `content/`", "`content/`里的文件和链接"),
    "markup": ("markup", "标签和脚本"),
    "limits": ("limits", "上限"),
    "links": ("links", "链接"),
    "pictures": ("pictures", "图片"),
    "law": ("law and trust", "法规和信用"),
    "style": ("house style", "文字规矩"),
}
ROOT = HERE.parents[1]
STYLE_PAGE = ROOT / "content/pages/style.md"
GUIDE_ROW = re.compile(
    r"^\| `([a-z-]+)` \| (.+?) \| (?:提醒|错误|不查) \| (改?) ?\|$", re.MULTILINE
)
RULES_HEADING = "## 检查程序逐条找的毛病"
RULES_WORDS = (
    "每篇稿子发布前，都由检查程序照下面的单子找一遍。单子由程序里的规矩生成：改了规矩，这里跟着改，"
    "两处不会不一样。"
)
NUMBERS = {
    "title-length": "（文章{title-least}～{title-most}个字，快讯不超过{flash-title-most}个字）",
    "summary-length": "（{summary-least}～{summary-most}个字）",
    "paragraph-length": "（超过{paragraph}个字）",
    "section-length": "（超过{section}段）",
}
LISTS = {
    "full-name": "laws",
    "explained": "explained",
    "acronym": "acronyms",
    "spelling": "spelling",
    "clickbait": "clickbait",
    "relative-date": "relative",
    "superlatives": "superlatives",
    "vague-source": "vague-sources",
}
FULL = re.compile(r"[!?] (?:\S+:|头)?\d+:\d+ .{6,}", re.DOTALL)


class Figures:
    """What became of the cases of one family."""

    def __init__(self) -> None:
        self.tried = self.refused = self.repaired = self.accepted = self.leaked = 0

    def add(self, case: Case) -> None:
        """Put one case through the gate and count what came of it."""
        found, html = outcome(case)
        self.tried += 1
        wrong = [line for line in found if line.startswith("!")]
        meant = [line for line in case.expected if line.startswith("!")]
        if (meant and not wrong) or any(active(html)):
            self.leaked += 1
        elif wrong:
            self.refused += all(map(FULL.fullmatch, wrong))
        elif found:
            self.repaired += 1
        else:
            self.accepted += 1

    def row(self) -> tuple[int, int, int, int, int]:
        """Return the numbers in the order of the table."""
        return self.tried, self.refused, self.repaired, self.accepted, self.leaked


@cache
def figures() -> dict[str, tuple[int, int, int, int, int]]:
    """Put all cases through the gate; return the numbers by family."""
    found: dict[str, Figures] = {}
    for case in load():
        found.setdefault(case.family, Figures()).add(case)
    return {name: found[name].row() for name in FAMILY_NAMES if name in found}


def table(language: int) -> str:
    """Return the table of a README: 0 the English, 1 the Chinese."""
    heads = (
        ("family", "tried", "refused with a full message", "let through with a warning",
         "accepted", "leaked"),
        ("类别", "试过", "拒收并说明", "放行并提醒", "收下", "漏过"),
    )[language]  # fmt: skip
    rows = figures()
    lines = [heads, ("---", *["---:"] * 5)]
    lines += [(FAMILY_NAMES[name][language], *map(str, row)) for name, row in rows.items()]
    sums = [str(sum(column)) for column in zip(*rows.values(), strict=True)]
    lines.append((("all", "合计")[language], *sums))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def put_tables() -> None:
    """Put the tables into the READMEs, in the place of those that stand there."""
    for language, name in enumerate(("README.md", "README.zh-CN.md")):
        readme = HERE.parents[1] / name
        text = readme.read_text(encoding="utf-8")
        new = table(language)
        start = text.index(new.split("\n", 1)[0])
        end = text.index("\n\n", start)
        readme.write_text(text[:start] + new + text[end:], encoding="utf-8")


def rules() -> str:
    """Return the part of the page 写稿规范 that tells what the checker looks for.

    What a rule finds is told as in the writers' guide; levels, numbers and words are the checker's
    own, as pelicanconf.py sets them.
    """
    gate = gate_of(GATE)
    guide = GUIDE_ROW.findall((ROOT / "content/README.md").read_text(encoding="utf-8"))
    lines = [RULES_HEADING, "", RULES_WORDS, ""]
    for name, what, mends in guide:
        level = gate.levels[name]
        if level == "off":
            continue
        told = what + NUMBERS.get(name, "").format(**gate.limits)
        if name in LISTS:
            told += "：" + "、".join(f"`{shown(word)}`" for word in gate.words[LISTS[name]])
        told += "。"
        told += "不改不能发布。" if level == "error" else ""
        told += "检查程序能替你改。" if mends else ""
        lines.append(f"- {told}")
    return "\n".join(lines) + "\n"


def shown(word: str) -> str:
    """Return an entry of a list as a reader understands it: wrong→right, short→full."""
    return word.replace("=", "→")


def put_rules() -> None:
    """Put the rules into their page, in the place of those that stand there."""
    text = STYLE_PAGE.read_text(encoding="utf-8")
    STYLE_PAGE.write_text(text.partition(RULES_HEADING)[0] + rules(), encoding="utf-8")


def write(path: Path) -> None:
    """Write what the cases of a file give as their expectations."""
    text = path.read_text(encoding="utf-8")
    settings = ""
    if text.startswith("GATE = "):
        settings, _, _ = text.partition("\n\n")
        settings += "\n\n"
    pieces = []
    for case in of_file(path):
        found, html = outcome(case)
        if any(line.startswith("=") for line in case.expected):
            found += [f"= {line}" for line in html.splitlines()]
        pieces.append("\n".join([case.title, ".", case.given, ".", *found, ".", ""]))
    path.write_text(settings + "\n".join(pieces), encoding="utf-8")


def main() -> None:
    """Print the figures, or write expectations."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate")
    parser.add_argument("--write", nargs="+", type=Path, default=[], help="files of cases")
    parser.add_argument("--readme", action="store_true", help="put the tables into the READMEs")
    parser.add_argument("--language", type=int, choices=[0, 1], default=0, help="1: Chinese")
    options = parser.parse_args()
    for path in options.write:
        write(HERE / path.name)
    if options.readme:
        put_tables()
        put_rules()
    elif not options.write:
        print(table(options.language))


if __name__ == "__main__":
    main()

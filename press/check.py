"""Tell editors what is wrong in their files: where, and what to write instead."""

import argparse
import sys
from pathlib import Path

from plugins._content import problems

ROOT = Path("content")


def sources(root: Path) -> list[Path]:
    """Find every file that a person writes to be read, in the order of its path."""
    kinds = ("articles", "flash", "topics", "pages")
    return sorted(path for kind in kinds for path in (root / kind).rglob("*.md"))


def main(arguments: list[str]) -> int:
    """``python -m press check [FILE…]``: report all problems, file by file; 1 if there is any."""
    parser = argparse.ArgumentParser(prog="python -m press check")
    parser.add_argument("files", nargs="*", type=Path, help="要检查的稿件，默认全部")
    files = parser.parse_args(arguments).files or sources(ROOT)
    count = faulty = 0
    for file in files:
        found = problems(ROOT, file)
        for problem in found:
            print(f"{file}:{problem.line}:{problem.column}: {problem.message}")
        if found:
            print()
        count += len(found)
        faulty += bool(found)
    if count:
        print(f"检查了{len(files)}个文件，其中{faulty}个有问题，共{count}处。", file=sys.stderr)
        return 1
    print(f"检查了{len(files)}个文件，没有发现问题。")
    return 0

"""Tell editors what is wrong in their files: where, and what to write instead."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins import _content, _data

ROOT = Path("content")


def messages(root: Path, paths: Iterable[str]) -> Iterator[list[str]]:
    """Yield what is wrong in content/data, then in each of ``paths`` below ``root``."""
    data, wrong = _data.load(root)
    yield wrong
    names = _content.Names(channels=data["CHANNELS"], authors=data["AUTHORS"], tags=data["TAGS"])
    for path in paths:
        found = _content.misplaced(root, path)
        if not found and not path.startswith("pictures/"):
            _, found = _content.read(root, path, names, ZoneInfo("Asia/Shanghai"))
        yield [f"{root}/{path}:{p.line}:{p.column}: {p.message}" for p in found]


def main(arguments: list[str]) -> int:
    """``python -m press check [FILE…]``: report all problems, file by file; 1 if there is any."""
    parser = argparse.ArgumentParser(prog="python -m press check")
    parser.add_argument("files", nargs="*", type=Path, help="要检查的稿件，默认全部")
    files = parser.parse_args(arguments).files
    root = ROOT.resolve()
    for file in files:
        if not file.resolve().is_relative_to(root) or not file.is_file():
            raise SystemExit(f"{file}不是{ROOT}/里的文件；不写文件名，就检查全部")
    chosen = [file.resolve().relative_to(root).as_posix() for file in files]
    paths = chosen or list(_content.files(ROOT))
    faulty = [found for found in messages(ROOT, paths) if found]
    for found in faulty:
        print(*found, "", sep="\n")
    if faulty:
        count = sum(map(len, faulty))
        print(f"检查了{len(paths)}个文件，共{count}处问题。", file=sys.stderr)
        return 1
    print(f"检查了{len(paths)}个文件，没有发现问题。")
    return 0

"""Start an article: a file at the address that its title suggests, with its head filled in."""

import argparse
import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins._pinyin import address

HEAD = """\
标题: {title}
日期: {date:%Y-%m-%d %H:%M:%S}
频道: {channel}
标签:
摘要:
作者:
状态: 草稿

"""


def free(folder: Path, name: str) -> Path:
    """Find a file name that nobody has: ``name.md``, else ``name-2.md`` and so on."""
    path, number = folder / f"{name}.md", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}.md"
    return path


def start(content: Path, title: str, now: datetime) -> Path:
    """Write the new article below ``content`` and tell where it is."""
    title = " ".join(title.split())
    name = address(title)
    if not name:
        raise SystemExit('请给出标题，如：make new TITLE="快手电商服务商大会召开"')
    channels = tomllib.loads((content / "data/channels.toml").read_text(encoding="utf-8"))
    folder = content / f"articles/{now:%Y/%m}"
    folder.mkdir(parents=True, exist_ok=True)
    path = free(folder, name)
    head = HEAD.format(title=title, date=now, channel=channels["channel"][0]["name"])
    with path.open("x", encoding="utf-8") as file:
        file.write(head)
    return path


def main(arguments: list[str]) -> int:
    """``python -m press new TITLE``."""
    parser = argparse.ArgumentParser(prog="python -m press new")
    parser.add_argument("title", nargs="?", default="")
    options = parser.parse_args(arguments)
    path = start(Path("content"), options.title, datetime.now(ZoneInfo("Asia/Shanghai")))
    print(f"已新建{path}")
    print("接着：写正文，make serve预览，make check检查；要发布时删去“状态: 草稿”一行。")
    print("文件名就是网址，发布前可以改，发布后不要再改。")
    return 0

"""A small site of every kind of text, with the whole theme and all plugins, and its two builders."""

import contextlib
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parents[2]
CODE = ("plugins", "press", "theme")
LEDGER = "content/data/addresses.tsv"
NOW = "2026-11-22T12:00:00+08:00"
SHARE = 'SHARE = {"newest": 5}\n'  # so that some texts have images of their own, and some lose them
FOOTER = 'FOOTER_PAGES = [("关于", "about/"), ("归档", "archives/")]\n'  # it has no others
STOCK = Path(__file__).with_name("stock.py")
KEPT = Path(__file__).with_name("kept.py")


@dataclass
class Text:
    """One text, as an editor would fill it in."""

    title: str
    date: str = ""
    body: str = "正文的第一段，说清楚这一件事。"
    head: dict[str, str] = field(default_factory=dict)

    def source(self) -> bytes:
        """The file."""
        lines = {"标题": self.title, "日期": self.date, **self.head}
        head = "".join(f"{key}: {value}\n" for key, value in lines.items() if value)
        return f"{head}\n{self.body}\n".encode()


def picture(width: int, height: int = 2) -> bytes:
    """A grey PNG of some size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def askew() -> bytes:
    """A photograph that says where it was taken, of a camera held on its side."""
    exif, target = Image.Exif(), io.BytesIO()
    exif[0x0112], exif[0x010E] = 6, "Beijing 39.9N"
    Image.new("RGB", (16, 8), "red").save(target, "JPEG", exif=exif)
    return target.getvalue()


def article(title: str, date: str, channel: str, **head: str) -> Text:
    """An article of a channel."""
    return Text(title, date, head={"频道": channel, "作者": "编辑部", **head})


def texts() -> dict[str, Text]:
    """All texts of the small site by their paths."""
    found = {
        "articles/2025/12/laowen.md": article("去年的老文章", "2025-12-03", "规则", 标签="退货"),
        "articles/2026/10/baoguo.md": article(
            "包裹为什么慢", "2026-10-02 08:00", "数据", 标签="物流，快递"
        ),
        "articles/2026/10/dazhe.md": article(
            "打折的账怎么算",
            "2026-10-08 08:00",
            "电商",
            标签="促销，退货",
            系列="开店",
            资料="统计局 | 公报 | 2026-10",
        ),
        "articles/2026/11/kaidian.md": article(
            "开店第一天",
            "2026-11-01 08:00",
            "电商",
            标签="开店",
            系列="开店",
            专题="新规",
            节点="2026-11-01 开店",
        ),
        "articles/2026/11/tuihuo.md": article(
            "退货的七天",
            "2026-11-05 08:00",
            "规则",
            标签="退货，开店",
            专题="新规",
            头条="要闻",
            来源="统计局",
        ),
        "articles/2026/11/zhibo.md": article(
            "直播间里的人",
            "2026-11-08 20:30",
            "直播",
            标签="直播",
            作者="编辑部，李四",
            更正="2026-11-09 改了一个数",
        ),
        "articles/2026/11/shuangshiyi.md": article(
            "双十一的数字",
            "2026-11-11 23:59",
            "数据",
            标签="促销，直播",
            系列="开店",
            题图="2026/tu.png",
            题图说明="一张图",
        ),
        "articles/2026/11/jianglai.md": article(
            "将来才发的稿", "2026-11-25 08:00", "电商", 标签="促销"
        ),
        "articles/2026/11/caogao.md": article(
            "还没写完的稿", "2026-11-10 08:00", "直播", 状态="草稿", 标签="只此一稿"
        ),
        "flash/2026/11/kuaixun.md": Text("快讯一条", "2026-11-20 10:00", head={"标签": "快递"}),
        "flash/2026/11/kuaixun-2.md": Text(
            "快讯又一条", "2026-11-21 10:00", head={"来源": "统计局"}
        ),
        "topics/xingui.md": Text("新规", "2026-11-01 07:00", head={"摘要": "讲一件新规矩。"}),
        "pages/about.md": Text("关于", "2026-11-01 06:00", head={"摘要": "这个站是什么。"}),
    }
    found[
        "articles/2026/11/tuihuo.md"
    ].body += "\n\n## 先看[打折](../10/dazhe.md)\n\n看[老文章](../../2025/12/laowen.md)。"
    found[
        "articles/2026/11/kaidian.md"
    ].body += '\n\n![门面](../../../pictures/2026/men.png "门面 | 图：编辑部")'
    found[
        "articles/2026/10/baoguo.md"
    ].body += "\n\n| 年 | 件 |\n|---|---|\n| 2025 | 1 |\n\n[图](../../../pictures/2026/tu.png)"
    return found


DATA = {
    "channels.toml": "".join(
        f'[[channel]]\nname = "{name}"\naddress = "{address}"\nabout = "{name}的事。"\n{more}\n'
        for name, address, more in [
            ("电商", "news", ""),
            ("直播", "live", 'parent = "电商"'),
            ("规则", "rules", 'fresh_months = 6\ndisclaimer = "仅供参考。"'),
            ("数据", "data", ""),
        ]
    ),
    "authors.toml": '[[author]]\nname = "编辑部"\naddress = "desk"\nabout = "本站。"\n\n'
    '[[author]]\nname = "李四"\naddress = "li-si"\nabout = "写稿的人。"\n',
    "sources.toml": '[[source]]\nname = "统计局"\nurl = "https://www.stats.gov.cn/"\n',
    "tags.toml": "[tags]\n",
    "ranks.toml": '[[rank]]\nid = "a"\ntitle = "增速"\nslot = "top"\nedition = "2025年"\nsince = 2026-10-05\n'
    'unit = "%"\nmethod = "口径"\nsource = "统计局"\n[[rank.row]]\nname = "吃"\nvalue = "14.5"\n',
    "ads.toml": "",
    "announcement.toml": "",
    "parcels.csv": "年份,业务量\n2024,1750.8\n2025,1989.5\n",
    "mottos.txt": "账要当天记。\n货要当面点。\n回款归回款。\n",
    "words.txt": "掌柜志\n双十一\n",
}
PICTURES = {
    "2026/tu.png": picture(4),
    "2026/men.png": picture(6),
    "2026/meiyong.png": picture(3),
    "2026/xie.jpg": askew(),
}


class Small:
    """The project in a folder: what a person may change in it, and what changes undo."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.undo: dict[str, bytes | None] = {}
        for name in CODE:
            shutil.copytree(
                ROOT / name,
                root / name,
                copy_function=shutil.copyfile,
                ignore=shutil.ignore_patterns("__pycache__", "README.md"),
            )
        workers = root / "press/workers.py"  # a small site shall be shared among processes, too
        code = workers.read_bytes()
        workers.write_bytes(re.sub(rb"^WORTH = \d+", b"WORTH = 8", code, flags=re.MULTILINE))
        conf = (ROOT / "pelicanconf.py").read_text(encoding="utf-8")
        (root / "pelicanconf.py").write_text(f"{conf}{FOOTER}{SHARE}", encoding="utf-8")
        (root / "output").mkdir()
        for path, text in texts().items():
            self.put(f"content/{path}", text.source())
        for path, content in DATA.items():
            self.put(f"content/data/{path}", content.encode())
        for path, content in PICTURES.items():
            self.put(f"content/pictures/{path}", content)
        self.undo.clear()

    def get(self, path: str) -> bytes | None:
        """The content of a file, None if there is none."""
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def put(self, path: str, content: bytes | None) -> None:
        """Write a file, or remove it."""
        self.undo.setdefault(path, self.get(path))
        file = self.root / path
        if content is None:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def take_back(self) -> None:
        """Undo every change since :attr:`undo` was empty."""
        for path, content in [*self.undo.items()]:
            self.put(path, content)
        self.undo.clear()

    def press(
        self, *, now: str = NOW, preview: bool = False, confirm: bool = False, **more: Any
    ) -> subprocess.Popen[str]:
        """Begin the press's build, as its command."""
        return subprocess.Popen(
            [sys.executable, "-m", "press", "html"],
            cwd=self.root,
            env=environment(now, preview=preview, confirm=confirm),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **more,
        )

    def built(self) -> tuple[int, str]:
        """Build with the press; return its status and what it said."""
        with self.press() as press:
            said, _ = press.communicate(timeout=120)
        return press.returncode, said

    def changed(self) -> set[str]:
        """Build; return the published files that change, but for the search, which holds all words."""
        before = contents(self.root / "output")
        status, said = self.built()
        assert status == 0, said
        after = contents(self.root / "output")
        found = {name for name in before | after if before.get(name) != after.get(name)}
        return {name for name in found if not name.startswith("search/")}


def environment(now: str, *, preview: bool = False, confirm: bool = False) -> dict[str, str]:
    """What both builders are told."""
    own = {"SITEURL", "CI"}  # in CI the press would not write the ledger of addresses
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return kept | told(now, preview=preview, confirm=confirm)


def told(now: str, *, preview: bool = False, confirm: bool = False) -> dict[str, str]:
    """What differs from build to build."""
    return {
        "BUILD_NOW": now,
        "CONFIRM": "yes" if confirm else "",
        "PREVIEW": "1" if preview else "",
        "PYTHONUTF8": "1",
    }


class Child:
    """A process that builds when it is asked to: one line of JSON in, one out."""

    def __init__(self, script: Path, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", script],
            cwd=folder,
            env={**environment(NOW), "PYTHONPATH": str(folder)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **order: Any) -> None:
        """Begin a build."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def answer(self) -> tuple[int, str]:
        """Wait for its status and what it said."""
        assert self.process.stdout
        status, said = json.loads(self.process.stdout.readline())
        return status, said

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        assert self.process.stdout
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the one that git reads."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    found.pop(".gitignore", None)
    return found


def difference(ours: dict[str, bytes], stock: dict[str, bytes]) -> str:
    """The first place at which two sites differ, for who reads a failing test."""
    for name in sorted(ours.keys() | stock.keys()):
        one, other = ours.get(name), stock.get(name)
        if one == other:
            continue
        if one is None or other is None:
            return f"{name}: only {'stock' if one is None else 'the press'} has it"
        at = next(
            (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
            min(len(one), len(other)),
        )
        near = slice(max(0, at - 80), at + 120)
        return f"{name} differs at {at}:\npress: {one[near]!r}\nstock: {other[near]!r}"
    return ""


def same_as_stock(site: Small, stock: Child) -> str:
    """Build both ways, compare, and return what the press said."""
    other = site.root.parent / "stock"
    shutil.rmtree(other, ignore_errors=True)
    stock.ask(root=str(site.root), output=str(other), environment=told(NOW))
    try:
        status, said = site.built()
    finally:
        expected, told_by_stock = stock.answer()
    assert (status, expected) == (0, 0), said + told_by_stock
    different = difference(contents(site.root / "output"), contents(other))
    assert not different, f"{different}\n{said}"
    return said

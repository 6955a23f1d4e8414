"""Rules about pictures, drawings and videos: what readers wait for, and what they cannot see.

What makes a picture unfit at all (another format than its name says, damage, too many pixels, a
drawing that acts) is refused where it is read: ``plugins/_picture.py``, also under stock Pelican.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from plugins._content import KINDS
from plugins._share import uncovered
from press.gate import FileRule, Gate, Place, Rule, Source

LIMITS = {
    "picture_bytes": 500_000,  # a phone on 4G waits half a second for it
    "picture_width": 2_400,  # pixels of the longer side: 38 Han of text on a screen of 2 pixels each
    "video_bytes": 20_000_000,
}
# What says nothing to who cannot see the picture.
WORDS = {"empty_alts": ("图", "图片", "配图", "题图", "示意图", "截图", "照片", "image", "picture")}
PICTURE = re.compile(r"!\[([^\[\]\n]*)\]\(<?([^)\s>]+)")
FILE_NAME = re.compile(r"[\w.-]+\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)


def useless_alt(source: Source, gate: Gate) -> Iterator[Place]:
    """Yield alternative texts that tell nothing of the picture."""
    if "![" not in source.body:
        return
    title = source.head.title if source.head else ""
    for number, line in enumerate(source.body.split("\n"), start=source.line):
        for match in PICTURE.finditer(line) if "![" in line else ():
            alt = match[1].strip()
            if alt.lower() in gate.words["empty_alts"] or FILE_NAME.fullmatch(alt):
                why = "没说图上有什么"
            elif alt and alt == title:
                why = "只是重复了标题"
            else:
                continue
            yield number, match.start(1) + 1, f"替代文字“{alt}”{why}；请写给看不见图的人"


def no_card(source: Source, _gate: Gate) -> Iterator[Place]:
    """Yield the characters of a headline that the type of share cards lacks."""
    kind = KINDS[source.path.partition("/")[0]]
    if source.head is None or kind not in {"article", "flash"}:
        return
    for char in uncovered(source.head.title):
        line = source.head.lines.get("title", 1)
        written = source.text.split("\n")[line - 1]
        how = "请换一个常用字；不换，转发时显示的是频道的图"
        yield line, written.find(char) + 1, f"分享图的字体里没有标题中的“{char}”；{how}"


def heavy(root: Path, path: str, gate: Gate) -> Iterator[Place]:
    """Yield pictures and videos that are larger than any reader needs."""
    size = (root / path).stat().st_size
    if path.endswith(".mp4"):
        if size > gate.limits["video_bytes"]:
            yield 1, 1, f"视频有{size // 1_000_000}MB，手机上看要很久；请剪短，或放到视频网站上"
        return
    if size > gate.limits["picture_bytes"]:
        how = "请把长边缩到2000像素以内，照片存成JPEG（质量80）、WebP或AVIF"
        yield 1, 1, f"图片有{size // 1_000}KB，手机上要等；{how}"
    elif (
        not path.endswith(".svg")
        and (side := max(_size(root, path))) > gate.limits["picture_width"]
    ):
        yield 1, 1, f"图片的长边有{side}像素，屏幕上用不到；请缩到2000像素以内"


def animated(root: Path, path: str, _gate: Gate) -> Iterator[Place]:
    """Yield moving pictures: nobody can stop them, and as a video they are a tenth as large."""
    if not path.endswith((".gif", ".webp", ".png")):
        return
    from plugins._picture import opened  # noqa: PLC0415  few builds look at a picture

    with opened(root / path) as image:
        frames = getattr(image, "n_frames", 1)
    if frames > 1:
        yield 1, 1, f"这是{frames}帧的动图，读者停不下来，也很大；请换成静图，或存成MP4用```video放"


def _size(root: Path, path: str) -> tuple[int, int]:
    from plugins._renditions import measure  # noqa: PLC0415  as above

    found = measure(root, path, "")
    return (found.width, found.height) if found else (0, 0)


def unused(root: Path, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pictures that no text and no data file names, with what to do about it.

    A picture counts as used wherever its file's name stands. Cost: O(bytes of all texts).
    """
    paths = list(paths)
    pictures = [path for path in paths if path.startswith("pictures/")]
    if not pictures:
        return
    data = sorted(f"data/{file.name}" for file in (root / "data").glob("*.*"))
    named: set[str] = set()
    for path in (*(path for path in paths if path.endswith(".md")), *data):
        text = (root / path).read_text(encoding="utf-8", errors="replace")
        named.update(NAMED.findall(text))
    for path in pictures:
        if PurePosixPath(path).name not in named:
            yield path, "没有一篇稿件用到这个文件，不会发布；请删掉它，或在稿件里用上"


NAMED = re.compile(r"[^\s/|()<>\"'“”：:]+\.(?:avif|gif|jpe?g|mp4|png|svg|webp)")
RULES: dict[str, tuple[Rule, str]] = {
    "useless-alt": (useless_alt, "warning"),
    "no-card": (no_card, "warning"),
}
FILE_RULES: dict[str, tuple[FileRule, str]] = {
    "heavy-picture": (heavy, "warning"),
    "animated-picture": (animated, "warning"),
}

"""What may lie in content/: plain files with names that every system and every address can bear.

A link could bring in any file of this machine, a pipe would never end, and of two names that differ
only in case one disappears on half of all disks. So all of them are refused, nothing is followed.
"""

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from plugins._dates import show

LONGEST_NAME = 100  # bytes of a part of a path; 255 is what disks bear, and output adds to it
# Windows has these devices in every folder, whatever stands behind the dot.
DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
PART = re.compile(r"[\w.-]+")
# What editors, file managers and cloud disks call a copy of a file.
LEFT_OVER = re.compile(
    r"~$|\.(?:bak|backup|old|orig|rej|tmp|temp|part|crdownload|swp|swo)(?=\.|$)|^~\$|^\.?#"
    r"|副本|拷贝|冲突|[ _-]cop(?:y|ie)\b|\bcopy of\b|conflicted|[(（]\d+[)）]",
    re.IGNORECASE,
)
UNREADABLE = "读不出这个文件：请检查它的权限，或重新存一次"
TEXT_LIKE = {".markdown", ".md", ".mdown", ".mkd", ".text", ".txt"}


def pattern(names: Iterable[str]) -> "re.Pattern[str]":
    """Return what matches the names to ignore."""
    return re.compile("|".join(map(fnmatch.translate, names)) or r"(?!)")


def walk(root: Path | str, folder: str, ignored: Iterable[str] = ()) -> Iterator[str]:
    """Yield the path of all that is not a folder, also of links, in order; no link is followed."""
    unwanted = pattern(ignored).match
    try:
        entries = sorted(os.scandir(f"{root}/{folder}"), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        path = f"{folder}/{entry.name}" if folder else entry.name
        if unwanted(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(root, path, ignored)
        else:
            yield path


def flaw(root: Path | str, path: str) -> str:
    """Say why the file ``path`` below ``root`` must not be opened, "" if it may be."""
    mode, end = 0, 0
    while end >= 0:  # each folder on the way, too: a link may stand anywhere
        end = path.find("/", end + 1)
        try:
            mode = os.lstat(f"{root}/{path if end < 0 else path[:end]}").st_mode
        except (OSError, ValueError) as error:  # no such file; a name that no file can have
            why = getattr(error, "strerror", None) or error
            return f"读不出这个文件（{why}）：请检查它的权限，或重新存一次"
        if stat.S_ISLNK(mode):
            return "这是一个链接：content/里只放文件本身，请把链接换成它指向的文件，或移走"
    if not stat.S_ISREG(mode):
        return "这不是普通文件（是管道、设备或套接字）：请移走"
    return ""


def name_flaw(path: str) -> str:
    """Say what is wrong with a path below content/ by its letters alone, "" if nothing is."""
    return next((why for part in path.split("/") for why in _flaws_of_part(part)), "")


def _flaws_of_part(part: str) -> Iterator[str]:
    shown = f"“{show(part)}”"
    if LEFT_OVER.search(part):
        yield f"{shown}像是备份或副本：请删去；要留下，请起一个新名字"
    if DEVICES.fullmatch(part):
        yield f"{shown}是Windows留给设备的名字，那里的人取不到这个文件：请换个名字"
    if unicodedata.normalize("NFC", part) != part:
        yield f"文件名{shown}里的字是拆开存的（NFD）：请删去名字，重新输入一遍"
    if not PART.fullmatch(part):
        wrong = next((sign for sign in part if not PART.fullmatch(sign)), "")
        hint = f"，如“{right}”" if (right := plain_name(part)) else ""
        yield f"文件名{shown}里不能有“{show(wrong)}”：只用文字、数字、“-”“_”和“.”{hint}"
    if part[:1] in (".", "-") or part[-1:] == ".":
        yield f"文件名{shown}不能以“.”“-”开头，也不能以“.”结尾：请换个名字"
    if len(part.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        yield f"文件名{shown}太长，最多{LONGEST_NAME}个字节（汉字一字三个）：请缩短"


def plain_name(name: str) -> str:
    """Return a file's name with signs that it may have, "" if nothing is left of it."""
    path = PurePosixPath(name)
    stem = re.sub(r"[^\w.]+", "-", path.stem).strip("-.")
    return f"{stem}{path.suffix.lower()}" if stem else ""


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each path that another one, also of a folder, equals but for case. Cost: O(paths)."""
    first: dict[str, str] = {}
    for path in sorted(paths):
        place = 0
        while place >= 0:
            place = path.find("/", place + 1)
            part = path if place < 0 else path[:place]
            known = first.setdefault(unicodedata.normalize("NFC", part).casefold(), part)
            if known != part:
                yield path, known
                break


def collision(other: str) -> str:
    """Say what is wrong with a path that another equals but for case."""
    return f"与“{other}”只差大小写，在许多电脑上是同一个：请改名或删去一个"


def beside(
    root: Path | str, folders: Iterable[str], ignored: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong outside of the known folders: texts that nobody reads, links in data/."""
    root, known = Path(root), (*(folders := tuple(folders)), "data")
    unwanted = pattern(ignored).match
    try:
        tops = sorted(entry.name for entry in os.scandir(root) if not unwanted(entry.name))
    except (FileNotFoundError, NotADirectoryError):
        return
    texts = "、".join(f"{name}/" for name in folders if name != "pictures")
    what = f"这里的稿件不会发布：请移到{texts}之一"
    for top in tops:
        if top in known:
            if (root / top).is_symlink():
                yield top, flaw(root, top)
            continue
        for path in walk(root, top, ignored) if (root / top).is_dir() else [top]:
            text = PurePosixPath(path).suffix.lower() in TEXT_LIKE
            if text and not path.startswith("README"):
                yield path, what
    for path in walk(root, "data"):
        if why := flaw(root, path):
            yield path, why

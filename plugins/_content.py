"""From a file below content/ to its head, its safe HTML and its address.

The file's path is the address: ``articles/2026/11/jd-live.md`` is read at ``/2026/11/jd-live/``.
What a text says depends on nothing but the file itself, the pictures it shows and the names in
content/data. Cost: O(length of the text).
"""

import hashlib
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from plugins import _data, _files, _head, _ledger
from plugins._card import PLATE, PLATE_FILE, PLATE_NAMES, Credit, Heading, Link, Picture
from plugins._frozen import Frozen
from plugins._limits import Limits, OutOfTimeError, too_long, within
from plugins._picture import flaw
from plugins._pinyin import address
from plugins._problem import Problem, limited
from plugins._renditions import measure
from plugins._text import first_drawing
from plugins._urls import relative

KINDS = {"articles": "article", "flash": "flash", "topics": "topic", "pages": "page"}
FORMS = {
    "article": re.compile(r"articles/([0-9]{4}/(?:0[1-9]|1[0-2])/[a-z0-9]+(?:-[a-z0-9]+)*)\.md"),
    "flash": re.compile(r"(flash/[0-9]{4}/(?:0[1-9]|1[0-2])/[a-z0-9]+(?:-[a-z0-9]+)*)\.md"),
    "topic": re.compile(r"topics/([a-z0-9]+(?:-[a-z0-9]+)*)\.md"),
    "page": re.compile(r"pages/([a-z0-9]+(?:-[a-z0-9]+)*)\.md"),
}
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
EXAMPLES = {
    "article": "articles/2026/11/jd-live.md",
    "flash": "flash/2026/11/kuaidi.md",
    "topic": "topics/live-rules.md",
    "page": "pages/about.md",
}
PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".mp4", ".png", ".svg", ".webp")
CAMERAS = (".heic", ".heif", ".tif", ".tiff", ".bmp")  # pictures that no browser shows
DATA = re.compile(r"(?:[\w-]+/)*[\w-][\w.-]*\.csv")
LARGEST_DATA = 200_000  # bytes of a file of numbers
IGNORED = (".*", "*~", "#*#", "__pycache__")  # IGNORE_FILES, where nobody gives it
# Names at the site's root that lists and files of our own have taken.
RESERVED = {"archives", "author", "channel", "feeds", "flash", "pictures", "tag", "theme", "topic"}


class Names(Frozen):
    """The names of content/data that a head may use, with their addresses."""

    channels: tuple[_data.Channel, ...] = ()
    authors: tuple[_data.Author, ...] = ()
    tags: dict[str, str]

    def tag(self, name: str) -> Link:
        """Return a tag with its address: the one of tags.toml, else its pinyin."""
        return Link(name, f"tag/{self.tags.get(name) or address(name)}/")

    def author(self, name: str) -> Link:
        """Return an author with the address of authors.toml, else its pinyin."""
        listed = next((author.address for author in self.authors if author.name == name), None)
        return Link(name, f"author/{listed or address(name)}/")

    def channel(self, name: str) -> Link | None:
        """Return a channel, None if channels.toml has none of that name."""
        found = next((channel for channel in self.channels if channel.name == name), None)
        return found and Link(name, f"channel/{found.address}/")


class Text(NamedTuple):
    """One text, read: everything about it that needs no other text."""

    path: str  # below content/, with /
    kind: str
    url: str
    head: _head.Head
    html: str
    lead: str
    headings: tuple[Heading, ...]
    channel: Link | None
    tags: tuple[Link, ...]
    credits: tuple[Credit, ...]
    picture: Picture | None
    uses: tuple[str, ...]  # files below content/ that it asked for, and renditions that it shows
    digest: str
    mark: str


TEMPLATES = {kind: kind for kind in (*KINDS.values(), "withdrawn")}
PARTS = {"pages/corrections.md"}  # pages that a plugin draws, around a list of its own
WITHDRAWN = "文章已撤回"  # the title of a withdrawn text, of which nothing else is told
DEFAULT = Limits()
MOST = _files.LONGEST_NAME
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def metadata(text: Text) -> dict[str, Any]:
    """Name everything as Pelican does, and as the plugins' facts expect it."""
    return {
        "title": text.head.title,
        "date": text.head.date or UNDATED,
        "slug": text.url.strip("/").replace("/", "-"),
        "url": text.url,
        "save_as": f"{text.url}index.html" if stands_alone(text.kind, text.path) else "",
        "template": TEMPLATES[text.kind],
        "status": "published",
        "kind": text.kind,
        "path": text.path,
        "head": text.head,
        "lead": text.lead,
        "headings": text.headings,
        "channel": text.channel,
        "tag_links": text.tags,
        "credits": text.credits,
        "picture": text.picture,
        "uses": text.uses,
        "digest": text.digest,
        "mark": text.mark,
    }


def stands_alone(kind: str, path: str) -> bool:
    """Tell whether a text is a page of its own; a dossier is drawn with its list of members."""
    return kind != "topic" and path not in PARTS


def unpublished(head: _head.Head, now: datetime) -> bool:
    """Tell whether a text must leave nothing in a publishing build."""
    return head.status == "draft" or (head.date is not None and head.date > now)


def _misnamed(kind: str, path: str) -> str:
    """Say what is wrong with the name or the folder of a text."""
    name = PurePosixPath(path).name
    if _files.LEFT_OVER.search(name):
        return _files.name_flaw(name)
    if NAME.fullmatch(name):
        return f"文件夹不对，要照这个样子：{EXAMPLES[kind]}"
    stem = PurePosixPath(path).stem
    hint = f"；文件名可以用 {address(stem)}.md" if address(stem) not in {stem, ""} else ""
    return "文件名只能用小写字母、数字和连字符，文件夹照这个样子：" + EXAMPLES[kind] + hint


def address_of(path: str) -> tuple[str, str] | str:
    """Return (kind, address) of a path below content/, or what is wrong with its name."""
    kind = KINDS.get(path.partition("/")[0], "")
    if not kind:
        return f"文章要放在 {'、'.join(KINDS)} 这几个文件夹里"
    if not (found := FORMS[kind].fullmatch(path)):
        return _misnamed(kind, path)
    name = found[1]
    file = path.rpartition("/")[2]
    if _files.DEVICES.fullmatch(file.removesuffix(".md")) or len(file) > MOST:
        return _files.name_flaw(path)
    if kind == "page" and (name in RESERVED or name.isdigit()):
        return f"网址 /{name}/ 留给网站自己的列表了，请给这个文件换个名字"
    return kind, f"topic/{name}/" if kind == "topic" else f"{name}/"


class Opened(NamedTuple):
    """A file of content/, read as far as its head."""

    path: str  # below content/, with /
    kind: str
    url: str
    digest: str
    text: str  # decoded; "" if it could not be read
    head: _head.Head | None
    body: str
    line: int  # of the file, at which the body begins
    problems: tuple[Problem, ...]


def begin(root: Path, path: str, zone: ZoneInfo, limits: Limits = DEFAULT) -> Opened:
    """Read the file ``path`` below ``root`` as far as its head. Cost: O(length of the file)."""
    found = address_of(path)
    kind, url = ("", "") if isinstance(found, str) else found
    refused = Opened(path, kind, url, "", "", None, "", 1, ())
    if isinstance(found, str):
        return refused._replace(problems=(Problem(1, 1, found),))
    if why := _files.flaw(root, path):
        return refused._replace(problems=(Problem(1, 1, why),))
    with open(f"{root}/{path}", "rb", buffering=0) as file:  # noqa: PTH123  of 10,000 files
        size = os.fstat(file.fileno()).st_size
        if size > limits.bytes:
            what = f"文件有{size}字节，最多{limits.bytes}字节；请分成几篇"
            return refused._replace(problems=(Problem(1, 1, what),))
        data = file.readall()
    digest = hashlib.sha256(data).hexdigest()[:16]
    text, problems = _head.decode(data)
    if problems and not text:
        return refused._replace(digest=digest, problems=tuple(problems))
    head, body, line, found = _head.read(text, kind, zone)
    if problems:  # one character for one, so that the rest of the body is read in its places
        head, body = None, _head.without_controls(body)
    problems = tuple(limited([*problems, *found]))
    return Opened(path, kind, url, digest, text, head, body, line, problems)


def read(
    root: Path, path: str, names: Names, zone: ZoneInfo, limits: Limits = DEFAULT
) -> tuple[Text | None, list[Problem]]:
    """Read the file ``path`` below ``root``; None comes with at least one problem."""
    try:
        with within(limits.seconds):
            return finish(root, begin(root, path, zone, limits), names, limits)
    except OutOfTimeError:
        return None, [Problem(1, 1, too_long(limits.seconds))]


def finish(
    root: Path, opened: Opened, names: Names, limits: Limits = DEFAULT
) -> tuple[Text | None, list[Problem]]:
    """Make a text of an opened file; None comes with at least one problem."""
    from plugins import _markdown  # noqa: PLC0415  most builds read no text

    path, kind, url, _, text, head, body, line, problems = opened
    if not text:
        return None, list(problems)
    mark = _ledger.mark_of(head.date, head.title) if head else ""
    if head and head.withdrawal:
        return withdrawn(path, url, head, mark), []
    links = _Links(root, path, url)
    converted = _markdown.convert(
        body,
        line=line,
        take_lead=kind != "page" and not (head and head.summary),
        math=bool(head and head.math),
        references=len(head.references) if head else 0,
        link=links.link,
        picture=links.picture,
        near=links.near,
        data=links.data,
        limits=limits,
    )
    problems = [*problems, *converted.problems]
    if head is None:
        return None, sorted(problems)
    problems.extend(check_names(head, kind, names))
    picture = None
    if head.picture in PLATE_NAMES:
        picture = Picture(f"{url}{PLATE_FILE}", *PLATE, head.picture_alt)
        if first_drawing(converted.html) is None:
            at = head.lines.get("picture", 1)
            what = "题图写了“图表”，正文里却没有图表：请画一张，或写content/pictures/里的路径"
            problems.append(Problem(at, 1, what))
    elif head.picture:
        links.uses[f"pictures/{head.picture}"] = None
        picture = measure(root, f"pictures/{head.picture}", head.picture_alt)
        if picture is None:
            at = head.lines.get("picture", 1)
            problems.append(
                Problem(
                    at, 1, f"没有图片 content/pictures/{head.picture}：请检查文件名，或把图片放进去"
                )
            )
        elif not head.picture_alt:
            at = head.lines.get("picture", 1)
            problems.append(Problem(at, 1, "题图要有“题图说明”：写给看不见图的读者"))
    empty = not (head.summary or converted.lead)
    if kind in {"article", "flash"} and empty and head.status != "draft":
        problems.append(Problem(line, 1, "正文要以一段文字开头，或在文件头写“摘要”"))
    if problems:
        return None, sorted(problems)
    shown = dict.fromkeys(
        name for found in (picture, *links.pictures) if found for name in found.renditions
    )
    lead = converted.lead
    if not lead and head.summary:
        lead = escape(head.summary)
    return Text(
        path=path,
        kind=kind,
        url=url,
        head=head,
        html=converted.html,
        lead=lead,
        headings=converted.headings,
        channel=names.channel(head.channel),
        tags=tuple(names.tag(tag) for tag in head.tags),
        credits=tuple(credits_of(head, names)),
        picture=picture,
        uses=(*links.uses, *shown),
        digest=opened.digest,
        mark=mark,
    ), []


def withdrawn(path: str, url: str, head: _head.Head, mark: str) -> Text:
    """Return what is left of a withdrawn text: when it was published, when and why withdrawn.

    Nothing else leaves this function, so nothing else can reach a page, a list or a cache.
    """
    left = _head.Head(
        title=WITHDRAWN,
        date=head.date,
        timed=head.timed,
        status=head.status,
        withdrawal=head.withdrawal,
        aliases=head.aliases,
        notice=False,
    )
    return Text(
        path=path,
        kind="withdrawn",
        url=url,
        head=left,
        html="",
        lead="",
        headings=(),
        channel=None,
        tags=(),
        credits=(),
        picture=None,
        uses=(),
        digest="",
        mark=mark,
    )


def rename(text: Text, names: Names) -> tuple[Text, list[Problem]]:
    """Return a text as it is under other names of content/data, and what they lack."""
    renamed = text._replace(
        channel=names.channel(text.head.channel),
        tags=tuple(names.tag(tag) for tag in text.head.tags),
        credits=tuple(credits_of(text.head, names)),
    )
    return renamed, list(check_names(text.head, text.kind, names))


def files(root: Path, ignored: Iterable[str] = IGNORED) -> Iterator[str]:
    """Yield the path of all that lies where texts and pictures do, but for names to ignore."""
    for folder in (*KINDS, "pictures"):
        yield from _files.walk(root, folder, ignored)


def of_all(root: Path, paths: Iterable[str], ignored: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with files as seen together, or outside of the known folders."""
    for path, other in _files.collisions(paths):
        yield path, _files.collision(other)
    yield from _files.beside(root, (*KINDS, "pictures"), ignored)


def _wrong_place(path: str) -> str:
    """Say what is wrong with a path, "" if nothing is; address_of judges those of texts."""
    text = PurePosixPath(path).suffix == ".md"
    if not path.startswith("pictures/"):
        if text:
            return ""
        if PurePosixPath(path).suffix.lower() in _files.TEXT_LIKE:
            stem = PurePosixPath(path).stem
            name = f"{address(stem) or stem}.md"
            return f"扩展名不对，这篇不会发布：请把文件改名为“{name}”"
        message = "这里只放扩展名为 .md 的文章；图片放进 content/pictures/，别的文件请移走"
        return _files.name_flaw(path) or message
    suffix = PurePosixPath(path).suffix
    if suffix not in PICTURES:
        message = f"pictures 里只放图片：{'、'.join(PICTURES)}（扩展名小写）"
        if suffix.lower() in PICTURES:
            message = f"扩展名要小写：请把文件改名为“{_files.plain_name(PurePosixPath(path).name)}”"
        elif suffix.lower() in CAMERAS:
            message = f"浏览器打不开{suffix}：请在手机相册或看图软件里导出为JPEG，再放进来"
        return _files.name_flaw(path) or message
    return _files.name_flaw(path)


def misplaced(root: Path, path: str) -> list[Problem]:
    """Refuse a file that the site would pass over in silence, and a picture that cannot be shown."""
    if why := _files.flaw(root, path) or _wrong_place(path):
        return [Problem(1, 1, why)]
    if path.startswith("pictures/") and (found := flaw(root, path)):
        return [found]
    return []


def credits_of(head: _head.Head, names: Names) -> Iterator[Credit]:
    """Yield everyone the byline names, writers first."""
    roles = {
        "作者": head.authors,
        "责编": head.editors,
        "校对": head.proofreaders,
        "图": head.illustrators,
    }
    for role, people in roles.items():
        for person in people:
            yield Credit(role, *names.author(person))


def check_names(head: _head.Head, kind: str, names: Names) -> Iterator[Problem]:
    """Yield what the head names and content/data does not know."""
    if kind == "article" and head.channel and not names.channel(head.channel):
        import difflib  # noqa: PLC0415  for a mistake only

        known = [channel.name for channel in names.channels]
        near = difflib.get_close_matches(head.channel, known, 1, 0.5)  # of four Han two
        hint = f"是不是“{near[0]}”？" if near else f"可用：{'、'.join(known)}"
        at = head.lines.get("channel", 1)
        yield Problem(at, 1, f"没有“{head.channel}”这个频道；{hint}（频道写在 data/channels.toml）")
    for tag in head.tags:
        if not (names.tags.get(tag) or address(tag)):
            at = head.lines.get("tags", 1)
            yield Problem(at, 1, f"标签“{tag}”拼不出地址；请在 data/tags.toml 里给它写一个")


def escape(text: str) -> str:
    """Return plain text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Links:
    """Turns what an author links to into addresses, seen from the author's own page."""

    def __init__(self, root: Path, path: str, url: str):
        self.root = root
        self.folder = posixpath.dirname(path)
        self.page = url
        self.uses: dict[str, None] = {}
        self.pictures: list[Picture] = []

    def inside(self, href: str) -> str | None:
        """Return the path below content/ that a relative link means, None if it leaves it."""
        path = posixpath.normpath(posixpath.join(self.folder, unquote(urlsplit(href).path)))
        hidden = path.startswith("/") or any(part[:1] == "." for part in path.split("/"))
        return None if hidden else path

    def link(self, href: str) -> str | None:
        """Return the address of a relative link, None if there is no such article or file."""
        parts = urlsplit(href)
        tail = f"#{parts.fragment}" if parts.fragment else ""
        if parts.path.startswith("/"):
            if parts.path.startswith("/pictures/"):
                self.uses[unquote(parts.path).lstrip("/")] = None
            return relative(parts.path.lstrip("/"), self.page) + tail
        path = self.inside(href)
        if path is None:
            return None
        self.uses[path] = None
        if not os.path.isfile(self.root / path):  # noqa: PTH113  no name raises
            return None
        if path.startswith("pictures/"):
            return relative(path, self.page) + tail
        found = address_of(path)
        return None if isinstance(found, str) else relative(found[1], self.page) + tail

    def picture(self, src: str) -> Picture | None:
        """Return a picture of content/pictures with its size, None if there is none."""
        path = self.inside(src)
        if path is None or not path.startswith("pictures/"):
            return None
        self.uses[path] = None
        found = measure(self.root, path, "")
        if found is None:
            return None
        self.pictures.append(found)
        return found._replace(url=relative(path, self.page))

    def data(self, name: str) -> str:
        """Return the text of a file of content/data; ValueError says why there is none."""
        if not DATA.fullmatch(name) or _files.name_flaw(name):
            raise ValueError(
                f"数据要写content/data里的CSV文件名，如“parcels.csv”，不是“{name[:60]}”"
            )
        path = f"data/{name}"
        self.uses[path] = None
        if not os.path.lexists(self.root / path):
            import difflib  # noqa: PLC0415  for a mistake only

            known = [
                found.removeprefix("data/")
                for found in _files.walk(self.root, "data")
                if found.endswith(".csv")
            ]
            near = difflib.get_close_matches(name, known, 1, 0.5)
            hint = f"是不是“{near[0]}”？" if near else "请检查文件名，或把文件放进去"
            raise ValueError(f"没有文件content/{path}；{hint}")
        if why := _files.flaw(self.root, path):
            raise ValueError(f"content/{path}：{why}")
        content = (self.root / path).read_bytes()
        if len(content) > LARGEST_DATA:
            raise ValueError(f"content/{path}有{len(content)}字节，最多{LARGEST_DATA}字节")
        text, problems = _head.decode(content)
        if problems:
            raise ValueError(f"content/{path}第{problems[0].line}行：{problems[0].message}")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def near(self, src: str) -> str:
        """Return how the picture is written that a wrong name meant, "" if none is like it."""
        import difflib  # noqa: PLC0415  for a mistake only

        path = self.inside(src) or ""
        pictures = list(_files.walk(self.root, "pictures"))
        name = posixpath.basename(path)
        same = [found for found in pictures if posixpath.basename(found).lower() == name.lower()]
        names = {posixpath.basename(found): found for found in pictures}
        like = same or [names[one] for one in difflib.get_close_matches(name, names, 1, 0.7)]
        return posixpath.relpath(like[0], self.folder) if like else ""

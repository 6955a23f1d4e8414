"""Read content/data: facts that an editor may change without an engineer.

Every file is optional and may be empty. A mistake is told as ``path:line: message``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from plugins import _law
from plugins._frozen import REQUIRED, Frozen

ADDRESS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
AT_LINE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


class WrongError(ValueError):
    """A value that cannot stand; the text says what to write instead."""


class Channel(Frozen):
    """A channel of the site (频道)."""

    name: str
    address: str
    about: str = ""
    parent: str = ""
    fresh_months: int = 0  # 0: its articles do not age
    disclaimer: str = ""

    def __post_init__(self) -> None:
        check_address(self.address)


class Author(Frozen):
    """A person or desk of the byline."""

    name: str
    address: str
    about: str = ""
    desk: bool = False  # no person: machines are told so

    def __post_init__(self) -> None:
        check_address(self.address)


class Medium(Frozen):
    """A medium that texts are taken from (来源)."""

    name: str
    url: str = ""

    def __post_init__(self) -> None:
        check_url(self.url)


class Row(Frozen):
    """One place of a rank."""

    name: str
    value: str
    note: str = ""


class Rank(Frozen):
    """One edition of a ranking; articles from ``since`` on show it."""

    id: str
    title: str
    slot: str
    edition: str
    since: date
    unit: str
    method: str
    source: str
    url: str = ""
    row: tuple[Row, ...]

    def __post_init__(self) -> None:
        check_choice("slot", self.slot, ("top", "foot-left", "foot-right"))
        check_url(self.url)


class Ad(Frozen):
    """An advertisement: always labelled, always with a first and a last day."""

    slot: str
    text: str
    link: str
    advertiser: str
    start: date
    end: date
    picture: str = ""

    def __post_init__(self) -> None:
        check_choice("slot", self.slot, ("article-foot", "list-foot"))
        check_url(self.link)
        if self.end < self.start:
            raise WrongError(f"结束日 {self.end} 早于开始日 {self.start}")
        if why := _law.unlawful_ad(self.text, self.advertiser, link=self.link):
            raise WrongError(why)


class Announcement(Frozen):
    """A line above the front page's news, between two days."""

    text: str
    link: str = ""
    start: date
    end: date

    def __post_init__(self) -> None:
        check_url(self.link)


class Data(NamedTuple):
    """All of content/data, under the names that plugins' settings ask for."""

    CHANNELS: tuple[Channel, ...]
    AUTHORS: tuple[Author, ...]
    MEDIA: tuple[Medium, ...]
    TAGS: Mapping[str, str]
    EDITIONS: tuple[Rank, ...]
    BOOKINGS: tuple[Ad, ...]
    ANNOUNCEMENT: Announcement | None
    MOTTOS: tuple[str, ...]
    WORDS: tuple[str, ...]


def load(content: Path) -> tuple[dict[str, Any], list[str]]:
    """Read all of ``content/data``; return the values and the mistakes."""
    reader = _Reader(content / "data", content.name)
    announcement = reader.one("announcement.toml", Announcement)
    data = Data(
        CHANNELS=reader.rows("channels.toml", "channel", Channel, unique=("name", "address")),
        AUTHORS=reader.rows("authors.toml", "author", Author, unique=("name", "address")),
        MEDIA=reader.rows("sources.toml", "source", Medium, unique=("name",)),
        TAGS=reader.addresses("tags.toml", "tags"),
        EDITIONS=reader.rows("ranks.toml", "rank", Rank),
        BOOKINGS=reader.rows("ads.toml", "ad", Ad),
        ANNOUNCEMENT=announcement,
        MOTTOS=reader.lines("mottos.txt"),
        WORDS=reader.lines("words.txt"),
    )
    upper = {channel.name: channel.parent for channel in data.CHANNELS}
    for channel in data.CHANNELS:
        if not channel.parent or upper.get(channel.parent) == "":
            continue
        known = channel.parent in upper
        reader.tell(
            "channels.toml",
            f"parent = {quoted(channel.parent)}",
            f"频道“{channel.name}”的上级“{channel.parent}”"
            + ("自己也有上级；频道只分两层" if known else "不在这个文件里"),
        )
    return data._asdict(), reader.problems


class _Reader:
    """Reads one folder and collects what is wrong in it."""

    def __init__(self, folder: Path, shown: str):
        self.folder = folder
        self.shown = f"{shown}/data"
        self.problems: list[str] = []
        self.texts: dict[str, str] = {}

    def tell(self, name: str, near: str, message: str) -> None:
        """Note a mistake at the line where the text ``near`` stands."""
        before, found, _ = self.texts.get(name, "").partition(near)
        line = before.count("\n") + 1 if found else 1
        self.problems.append(f"{self.shown}/{name}:{line}: {message}")

    def text(self, name: str) -> str:
        """Return a file's text, "" if there is none."""
        path = self.folder / name
        if path.is_symlink() or not path.is_file():  # _files tells of links and pipes
            return ""
        try:
            self.texts[name] = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.problems.append(f"{self.shown}/{name}:1: 不是 UTF-8 编码；请另存为 UTF-8")
        return self.texts.get(name, "")

    def lines(self, name: str) -> tuple[str, ...]:
        """Read a list of one item a line; ``#`` begins a comment line."""
        lines = (line.strip() for line in self.text(name).splitlines())
        return tuple(line for line in lines if line and not line.startswith("#"))

    def toml(self, name: str) -> dict[str, Any]:
        """Read a TOML file; a mistake of form is told with its line."""
        try:
            return tomllib.loads(self.text(name))
        except tomllib.TOMLDecodeError as error:
            at = AT_LINE.search(str(error))
            line = at[1] if at and at[1] else len(self.texts[name].splitlines()) or 1
            self.problems.append(
                f"{self.shown}/{name}:{line}: 这一行的写法不对；"
                '文字要放在英文双引号里，如 name = "直播电商"'
            )
            return {}

    def rows(
        self, name: str, table: str, kind: type[Frozen], unique: tuple[str, ...] = ()
    ) -> tuple[Any, ...]:
        """Read all ``[[table]]`` of a file as values of one class."""
        found = self.toml(name)
        for key in sorted(found.keys() - {table}):
            self.tell(name, key, f"不认识“{key}”；这个文件里只写 [[{table}]]")
        made = tuple(self.make(name, table, kind, found.get(table, [])))
        for key in unique:
            values = [getattr(item, key) for item in made]
            for value in sorted({value for value in values if values.count(value) > 1}):
                self.tell(name, quoted(value), f"{key} “{value}” 写了两次")
        return made

    def make(self, name: str, table: str, kind: type[Frozen], given: Any) -> Iterator[Any]:
        """Make values of a class from tables; tell what does not fit."""
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            self.tell(name, table, f"请写成 [[{table}]]，两层方括号")
            return
        known = kind._fields
        for number, row in enumerate(given, start=1):
            near = next((quoted(v) for v in row.values() if isinstance(v, str) and v), table)
            values = dict(row)
            if "row" in known and "row" in values:
                values["row"] = tuple(self.make(name, f"{table}.row", Row, values["row"]))
            wrong = [
                *(f"不认识“{key}”" for key in values if key not in known),
                *(
                    f"缺少 {key}"
                    for key, field in known.items()
                    if field.default is REQUIRED and values.get(key) in (None, "", ())
                ),
                *(
                    message
                    for key, value in values.items()
                    if key in known and (message := type_message(key, value, known[key].type))
                ),
            ]
            try:
                if not wrong:
                    yield kind(**values)
            except WrongError as error:
                wrong.append(str(error))
            for message in wrong:
                self.tell(name, near, f"第 {number} 个 [[{table}]]：{message}")

    def one(self, name: str, kind: type[Frozen]) -> Any:
        """Read a file that holds one table, or nothing."""
        found = self.toml(name)
        return next(self.make(name, Path(name).stem, kind, [found] if found else []), None)

    def addresses(self, name: str, table: str) -> dict[str, str]:
        """Read a table of names and their addresses."""
        found = self.toml(name)
        given = found.get(table, {})
        wrong = sorted(found.keys() - {table}) if isinstance(given, dict) else [table]
        if wrong:
            self.tell(name, wrong[0], f"名字和地址要写在 [{table}] 这一行的下面")
            return {}
        taken: dict[str, str] = {}
        for key, value in given.items():
            near = quoted(value) if isinstance(value, str) else key
            try:
                check_address(value)
            except WrongError as error:
                self.tell(name, near, str(error))
                continue
            if value in taken:
                self.tell(name, near, f"“{key}”和“{taken[value]}”用了同一个地址 {value}")
            taken[value] = key
        return dict(given)


def quoted(value: str) -> str:
    """Return a text as TOML writes it."""
    return f'"{value}"'


def type_message(key: str, value: object, kind: type) -> str:
    """Say how a value should be written, "" if its type is right."""
    if kind is date and isinstance(value, datetime):
        return f"{key} 只写日期：{key} = 2026-11-22"
    if kind is str and not isinstance(value, str):
        return f'{key} 要写在英文双引号里：{key} = "……"'
    if kind is date and not isinstance(value, date):
        return f"{key} 写成不带引号的日期：{key} = 2026-11-22"
    if kind is int and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        return f"{key} 写成不带引号的整数：{key} = 12"
    if kind is bool and not isinstance(value, bool):
        return f"{key} 写成不带引号的true或false：{key} = true"
    return ""


def check_address(value: object) -> None:
    """Refuse an address that is not small letters, digits and single hyphens."""
    if not isinstance(value, str) or not ADDRESS.fullmatch(value):
        raise WrongError(f"地址“{value}”只能用小写字母、数字和连字符，如 live-rules")


def check_url(value: str) -> None:
    """Refuse a link that is not a whole web address."""
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).netloc):
        raise WrongError(f"链接“{value}”要写全，以 https:// 开头")


def check_choice(key: str, value: str, choices: tuple[str, ...]) -> None:
    """Refuse a value that is none of the known ones."""
    if value not in choices:
        raise WrongError(f"{key} 写成了“{value}”；可以写 {'、'.join(choices)}")

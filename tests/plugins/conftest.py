"""Real heads, cards and tiny sites for the plugins' tests."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
from markupsafe import Markup

from plugins import _content, _data, _facts
from plugins._card import Body, Card, Credit, Link

# A busy machine is no failure.
hypothesis.settings.register_profile("site", deadline=None)
hypothesis.settings.load_profile("site")

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)
PLACES = {
    "article": "articles/2026/11/{}.md",
    "flash": "flash/2026/11/{}.md",
    "topic": "topics/{}.md",
    "page": "pages/{}.md",
}
HEADS = {
    "article": {"标题": "直播电商新办法", "日期": "2026-11-22 09:30", "频道": "直播电商"},
    "flash": {"标题": "快递业务量公布", "日期": "2026-11-22 09:30"},
    "topic": {"标题": "服务商"},
    "page": {"标题": "关于本站"},
}
CHANNELS = (
    _data.Channel(name="直播电商", address="live"),
    _data.Channel(name="法规", address="law", fresh_months=6, disclaimer="不构成法律意见。"),
    _data.Channel(name="税务", address="tax", parent="法规", fresh_months=3),
)
NAMES = _content.Names(channels=CHANNELS, tags={"权利": "quan-li-right"})
BODY = "第一段。\n\n第二段。"


def when(text: str) -> datetime:
    """Return a moment in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def written(head: str = "", body: str = BODY, kind: str = "article") -> str:
    """Return the text of a file: the least head of its kind, with the given lines instead."""
    given = {line.partition(":")[0] for line in head.splitlines()}
    least = [f"{key}: {value}" for key, value in HEADS[kind].items() if key not in given]
    return "\n".join([*least, *head.splitlines(), "", body, ""])


def text(head: str = "", body: str = BODY, kind: str = "article", name: str = "a") -> _content.Text:
    """Return a text as the site reads it from a file."""
    path = PLACES[kind].format(name)
    with TemporaryDirectory() as folder:
        file = Path(folder) / path
        file.parent.mkdir(parents=True)
        file.write_text(written(head, body, kind), encoding="utf-8")
        found, problems = _content.read(Path(folder), path, NAMES, ZONE)
    assert found, problems
    return found


def metadata(head: str = "", **given: Any) -> dict[str, Any]:
    """Return what the plugins are told of a text with this head."""
    return _content.metadata(text(head, **given))


def card(name: str = "a", day: str = "2026-11-22 09:30", **given: Any) -> Card:
    """Return a card of an article, or of another ``kind``, with the given values."""
    kind = given.get("kind", "article")
    path = PLACES[kind].format(name).replace("2026/11", day[:7].replace("-", "/"))
    _, url = _content.address_of(path)
    title = given.get("title", f"标题{name}")
    values: dict[str, Any] = {
        "path": path,
        "kind": kind,
        "url": url,
        "title": title,
        "headline": Markup.escape(title),
        "date": when(day),
        "timed": " " in day,
        "modified": None,
        "channel": Link("直播电商", "channel/live/") if kind == "article" else None,
        "tags": (),
        "credits": (),
        "topics": (),
        "points": (),
        "series": "",
        "summary": f"摘要{name}",
        "keywords": (),
        "picture": None,
        "minutes": (2, 4),
        "front": "",
        "pinned": False,
        "weight": 0,
        "digest": "0" * 16,
    }
    return Card(**values | given)


def in_order(*cards: Card) -> tuple[Card, ...]:
    """Order cards as the plugins get them: newest first."""
    return _facts.in_order(cards)


def relations(
    relation: _facts.Relation, cards: Iterable[Card], settings: Any = None
) -> dict[str, Any]:
    """Return what each card is to the others by its path; those on no line are left out."""
    ordered = _facts.in_order(cards)
    lines = _facts.Lines(relation, ordered, settings)
    found = {card.path: lines.value(card, place) for place, card in enumerate(ordered)}
    return {path: value for path, value in found.items() if value is not None}


def contents(files: Iterable[_facts.File | _facts.Drawn]) -> dict[str, str | bytes]:
    """Return the content of each file by its address."""
    return {
        file.save_as: file.content if isinstance(file, _facts.File) else file.draw(**file.data)
        for file in files
    }


def days(count: int, **given: Any) -> tuple[Card, ...]:
    """Return so many cards, newest first, each of its own day before 2026-11-22."""
    first = when("2026-11-22").toordinal()
    made = (datetime.fromordinal(first - number) for number in range(count))
    return tuple(card(f"n{day.toordinal()}", f"{day:%Y-%m-%d}", **given) for day in made)


def credit(name: str, address: str, role: str = "作者") -> Credit:
    """Return somebody of a byline."""
    return Credit(role, name, f"author/{address}/")


def ad(
    text: str = "纸箱", start: str = "2026-11-01", end: str = "2026-11-30", **given: Any
) -> _data.Ad:
    """Return a booked advertisement."""
    days = {"start": date.fromisoformat(start), "end": date.fromisoformat(end)}
    values = {"slot": "article-foot", "link": "https://example.com/", "advertiser": "某厂"}
    return _data.Ad(text=text, **days, **values | given)


def no_bodies(path: str) -> Body:
    """Stand for the texts where none may be asked for."""
    raise AssertionError(f"nobody should read {path}")


def body_of(path: str) -> Body:
    """Return a text that tells whose it is."""
    return Body(f"导语：{path}", f"<p>正文：{path}</p>")


class Site:
    """A site of its own content, built by the real settings, theme and plugins."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.write(
            "data/channels.toml",
            '[[channel]]\nname = "直播电商"\naddress = "live"\n'
            '[[channel]]\nname = "法规"\naddress = "law"\n',
        )

    def write(self, path: str, content: str) -> None:
        """Write a file below ``content/``."""
        file = self.folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    def build(
        self, output: str = "output", settings: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build with stock Pelican; ``settings`` are lines to add to pelicanconf.py."""
        (self.folder / "conf.py").write_text(
            "from pelicanconf import *\n"
            f'THEME, PELICAN_CLASS = {str(ROOT / "theme")!r}, "pelican.Pelican"\n{settings}\n',
            encoding="utf-8",
        )
        return subprocess.run(
            [sys.executable, "-m", "pelican", "content", "-s", "conf.py", "-o", output],
            cwd=self.folder,
            env={
                **os.environ,
                "PYTHONPATH": f"{ROOT}{os.pathsep}{self.folder}",
                "PYTHONUTF8": "1",
                "BUILD_NOW": NOW.isoformat(),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def files(self, output: str = "output") -> Mapping[str, bytes]:
        """Return every file of a built site."""
        return {
            path.relative_to(self.folder / output).as_posix(): path.read_bytes()
            for path in sorted((self.folder / output).rglob("*"))
            if path.is_file()
        }

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield every HTML page with its path."""
        for path, content in self.files().items():
            if path.endswith(".html"):
                yield path, content.decode()


@pytest.fixture
def small(tmp_path: Path) -> Callable[..., Site]:
    """Make a tiny site of the given files below ``content/``."""

    def make(files: Mapping[str, str]) -> Site:
        site = Site(tmp_path)
        for path, content in files.items():
            site.write(path, content)
        return site

    return make

"""The one contract between Pelican, the plugins and whatever builds faster than Pelican.

A plugin registers pure functions under its own name:

``facts(html, metadata, settings)``
    What one article is by itself. The value becomes the article's attribute of that name.
``relations(cards, settings)``
    What articles are to one another, as ``{card.path: value}``; the attribute likewise.
``pages(cards, settings, bodies)``
    Pages and files that are made of cards: lists, feeds, sitemaps.
``template_globals``
    Functions that templates call; each gets the plugin's settings as its first argument.

``settings`` is the plugin's own frozen dataclass. Its fields are filled from the dict in
capitals of the same name (``READING = {"fast": 500}``); a field that is itself in capitals
(``SITEURL``) is Pelican's setting of that name or a file of content/data. So the class is
the whole list of what a plugin can see, and an unknown key stops the build.

Only this module walks over articles: no plugin does.
"""

import difflib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pelican import Pelican, signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.utils import sanitised_join
from pelican.writers import Writer

from plugins import _data
from plugins._card import Body, Card


class RefusalError(Exception):
    """The site cannot be built as it is; each message says where and what to write instead."""

    def __init__(self, *messages: str):
        super().__init__("\n".join(messages))
        self.messages = messages


class Page(NamedTuple):
    """A page that a template draws from plain values and cards."""

    save_as: str
    template: str
    data: Mapping[str, Any]
    relative: bool = True  # False: links from the site's path, for pages shown at any address


class File(NamedTuple):
    """A file written as it is: a feed, a sitemap."""

    save_as: str
    content: str | bytes


Bodies = Callable[[str], Body]  # the text of a card's path, read only when a page needs it


@dataclass(frozen=True)
class NoSettings:
    """For a plugin that has none."""


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """What one plugin registered."""

    name: str
    settings: type = NoSettings
    facts: Callable[[str, Mapping[str, Any], Any], Any] | None = None
    relations: Callable[[tuple[Card, ...], Any], Mapping[str, Any]] | None = None
    pages: Callable[[tuple[Card, ...], Any, Bodies], Iterable[Page | File]] | None = None
    template_globals: Mapping[str, Callable[..., Any]] | None = None


_plugins: dict[str, Plugin] = {}
_settings: dict[str, Any] = {}  # of the run under way, by plugin
_cards: tuple[Card, ...] = ()
_bodies: dict[str, Body] = {}
_pages: list[Page | File] = []
_refused: list[str] = []  # collected, so that an editor hears of all mistakes in one run


def register(name: str, **functions: Any) -> None:
    """Join Pelican's run with the functions of the plugin called ``name``."""
    _plugins[name] = Plugin(name=name, **functions)
    signals.initialized.connect(start)
    signals.content_object_init.connect(add_facts)
    signals.generator_init.connect(add_globals)
    signals.all_generators_finalized.connect(add_relations)
    signals.get_generators.connect(generators)


def bind(plugin: Plugin, values: Mapping[str, Any]) -> Any:
    """Make the plugin's settings from all settings; raise :class:`RefusalError` for a name it lacks."""
    group = plugin.name.upper()
    known = {field.name: field for field in fields(plugin.settings)}
    given = dict(values.get(group) or {})
    for key in given:
        if key not in known or key.isupper():
            own = [name for name in known if not name.isupper()]
            near = difflib.get_close_matches(key, own, 1) or own
            hint = f"是不是 {near[0]}？" if near else "它没有可设的项。"
            raise RefusalError(f"pelicanconf.py: {group} 里没有“{key}”这一项；{hint}")
    for name, field in known.items():
        if name.isupper():
            if name in values:
                given[name] = values[name]
            elif field.default is MISSING:
                raise RefusalError(f"pelicanconf.py: 缺少设置 {name}，插件 {plugin.name} 要用到它")
    return plugin.settings(**given)


def start(pelican: Pelican) -> None:
    """Read content/data and bind every plugin's settings, before anything else happens."""
    global _cards  # noqa: PLW0603  Pelican's signals leave no other place for the run's state
    _cards = ()
    for state in (_bodies, _settings, _pages, _refused):
        state.clear()
    try:
        data, problems = _data.load(Path(pelican.settings["PATH"]))
        if problems:
            raise RefusalError(*problems)
        now = build_now(pelican.settings.get("BUILD_NOW"), pelican.settings["TIMEZONE"])
        values = {**pelican.settings, **data, "BUILD_NOW": now}
        _settings.update({name: bind(plugin, values) for name, plugin in active(pelican)})
    except RefusalError as refusal:
        stop(refusal.messages)


def build_now(written: str | None, timezone: str) -> datetime:
    """Return the only "now" of a build: ``BUILD_NOW`` in ISO 8601, or the start of the build."""
    zone = ZoneInfo(timezone)
    if not written:
        return datetime.now(zone)
    try:
        given = datetime.fromisoformat(written)
    except ValueError:
        raise RefusalError(
            f"BUILD_NOW 写成了“{written}”；请写成 2026-11-22T09:30:00+08:00 的样子"
        ) from None
    return given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)


def active(pelican: Pelican) -> Iterator[tuple[str, Plugin]]:
    """Yield the plugins of this run, in the order of their registration.

    Handlers outlive a run, so a second run in one process must not meet the first one's plugins.
    """
    named = {plugin.rpartition(".")[2] for plugin in pelican.settings["PLUGINS"]}
    return ((name, plugin) for name, plugin in _plugins.items() if name in named)


def settings_of(name: str) -> Any:
    """Return the settings of a plugin in the run under way, for what Pelican calls by itself."""
    return _settings[name]


def where(metadata: Mapping[str, Any], field: str) -> str:
    """Return ``path:line:`` of a field of an article's head, for a refusal."""
    return f"content/{metadata['path']}:{metadata['head'].lines.get(field, 1)}:"


def refuse(*messages: str) -> None:
    """Remember why the site cannot be built; the run stops once all articles are read."""
    _refused.extend(messages)


def stop(messages: Iterable[str]) -> None:
    """Tell the editor and end the run before a file is written."""
    sys.stderr.write("".join(f"{message}\n" for message in messages))
    raise SystemExit(1)


def add_facts(content: Content) -> None:
    """Give one article all facts about itself."""
    if "kind" not in content.metadata:
        return
    try:
        facts = facts_of(content._content, content.metadata)
    except RefusalError as refusal:
        refuse(*refusal.messages)
        return
    except Exception as error:  # noqa: BLE001  Pelican would log it and drop the article
        path = content.metadata["path"]
        refuse(f"content/{path}:1: 处理时出错（{type(error).__name__}: {error}）")
        return
    for name, value in facts.items():
        content.metadata[name] = value
        setattr(content, name, value)


def facts_of(html: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Compute the facts of one text: a pure function of text, metadata and settings."""
    found: dict[str, Any] = {}
    for name, settings in _settings.items():
        if facts := _plugins[name].facts:
            found[name] = facts(html, metadata, settings)
    found["card"] = card_of(metadata, found)
    return found


def card_of(metadata: Mapping[str, Any], facts: Mapping[str, Any]) -> Card:
    """Draw the card of an article from its head and its facts."""
    head, reading = metadata["head"], facts["reading"]
    return Card(
        path=metadata["path"],
        kind=metadata["kind"],
        url=metadata["url"],
        title=head.title,
        headline=facts["headline"],
        date=metadata["date"],
        timed=head.timed,
        modified=head.modified,
        channel=metadata["channel"],
        tags=metadata["tag_links"],
        credits=metadata["credits"],
        topics=head.topics,
        points=head.points,
        series=head.series,
        summary=facts["summary"],
        keywords=facts["keywords"],
        picture=metadata["picture"],
        minutes=(reading.fastest, reading.slowest),
        front=head.front,
        pinned=head.pinned,
        weight=head.weight,
        digest=metadata["digest"],
    )


def add_globals(generator: Generator) -> None:
    """Lend the plugins' functions to the templates."""
    for name, settings in _settings.items():
        for key, function in (_plugins[name].template_globals or {}).items():
            generator.env.globals[key] = partial(function, settings)


def add_relations(generators_of_run: list[Generator]) -> None:
    """Give the articles what they are to one another, or stop with every refusal at once."""
    global _cards  # noqa: PLW0603  see start()
    for path, content in generators_of_run[0].context["generated_content"].items():
        if content is None:  # Pelican logs what it cannot read, and would go on without it
            refuse(f"content/{path}: 读不出这个文件；加 --debug 看原因")
    if _refused:
        stop(_refused)
    contents = {
        content.card.path: content
        for generator in generators_of_run
        for content in (
            generator.articles
            if isinstance(generator, ArticlesGenerator)
            else generator.pages
            if isinstance(generator, PagesGenerator)
            else ()
        )
        if "card" in content.metadata
    }
    found = sorted((content.card for content in contents.values()), key=lambda card: card.path)
    _cards = tuple(sorted(found, key=lambda card: card.date, reverse=True))
    _bodies.update(
        (path, Body(content.lead, content._content)) for path, content in contents.items()
    )
    for name, settings in _settings.items():
        if relations := _plugins[name].relations:
            try:
                values = relations(_cards, settings)
            except RefusalError as refusal:
                refuse(*refusal.messages)
                continue
            for path, content in contents.items():
                setattr(content, name, values.get(path))
    if not _refused:
        add_pages({content.save_as: path for path, content in contents.items()})
    if _refused:
        stop(_refused)


def add_pages(seen: dict[str, str]) -> None:
    """Ask for every page made of cards before one is written; two of one address are refused.

    ``seen`` names who writes an address already.
    """
    for name, settings in _settings.items():
        if not (pages := _plugins[name].pages):
            continue
        try:
            for page in pages(_cards, settings, _bodies.__getitem__):
                if page.save_as in seen:
                    refuse(f"两处都要写 {page.save_as}：{seen[page.save_as]} 与 {name}")
                seen[page.save_as] = name
                _pages.append(page)
        except RefusalError as refusal:
            refuse(*refusal.messages)


class CardPagesGenerator(Generator):
    """Writes what the plugins make of cards, through Pelican's own writer."""

    def generate_output(self, writer: Writer) -> None:
        """Write every page and file."""
        for page in _pages:
            if isinstance(page, File):
                path = Path(sanitised_join(self.output_path, page.save_as))
                path.parent.mkdir(parents=True, exist_ok=True)
                content = page.content
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
            else:
                writer.write_file(
                    page.save_as,
                    self.get_template(page.template),
                    self.context,
                    relative_urls=page.relative,
                    **page.data,
                )


def generators(_pelican: Pelican) -> type[Generator]:
    """Name the generator that this contract adds to Pelican's."""
    return CardPagesGenerator

"""Joins stock Pelican's run, so that the plain ``pelican`` command builds the whole site.

Only this module walks over articles: no plugin does.
"""

import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pelican import Pelican, signals
from pelican.contents import Author, Category, Content, Tag
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.readers import BaseReader, Readers
from pelican.utils import sanitised_join
from pelican.writers import Writer

from plugins import _content, _facts, _files, _renditions
from plugins._card import Body, Card, Link
from plugins._picture import published
from plugins._problem import Problem

_plugins: dict[str, _facts.Plugin] = {}  # of the run under way
_settings: dict[str, Any] = {}
_pages: list[_facts.Page | _facts.File | _facts.Drawn | _facts.Woven] = []
_editions: list[tuple[str, str, Any]] = []  # file, template and text
records: list[_facts.Record] = []
_shown: set[str] = set()  # pictures and renditions
_refused: list[str] = []  # collected, so that an editor hears of all mistakes in one run


def start(pelican: Pelican) -> None:
    """Bind every plugin's settings, before anything else happens.

    Handlers outlive a run, so a second run in one process must not meet the first one's plugins.
    """
    for state in (_plugins, _settings, _pages, _editions, records, _shown, _refused):
        state.clear()
    _plugins.update(_facts.active(pelican.settings["PLUGINS"]))
    for plugin in _plugins.values():
        if plugin.forget:
            plugin.forget()
    try:
        _settings.update(_facts.bind_all(_plugins, pelican.settings))
    except _facts.RefusalError as refusal:
        stop(refusal.messages)
    signals.readers_init.connect(add_reader)
    signals.article_generator_init.connect(refuse_misplaced)
    signals.content_object_init.connect(add_facts)
    signals.generator_init.connect(add_globals)
    signals.all_generators_finalized.connect(add_relations)
    signals.get_generators.connect(generators)
    signals.finalized.connect(clean_pictures)


def stop(messages: Iterable[str]) -> None:
    """Tell the editor and end the run before a file is written."""
    sys.stderr.write("".join(f"{message}\n" for message in messages))
    raise SystemExit(1)


class Reader(BaseReader):
    """Takes the place of Pelican's Markdown reader: strict heads, our dialect, safe HTML."""

    file_extensions = ["md"]  # noqa: RUF012  Pelican reads it from the class

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the HTML and the metadata of a file, or refuse and let Pelican skip it."""
        settings = _settings["reader"]
        root = Path(settings.PATH)
        path = Path(source_path).relative_to(root).as_posix()
        text, problems = _content.read(
            root, path, settings.names, ZoneInfo(settings.TIMEZONE), settings
        )
        if text is None:
            _refused.extend(problem.told(root.name, path) for problem in problems)
            return "", {"status": "skip"}
        if not settings.PREVIEW and _content.unpublished(text.head, settings.BUILD_NOW):
            return "", {"status": "skip"}
        return text.html, self.metadata(text)

    def metadata(self, text: _content.Text) -> dict[str, Any]:
        """Name everything as Pelican does, and as the plugins' facts expect it."""
        found = _content.metadata(text)
        found["tags"] = [named(Tag, link, self.settings) for link in text.tags]
        if text.credits:
            found["authors"] = [
                named(Author, Link(credit.name, credit.url), self.settings)
                for credit in text.credits
            ]
        if text.channel:
            found["category"] = named(Category, text.channel, self.settings)
        if text.head.modified:
            found["modified"] = text.head.modified
        return found


def named(kind: type, link: Link, settings: dict[str, Any]) -> Any:
    """Make Pelican's tag, category or author with our own address instead of a guessed one."""
    wrapper = kind(link.name, settings)
    wrapper.slug = link.url.strip("/").rpartition("/")[2]
    return wrapper


def add_reader(readers: Readers) -> None:
    """Take the place of Pelican's own Markdown reader."""
    if "reader" in _settings:
        readers.reader_classes["md"] = Reader


def refuse_misplaced(generator: ArticlesGenerator) -> None:
    """Refuse files that Pelican would pass over in silence, such as a .txt, and drawings that act."""
    if "reader" not in _settings:
        return
    root, ignored = Path(generator.settings["PATH"]), generator.settings["IGNORE_FILES"]
    paths = list(_content.files(root, ignored))
    found = [(path, problem) for path in paths for problem in _content.misplaced(root, path)]
    found += [(path, Problem(1, 1, why)) for path, why in _content.of_all(root, paths, ignored)]
    _refused.extend(problem.told(root.name, path) for path, problem in found)
    if not any(_files.flaw(root, path) for path, _ in found):
        return
    # Pelican would follow a link and never come back from a pipe: it must not even look.
    settings = _settings["reader"]
    for path in paths:
        if path.endswith(".md") and not path.startswith("pictures/"):
            zone = ZoneInfo(settings.TIMEZONE)
            _, problems = _content.read(root, path, settings.names, zone, settings)
            _refused.extend(problem.told(root.name, path) for problem in problems)
    stop(dict.fromkeys(_refused))


def add_facts(content: Content) -> None:
    """Give one article all facts about itself."""
    if "kind" not in content.metadata:
        return
    facts: dict[str, Any] = {}
    for name, plugin in _plugins.items():
        if plugin.facts:
            try:
                facts[name] = _facts.fact_of(
                    plugin, content._content, content.metadata, _settings[name]
                )
            except _facts.RefusalError as refusal:
                _refused.extend(refusal.messages)
                return
    facts["card"] = _facts.card_of(content.metadata, facts)
    content.metadata.update(facts)
    for name, value in facts.items():
        setattr(content, name, value)


def add_globals(generator: Generator) -> None:
    """Lend the plugins' functions to the templates."""
    for name, plugin in _plugins.items():
        for key, function in (plugin.template_globals or {}).items():
            generator.env.globals[key] = partial(function, _settings[name])


def add_relations(generators_of_run: list[Generator]) -> None:
    """Give the articles what they are to one another, or stop with every refusal at once."""
    for path, content in generators_of_run[0].context["generated_content"].items():
        if content is None:  # Pelican logs what it cannot read, and would go on without it
            _refused.append(f"content/{path}: 读不出这个文件；加 --debug 看原因")
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
    cards = _facts.in_order(content.card for content in contents.values())
    for name, plugin in _plugins.items():
        if plugin.relation:
            lines = _facts.Lines(plugin.relation, cards, _settings[name])
            for place, card in enumerate(cards):
                setattr(contents[card.path], name, lines.value(card, place))
    add_pages(cards, contents)
    if _refused:
        stop(_refused)
    if "reader" in _settings:
        shown = _settings["reader"].PICTURES.union(
            *(content.metadata["uses"] for content in contents.values())
        )
        _shown.update(shown)
        for generator in generators_of_run:
            if isinstance(generator, StaticGenerator):
                hide_pictures(generator, shown)


def hide_pictures(generator: StaticGenerator, shown: frozenset[str]) -> None:
    """Leave out pictures that nothing published shows: they may belong to a draft."""
    generator.staticfiles = generator.context["staticfiles"] = [
        file
        for file in generator.staticfiles
        if not file.save_as.startswith("pictures/") or file.save_as in shown
    ]


def add_pages(cards: tuple[Card, ...], contents: Mapping[str, Any]) -> None:
    """Ask for every page made of cards before one is written; two of one address are refused."""

    def body(path: str) -> Body:
        text = contents[path]
        return Body(text.lead, text._content, text.metadata["head"].source)

    addresses = _facts.Addresses()
    for path, content in contents.items():
        if content.save_as:
            addresses.take(content.save_as, path)
            for save_as, template in _facts.editions_of(content.card, _plugins, _settings):
                addresses.take(save_as, path)
                _editions.append((save_as, template, content))
            for file in _facts.files_of(content.card, body(path), _plugins, _settings):
                addresses.take(file.save_as, path)
                _pages.append(file)
    for name, plugin in _plugins.items():
        if plugin.pages:
            try:
                for page in plugin.pages(cards, _settings[name], body):
                    if isinstance(page, _facts.Record):
                        records.append(page)
                        continue
                    addresses.take(page.save_as, name)
                    _pages.append(page)
            except _facts.RefusalError as refusal:
                _refused.extend(refusal.messages)


class CardPagesGenerator(Generator):
    """Writes what the plugins make of cards, through Pelican's own writer."""

    def generate_output(self, writer: Writer) -> None:
        """Write every page and file."""
        for save_as, template, content in _editions:
            writer.write_file(
                save_as,
                self.get_template(template),
                self.context,
                relative_urls=self.settings["RELATIVE_URLS"],
                article=content,
            )
        for page in _pages:
            if isinstance(page, _facts.Page):
                writer.write_file(
                    page.save_as,
                    self.get_template(page.template),
                    self.context,
                    relative_urls=page.relative,
                    **page.data,
                )
                continue
            path = Path(sanitised_join(self.output_path, page.save_as))
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(page, _facts.File):
                content = page.content
            elif isinstance(page, _facts.Woven):
                content = page.draw(page.texts, former=None, **page.data)
            else:
                content = page.draw(**page.data)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def clean_pictures(pelican: Pelican) -> None:
    """Put in the place of each picture that Pelican has copied what is published of it.

    Beside it go its renditions.
    """
    source, output = Path(pelican.settings["PATH"]), Path(pelican.output_path)
    for path in _content.files(source, pelican.settings["IGNORE_FILES"]):
        if path.startswith("pictures/") and (output / path).is_file() and "reader" in _settings:
            data = (source / path).read_bytes()
            if (made := published(data, path)) != data:
                (output / path).write_bytes(made)
    for name in sorted(_shown):
        if _renditions.source_of(name) and not (source / name).exists():
            file = Path(sanitised_join(output, name))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_renditions.made(source, name))


def generators(_pelican: Pelican) -> type[Generator]:
    """Name the generator that this contract adds to Pelican's."""
    return CardPagesGenerator

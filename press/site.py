"""Build the site at a cost that follows the change: find what is new, draw it, publish.

``scan → texts → cards → relations and lists → jobs → draw → publish``. A job is one file of the
site with the digest of all that it shows; it is drawn only if the last published site had another.
"""

import hashlib
import marshal
import math
import os
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content, _facts, _picture, _renditions
from plugins._card import Card
from plugins._limits import Limits
from press import store, workers
from press.keys import Unread, digest, pack, unpack
from press.scope import program
from press.settings import VOLATILE, UnknownValueError, fingerprint
from press.sources import digest_of, scan, walk
from press.store import LostRecordError
from press.texts import Change, Texts
from press.timings import Timings
from press.trees import Entry, Trees, copy, write
from press.woven import LazyTexts, former_of, in_woven

if TYPE_CHECKING:
    from press.audit import Audit
    from press.draw import Artist
    from press.links import Fault, Look


class Job(NamedTuple):
    """One file of the site: what it is made of, and how."""

    save_as: str
    key: bytes
    owner: str  # the plugin that wants it, the path of the text whose page it is, or COPY
    make: Callable[[], str | bytes | Path] | None  # a path: that file as it is; None: a text's page
    dear: str = ""  # of what takes many times a page's time: what one process should make together
    woven: tuple[bytes, bytes] = (b"", b"")  # digests of a woven file's data and of its texts
    page: bytes = b""  # what a plugin has yielded, packed, if it holds cards or texts


class Done(NamedTuple):
    """A file of the published site."""

    key: bytes
    sha256: str
    owner: str
    relations: bytes = b""  # digest of what a text is to others; of a woven file, of its data
    near: bytes = b""  # what it is to others, packed; of a woven file, the digests of its texts


class Asked(NamedTuple):
    """What a plugin's pages were made of, besides cards and the look."""

    settings: bytes  # all but the clock
    statics: bytes  # the files of theme/static, which a plugin may read
    since: float  # BUILD_NOW then, in seconds since 1970
    until: float  # no clock changes anything up to this BUILD_NOW
    bodies: bool  # whether some page holds a text, and not only its card
    pages: bytes  # digest of the pages


COPY = ""  # owner of files that are copied as they are
NOW = "BUILD_NOW"
FEW = 50  # changed texts of which it is cheaper to look for the pages than to ask for all


class Result(NamedTuple):
    """What came of a build."""

    files: int
    changed: int
    timings: Timings
    warnings: tuple[
        tuple[str, tuple[Any, ...]], ...
    ] = ()  # path and press.gate.Finding, the first about what was read
    fresh: int = 0  # how many there are about that
    older: int = 0  # warnings about texts that this build did not read
    waiting: tuple[tuple[str, str], ...] = ()  # moment and path of texts that are not due yet


class Site:
    """The site of one output folder, between builds; kept in memory by the preview."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "cache"
        self.version = b""
        self.texts = Texts(self.folder)
        self.look = b""
        self.whole = b""  # digest of all that the site was made of but its texts
        self.asked: dict[str, Asked] = {}
        self.jobs: dict[str, Done] | None = {}  # None: kept, and not read yet
        self.pages: dict[str, bytes] = {}  # of plugins, as they are kept
        self.artist: tuple[bytes, Artist] | None = None

    def load(self, version: bytes) -> None:
        """Take up what the last build kept, if this very program kept it."""
        if version == self.version and self.folder.is_dir():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self.version, self.texts = version, Texts(self.folder)
        self.forget_jobs()
        self.texts.load(version)
        payload = store.load(self.folder / "site", version + self.texts.kept.site)
        if payload is not None:
            self.look, self.whole, asked = marshal.loads(payload)
            self.asked = {name: Asked(*values) for name, values in asked.items()}
            self.jobs = None

    def recall(self) -> None:
        """Read of what each file of the site was made. Cost: O(files)."""
        if self.jobs is not None:
            return
        payload = store.load(self.folder / "jobs", self.version + self.texts.kept.site)
        if payload is None:
            self.forget_jobs()
            return
        new = tuple.__new__
        self.jobs = {name: new(Done, values) for name, values in marshal.loads(payload).items()}

    def forget_jobs(self) -> None:
        """Believe nothing of what was published."""
        self.look = self.whole = b""
        self.asked, self.jobs, self.pages = {}, {}, {}

    def pages_of(self, name: str) -> dict[str, bytes] | None:
        """Return the pages of a plugin, packed; None if they cannot be believed."""
        payload: Any = self.pages.get(name)
        if payload is None:
            version = self.version + self.asked[name].pages
            payload = store.load(self.folder / f"pages.{name}", version)
        return None if payload is None else marshal.loads(payload)

    def save(self, pages: Mapping[str, bytes]) -> None:
        """Remember what is published now; ``pages`` are of the plugins that were asked."""
        for plugin, payload in pages.items():
            version = self.version + self.asked[plugin].pages
            store.save(self.folder / f"pages.{plugin}", version, payload)
        self.pages |= pages
        name = os.urandom(8)
        self.texts.settle(name)
        self.texts.save(self.version)
        asked = {name: tuple(values) for name, values in self.asked.items()}
        jobs = {name: tuple(values) for name, values in self.jobs.items()}
        store.save(self.folder / "jobs", self.version + name, marshal.dumps(jobs))
        payload = marshal.dumps((self.look, self.whole, asked))
        store.save(self.folder / "site", self.version + name, payload)

    def build(self, settings: Mapping[str, Any], trees: Trees, timings: Timings) -> Result:
        """Bring the published tree up to date.

        Raises:
            RefusalError: with every mistake, for editors.
            NeedsPelicanError: only Pelican itself can build this site.

        """
        try:
            return self._build(settings, trees, timings)
        except LostRecordError:
            self.forget()
            return self._build(settings, trees, timings)

    def _build(self, settings: Mapping[str, Any], trees: Trees, timings: Timings) -> Result:
        run = _Run(self, settings, trees, timings)
        try:
            return run.build()
        except BaseException:
            if self.version:  # what was read stays read; what is published is still the former site
                self.texts.save(self.version)
            raise

    def forget(self) -> None:
        """Believe nothing that was kept."""
        (self.folder / "texts").unlink(missing_ok=True)
        self.version = b""


class _Run:
    """One build."""

    def __init__(
        self, site: Site, settings: Mapping[str, Any], trees: Trees, timings: Timings
    ) -> None:
        self.site = site
        self.settings = settings
        self.trees = trees
        self.timings = timings
        self.content = Path(settings["PATH"])
        self.theme = Path(settings["THEME"])
        self.plugins = _facts.active(settings["PLUGINS"])
        self.relations = {
            name: plugin.relation for name, plugin in self.plugins.items() if plugin.relation
        }
        self.bound: dict[str, Any] = {}
        self.now = 0.0
        self.lines: dict[str, _facts.Lines] = {}
        self.known: dict[int, bytes] = {}  # digests of the cards that were read, by their id()
        self.look = self.compiled = b""
        self.felt: set[str] = set()  # texts whose relations may be others
        self.showing: set[str] = set()  # texts that show the same others, which look different
        self.copies: list[Job] = []
        self.statics = b""
        self.asked: dict[str, Asked] = {}
        self.pages: dict[str, bytes] = {}  # of the plugins that this build asks
        self.records: dict[str, _facts.Record] = {}
        self.aside: set[str] = set()

    def build(self) -> Result:
        """Do all steps in their order."""
        site, texts, step = self.site, self.site.texts, self.timings.step
        with step("读数据和设置"):
            self.begin()
            texts = site.texts
        with step("核对已发布的文件"):
            published = self.trees.verify()
        with step("看稿件有没有变"):
            folders = (*_content.KINDS, "pictures", "data")
            ignored = self.settings["IGNORE_FILES"]
            seen = scan(str(self.content), folders, texts.sources(), ignored)
            self.aside = seen.aside
        with step("读稿件"):
            changes = texts.update(
                seen,
                self.content,
                self.plugins,
                self.bound,
                self.digests_of_settings(),
                self.settings.get("GATE"),
            )
        with step("看主题有没有变"):
            self.look = self.look_of_pages()
        with step("算要画的页面"):
            self.find_copies()
            stands = not changes and self.stands()
            new, done = ({}, {}) if stands else self.compare(published, changes)
        if stands:
            with step("保存"):
                if not texts.clean:
                    texts.save(site.version)
            return Result(len(published), 0, self.timings, *self.advice(), self.waiting())
        if not new and done.keys() == published.keys() and self.unchanged(done):
            with step("保存"):
                self.note_published()
                if (
                    changes
                    or self.asked != site.asked
                    or self.whole() != site.whole
                    or not texts.clean
                ):
                    self.save(done)
            return Result(len(published), 0, self.timings, *self.advice(), self.waiting())
        with step("画页面"):
            from press.audit import Audit  # noqa: PLC0415  only if something is drawn

            self.trees.prepare()
            audit = Audit(
                self.site.folder, self.settings["SITEURL"], self.trees, published, done, new
            )
            drawn, looks = self.draw([*new.values()], published, audit)
            found = {name: published[name] for name in done}
            found |= {name: entry for name, (entry, *_) in drawn.items()}
        with step("核对链接"):
            if faults := audit.faults(looks):
                self.refuse(faults, audit)
        with step("发布"):
            self.trees.publish(found)
            audit.keep()
            for job in new.values():
                entry, *relations = drawn[job.save_as]
                done[job.save_as] = Done(job.key, entry.sha256, job.owner, *relations)
            self.note_published()
            self.save(done)
        changed = sum(published.get(name) != entry for name, entry in found.items())
        return Result(len(found), changed, self.timings, *self.advice(), self.waiting())

    def begin(self) -> None:
        """Read what concerns all texts, and what the last build kept of them."""
        for plugin in self.plugins.values():
            if plugin.forget:
                plugin.forget()
        self.bound = _facts.bind_all(self.plugins, self.settings)
        self.now = self.bound["reader"].BUILD_NOW.timestamp()
        # One that is kept in memory is of the program that is loaded, whatever its sources say now.
        self.site.load(self.site.version or program(self.settings, Path.cwd()))

    def advice(self) -> tuple[tuple[tuple[str, tuple[Any, ...]], ...], int, int]:
        """Return the first warnings about what was read, how many those are, and those about the rest."""
        texts = self.site.texts
        read = sorted(path for path in texts.read if texts.entries[path].advice)
        fresh = sum(texts.entries[path].advice for path in read)
        older = sum(entry.advice for entry in texts.entries.values()) - fresh
        if not read:
            return (), 0, older
        from press.gate.report import MOST_ADVICE  # noqa: PLC0415  only if there is something to say

        found = ((path, finding) for path in read for finding in texts.findings(path))
        return tuple(islice(found, MOST_ADVICE)), fresh, older

    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Return the texts that are no drafts and not due yet, in order. Cost: O(texts), a look."""
        entries, published = self.site.texts.entries, self.site.texts.published
        hidden = [(entries[path], path) for path in entries.keys() - published.keys()]
        found = [(entry.due, path) for entry, path in hidden if entry.due and not entry.draft]
        zone = ZoneInfo(self.settings["TIMEZONE"])
        return tuple(
            (f"{datetime.fromtimestamp(due, zone):%Y-%m-%d %H:%M}", path)
            for due, path in sorted(found)
        )

    def save(self, done: dict[str, Done]) -> None:
        """Remember what is published."""
        self.site.look, self.site.asked, self.site.jobs = self.look, self.asked, done
        self.site.whole = self.whole()
        self.site.save({name: self.pages[name] for name in self.pages.keys() & self.asked.keys()})

    def note_published(self) -> None:
        """Bring the records up to date; whose is not written is asked again by the next build."""
        for name, record in self.records.items():
            written = note(record, self.settings)
            if written is None:
                del self.asked[name]
            elif written:  # with it, the plugin comes to the same pages
                self.bound = _facts.bind_all(self.plugins, self.settings)
                self.asked[name] = self.asked[name]._replace(settings=self.settings_of(name))

    def unchanged(self, done: Mapping[str, Done]) -> bool:
        """Tell whether the output is already all that is wanted."""
        return self.trees.same({name: self.trees.verified[name] for name in done})

    def digests_of_settings(self) -> dict[str, bytes]:
        """Return the digests of what records depend on."""
        reader = self.bound["reader"]
        limits = {name: getattr(reader, name) for name in Limits._fields}
        found = {
            "names": fingerprint(reader.names),
            "zone": fingerprint([reader.TIMEZONE, limits]),
            "gate": fingerprint(self.settings.get("GATE")),
        }
        for name, plugin in self.plugins.items():
            if plugin.facts:
                found[name] = fingerprint(self.bound[name])
        return found

    def look_of_pages(self) -> bytes:
        """Return the digest of what every drawn page depends on; make ready to draw."""
        shown = {name: value for name, value in self.settings.items() if name not in VOLATILE}
        lent = {
            name: self.bound[name]
            for name, plugin in self.plugins.items()
            if plugin.template_globals
        }
        jinja = {name: value for name, value in self.settings.items() if name.startswith("JINJA_")}
        try:
            compiled = digest(self.site.version, fingerprint(jinja))
            look = fingerprint([shown, lent])
        except UnknownValueError:
            look = compiled = os.urandom(16)  # then every page is drawn each time
        for folder in ("templates", "styles"):
            files = sorted(walk(str(self.theme), folder), key=lambda item: item[0])
            for path, entry in files:
                with open(entry.path, "rb") as file:  # noqa: PTH123
                    content = hashlib.file_digest(file, "sha256").digest()
                look = digest(look, path.encode(), content)
        self.compiled = compiled
        return look

    @cached_property
    def artist(self) -> "Artist":
        """What draws pages of this look; the preview keeps it for its next build."""
        from press.draw import Artist, functions_of  # noqa: PLC0415  only if something is drawn

        if self.site.artist is None or self.site.artist[0] != self.look:
            functions = functions_of(self.plugins, self.bound)
            folder = self.site.folder / "templates"
            artist = Artist(self.settings, functions, folder, self.compiled)
            self.site.artist = self.look, artist
        return self.site.artist[1]

    # ---- cards ----

    def card(self, path: str) -> Card:
        """Return the card of one text."""
        card = self.site.texts.card(path)
        self.known[id(card)] = self.site.texts.published[path].shown
        return card

    @cached_property
    def cards(self) -> tuple[Card, ...]:
        """All cards in their order. Cost: O(texts), and the memory of them all."""
        published = self.site.texts.published
        found = self.site.texts.all_cards()
        self.known.update({id(found[path]): entry.shown for path, entry in published.items()})
        return _facts.in_order(found[path] for path in published)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each card among all."""
        return {card.path: place for place, card in enumerate(self.cards)}

    # ---- what there is to write ----

    def find_copies(self) -> None:
        """Find the files that are copied. Cost: O(files of the theme and pictures)."""
        statics = sorted(self.static_jobs(), key=lambda job: job.save_as)
        self.statics = digest(
            *(part for job in statics for part in (job.save_as.encode(), job.key))
        )
        self.copies = [*statics, *self.picture_jobs()]

    def whole(self) -> bytes:
        """Return the digest of all that the site is made of but its texts, and of what is published."""
        copies = sorted((job.save_as.encode(), job.key) for job in self.copies)
        return digest(self.look, *chain.from_iterable(copies), self.trees.seal)

    def stands(self) -> bool:
        """Tell whether the published site is what this build would make, without looking at each file.

        No text has changed in this build; nor had one in an earlier build that was refused, nothing
        else of which the site is made is another one, and no plugin has to be asked.
        """
        site = self.site
        return (
            bool(self.trees.seal)
            and not site.texts.kept.behind
            and site.whole == self.whole()
            and site.asked.keys() == {name for name, it in self.plugins.items() if it.pages}
            and all(self.holds(name, asked, ()) for name, asked in site.asked.items())
        )

    def holds(self, name: str, asked: Asked, changes: Sequence[Change]) -> bool:
        """Tell whether nothing has changed that a plugin's pages were decided by."""
        plugin = self.plugins.get(name)
        return (
            plugin is not None
            and asked.since <= self.now <= asked.until
            and (asked.settings, asked.statics) == (self.settings_of(name), self.statics)
            and (plugin.sees == () or all(same_in(change, plugin.sees) for change in changes))
        )

    def compare(
        self, published: Mapping[str, Entry], changes: Sequence[Change]
    ) -> tuple[dict[str, Job], dict[str, Done]]:
        """Part the files of the site into those to draw and those that stand as they are.

        Cost: O(files) looks; all cards only if something changed that other pages show.

        Raises:
            RefusalError: two of one address, or what a plugin refuses.

        """
        self.site.recall()
        self.felt, self.showing = self.feel(changes), self.show(changes)
        standing = self.standing_plugins(published, changes)
        new: dict[str, Job] = {}
        done = dict(self.standing_files(published, standing))
        for name, pages in standing.items():
            for page in pages:
                del done[page.save_as]
                self.sort(self.page_job(page, name), published, new, done)
        for job in (*self.text_jobs(done), *self.copies):
            self.sort(job, published, new, done)
        refused: list[str] = []
        for name, plugin in self.plugins.items():
            if name in standing or not plugin.pages:
                continue
            try:
                for job in self.ask(name, plugin):
                    self.sort(job, published, new, done)
            except _facts.RefusalError as refusal:
                refused += refusal.messages
        if refused:
            raise _facts.RefusalError(*refused)
        return new, done

    def sort(
        self,
        job: Job,
        published: Mapping[str, Entry],
        new: dict[str, Job],
        done: dict[str, Done],
    ) -> None:
        """Put a job to those to draw, or to those that stand.

        Raises:
            RefusalError: somebody else writes that file.

        """
        name = job.save_as
        if other := new.get(name) or done.get(name):
            raise _facts.written_twice(name, other.owner or name, job.owner or name)
        former, entry = self.site.jobs.get(name), published.get(name)
        if (
            former is not None
            and entry is not None
            and former.key == job.key
            and former.sha256 == entry.sha256
            and (
                job.make is not None
                or not (job.owner in self.felt or job.owner in self.showing)
                or self.relations_of(job.owner)[1] == former.relations
            )
        ):
            done[name] = former if former.owner == job.owner else former._replace(owner=job.owner)
        else:
            new[name] = job

    def standing_files(
        self, published: Mapping[str, Entry], standing: Collection[str]
    ) -> Iterator[tuple[str, Done]]:
        """Yield the files of plugins that stand, and the texts' pages that nobody need look at."""
        texts, look = self.site.texts, self.look
        same = texts.published.keys() - texts.kept.behind.keys()
        seen = same - self.felt - self.showing
        for save_as, file in self.site.jobs.items():
            if file.owner in standing:
                yield save_as, file
            elif file.owner in (seen if file.relations else same) and file.key.startswith(look):
                there = published.get(save_as)
                if there is not None and there.sha256 == file.sha256:
                    yield save_as, file

    def text_jobs(self, done: Mapping[str, Done]) -> list[Job]:
        """Return the pages and files of all texts that do not stand already."""
        texts, known = self.site.texts, self.site.jobs
        lost = {file.owner for name, file in known.items() if name not in done}
        doubtful = texts.published.keys() - ({file.owner for file in done.values()} - lost)
        # Of the others, the pages alone may show something else: who is near.
        changed = texts.kept.behind.keys() | {
            file.owner for name, file in known.items() if not file.relations and name not in done
        }
        jobs = []
        for card in map(self.card, sorted(doubtful)):
            path, record = card.path, texts.published[card.path].record
            if not _content.stands_alone(card.kind, path):
                continue
            names = self.templates_of(card)
            jobs += [Job(name, self.look + record, path, None) for name in names]
            if path in changed or self.look != self.site.look:
                files = _facts.files_of(card, self.body(path), self.plugins, self.bound)
                made = [self.page_job(file, path) for file in files]
                jobs += [job._replace(key=self.look + job.key) for job in made]
        return [job for job in jobs if job.save_as not in done]

    def templates_of(self, card: Card) -> dict[str, str]:
        """Return the pages of a text, its own first, each with its template."""
        own = {page_of(card): _content.TEMPLATES[card.kind]}
        return own | dict(_facts.editions_of(card, self.plugins, self.bound))

    def ask(self, name: str, plugin: _facts.Plugin) -> Iterator[Job]:
        """Ask a plugin for its pages, and note what they depend on."""
        bound, bodies, kept = self.bound[name], [False], {}

        def body(path: str) -> Unread:
            bodies[0] = True
            return self.body(path)

        for page in plugin.pages(self.cards, bound, body):
            if isinstance(page, _facts.Record):
                self.records[name] = page
                continue
            job = self.page_job(page, name)
            if job.page:
                kept[job.save_as] = job.page
            yield job
        until = math.inf
        if NOW in plugin.settings.__annotations__:
            until = plugin.until(self.cards, bound).timestamp() if plugin.until else -math.inf
        self.pages[name] = marshal.dumps(kept)
        settings, pages = self.settings_of(name), digest(self.pages[name])
        self.asked[name] = Asked(settings, self.statics, self.now, until, bodies[0], pages)

    def settings_of(self, name: str) -> bytes:
        """Return the digest of a plugin's settings but for the clock."""
        values = vars(self.bound[name])
        return fingerprint({key: value for key, value in values.items() if key != NOW})

    def standing_plugins(
        self, published: Mapping[str, Entry], changes: Sequence[Change]
    ) -> dict[str, list[Any]]:
        """Return the plugins that need not be asked, with the pages that may look different.

        Nothing on which their pages depend has changed: only what these show of some texts.
        """
        site, standing = self.site, {}
        if self.look != site.look:
            return {}
        damaged = {
            file.owner
            for save_as, file in site.jobs.items()
            if (entry := published.get(save_as)) is None or entry.sha256 != file.sha256
        }
        for name, asked in site.asked.items():
            if (
                name not in damaged
                and self.holds(name, asked, changes)
                and (pages := self.pages_holding(name, asked)) is not None
            ):
                standing[name] = pages
        self.asked = {name: site.asked[name] for name in standing}
        return standing

    def pages_holding(self, name: str, asked: Asked) -> list[Any] | None:
        """Return the pages of a plugin that hold a text that has changed; None: nobody knows.

        Cost: O(pages of the plugin), if there is such a text.
        """
        texts = self.site.texts
        paths = texts.kept.behind.keys() & texts.published.keys()
        if not asked.bodies:
            now = texts.published
            paths = {
                path
                for path in paths
                if path not in texts.was or texts.was[path].shown != now[path].shown
            }
        if not paths:
            return []
        kept = self.site.pages_of(name) if len(paths) <= FEW else None
        if kept is None:
            return None
        marks = [path.encode() for path in paths]
        return [
            unpack(packed, self.card, self.body)
            for packed in kept.values()
            if any(mark in packed for mark in marks)
        ]

    def text(self, path: str) -> tuple[Card, Unread]:
        """Return a text for woven files."""
        return self.card(path), self.body(path)

    def body(self, path: str) -> Unread:
        """Return a text that is read only when asked for."""
        entry = self.site.texts.published[path]
        return Unread(path, entry.record, lambda: self.site.texts.record(path))

    def page_job(self, page: Any, owner: str) -> Job:
        """Return the job of a page made of cards."""
        if isinstance(page, _facts.File):
            content = page.content
            raw = content if isinstance(content, bytes) else content.encode()
            return Job(page.save_as, digest(b"file", raw), owner, lambda: content)
        if isinstance(page, _facts.Woven):
            return self.woven_job(page, owner)
        packed, key, holds = pack(page, self.known)
        kept = packed if holds else b""
        if isinstance(page, _facts.Drawn):
            return Job(page.save_as, key, owner, lambda: page.draw(**page.data), page=kept)
        return Job(
            page.save_as,
            digest(self.look, key),
            owner,
            lambda: self.artist.draw(
                page.save_as, page.template, page.data, relative=page.relative
            ),
            page=kept,
        )

    def woven_job(self, page: _facts.Woven, owner: str) -> Job:
        """Return the job of a file of many texts; what was published of it saves most of the work.

        Kept, its texts are their paths: they are read when the file is drawn, if at all.
        """
        paths = [text if isinstance(text, str) else text[1].path for text in page.texts]
        texts, published = LazyTexts(paths, self.text), self.site.texts.published
        woven = b"".join([in_woven(published[path]) for path in paths])
        data = pack(page._replace(texts=()), self.known).digest
        packed = pack(page._replace(texts=paths), self.known).content
        was, there = self.site.jobs.get(page.save_as), self.trees.verified.get(page.save_as)

        def make() -> bytes:
            former = None
            if was and there and was.near and was.relations == data and was.sha256 == there.sha256:
                content = Path(self.trees.output, page.save_as).read_bytes()
                if hashlib.sha256(content).hexdigest() == was.sha256:
                    former = former_of(content, was.near, woven, self.texts_gone())
            return page.draw(texts, former=former, **page.data)

        return Job(page.save_as, digest(data, woven), owner, make, woven=(data, woven), page=packed)

    def texts_gone(self) -> dict[bytes, tuple[Card, Unread]]:
        """Return the texts that this build has found changed, as they were, by their digests."""
        texts, found = self.site.texts, {}
        for path, entry in texts.was.items():
            body = Unread(path, entry.record, partial(texts.record_of, entry, path))
            card = texts.kept.behind[path]
            found[in_woven(entry)] = card, body
        return found

    def static_jobs(self) -> Iterator[Job]:
        """Yield the files of theme/static, as they are."""
        folder = self.settings["THEME_STATIC_DIR"]
        ignored = self.settings["IGNORE_FILES"]
        for part in self.settings["THEME_STATIC_PATHS"]:
            for path, entry in walk(str(self.theme), part, ignored):
                save_as = f"{folder}/{path.removeprefix(part).strip('/')}"
                yield self.static_job(save_as, Path(entry.path))

    def picture_jobs(self) -> Iterator[Job]:
        """Yield the pictures that something published shows, and their renditions.

        The pictures themselves go out without what their files say besides. Cost: O(pictures).
        """

        def make(path: str) -> bytes:
            return _picture.published((self.content / path).read_bytes(), path)

        shown = self.bound["reader"].PICTURES.union(
            *(entry.uses for entry in self.site.texts.published.values() if entry.uses)
        )
        others = self.site.texts.kept.others
        for name in shown:
            if (source := _renditions.source_of(name)) and name not in others:
                make_one = partial(_renditions.made, self.content, name)
                yield Job(name, digest(name.encode()), COPY, make_one, source)
        for path in others:
            if path in shown and path.startswith("pictures/") and path not in self.aside:
                job = self.static_job(path, self.content / path)
                yield job._replace(make=partial(make, path))

    def static_job(self, save_as: str, file: Path) -> Job:
        """Return the job of a file that is copied."""
        known = self.site.texts.kept.others.get(save_as)
        content = known[1] if known else digest_of(str(file))
        return Job(save_as, content.encode(), COPY, lambda: file)

    # ---- what is new ----

    def line_up(self, name: str) -> _facts.Lines:
        """Return the lines of a relation, drawn up once."""
        if name not in self.lines:
            self.lines[name] = _facts.Lines(self.relations[name], self.cards, self.bound[name])
        return self.lines[name]

    def feel(self, changes: Sequence[Change]) -> set[str]:
        """Return the paths of the texts whose relations may have changed."""
        if not self.site.jobs:
            return set()  # they are all new
        felt: set[str] = set()
        ranked: list[tuple[float, str]] = []
        for name, relation in self.relations.items():
            settings = self.bound[name]
            for change in changes:
                stands = [
                    [*relation.lines(card, settings)] if card else []
                    for card in (change.before, change.now)
                ]
                if stands[0] == stands[1] and same_in(change, ()):
                    continue
                if not ranked:
                    ranked = [(-card.date.timestamp(), card.path) for card in self.cards]
                for card, on in zip((change.before, change.now), stands, strict=True):
                    if card is None:
                        continue
                    place = bisect_left(ranked, (-card.date.timestamp(), card.path))
                    for line, _ in on:
                        felt.update(near.path for near in self.line_up(name).felt(line, place))
        return felt

    def show(self, changes: Sequence[Change]) -> set[str]:
        """Return the paths of the texts that show one that looks different now.

        Cost: O(files) looks, if there is one.
        """
        published = self.site.texts.published
        marks = [
            change.now.path.encode()
            for change in changes
            if change.now and change.before and not same_in(change, None)
        ]
        if not marks or len(marks) > FEW:
            return set(published) if marks else set()
        return {
            file.owner
            for file in self.site.jobs.values()
            if file.near and any(mark in file.near for mark in marks) and file.owner in published
        }

    def packed(self, path: str) -> tuple[bytes, bytes] | None:
        """Return what a text is to others as the last build packed it, with its digest."""
        if self.look != self.site.look or path in self.felt:
            return None
        former = self.site.jobs.get(page_of(self.card(path)))
        return (former.near, former.relations) if former and former.owner == path else None

    def relations_of(self, path: str) -> tuple[dict[str, Any], bytes, bytes]:
        """Return what a text is to others, the digest of that, and it packed."""
        if known := self.packed(path):
            near, relations = known
            values = unpack(near, self.card, self.body)
            if path in self.showing:
                near, relations, _ = pack(values, self.known)
            return values, relations, near
        place = self.places[path]
        card = self.cards[place]
        values = {name: self.line_up(name).value(card, place) for name in self.relations}
        near, relations, _ = pack(values, self.known)
        return values, relations, near

    # ---- drawing ----

    def refuse(self, faults: Sequence["Fault"], audit: "Audit") -> None:
        """Refuse the site, with each dead link where an editor typed it."""
        from press import verdict  # noqa: PLC0415  for a mistake only

        texts = self.site.texts.published
        sources = {f"{_content.address_of(path)[1]}index.html": path for path in texts}
        verdict.refuse(faults, audit, self.content, sources.get)

    def draw(
        self, jobs: Sequence[Job], published: Mapping[str, Entry], audit: "Audit"
    ) -> tuple[dict[str, tuple[Entry, bytes, bytes]], list["Look"]]:
        """Draw jobs on all cores, into the staged tree; look at the links of each."""
        if any(job.make is None and not self.packed(job.owner) for job in jobs):
            for name in self.relations:  # once for all processes
                self.line_up(name)

        def work(share: Iterable[Job], _number: int) -> tuple[dict[str, Any], list["Look | None"]]:
            found, looks = {}, []
            for job in share:
                content, *relations = self.content_of(job)
                former = published.get(job.save_as)
                if isinstance(content, Path):
                    entry = copy(self.trees.staged, job.save_as, content, former)
                else:
                    raw = content if isinstance(content, bytes) else content.encode()
                    entry = write(self.trees.staged, job.save_as, raw, former)
                found[job.save_as] = entry, *relations
                looks.append(audit.look(job.save_as, content))
            return found, looks

        found: dict[str, tuple[Entry, bytes, bytes]] = {}
        looks: list[Look] = []
        kinds = {job.make is None: job for job in reversed(jobs)}
        first = list(kinds.values())  # what they load, the others inherit
        rest: dict[str, list[Job]] = defaultdict(list)
        dear: dict[str, list[Job]] = defaultdict(list)
        texts = self.site.texts.published
        for job in jobs:
            if job in first:
                continue
            if job.dear:
                dear[job.dear].append(job)
            else:  # what is made of one text, one process makes: it reads the text once
                rest[job.owner if job.owner in texts else job.save_as].append(job)
        groups = sorted(rest.values(), key=lambda group: not group[0].woven[0])  # the longest first

        def work_together(share: Iterable[list[Job]], number: int) -> Any:
            return work((job for group in share for job in group), number)

        for part, seen in (
            work(first, 0),
            *workers.share(work_together, groups),
            *workers.share(work_together, [*dear.values()], worth=2),
        ):
            found |= part
            looks += filter(None, seen)
        return found, looks

    def content_of(self, job: Job) -> tuple[str | bytes | Path, bytes, bytes]:
        """Make one file; of a text also what it is to others, packed and as a digest."""
        if job.make:
            return job.make(), *job.woven
        from press.draw import Elsewhere, article_of  # noqa: PLC0415  only if something is drawn

        path = job.owner
        record = self.site.texts.record(path)
        values, relations, near = self.relations_of(path)
        card = self.card(path)
        view = article_of(record.text, {**(record.facts or {}), "card": card}, values)
        data: dict[str, Any] = (
            {"page": view}
            if card.kind == "page"
            else {"article": view, "category": Elsewhere("category"), "blog": True}
        )
        template = self.templates_of(card)[job.save_as]
        relative = self.settings["RELATIVE_URLS"]
        page = self.artist.draw(job.save_as, template, data, relative=relative)
        return page, relations, near


def page_of(card: Card) -> str:
    """Return the file of a text's own page."""
    return f"{card.url}index.html"


def same_in(change: Change, fields: Sequence[str] | None) -> bool:
    """Tell whether a text is what it was to who sees some fields of its card, or all, and its place."""
    before, now = change
    if before is None or now is None:
        return False
    if fields is None:
        apart = {"keywords": (), "digest": ""}
        return before._replace(**apart) == now._replace(**apart)
    return all(getattr(before, name) == getattr(now, name) for name in ("date", *fields))


def note(record: _facts.Record, settings: Mapping[str, Any]) -> bool | None:
    """Bring a file up to date that knows what was published; return whether it was written now.

    None: it is to be another one, but a preview publishes nothing, and in CI nobody would commit it.
    """
    path = Path(settings["PATH"], record.path)
    if path.exists() and path.read_bytes() == record.content.encode():
        return False
    if settings.get("PREVIEW") or os.environ.get("CI"):
        if record.warning and not settings.get("PREVIEW"):
            print(record.warning, file=sys.stderr)
        return None
    new = path.with_name(f".{path.name}.new")
    path.parent.mkdir(exist_ok=True)
    new.write_bytes(record.content.encode())
    new.replace(path)
    return True

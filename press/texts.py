"""Read every text once in its life: what it says is kept by the digest of its file.

A record is a text with its facts. It holds as long as its file, the files it asked for (pictures,
linked articles), the names of content/data, the settings of the plugins and the program itself are
what they were; each of these renews only what depends on it.
"""

import io
import marshal
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content, _facts, _pinyin
from plugins._card import Card
from plugins._limits import OutOfTimeError, too_long, within
from plugins._problem import Problem
from press import patterns, workers
from press.keys import digest, plain, shown
from press.sources import Scan, Source, Stat
from press.store import LostRecordError, Pack, Shards

if TYPE_CHECKING:
    import press.gate

SLACK = 2  # times the size of what is used, before the pack is written anew
FREE = 1_000_000  # bytes that are not worth it
TEXTS = tuple(f"{folder}/" for folder in _content.KINDS)


class Entry(NamedTuple):
    """What the press knows of a text without reading its record or its card: plain values."""

    stat: Stat | None
    digest: str  # of the file
    place: tuple[int, int, int]
    record: bytes  # digest of the record
    uses: tuple[str, ...]
    due: float | None  # its date, in seconds since 1970
    draft: bool
    shown: bytes  # digest of what other pages may show of it; empty: nobody asked for its facts yet
    advice: int = 0  # how many warnings lie beside its record


class Record(NamedTuple):
    """One text, read."""

    text: _content.Text
    facts: dict[str, Any] | None


class Change(NamedTuple):
    """One text as other pages know it, in the last published site and now; None: not at all."""

    before: Card | None
    now: Card | None


class Kept(NamedTuple):
    """What stands beside the entries between builds."""

    keys: dict[str, bytes]  # digests of what records depend on besides their files
    others: dict[str, Source]  # files that are no texts
    hidden: set[str]  # texts that the last published site did not show
    behind: dict[str, Card | None]  # what it showed of texts that have changed since
    site: bytes  # names that site
    spelt: dict[str, str]  # addresses that have been spelt, for their dictionary is slow to load


class Texts:
    """All texts of the site, between builds and in this one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        self.cards = Shards(folder / "texts")
        self.pack = Pack(folder / "pack")
        self.kept = Kept({}, {}, set(), {}, b"", {})
        self.published: dict[str, Entry] = {}
        self.clean = True  # whether all that is known is kept
        # Of texts that change in this build, as they were published.
        self.was: dict[str, Entry] = {}
        self.read: set[str] = set()  # paths of the texts that this build has read
        self._parts: dict[Any, Any] = {}
        self._last: tuple[Any, Record | None] = (), None  # place of the last one read, and it

    def load(self, version: bytes) -> None:
        """Take up what the last build kept."""
        self.cards.load(version)
        if self.cards.extra:
            entries, self.kept = self.cards.extra
            self.cards.extra = None
            new = tuple.__new__
            found = marshal.loads(entries).items()
            self.entries = {path: new(Entry, values) for path, values in found}
            _pinyin.SPELT.update(self.kept.spelt)
        else:
            self.pack.close()
            self.pack.path.unlink(missing_ok=True)
            self.pack = Pack(self.pack.path)

    def save(self, version: bytes) -> None:
        """Keep everything for the next build; a pack full of old records is written anew."""
        used = sum(entry.place[1] for entry in self.entries.values())
        if self.pack.end > SLACK * used + FREE:
            self.compact()
        self.kept = self.kept._replace(spelt=dict(_pinyin.SPELT))
        entries = marshal.dumps({path: tuple(entry) for path, entry in self.entries.items()})
        self.cards.extra = entries, self.kept
        self.cards.save(version)
        self.cards.extra = None
        self.clean = True

    def compact(self) -> None:
        """Write a new pack that holds only what is used."""
        paths = list(self.entries)
        new = Pack(self.folder / "pack.new")
        new.path.unlink(missing_ok=True)
        places = new.append(self.pack.read(self.entries[path].place) or b"" for path in paths)
        for path, place in zip(paths, places, strict=True):
            self.entries[path] = self.entries[path]._replace(place=place)
        # A crash before the entries are saved leaves places that fit no checksum: read anew.
        self.pack.close()
        new.path.replace(self.pack.path)
        self.pack = Pack(self.pack.path)

    def record(self, path: str) -> Record:
        """Return the record of a text.

        Raises:
            LostRecordError: the cache was damaged.

        """
        return self.record_of(self.entries[path], path)

    def record_of(self, entry: Entry, path: str) -> Record:
        """Return the record of a text as it is, or as it was when this build began.

        Raises:
            LostRecordError: the cache was damaged.

        """
        place, record = self._last  # who asks for one part of a text asks for others
        if record is None or place != entry.place:
            content = self.pack.read(entry.place)
            if content is None:
                raise LostRecordError(path)
            record = Record(*pickle.loads(content))
            self._last = entry.place, record
        return record

    def findings(self, path: str) -> tuple[Any, ...]:
        """Return the warnings about a text, each as the values of a press.gate.Finding.

        Raises:
            LostRecordError: the cache was damaged.

        """
        if not self.entries[path].advice:
            return ()
        content = self.pack.read(self.entries[path].place)
        if content is None:
            raise LostRecordError(path)
        stream = io.BytesIO(content)
        pickle.load(stream)
        return pickle.load(stream)

    def sources(self) -> dict[str, Source]:
        """Return all files as they were when they were last read."""
        known: dict[str, Source] = {path: entry[:2] for path, entry in self.entries.items()}
        return known | self.kept.others

    def card(self, path: str) -> Card:
        """Return the card of a published text."""
        card = self.cards.get(path)
        if card is None:
            raise LostRecordError(path)
        return card

    def all_cards(self) -> dict[str, Card]:
        """Return the cards of all texts that have one."""
        found = self.cards.all()
        if lost := next((path for path in self.published if path not in found), ""):
            raise LostRecordError(lost)
        return found

    def update(  # noqa: PLR0913, PLR0917  all that texts depend on
        self,
        scan: Scan,
        root: Path,
        plugins: Mapping[str, _facts.Plugin],
        settings: Mapping[str, Any],
        keys: Mapping[str, bytes],
        gate: Mapping[str, Any] | None = None,
    ) -> list[Change]:
        """Bring all entries up to date; return what has changed since the last published site.

        ``keys`` are digests of what records depend on: ``names``, ``zone``, ``gate`` and each
        plugin by its name. ``gate`` is the setting GATE. Cost: O(texts) looks, and a reading
        of what changed.

        Raises:
            RefusalError: with every mistake of every file.

        """
        reader, kept = settings["reader"], self.kept
        self.was = {}
        stale = self._stale(keys)
        moved = scan.removed | scan.added | {path for path in scan.changed if not is_text(path)}
        for path in self.entries.keys() & (scan.removed | scan.aside):
            self._drop(path)
        unread, unfit, refused = [], [], wrong_files(scan, root)
        can_be_seen = visible(reader)
        for path in scan.files if stale else sorted(self._doubtful(scan, moved)):
            if path in scan.aside:
                continue
            stat, file = scan.files[path]
            if not is_text(path):
                if path in scan.changed and (found := _content.misplaced(root, path)):
                    refused.setdefault(path, []).extend(p.told(root.name, path) for p in found)
                continue
            entry = self.entries.get(path)
            if (
                entry is None
                or entry.digest != file
                or "zone" in stale
                or (moved and not moved.isdisjoint(entry.uses))
            ):
                unread.append(path)
                continue
            if entry.stat != stat:
                self.entries[path] = entry._replace(stat=stat)
                self.clean = False
            if stale or (not entry.shown and can_be_seen(entry)):
                unfit.append(path)
        work = _Work(self, scan, root, plugins, settings, stale, gate)
        self.read = set()
        refused |= self._take(work.read, unread)
        refused |= self._take(work.renew, unfit)
        others = {
            path: scan.files[path]
            for path in scan.files.keys() - self.entries.keys()
            if path not in refused  # looked at again next time
        }
        for path in refused.keys() & self.entries.keys():  # read again next time
            self._drop(path)
        # If some records are renewed and others refused, they cannot be told apart next time.
        self.kept = kept._replace(keys={} if refused and stale else dict(keys), others=others)
        if (kept.keys, kept.others) != (self.kept.keys, others):
            self.clean = False
        if refused:
            raise _facts.RefusalError(*(line for path in sorted(refused) for line in refused[path]))
        return self._publish(reader)

    def _stale(self, keys: Mapping[str, bytes]) -> set[str]:
        """Return what records depend on besides their files and has changed."""
        stale = {name for name in keys if self.kept.keys.get(name) != keys[name]}
        if self.kept.keys.keys() - keys.keys():  # a plugin has left
            stale.add("plugins")
        return stale

    def _doubtful(self, scan: Scan, moved: set[str]) -> set[str]:
        """Return the paths of all that may have to be read or renewed."""
        waiting = {path for path, entry in self.entries.items() if not entry.shown}
        if not moved:
            return scan.touched | waiting
        users = {
            path
            for path, entry in self.entries.items()
            if entry.uses and not moved.isdisjoint(entry.uses)
        }
        return scan.touched | waiting | users

    def _take(self, work: Any, paths: list[str]) -> dict[str, list[str]]:
        """Do some work on texts on all cores; return the messages by path."""
        if not paths:
            return {}

        def parts() -> list[Any]:
            # The first one alone: what it loads, the others inherit. Each share has its own number.
            found = [work(paths[:1], -1), *workers.share(work, paths[1:])]
            if apart:
                patterns.keep()  # what reading has compiled goes with its process
            return found

        refused: dict[str, list[str]] = {}
        # Nobody needs the dictionaries any more when many texts have been read, or a new one, for which
        # they all are loaded; an edit of few asks for none.
        apart = len(paths) >= workers.WORTH or not self.entries.keys() >= {*paths}
        for part, messages, spelt in workers.apart(parts) if apart else parts():
            _pinyin.SPELT.update(spelt)
            start = self.pack.absorb(part.pack)
            for path, entry, card in part.texts():
                offset, length, checksum = entry.place
                self._drop(path)
                self.entries[path] = entry._replace(place=(offset + start, length, checksum))
                self.read.add(path)
                if card is not None:
                    self.cards[path] = self._slim(card)
            refused |= messages
        return refused

    def _slim(self, card: Card) -> Card:
        """Let equal parts of all cards be one object: a tag stands on very many articles."""
        one = self._parts.setdefault
        return card._replace(
            kind=sys.intern(card.kind),
            minutes=one(card.minutes, card.minutes),
            channel=card.channel and one(card.channel, card.channel),
            tags=tuple([one(tag, tag) for tag in card.tags]),
            credits=tuple([one(credit, credit) for credit in card.credits]),
            keywords=tuple([(sys.intern(word), one(size, size)) for word, size in card.keywords]),
        )

    def _note(self, path: str) -> None:
        """Remember what the last published site showed of a text that changes now."""
        if path not in self.kept.behind:
            entry = self.entries.get(path)
            seen = entry and path not in self.kept.hidden
            self.kept.behind[path] = self.card(path) if seen else None
            if entry and seen:
                self.was[path] = entry
            self.clean = False

    def _drop(self, path: str) -> None:
        """Forget a text, if it was known."""
        self._note(path)
        self.clean = False
        entry = self.entries.pop(path, None)
        if entry and entry.shown:
            del self.cards[path]

    def _publish(self, reader: Any) -> list[Change]:
        kept, can_be_seen = self.kept, visible(reader)
        secret = {path for path, entry in self.entries.items() if not can_be_seen(entry)}
        for path in secret ^ kept.hidden:
            self._note(path)
        self.published = dict(self.entries)
        for path in secret:
            del self.published[path]
        changes = []
        for path, before in kept.behind.items():
            now = self.card(path) if path in self.published else None
            if before != now:
                changes.append(Change(before, now))
        return changes

    def settle(self, site: bytes) -> None:
        """Note that what is published now is the site called ``site``."""
        hidden_now = self.entries.keys() - self.published.keys()
        self.kept = self.kept._replace(hidden=set(hidden_now), behind={}, site=site)
        self.clean = False


class _Part:
    """What one process has read, in two files: the records, and of each text its entry and its card.

    So no process holds more of it than one text, but the one that takes them all.
    """

    def __init__(self, folder: Path, number: int) -> None:
        self.pack = Pack(folder / f"pack.{number}")
        self.path = folder / f"read.{number}"

    def write(self, texts: Iterable[tuple[str, Entry, Card | None, bytes]]) -> None:
        """Write what was read of each text, with its record."""
        self.pack.path.unlink(missing_ok=True)
        waiting: list[tuple[str, Entry, Card | None]] = []

        def records() -> Iterator[bytes]:
            for *text, record in texts:
                waiting.append(text)
                yield record

        with self.path.open("wb") as file:
            for place in self.pack.append(records()):
                path, entry, card = waiting.pop()
                pickle.dump((path, entry._replace(place=place), card), file, 5)

    def texts(self) -> Iterator[tuple[str, Entry, Card | None]]:
        """Yield what was written, and remove it."""
        with self.path.open("rb") as file:
            self.path.unlink()
            with suppress(EOFError):
                while True:
                    yield pickle.load(file)


class _Work:
    """What is done to texts, in any process."""

    def __init__(  # noqa: PLR0913, PLR0917  all that a text depends on
        self,
        texts: Texts,
        scan: Scan,
        root: Path,
        plugins: Mapping[str, _facts.Plugin],
        settings: Mapping[str, Any],
        stale: set[str],
        gate: Mapping[str, Any] | None,
    ) -> None:
        self.texts = texts
        self.scan = scan
        self.root = root
        self.plugins = {name: plugin for name, plugin in plugins.items() if plugin.facts}
        self.settings = settings
        self.visible = visible(settings["reader"])
        self.given = gate
        self.stale = stale

    @cached_property
    def by(self) -> "press.gate.Reading":
        """All that reading depends on; nobody asks if nothing has to be read."""
        from press import gate  # noqa: PLC0415

        reader = self.settings["reader"]
        zone = ZoneInfo(reader.TIMEZONE)
        return gate.Reading(self.root, reader.names, zone, reader, gate.gate_of(self.given))

    def read(self, paths: Iterable[str], number: int) -> Any:
        """Read files."""
        from press import gate  # noqa: PLC0415

        def one(path: str) -> tuple[_content.Text | None, dict[str, Any], list[Any]]:
            text, found = gate.read(path, self.by)
            return text, self._same_facts(text), found

        return self._each(paths, number, one)

    def renew(self, paths: Iterable[str], number: int) -> Any:
        """Renew what records say by other names or settings."""
        from press import gate  # noqa: PLC0415

        def one(path: str) -> tuple[_content.Text | None, dict[str, Any], list[Any]]:
            text, facts = self.texts.record(path)
            found = [gate.Finding(*one) for one in self.texts.findings(path)]
            if not self.stale.isdisjoint({"names", "gate"}):
                found = gate.again(path, self.by)
            if "names" in self.stale:
                renamed, problems = _content.rename(text, self.by.names)
                found += [gate.Finding(*problem, "metadata", "error") for problem in problems]
                if renamed != text:
                    text, facts = renamed, None
            fit = {name: fact for name, fact in (facts or {}).items() if name not in self.stale}
            return text, fit, found

        return self._each(paths, number, one)

    def _each(self, paths: Iterable[str], number: int, one: Any) -> Any:
        part = _Part(self.texts.folder, number)
        refused: dict[str, list[str]] = {}
        seconds = self.settings["reader"].seconds

        def told(path: str, finding: Any) -> str:
            return Problem(*finding[:3]).told(self.root.name, path)

        def texts() -> Iterator[tuple[str, Entry, Card | None, bytes]]:
            for path in paths:
                try:
                    with within(seconds):
                        text, facts, found = one(path)
                        if wrong := [told(path, one) for one in found if one.level == "error"]:
                            refused[path] = wrong
                            continue
                        entry, card, record = self._entry(text, facts)
                except _facts.RefusalError as refusal:
                    refused[path] = list(refusal.messages)
                    continue
                except OutOfTimeError:
                    refused[path] = [Problem(1, 1, too_long(seconds)).told(self.root.name, path)]
                    continue
                # Behind the record: whoever reads that stops before.
                record += pickle.dumps(tuple(map(tuple, found)), 5) if found else b""
                yield path, entry._replace(advice=len(found)), card, record

        part.write(texts())
        return part, refused, _pinyin.SPELT

    def _same_facts(self, text: _content.Text | None) -> dict[str, Any]:
        """Return the facts of the former text that must be those of this one too."""
        entry = self.texts.entries.get(text.path) if text else None
        if entry is None or not entry.shown:
            return {}
        former, facts = self.texts.record(text.path)
        before, now = _content.metadata(former), _content.metadata(text)
        found = {}
        for name, plugin in self.plugins.items():
            if plugin.inputs and name in (facts or {}) and name not in self.stale:
                settings = self.settings[name]
                was = plugin.inputs(former.html, before, settings)
                if was == plugin.inputs(text.html, now, settings):
                    found[name] = facts[name]
        return found

    def _entry(
        self, text: _content.Text, fit: Mapping[str, Any]
    ) -> tuple[Entry, Card | None, bytes]:
        stat, file = self.scan.files[text.path]
        entry = Entry(
            stat=stat,
            digest=file,
            place=(0, 0, 0),
            record=b"",
            uses=text.uses,
            due=text.head.date.timestamp() if text.head.date else None,
            draft=text.head.status == "draft",
            shown=b"",
        )
        facts = card = None
        if self.visible(entry):
            metadata = _content.metadata(text)
            facts = {
                name: fit[name]
                if name in fit
                else _facts.fact_of(plugin, text.html, metadata, self.settings[name])
                for name, plugin in self.plugins.items()
            }
            card = _facts.card_of(metadata, facts)
            entry = entry._replace(shown=shown(card))
        record = plain(text, facts)
        return entry._replace(record=digest(record)), card, record


def wrong_files(scan: Scan, root: Path) -> dict[str, list[str]]:
    """Return what is wrong with files as they lie, by path."""
    found: dict[str, list[str]] = {}
    for path, why in scan.wrong:
        found.setdefault(path, []).append(Problem(1, 1, why).told(root.name, path))
    return found


def is_text(path: str) -> bool:
    """Tell a text from a picture and from what lies in a wrong place."""
    return path.endswith(".md") and path.startswith(TEXTS)


def visible(reader: Any) -> Callable[[Entry], bool]:
    """Return what tells whether a text may leave anything in this build."""
    if reader.PREVIEW:
        return lambda _: True
    now = reader.BUILD_NOW.timestamp()
    return lambda entry: not entry.draft and (entry.due is None or entry.due <= now)

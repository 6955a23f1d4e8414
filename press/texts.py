"""Read every text once in its life: what it says is kept by the digest of its file.

A record is a text with its facts. It holds as long as its file, the files it asked for (pictures,
linked articles), the names of content/data, the settings of the plugins and the program itself are
what they were; each of these renews only what depends on it.
"""

import pickle
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from plugins import _content, _facts, _pinyin
from plugins._card import Card
from plugins._limits import OutOfTimeError, too_long, within
from plugins._problem import Problem
from press import workers
from press.keys import digest, shown
from press.sources import Scan, Source, Stat
from press.store import Pack, Shards

if TYPE_CHECKING:
    import press.gate

SLACK = 2  # times the size of what is used, before the pack is written anew
FREE = 1_000_000  # bytes that are not worth it
TEXTS = tuple(f"{folder}/" for folder in _content.KINDS)


class LostRecordError(RuntimeError):
    """A record is no longer what it was when the build began."""


class Entry(NamedTuple):
    """What the press knows of a text without reading its record."""

    stat: Stat | None
    digest: str  # of the file
    place: tuple[int, int, int]
    record: bytes  # digest of the record
    uses: tuple[str, ...]
    date: datetime | None
    draft: bool
    card: Card | None  # None: it was never published, so nobody asked for its facts
    shown: bytes  # digest of what other pages may show of it
    findings: tuple[tuple[int, int, str, str, str], ...] = ()  # press.gate.Finding: warnings


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
        self.entries = Shards(folder / "texts")
        self.pack = Pack(folder / "pack")
        self.kept = Kept({}, {}, set(), {}, b"", {})
        self.published: dict[str, Entry] = {}
        self.read: set[str] = set()  # texts that this build has read
        self._links: dict[Any, Any] = {}

    def load(self, version: bytes) -> None:
        """Take up what the last build kept."""
        self.entries.load(version)
        if self.entries.extra:
            self.kept = self.entries.extra
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
        self.entries.extra = self.kept = self.kept._replace(spelt=dict(_pinyin.SPELT))
        self.entries.save(version)

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
        content = self.pack.read(self.entries[path].place)
        if content is None:
            raise LostRecordError(path)
        return Record(*pickle.loads(content))

    def sources(self) -> dict[str, Source]:
        """Return all files as they were when they were last read."""
        known: dict[str, Source] = {path: (e.stat, e.digest) for path, e in self.entries.items()}
        return known | self.kept.others

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
        plugin by its name. ``gate`` is the setting GATE. Cost: O(texts) looks, and a reading of what changed.

        Raises:
            RefusalError: with every mistake of every file.

        """
        reader, kept = settings["reader"], self.kept
        stale = {name for name in keys if kept.keys.get(name) != keys[name]}
        if kept.keys.keys() - keys.keys():  # a plugin has left
            stale.add("plugins")
        moved = scan.removed | scan.added | {path for path in scan.changed if not is_text(path)}
        for path in [path for path in self.entries if path not in scan.files or path in scan.aside]:
            self._note(path)
            del self.entries[path]
        unread, unfit, refused = [], [], {}
        for path, (stat, file) in scan.files.items():
            if path in scan.aside:
                continue
            if not is_text(path):
                if path in scan.changed and (found := _content.misplaced(root, path)):
                    refused[path] = [p.told(root.name, path) for p in found]
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
            if stale or (entry.card is None and not hidden(entry, reader)):
                unfit.append(path)
        for path, why in scan.wrong:
            refused.setdefault(path, []).append(Problem(1, 1, why).told(root.name, path))
        work = _Work(self, scan, root, plugins, settings, stale, gate)
        self.read = {*unread, *unfit}
        refused |= self._take(work.read, unread)
        refused |= self._take(work.renew, unfit)
        others = {
            path: source
            for path, source in scan.files.items()
            if (not is_text(path) or path in scan.aside)
            and path not in refused  # looked at again next time
        }
        for path in refused.keys() & self.entries.keys():  # read again next time
            self._note(path)
            del self.entries[path]
        # If some records are renewed and others refused, they cannot be told apart next time.
        self.kept = kept._replace(keys={} if refused and stale else dict(keys), others=others)
        if refused:
            raise _facts.RefusalError(*(line for path in sorted(refused) for line in refused[path]))
        return self._publish(reader)

    def _take(self, work: Any, paths: list[str]) -> dict[str, list[str]]:
        """Do some work on texts on all cores; return the messages by path."""
        refused: dict[str, list[str]] = {}
        # The first one alone: what it loads, the others inherit.
        for share in filter(None, (paths[:1], paths[1:])):
            for entries, messages, part, spelt in workers.share(work, share):
                _pinyin.SPELT.update(spelt)
                start = self.pack.absorb(part)
                for path, entry in entries.items():
                    offset, length, checksum = entry.place
                    self._note(path)
                    place = offset + start, length, checksum
                    self.entries[path] = entry._replace(place=place, card=self._slim(entry.card))
                refused |= messages
        return refused

    def _slim(self, card: Card | None) -> Card | None:
        """Let equal links of all cards be one object: a tag stands on very many articles."""
        if card is None:
            return None
        one = self._links.setdefault
        return card._replace(
            channel=card.channel and one(card.channel, card.channel),
            tags=tuple([one(tag, tag) for tag in card.tags]),
            credits=tuple([one(credit, credit) for credit in card.credits]),
            keywords=tuple([(sys.intern(word), weight) for word, weight in card.keywords]),
        )

    def _note(self, path: str) -> None:
        """Remember what the last published site showed of a text that changes now."""
        if path not in self.kept.behind:
            entry = self.entries.get(path)
            seen = entry and path not in self.kept.hidden
            self.kept.behind[path] = entry.card if entry and seen else None

    def _publish(self, reader: Any) -> list[Change]:
        kept = self.kept
        now, secret = reader.BUILD_NOW, set()
        if not reader.PREVIEW:  # hidden(), said shortly: it is asked of every text
            secret = {
                path
                for path, entry in self.entries.items()
                if entry.draft or (entry.date is not None and entry.date > now)
            }
        for path in secret ^ kept.hidden:
            self._note(path)
        self.published = dict(self.entries)
        for path in secret:
            del self.published[path]
        changes = []
        for path, before in kept.behind.items():
            now = self.published[path].card if path in self.published else None
            if before != now:
                changes.append(Change(before, now))
        return changes

    def settle(self, site: bytes) -> None:
        """Note that what is published now is the site called ``site``."""
        hidden_now = self.entries.keys() - self.published.keys()
        self.kept = self.kept._replace(hidden=set(hidden_now), behind={}, site=site)


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
        self.given = gate
        self.stale = stale

    @cached_property
    def by(self) -> "press.gate.Reading":
        """All that reading depends on; nobody asks if nothing has to be read."""
        from press import gate  # noqa: PLC0415

        reader = self.settings["reader"]
        zone = ZoneInfo(reader.TIMEZONE)
        return gate.Reading(self.root, reader.names, zone, reader, gate.gate_of(self.given))

    def read(self, paths: Sequence[str], number: int) -> Any:
        """Read files."""
        from press import gate  # noqa: PLC0415

        def one(path: str) -> tuple[_content.Text | None, dict[str, Any], list[Any]]:
            text, found = gate.read(path, self.by)
            return text, {}, found

        return self._each(paths, number, one)

    def renew(self, paths: Sequence[str], number: int) -> Any:
        """Renew what records say by other names or settings."""
        from press import gate  # noqa: PLC0415

        def one(path: str) -> tuple[_content.Text | None, dict[str, Any], list[Any]]:
            text, facts = self.texts.record(path)
            found = [gate.Finding(*one) for one in self.texts.entries[path].findings]
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

    def _each(self, paths: Sequence[str], number: int, one: Any) -> Any:
        entries: dict[str, Entry] = {}
        refused: dict[str, list[str]] = {}
        pack = Pack(self.texts.folder / f"pack.{number}")
        pack.path.unlink(missing_ok=True)

        seconds = self.settings["reader"].seconds

        def told(path: str, finding: Any) -> str:
            return Problem(*finding[:3]).told(self.root.name, path)

        def records() -> Iterator[bytes]:
            for path in paths:
                try:
                    with within(seconds):
                        text, facts, found = one(path)
                        if wrong := [told(path, one) for one in found if one.level == "error"]:
                            refused[path] = wrong
                            continue
                        entry, record = self._entry(text, facts)
                except _facts.RefusalError as refusal:
                    refused[path] = list(refusal.messages)
                    continue
                except OutOfTimeError:
                    refused[path] = [Problem(1, 1, too_long(seconds)).told(self.root.name, path)]
                    continue
                entries[path] = entry._replace(findings=tuple(map(tuple, found)))
                yield record

        places = pack.append(records())
        placed = zip(entries.items(), places, strict=True)
        found = {path: entry._replace(place=place) for (path, entry), place in placed}
        return found, refused, pack, _pinyin.SPELT

    def _entry(self, text: _content.Text, fit: Mapping[str, Any]) -> tuple[Entry, bytes]:
        stat, file = self.scan.files[text.path]
        entry = Entry(
            stat=stat,
            digest=file,
            place=(0, 0, 0),
            record=b"",
            uses=text.uses,
            date=text.head.date,
            draft=text.head.status == "draft",
            card=None,
            shown=b"",
        )
        facts = None
        if not hidden(entry, self.settings["reader"]):
            metadata = _content.metadata(text)
            facts = {
                name: fit[name]
                if name in fit
                else _facts.fact_of(plugin, text.html, metadata, self.settings[name])
                for name, plugin in self.plugins.items()
            }
            card = _facts.card_of(metadata, facts)
            entry = entry._replace(card=card, shown=shown(card))
        record = pickle.dumps((text, facts), 5)
        return entry._replace(record=digest(record)), record


def is_text(path: str) -> bool:
    """Tell a text from a picture and from what lies in a wrong place."""
    return path.endswith(".md") and path.startswith(TEXTS)


def hidden(entry: Entry, reader: Any) -> bool:
    """Tell whether a text must leave nothing in this build."""
    late = entry.date is not None and entry.date > reader.BUILD_NOW
    return not reader.PREVIEW and (entry.draft or late)

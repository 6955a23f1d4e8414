"""Digests of what a page is made of: equal values, equal digest, in any process.

A card counts by the digest of what it shows, a body by the digest of its text, so that a list of
cards is digested without being read.
"""

import io
import pickle
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b
from typing import Any

from plugins._card import Card

SIZE = 16  # bytes; a collision would take 2**64 pages


def digest(*parts: bytes) -> bytes:
    """Return the digest of some digests, in their order."""
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


class Unread:
    """The text of an article that is read only if somebody asks for it."""

    __slots__ = ("_load", "digest")

    def __init__(self, digest: bytes, load: Callable[[], Any]) -> None:
        self.digest = digest
        self._load = load

    @property
    def lead(self) -> str:
        """Inline HTML of the lead."""
        return self._load().text.lead

    @property
    def html(self) -> str:
        """The body."""
        return self._load().text.html

    @property
    def source(self) -> str:
        """Name of the medium that it comes from."""
        return self._load().text.head.source


class Keys:
    """Digests values; ``known`` has the digests of the site's own cards, by the cards' ``id()``."""

    def __init__(self, known: Mapping[int, bytes] | None = None) -> None:
        self._buffer = io.BytesIO()
        self._known = {} if known is None else known
        self._pickler = _Pickler(self._buffer, self._known)

    def of(self, value: Any) -> bytes:
        """Return the digest of plain data, cards and bodies.

        Raises:
            Exception: what pickle raises for a value that is no data.

        """
        self._buffer.seek(0)
        self._buffer.truncate()
        self._pickler.dump(self._short(value))
        return blake2b(self._buffer.getbuffer(), digest_size=SIZE).digest()

    def _short(self, value: Any) -> Any:
        """Put one digest in the place of a list of cards: a site's lists hold each card many times."""
        kind = value.__class__
        if kind is dict:
            return {key: self._short(item) for key, item in value.items()}
        if (kind is list or kind is tuple) and value:
            first = value[0].__class__
            if first is Card:
                with suppress(KeyError):  # one of them is no card of the site
                    joined = b"".join(map(self._known.__getitem__, map(id, value)))
                    return kind, blake2b(joined, digest_size=SIZE).digest()
            if first is tuple or first is list:
                return kind(map(self._short, value))
        return value


class _Pickler(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, known: Mapping[int, bytes]) -> None:
        super().__init__(buffer, 5)
        # Without a memo equal values give equal bytes, whether or not they are the same object.
        self.fast = True
        self._known = known.get

    def persistent_id(self, value: Any) -> bytes | None:
        """Let cards and bodies count by their digests."""
        kind = value.__class__
        if kind is Card:
            return self._known(id(value))
        return value.digest if kind is Unread else None


def pack(value: Any, known: Mapping[int, bytes]) -> tuple[bytes, bytes]:
    """Return a value with paths for its cards, and its digest, in which cards count as for Keys."""
    buffer = io.BytesIO()
    pickler = _Packer(buffer, known)
    pickler.dump(value)
    packed = buffer.getvalue()
    return packed, digest(packed, *pickler.seen)


def unpack(packed: bytes, card: Callable[[str], Card]) -> Any:
    """Return the value that :func:`pack` packed, with the cards of its paths."""
    unpickler = pickle.Unpickler(io.BytesIO(packed))
    unpickler.persistent_load = card  # type: ignore[method-assign]
    return unpickler.load()


class _Packer(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, known: Mapping[int, bytes]) -> None:
        super().__init__(buffer, 5)
        self.fast = True  # as above
        self.seen: list[bytes] = []
        self._known = known

    def persistent_id(self, value: Any) -> str | None:
        if value.__class__ is not Card:
            return None
        self.seen.append(self._known[id(value)])
        return value.path


_plain = Keys()


def shown(card: Card) -> bytes:
    """Return the digest of what other pages may show of a card.

    Keywords and the digest of the source serve relations alone; no template may name them.
    """
    return _plain.of(tuple(card._replace(keywords=(), digest="")))

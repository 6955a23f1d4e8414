"""Digests of what a page is made of: equal values, equal digest, in any process.

A card counts by the digest of what it shows, a body by the digest of its text, so that a list of
cards is digested without being read.
"""

import io
import pickle
from collections.abc import Callable, Mapping
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


class Keys:
    """Digests values; ``known`` has the digests of the site's own cards, by the cards' ``id()``."""

    def __init__(self, known: Mapping[int, bytes] | None = None) -> None:
        self._buffer = io.BytesIO()
        self._pickler = _Pickler(self._buffer, known or {})

    def of(self, value: Any) -> bytes:
        """Return the digest of plain data, cards and bodies.

        Raises:
            Exception: what pickle raises for a value that is no data.

        """
        self._buffer.seek(0)
        self._buffer.truncate()
        self._pickler.dump(value)
        return blake2b(self._buffer.getbuffer(), digest_size=SIZE).digest()


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


_plain = Keys()


def shown(card: Card) -> bytes:
    """Return the digest of what other pages may show of a card.

    Keywords and the digest of the source serve relations alone; no template may name them.
    """
    return _plain.of(tuple(card._replace(keywords=(), digest="")))

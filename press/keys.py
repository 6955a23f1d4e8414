"""Digests of what a page is made of: equal values, equal digest, in any process.

A card counts by the digest of what it shows, a body by the digest of its text, so that a list of
cards is digested without being read. Packed, both are their paths: so a page can be drawn again
when only what it shows of a text is another, by whoever finds the path in it.
"""

import io
import pickle
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from plugins._card import Card

SIZE = 16  # bytes; a collision would take 2**64 pages
ONLY_CARDS = {Card}


def digest(*parts: bytes) -> bytes:
    """Return the digest of some digests, in their order."""
    return blake2b(b"".join(parts), digest_size=SIZE).digest()


class Unread:
    """The text of an article that is read only if somebody asks for it."""

    __slots__ = ("_load", "digest", "path")

    def __init__(self, path: str, digest: bytes, load: Callable[[], Any]) -> None:
        self.path = path
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


class Packed(NamedTuple):
    """Plain data with paths for its cards and bodies, and its digest."""

    content: bytes
    digest: bytes
    holds: bool  # whether there is any card or body


def pack(value: Any, known: Mapping[int, bytes]) -> Packed:
    """Pack plain data that may hold cards and bodies.

    ``known`` has the digests of the site's cards, by the cards' ``id()``.

    Raises:
        Exception: what pickle raises for a value that is no data, or for another card.

    """
    buffer = io.BytesIO()
    packer = _Packer(buffer, known)
    packer.dump(value)
    content = buffer.getvalue()
    return Packed(content, digest(content, *packer.seen), bool(packer.seen))


def plain(*values: Any) -> bytes:
    """Return some values pickled: equal ones as equal bytes, whichever of their parts are one object.

    So a record that is renewed in vain has the digest that it had.
    """
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.fast = True
    pickler.dump(values)
    return buffer.getvalue()


def unpack(packed: bytes, card: Callable[[str], Card], body: Callable[[str], Unread]) -> Any:
    """Return what :func:`pack` packed, with the cards and bodies of its paths as they are now."""

    def load(name: str) -> Any:
        match name[0]:
            case "=":
                return body(name[1:])
            case "[":
                return [card(path) for path in name[1:].split("\n")]
            case "(":
                return tuple(card(path) for path in name[1:].split("\n"))
        return card(name)

    unpickler = pickle.Unpickler(io.BytesIO(packed))
    unpickler.persistent_load = load  # type: ignore[method-assign]
    return unpickler.load()


class _Packer(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, known: Mapping[int, bytes]) -> None:
        super().__init__(buffer, 5)
        # Without a memo equal values give equal bytes, whether or not they are the same object.
        self.fast = True
        self.seen: list[bytes] = []
        self._known = known

    def persistent_id(self, value: Any) -> str | None:
        """Let a card be its path, a body its path behind =, a list of cards theirs behind [ or (."""
        kind = value.__class__
        if kind is Card:
            self._see([value])
            return value.path
        if kind is Unread:
            self.seen.append(value.digest)
            return f"={value.path}"
        if (kind is list or kind is tuple) and set(map(type, value)) == ONLY_CARDS:
            self._see(value)  # at once: a site's lists hold each card many times
            return ("[" if kind is list else "(") + "\n".join([card.path for card in value])
        return None

    def _see(self, cards: Sequence[Card]) -> None:
        try:
            self.seen += map(self._known.__getitem__, map(id, cards))
        except KeyError:  # it would stay as it is when the text changes
            paths = [card.path for card in cards if id(card) not in self._known]
            raise TypeError(f"no card of the site, but a copy: {paths[0]}") from None


def shown(card: Card) -> bytes:
    """Return the digest of what other pages may show of a card.

    Keywords and the digest of the source serve relations alone; no template may name them.
    """
    return digest(plain(*card._replace(keywords=(), digest="")))

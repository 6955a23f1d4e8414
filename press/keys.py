"""Digests of what a page is made of: equal values, equal digest, in any process.

A card counts by the digest of what it shows, a body by the digest of its text, so that a list of
cards is digested without being read. Packed, both are their paths: so a page can be drawn again
when only what it shows of a text is another, by whoever finds the path in it.
"""

import io
import marshal
import pickle
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from plugins import _facts
from plugins._card import Card

SIZE = 16  # bytes; a collision would take 2**64 pages
ONLY_CARDS = {Card}
WITHOUT_MEMO = 2  # the last version of marshal with which equal values are equal bytes


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


Alike = dict[int, tuple[Any, bytes]]  # values by their id(), each packed


def pack_page(page: Any, known: Mapping[int, bytes], alike: Alike) -> Packed:
    """Pack a page or a drawn file as :func:`pack` does, many of one plugin in a third of the time.

    ``alike`` is for what pages of a list have in common: its name, the way to it.

    Raises:
        Exception: as :func:`pack`.

    """
    values = page._asdict()
    data = values.pop("data")
    seen: list[bytes] = []
    cells = [_cell(value, known, alike, seen) for value in (*values.values(), *data.values())]
    told = type(page).__name__, tuple(values), tuple(data), cells
    content = marshal.dumps(told, WITHOUT_MEMO)
    return Packed(content, digest(content, *seen), bool(seen))


def _cell(value: Any, known: Mapping[int, bytes], alike: Alike, seen: list[bytes]) -> Any:
    if value is None or value.__class__ in {str, bool, int}:
        return value
    if found := alike.get(id(value)):
        return found[1]
    buffer = io.BytesIO()
    packer = _Packer(buffer, known)
    if value.__class__ in {list, tuple} and (name := packer.persistent_id(value)):
        content = name.encode()
    else:
        packer.dump(value)
        content = buffer.getvalue()
    if not packer.seen and lasting(value):
        alike[id(value)] = value, content
    seen += packer.seen
    return content


def lasting(value: Any) -> bool:
    """Tell whether a value, with all that is in it, can never be another one."""
    try:
        hash(value)
    except TypeError:
        return False
    return True


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

    def whole(content: bytes) -> Any:
        unpickler = pickle.Unpickler(io.BytesIO(content))
        unpickler.persistent_load = load  # type: ignore[method-assign]
        return unpickler.load()

    if packed.startswith(pickle.PROTO):
        return whole(packed)
    kind, names, keys, cells = marshal.loads(packed)
    values = [
        cell
        if cell.__class__ is not bytes
        else whole(cell)
        if cell.startswith(pickle.PROTO)
        else load(cell.decode())
        for cell in cells
    ]
    own, data = values[: len(names)], values[len(names) :]
    kinds: Any = getattr(_facts, kind)
    return kinds(**dict(zip(names, own, strict=True)), data=dict(zip(keys, data, strict=True)))


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

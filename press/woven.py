"""Files into which very many texts are woven: what is kept of one, and what that saves."""

from collections.abc import Callable, Mapping, Sequence

from plugins import _facts
from plugins._card import Card
from press.keys import SIZE, Unread, digest
from press.texts import Entry


class LazyTexts(Sequence[tuple[Card, Unread]]):
    """The texts of a woven file, each read when it is asked for."""

    def __init__(self, paths: Sequence[str], text: Callable[[str], tuple[Card, Unread]]) -> None:
        self._paths = paths
        self._text = text

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, place: int) -> tuple[Card, Unread]:  # type: ignore[override]
        return self._text(self._paths[place])


def in_woven(entry: Entry) -> bytes:
    """Return what stands for a text in the key of a woven file."""
    return digest(entry.shown, entry.record)


def parts_of(woven: bytes) -> list[bytes]:
    """Cut the digests of a woven file's texts apart."""
    return [woven[at : at + SIZE] for at in range(0, len(woven), SIZE)]


def former_of(
    content: bytes, was: bytes, now: bytes, gone: Mapping[bytes, tuple[Card, Unread]]
) -> _facts.Former | None:
    """Return what a woven file was, by the digests of its texts then and now; None: nobody knows."""
    parts = parts_of(was)
    places = {part: place for place, part in enumerate(parts)}
    here = parts_of(now)
    lost = places.keys() - set(here)
    if not lost <= gone.keys():
        return None
    known = {places[part]: gone[part] for part in lost}
    return _facts.Former(content, len(parts), [places.get(part) for part in here], known)

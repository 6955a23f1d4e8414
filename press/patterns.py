"""Keep compiled regular expressions between runs, as Python keeps compiled modules.

A build uses some 500 of them, and compiling them takes longer than reading the text that was
edited. ``re`` looks for what it has compiled in a dict, which :func:`load` fills before the modules
that need them are loaded. That dict and the code in it are CPython's own affair and may be others in
its next version: with a code that is not known here, everything is compiled as ever.
"""

import _sre
import marshal
import re
import sys
from array import array
from collections.abc import Set
from pathlib import Path
from re import _compiler, _parser
from typing import Any

from press import store

FILE = Path(".build/cache/patterns")  # beside the site's own caches; nothing is kept before these
MAGIC = 20220615  # of the code of Python 3.11 and 3.12
VERSION = f"{sys.version} {_sre.MAGIC}".encode()
MOST = 4096  # patterns; ``re`` itself forgets the first after 512
FEW = 8  # new ones that are not worth a new file: some are made of what a text says

Key = tuple[type, str | bytes, int]  # as ``re`` has them: kind and flags as they were given


def load(file: Path = FILE) -> set[Key]:
    """Give ``re`` what was kept, if this very Python kept it; return what that is."""
    if _sre.MAGIC != MAGIC:
        return set()
    re._MAXCACHE = MOST  # type: ignore[attr-defined]
    known = {}
    for key, (pattern, _, code, flags, groups, names, indices) in kept(file).items():
        known[key] = _sre.compile(pattern, flags, array("I", code).tolist(), groups, names, indices)
    re._cache.update(known)  # type: ignore[attr-defined]
    return set(known)


def kept(file: Path) -> dict[Key, tuple[Any, ...]]:
    """Return what a file holds, packed; nothing if this very Python did not write it."""
    payload = store.load(file, VERSION)
    found = marshal.loads(payload) if payload is not None else ()
    return {(type(one[0]), one[0], one[1]): one for one in found}


def keep(known: Set[Key] = frozenset(), file: Path = FILE) -> None:
    """Keep what ``re`` has compiled besides what is known, and what another process has kept."""
    if _sre.MAGIC != MAGIC or not file.parent.is_dir():
        return
    new = re._cache.keys() - known  # type: ignore[attr-defined]
    if len(new) <= FEW:
        return
    before = kept(file)
    new -= before.keys()
    if len(new) > FEW and len(before) + len(new) < MOST:
        packs = [*before.values(), *(packed(*key[1:]) for key in new)]
        store.save(file, VERSION, marshal.dumps(packs))


def packed(pattern: str | bytes, given: int) -> tuple[Any, ...]:
    """Return a pattern with its code, as ``re`` compiles it."""
    parsed = _parser.parse(pattern, given)
    names = parsed.state.groupdict
    indices: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        indices[number] = name
    flags = given | parsed.state.flags
    code = array("I", _compiler._code(parsed, given)).tobytes()
    return pattern, given, code, flags, parsed.state.groups - 1, names, tuple(indices)

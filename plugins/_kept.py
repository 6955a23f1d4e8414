"""Keep images that are dear to make: each is made once in its life, whichever builder asks first.

They lie beside content/ in ``.build/``, one file for each name that the site publishes: so the
folder never holds more than the site has images, whatever becomes of them.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

DIGEST = 32  # bytes


def folder_of(content: str | Path, name: str) -> Path:
    """Return the folder for images of one sort."""
    return Path(content).absolute().parent / ".build" / name


def kept(folder: Path, name: str, key: str, make: Callable[[], bytes]) -> bytes:
    """Return the image of a name, made anew unless the one that was made of the same ``key`` is whole.

    A folder that cannot be read or written costs time and stops no build.
    """
    head = sha256(key.encode()).digest()
    file = folder / sha256(name.encode()).hexdigest()[:DIGEST]
    with suppress(OSError):
        found = file.read_bytes()
        image = found[2 * DIGEST :]
        if found[: 2 * DIGEST] == head + sha256(image).digest():
            return image
    image = make()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{file.name}.{os.getpid()}")
        new.write_bytes(head + sha256(image).digest() + image)
        new.replace(file)
    return image

"""Read the settings as Pelican does, without loading Pelican where its answer is known.

``import pelican`` costs more than a whole small build. So what Pelican makes of a settings file is
kept under the digest of all values that the file gives; another value, another Pelican: asked again.
"""

import hashlib
import locale
import marshal
import os
import pickle
import sysconfig
import warnings
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from pathlib import Path, PurePath
from types import FunctionType, ModuleType
from typing import Any

from plugins._facts import RefusalError
from plugins._frozen import Frozen
from press import store

# What every build may change and no page may show.
VOLATILE = {
    "BUILD_NOW",
    "CONFIRM",
    "OUTPUT_PATH",
    "DEBUG",
    "CACHE_PATH",
    "GATE",
    "PAGINATION_PATTERNS",
}
PLAIN = (str, int, float, bytes, bool, type(None), date, time, PurePath)


class UnknownValueError(Exception):
    """A value of which nobody can tell whether it is still the same."""


def fingerprint(value: Any) -> bytes:
    """Return the digest of a setting's value: equal for equal values in any process.

    Raises:
        UnknownValueError: an object that is neither data nor a function of the settings file.

    """
    return hashlib.sha256("\n".join(_parts(value)).encode("utf-8", "surrogatepass")).digest()


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, PLAIN):
        yield f"{type(value).__name__} {value!r}"
    elif isinstance(value, list | tuple):
        yield f"{type(value).__name__} {len(value)}"
        for item in value:
            yield from _parts(item)
    elif isinstance(value, set | frozenset):
        yield from sorted("\t".join(_parts(item)) for item in value)
    elif isinstance(value, Mapping):
        yield f"{type(value).__name__} {len(value)}"
        for key, item in value.items():
            yield from _parts(key)
            yield from _parts(item)
    elif isinstance(value, FunctionType) and not value.__closure__:
        yield f"function {hashlib.sha256(marshal.dumps(value.__code__)).hexdigest()}"
        yield from _parts(value.__defaults__)
    elif isinstance(value, type):
        yield f"class {value.__module__}:{value.__qualname__}"
    elif isinstance(value, Frozen):
        yield f"{type(value).__qualname__}"
        yield from _parts([*vars(value).values()])
    elif hasattr(value, "key"):  # zoneinfo.ZoneInfo
        yield f"{type(value).__qualname__} {value.key}"
    else:
        raise UnknownValueError(type(value).__name__)


def execute(path: Path) -> dict[str, Any]:
    """Run a settings file and return its names in capitals.

    Raises:
        RefusalError: the file is no Python, or a value is not one that the setting may have.

    """
    module = ModuleType(path.stem)
    module.__file__ = str(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # what it tells ends in an error
            exec(compile(path.read_bytes(), path, "exec"), vars(module))  # noqa: S102  the publisher's
    except OSError:
        raise
    except Exception as error:
        from press.values import slip  # noqa: PLC0415  for a mistake only

        raise RefusalError(slip(error, path)) from error
    return {name: value for name, value in vars(module).items() if name.isupper()}


def judge(given: Mapping[str, Any], path: Path) -> None:
    """Raise a RefusalError with all that is wrong in the values of a settings file."""
    from press.values import problems  # noqa: PLC0415  not for what was found right before

    if found := list(problems(given, path.parent)):
        raise RefusalError(*found)


def packages() -> bytes:
    """Return the digest of what is installed, by names and versions."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = sorted(
        path.name
        for folder in folders
        for path in Path(folder).iterdir()
        if path.name.endswith("-info")
    )
    return fingerprint(
        [*names, sysconfig.get_python_version(), os.fspath(Path(__file__).resolve().parent)]
    )


def read(path: Path, override: Mapping[str, Any], cache: Path) -> dict[str, Any]:
    """Return all settings, Pelican's defaults included."""
    given = execute(path) | dict(override)
    try:
        version = fingerprint(
            [
                packages(),
                Path(__file__).read_bytes(),
                str(path.absolute()),
                (path.parent / str(given.get("THEME"))).exists(),  # else Pelican's own of that name
                # BUILD_NOW may be another one each time; Pelican does nothing with it.
                {name: value for name, value in given.items() if name != "BUILD_NOW"},
            ]
        )
    except UnknownValueError:
        judge(given, path)
        return from_pelican(path, override)
    if (payload := store.load(cache, version)) is not None:  # what is kept was found right
        settings = pickle.loads(payload)
        settings |= {name: given[name] for name in settings.pop("")}
        set_locale(settings["LOCALE"])
        return settings
    judge(given, path)
    settings = from_pelican(path, override)
    # Objects of Pelican's own, for lists that it alone writes: reading them would load it.
    settings["PAGINATION_PATTERNS"] = None
    same = [name for name, value in given.items() if settings.get(name) == value]
    try:
        payload = pickle.dumps({**settings, **dict.fromkeys(same), "": same}, 5)
    except (pickle.PicklingError, AttributeError, TypeError):
        return settings
    cache.parent.mkdir(parents=True, exist_ok=True)
    store.save(cache, version, payload)
    return settings


def from_pelican(path: Path, override: Mapping[str, Any]) -> dict[str, Any]:
    """Let Pelican read the settings."""
    from pelican.settings import read_settings  # noqa: PLC0415  see the head of this file

    return dict(read_settings(str(path), override=dict(override)))


def set_locale(names: Iterable[str]) -> None:
    """Take the first locale that this system has, as Pelican does."""
    for name in names:
        try:
            locale.setlocale(locale.LC_ALL, str(name))
        except locale.Error:
            continue
        return

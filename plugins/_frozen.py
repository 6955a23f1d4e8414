"""Values under names, fixed once they are given: a frozen dataclass that costs nothing at each start.

``dataclasses`` writes the source of each class's methods and compiles it, a millisecond a class in
every process; of fifty classes, that was a sixth of a small build.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple, Never, dataclass_transform

REQUIRED: Any = object()  # the default of a field that has none


class Field(NamedTuple):
    """One name: the type that it is declared with, and its default."""

    type: Any
    default: Any


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Frozen:
    """Fields are declared as in a dataclass and given by keyword.

    A default is the same object for all: nobody may change a dict that stands there.
    """

    _fields: ClassVar[Mapping[str, Field]] = {}

    def __init_subclass__(cls) -> None:
        own = {
            name: Field(kind, vars(cls).get(name, REQUIRED))
            for name, kind in cls.__annotations__.items()
        }
        cls._fields = {**cls._fields, **own}

    def __init__(self, **given: Any) -> None:
        if unknown := given.keys() - self._fields.keys():
            raise TypeError(f"{type(self).__qualname__} has no {', '.join(sorted(unknown))}")
        values = {name: given.get(name, field.default) for name, field in self._fields.items()}
        if lacking := [name for name, value in values.items() if value is REQUIRED]:
            raise TypeError(f"{type(self).__qualname__} lacks {', '.join(lacking)}")
        vars(self).update(values)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Refuse values that cannot stand: for classes that want to."""

    def __setattr__(self, name: str, _value: Any) -> Never:
        raise AttributeError(f"{name} is fixed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__qualname__}({values})"


def fields_of(kind: type) -> Mapping[str, Field]:
    """Return the fields of a :class:`Frozen`, or of a dataclass, as a publisher's own plugin may have."""
    if issubclass(kind, Frozen):
        return kind._fields
    from dataclasses import MISSING, fields  # noqa: PLC0415  only for such a plugin

    found = {}
    for field in fields(kind):
        default = REQUIRED if field.default is MISSING else field.default
        if field.default_factory is not MISSING:
            default = field.default_factory()
        found[field.name] = Field(field.type, default)
    return found

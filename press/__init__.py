"""The press: builds the site as Pelican does, and publishes it whole or not at all."""

from typing import Any

__all__ = ["Press"]  # pelicanconf.py names it: PELICAN_CLASS = "press.Press"


def __getattr__(name: str) -> Any:
    """Load Pelican only when somebody wants the class that is one."""
    if name != "Press":
        raise AttributeError(name)
    from press.full import Press  # noqa: PLC0415

    return Press

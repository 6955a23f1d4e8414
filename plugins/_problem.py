"""How every check of the site says what is wrong."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a source file: where, and what to write instead."""

    line: int
    column: int
    message: str

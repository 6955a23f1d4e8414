"""What a check of the sources tells an editor."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a source file: where, and what to write instead."""

    line: int
    column: int
    message: str

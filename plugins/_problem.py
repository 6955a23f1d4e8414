"""What is wrong in a content file, where, and what to write instead."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One sentence to the editor, at a line and a column that count from 1."""

    line: int
    column: int
    message: str

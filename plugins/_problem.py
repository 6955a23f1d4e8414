"""What a check of the sources tells an editor."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong in a source file: where, and what to write instead."""

    line: int
    column: int
    message: str

    def told(self, root: str, path: str) -> str:
        """Return the line that an editor reads, for the file ``path`` below ``root``."""
        return f"{root}/{path}:{self.line}:{self.column}: {self.message}"

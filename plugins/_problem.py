"""What a check of the sources tells an editor."""

from collections.abc import Iterable
from typing import NamedTuple

MOST = 100  # of one part of a file: more are of one kind, and nobody reads them


class Problem(NamedTuple):
    """One thing wrong in a source file: where, and what to write instead."""

    line: int
    column: int
    message: str

    def told(self, root: str, path: str) -> str:
        """Return the line that an editor reads, for the file ``path`` below ``root``."""
        return f"{root}/{printable(path)}:{self.line}:{self.column}: {self.message}"


def printable(path: str) -> str:
    """Return a path with what cannot be seen, or not be printed at all, made visible."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else f"〔U+{ord(c):04X}〕" for c in path)


def limited(problems: Iterable[Problem]) -> list[Problem]:
    """Return each problem once, in the order of the lines; of very many the first ones."""
    found = sorted(set(problems))
    if rest := found[MOST:]:
        what = f"这个文件还有{len(rest)}处问题没有列出，请先改好前面的"
        found[MOST:] = [rest[0]._replace(message=what)]
    return found

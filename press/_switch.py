"""Put a finished folder in the place of another one, in one step where the system can do that.

Beside the published folder stands ``.build/``: ``staged`` is being built, ``former`` exists only
between the two steps of a system without an exchange. Whoever finds them after a crash calls
:func:`resume` first.
"""

import errno
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # Linux: renameat2
RENAME_SWAP = 2  # macOS: renamex_np
UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock at ``path``, waiting for another build to end; a crash frees it."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("另一个构建正在进行，等它结束……", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names at once; False if this system or disk cannot."""
    import ctypes  # noqa: PLC0415  most builds publish nothing new

    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(*names, RENAME_SWAP)
    else:
        return False
    if failed and (code := ctypes.get_errno()) not in UNSUPPORTED:
        raise OSError(code, os.strerror(code), str(other))
    return not failed


def exchange_in_two_steps(staged: Path, output: Path, former: Path) -> None:
    """Change the names of two folders by a third one; :func:`recover` mends a crash between."""
    output.rename(former)
    try:
        staged.rename(output)
    except BaseException:
        former.rename(output)
        raise
    former.rename(staged)


def switch(staged: Path, output: Path, former: Path) -> None:
    """Make ``staged`` the new ``output``; what stood there is then at ``staged``."""
    if not output.exists():
        staged.rename(output)
    elif not exchange(staged, output):
        exchange_in_two_steps(staged, output, former)


def resume(staged: Path, output: Path, former: Path) -> None:
    """Complete an exchange in two steps, or undo it, if a crash came between; both trees stay."""
    if not os.path.lexists(former):
        return
    if not output.exists():
        former.rename(output)
    elif not staged.exists():
        former.rename(staged)
    else:
        import shutil  # noqa: PLC0415  slow to load, and only after a crash

        shutil.rmtree(former)

"""What a text may hold, and how long it may take: beyond it, it is no article but an accident.

Markdown's time grows with the square of some signs in one paragraph, and a page of a million
cells helps nobody. An editor who meets one of these limits has lost a blank line or a fence.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from plugins._frozen import Frozen


class Limits(Frozen):
    """The limits of one text; a publisher sets them in ``READER``."""

    seconds: float = 4  # of a processor, for reading one text and all that is asked of it
    bytes: int = 1_000_000  # of a file
    lines: int = 20_000  # of a body
    block: int = 30_000  # characters without a blank line; a long article has 10,000 in all
    depth: int = 30  # lists or quotes in one another
    run: int = 100  # of one sign
    brackets: int = 50  # open at one place
    marks: int = 50_000  # signs of Markdown in a body; those dear to read count five times
    marks_in_block: int = 3_000
    tags: int = 2_000  # in a body
    links: int = 1_000
    pictures: int = 200
    cells: int = 20_000  # of tables


class OutOfTimeError(BaseException):
    """A text takes too long. No Exception: nobody on the way may take it for a mistake of theirs."""


_running = False


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what takes longer than so many seconds of this processor. Inside another, it does nothing.

    Signals reach the main thread only, and not every system has this timer: elsewhere nothing
    is stopped. It is the processor's time, so that a busy machine refuses no article.

    Raises:
        OutOfTimeError: at the place where the time was over.

    """
    global _running  # noqa: PLW0603  a process has one timer
    able = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if _running or not able or seconds <= 0:
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGPROF, stop)
    _running = True
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        _running = False


def too_long(seconds: float) -> str:
    """Say what an editor is told of a text that takes too long."""
    return (
        f"读这篇用了{seconds:g}秒以上，已经停下：多半有一段堆满了标记符号，"
        "或者少了空行、代码少了收尾；请把可疑的一段移到```之间，或分成几篇"
    )

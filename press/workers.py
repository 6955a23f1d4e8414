"""Let all cores work: the same process several times, by fork; whoever is free takes what is next.

A child inherits everything that was read before; only its results are sent back. With one core,
or few items, nothing is forked.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import FrameType
from typing import Any

from press.explain import place

WORTH = 64  # items below which a fork costs more than it saves
TURNS = 1000  # in which items are taken, at most: their numbers have to fit into a pipe
NUMBER = 4  # bytes


class LostWorkerError(RuntimeError):
    """A child ended without a result: killed, or out of memory."""


def cores() -> int:
    """Return how many processes may work at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def share(
    work: Callable[[Iterable[Any], int], Any], items: Sequence[Any], worth: int = WORTH
) -> list[Any]:
    """Call ``work(share, number)`` on each core, each item in one share; return the results.

    The first items are taken first. Fewer items than ``worth`` are done by one process.

    Raises:
        Exception: the first one that a share raised.
        LostWorkerError: a child did not come back.

    """
    count = cores() if len(items) >= worth and hasattr(os, "fork") else 1
    if count == 1:
        return [work(items, 0)]
    sys.stdout.flush()
    sys.stderr.flush()
    waiting = _turns(min(TURNS, len(items)))
    children = [_fork(work, _taken(items, waiting), number) for number in range(1, count)]
    try:
        results = [work(_taken(items, waiting), 0)]
        results += [_result(pipe) for _, pipe in children]
    except BaseException:
        for child, _ in children:
            os.kill(child, signal.SIGKILL)
        raise
    finally:
        for child, pipe in children:
            pipe.close()
            os.waitpid(child, 0)
        os.close(waiting)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


def apart(work: Callable[[], Any]) -> Any:
    """Return what ``work`` returns in a process of its own: what it has loaded goes with it.

    Raises:
        Exception: what it raised.
        LostWorkerError: it did not come back.

    """
    if not hasattr(os, "fork"):
        return work()
    sys.stdout.flush()
    sys.stderr.flush()
    child, pipe = _fork(lambda _items, _number: work(), (), 0)
    try:
        result = _result(pipe)
    except BaseException:
        os.kill(child, signal.SIGTERM)  # so that it ends its own children
        raise
    finally:
        pipe.close()
        os.waitpid(child, 0)
    if isinstance(result, BaseException):
        raise result
    return result


def _turns(count: int) -> int:
    """Return a pipe with the numbers of all turns: a read takes one, whoever reads."""
    out, into = os.pipe()
    with os.fdopen(into, "wb") as pipe:
        pipe.write(b"".join(turn.to_bytes(NUMBER, "little") for turn in range(count)))
    return out


def _taken(items: Sequence[Any], waiting: int) -> Iterator[Any]:
    """Yield the items of the turns that this process takes."""
    step = min(TURNS, len(items))
    while number := os.read(waiting, NUMBER):
        yield from items[int.from_bytes(number, "little") :: step]


def _fork(work: Callable[[Iterable[Any], int], Any], items: Iterable[Any], number: int) -> Any:
    here, there = os.pipe()
    child = os.fork()
    if child:
        os.close(there)
        return child, os.fdopen(here, "rb")
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, and ends us
        signal.signal(signal.SIGTERM, _end)
        os.close(here)
        try:
            result = work(items, number)
        except Exception as error:  # noqa: BLE001  it is raised again in the parent
            # A traceback cannot be sent; what came from a child of this one has its place.
            error.place = getattr(error, "place", "") or place(error)  # type: ignore[attr-defined]
            result = error
        with os.fdopen(there, "wb") as pipe:
            try:
                pickle.dump(result, pipe, 5)
            except Exception:  # noqa: BLE001  an exception that cannot be sent
                other = RuntimeError(f"{type(result).__name__}: {result}")
                other.place = result.place  # type: ignore[attr-defined]
                pickle.dump(other, pipe, 5)
        status = 0
    finally:
        os._exit(status)  # no handler, no buffer of the parent's may run twice


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit


def _result(pipe: Any) -> Any:
    try:
        return pickle.load(pipe)
    except EOFError:
        raise LostWorkerError("一个子进程没有做完就没了（可能内存不足）") from None

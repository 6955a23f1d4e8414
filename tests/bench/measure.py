"""Run one command and tell what all of its processes cost.

A process of its own, and a small one, because Linux counts the memory of who starts a program as
that program's until it has taken more. It adopts the orphans of the command, so that workers count
even if nobody waited for them.
"""

import ctypes
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
PERIOD = 0.02  # seconds between two looks at the processes
SHARE = 50  # a look at their memory costs at most 1/50 of the time


def descendants(pid: str) -> Iterator[str]:
    """Yield the processes below ``pid``; Linux only, elsewhere none."""
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:  # it ended meanwhile
            continue
        for child in found:
            yield child
            yield from descendants(child)


def memory(pid: str) -> int:
    """Return the bytes of one process; of what several share, its part."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) * 1024


def watch(largest: list[int]) -> None:
    """Keep the largest sum over the processes of the command, while there are several."""
    while True:
        pause, began = PERIOD, time.monotonic()
        pids = list(descendants("self"))
        if len(pids) > 1:
            largest[0] = max(largest[0], sum(map(memory, pids)))
            pause = max(PERIOD, SHARE * (time.monotonic() - began))
        time.sleep(pause)


def main(command: list[str]) -> None:
    """Print exit code, wall, CPU, the largest process and the largest sum of processes as JSON."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    together = [0]
    threading.Thread(target=watch, args=(together,), daemon=True).start()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(pid, 0)
    wall, all_used = time.monotonic() - start, [used]
    while True:
        try:
            all_used.append(os.wait4(-1, 0)[2])
        except ChildProcessError:
            break
    figures = {
        "code": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": sum(used.ru_utime + used.ru_stime for used in all_used),
        "largest": max(used.ru_maxrss for used in all_used) * UNIT,
        "together": together[0],
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])

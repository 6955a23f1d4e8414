"""What each step of a build costs."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


def used() -> float:
    """Return the CPU seconds of this process and of all its children that have ended."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Timings:
    """Steps in their order: wall and CPU seconds."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float, float]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure one step."""
        wall, cpu = time.monotonic(), used()
        yield
        self.steps.append((name, time.monotonic() - wall, used() - cpu))

    def table(self) -> str:
        """Return all steps as a table, milliseconds."""
        rows = [
            *self.steps,
            ("合计", *(sum(step[place] for step in self.steps) for place in (1, 2))),
        ]
        lines = [f"{wall * 1000:8.0f} {cpu * 1000:8.0f}  {name}" for name, wall, cpu in rows]
        return "\n".join(["  毫秒   CPU毫秒  步骤", *lines])

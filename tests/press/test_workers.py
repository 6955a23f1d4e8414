import os
import signal
import sys
import threading

import pytest

from press import explain, workers

MANY = list(range(workers.WORTH * 2))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    """What is shared out must not hang on the machine that tests run on."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    assert threading.active_count() == 1 or sys.version_info < (3, 12)


def test_each_item_is_worked_on_once_in_as_many_processes_as_cores():
    results = workers.share(lambda share, number: (os.getpid(), number, list(share)), MANY)
    assert len({process for process, _, _ in results}) == 2
    assert [number for _, number, _ in results] == [0, 1]
    assert sorted(item for _, _, share in results for item in share) == MANY


def test_few_items_are_worked_on_here():
    [(process, share)] = workers.share(lambda share, _: (os.getpid(), list(share)), MANY[:10])
    assert (process, share) == (os.getpid(), MANY[:10])


def in_the_child(number: int, action) -> None:
    if number:
        action()


@pytest.fixture
def meddler(monkeypatch, tmp_path):
    """Work of a site's own plugin that goes wrong in the child."""
    monkeypatch.chdir(tmp_path)
    source, names = "def work(number):\n    return 1 / (1 - number)\n", {}
    (tmp_path / "meddler.py").write_text(source)
    exec(compile(source, tmp_path / "meddler.py", "exec"), names)  # noqa: S102
    return lambda _, number: names["work"](number)


def test_a_childs_exception_reaches_the_parent_with_its_place(meddler):
    with pytest.raises(ZeroDivisionError) as caught:
        workers.share(meddler, MANY)
    told = explain.explain(caught.value)
    assert told == "meddler.py:2: ZeroDivisionError: division by zero"


def test_what_is_done_apart_leaves_nothing_here(run_code):
    code = """
import os, sys
from press import workers

def work():
    import colorsys
    return os.getpid(), "colorsys" in sys.modules

pid, loaded = workers.apart(work)
print(pid != os.getpid(), loaded, "colorsys" in sys.modules)
"""
    assert run_code(code) == "True True False\n"


def test_a_mistake_of_what_is_done_apart_has_the_place_of_where_it_was_made(meddler):
    with pytest.raises(ZeroDivisionError) as caught:
        workers.apart(lambda: workers.share(meddler, MANY))
    assert explain.explain(caught.value) == "meddler.py:2: ZeroDivisionError: division by zero"


def test_what_is_done_apart_ends_with_all_its_processes(run_code):
    code = """
import os, signal, threading, time
from press import workers

out, into = os.pipe()
os.set_inheritable(into, True)

def work(_, number):
    os.write(into, b"x")
    signal.pause()

def interrupt():
    os.read(out, 1), os.read(out, 1)  # both work
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt).start()
workers.cores = lambda: 2
try:
    workers.apart(lambda: workers.share(work, range(1000)))
except KeyboardInterrupt:
    os.close(into)
    print(os.read(out, 1))  # the end: nobody has the other side any more
"""
    assert run_code(code) == "b''\n"


def test_an_exception_that_cannot_be_sent_is_told_all_the_same():
    class OddError(Exception):
        def __init__(self, one, two):
            super().__init__(f"{one}{two}", lambda: None)

    def fail():
        raise OddError("不好", "了")

    with pytest.raises(RuntimeError, match=r"OddError.*不好了"):
        workers.share(lambda _, number: in_the_child(number, fail), MANY)


@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0)])
def test_a_child_that_does_not_come_back_is_told(end):
    with pytest.raises(workers.LostWorkerError, match="子进程"):
        workers.share(lambda _, number: in_the_child(number, end), MANY)


def test_a_mistake_here_leaves_no_child(run_code):
    code = """
import os, signal
from press import workers

def work(_, number):
    if number:
        signal.pause()
    raise ValueError("here")

try:
    workers.share(work, range(1000))
except ValueError as error:
    print(error)
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no child")
"""
    assert run_code(code) == "here\nno child\n"


def test_one_core_works_alone(run_code):
    code = (
        "import os; from press import workers; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "print(len(workers.share(lambda share, _: os.getpid() == os.getppid(), range(1000))))"
    )
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system ties no process to a core")
    assert run_code(code) == "1\n"

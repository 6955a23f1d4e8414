"""The time that a text may take."""

import re
import threading
import time

import pytest

from plugins._limits import OutOfTimeError, within

CATASTROPHE = re.compile(r"(a+)+$")


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_python_is_stopped():
    with pytest.raises(OutOfTimeError), within(0.05):
        work(5)


def test_a_pattern_that_never_ends_is_stopped():
    with pytest.raises(OutOfTimeError), within(0.05):
        CATASTROPHE.match("a" * 40 + "b")


def test_nobody_takes_it_for_a_mistake_of_theirs():
    assert not issubclass(OutOfTimeError, Exception)  # what plugins catch


def test_waiting_is_not_working():
    with within(0.05):
        time.sleep(0.2)


def test_the_outer_limit_counts_and_the_next_begins_anew():
    with within(0.3), within(0.01):
        work(0.1)
    with pytest.raises(OutOfTimeError), within(0.05):
        work(5)
    work(0.1)


def test_zero_is_no_limit():
    with within(0):
        work(0.05)


def test_where_no_signal_comes_nothing_is_stopped():
    done = []

    def elsewhere() -> None:
        with within(0.01):
            work(0.05)
        done.append(True)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert done

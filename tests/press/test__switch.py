import sys
from pathlib import Path

import pytest

from press._switch import exchange, exchange_in_two_steps, resume, switch


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    staged, output, former = (tmp_path / name for name in ("staged", "output", "former"))
    for folder in (staged, output):
        folder.mkdir()
        (folder / "index.html").write_text(folder.name)
    return staged, output, former


def text(folder: Path) -> str:
    return (folder / "index.html").read_text()


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no exchange there")
def test_exchange_in_one_step(folders):
    staged, output, _ = folders
    assert exchange(staged, output)
    assert (text(staged), text(output)) == ("output", "staged")


def test_exchange_in_two_steps(folders):
    staged, output, former = folders
    exchange_in_two_steps(*folders)
    assert (text(staged), text(output)) == ("output", "staged")
    assert not former.exists()


def test_a_failed_second_step_puts_the_output_back(folders):
    staged, output, former = folders
    with pytest.raises(OSError, match="nowhere"):
        exchange_in_two_steps(staged.with_name("nowhere"), output, former)
    assert text(output) == "output"


def test_a_first_output_needs_no_exchange(folders):
    staged, output, former = folders
    (output / "index.html").unlink()
    output.rmdir()
    switch(staged, output, former)
    assert text(output) == "staged"


def test_resume_after_a_crash_between_the_two_steps(folders):
    staged, output, former = folders
    output.rename(former)
    resume(*folders)
    assert (text(staged), text(output)) == ("staged", "output")
    assert not former.exists()


def test_resume_after_a_crash_past_the_second_step(folders):
    staged, output, former = folders
    output.rename(former)
    staged.rename(output)
    resume(*folders)
    assert (text(staged), text(output)) == ("output", "staged")
    assert not former.exists()


def test_resume_without_a_crash_changes_nothing(folders):
    staged, output, _ = folders
    resume(*folders)
    assert (text(staged), text(output)) == ("staged", "output")


def test_an_interrupted_second_step_puts_the_output_back(folders):
    class Interrupted(type(folders[0])):
        def rename(self, _target):
            raise KeyboardInterrupt

    staged, output, former = folders
    with pytest.raises(KeyboardInterrupt):
        exchange_in_two_steps(Interrupted(staged), output, former)
    assert (text(staged), text(output)) == ("staged", "output")

from pathlib import Path

import pytest

from press.chromium import APPLICATIONS, find, main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no browser at all."""
    if any(Path(path).exists() for path in APPLICATIONS):
        pytest.skip("this Mac has a browser where every user finds it")
    for name in ("CHROME", "CI", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return str(path)


def test_the_order_in_which_a_browser_is_looked_for(home, monkeypatch):
    assert find() is None
    own = program(home / ".cache/ms-playwright/chromium-1200/chrome-linux64/chrome")
    assert find() == own
    chrome = program(home / "bin/google-chrome")
    assert find() == chrome
    chromium = program(home / "bin/chromium")
    assert find() == chromium
    chosen = program(home / "my chrome")
    monkeypatch.setenv("CHROME", chosen)
    assert find() == chosen


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_a_chosen_browser_that_is_missing_fails_in_ci_only(home, monkeypatch, capsys, ci, status):
    monkeypatch.setenv("CHROME", str(home / "nowhere"))
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("sys.platform", "darwin")  # no fonts to install on the tester's machine
    assert main([]) == status
    assert "没有可用的Chromium" in capsys.readouterr().out

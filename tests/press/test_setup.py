import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.press.conftest import ROOT

TOOLS = ("sh", "tail", "uname", "id", "grep", "env")
# A python that reports a version, has venv or not, and notes what it is told to do.
PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) echo {short} ;;
  *ensurepip*) exit {venv} ;;
  --version) echo "Python {long}" ;;
  *) echo "{long} $*" >>"$LOG" ;;
esac
"""

# A uv that notes what it is told to do and makes a .venv of the python beside it.
UV = """#!/bin/sh
echo "uv $1 $2" >>"$LOG"
[ "$1" = venv ] || exit 0
mkdir -p .venv/bin
ln -sf ../../../bin/python3 .venv/bin/python
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH with a shell and little else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def python(folder: Path, name: str, version: str, *, venv: bool = True) -> None:
    major, minor, patch = (int(part) for part in version.split("."))
    new = (major, minor, patch) >= (3, 11, 2)
    short = f"{major}{minor:02}" if new else 1
    put(folder, name, PYTHON.format(short=short, long=version, venv=int(not venv)))


def setup(path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [path / "sh", ROOT / "press/setup.sh", *arguments],
        cwd=path.parent,
        env={"PATH": str(path), "LOG": str(path.parent / "log"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def done(path: Path) -> str:
    log = path.parent / "log"
    return log.read_text() if log.exists() else ""


def test_no_python(path):
    result = setup(path, "venv")
    assert result.returncode == 1
    assert result.stderr.startswith("没有找到可用的python3。请先")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("tool", "answer", "remedy"),
    [
        ("uname", "Darwin", "brew install python"),
        ("apt-get", "", "apt install python3 python3-venv"),
        ("nothing", "", "软件包管理器"),
    ],
)
def test_the_remedy_fits_the_system(path, tool, answer, remedy):
    (path / tool).unlink(missing_ok=True)
    put(path, tool, f"#!/bin/sh\necho {answer}\n")
    assert remedy in setup(path, "venv").stderr


def test_an_old_python(path):
    python(path, "python3", "3.10.12")
    result = setup(path, "venv")
    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.10.12太旧，本站需要3.11.2")
    assert result.stderr.count("\n") == 1
    assert done(path) == ""


def test_a_python_without_venv(path):
    python(path, "python3", "3.12.3", venv=False)
    result = setup(path, "venv")
    assert result.returncode == 1
    assert result.stderr.startswith("python3缺少venv模块。请先")


def test_the_newest_python_that_runs_is_taken(path):
    python(path, "python3", "3.10.12")
    python(path, "python3.12", "3.12.3")
    python(path, "python3.13", "3.13.1")
    put(path, "python3.14", "#!/bin/sh\necho not installed >&2\nexit 127\n")
    assert setup(path, "venv").returncode == 0
    assert done(path) == "3.13.1 -m venv --clear .venv\n"


def test_a_chosen_python_is_taken_even_from_an_odd_folder(path):
    python(path, "python3", "3.13.1")
    odd = path.parent / "我的 python"
    python(path.parent, odd.name, "3.12.3")
    assert setup(path, "venv", PYTHON=str(odd)).returncode == 0
    assert done(path) == "3.12.3 -m venv --clear .venv\n"


def test_a_failed_install_says_what_to_do(path):
    (path.parent / ".venv/bin").mkdir(parents=True)
    put(path.parent / ".venv/bin", "python", "#!/bin/sh\nexit 1\n")
    (path.parent / "lock").write_text("a==1 \\\n    --hash=x\nb==2 \\\n")
    result = setup(path, "install", "lock")
    assert result.returncode == 1
    assert result.stdout == "正在安装2个依赖，约需半分钟……\n"
    assert result.stderr.startswith("依赖没有装上")


@pytest.fixture
def checkout(tmp_path: Path, path: Path) -> Path:
    """The Makefile and what it calls, in a folder with a space and Chinese, and an instant uv."""
    folder = tmp_path / "我的 网站"
    (folder / "press").mkdir(parents=True)
    (folder / "tests").mkdir()
    for name in ("Makefile", "press/setup.sh", "requirements.lock", "tests/requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    for tool in ("make", "touch", "awk", "mkdir", "ln", "sed"):
        (path / tool).symlink_to(shutil.which(tool))
    python(path, "python3", "3.12.3")
    put(path, "uv", UV)
    return folder


def make(path: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={"PATH": str(path), "LOG": str(path.parent / "log")},
        capture_output=True,
        text=True,
        check=False,
    )


def installs(path: Path) -> int:
    return done(path).count("uv pip install")


def test_a_lock_is_installed_once_and_again_when_it_changes(path, checkout):
    for _ in range(2):
        result = make(path, checkout, "html")
        assert result.returncode == 0, result.stderr
    assert installs(path) == 1
    make(path, checkout, ".venv/.test")
    make(path, checkout, ".venv/.test", "html")
    assert installs(path) == 2
    later = (checkout / ".venv/.runtime").stat().st_mtime + 10
    os.utime(checkout / "requirements.lock", (later, later))
    make(path, checkout, "html")
    assert installs(path) == 3


def test_a_title_reaches_the_command_as_typed(path, checkout):
    make(path, checkout, "new", """TITLE=价格$5的"C#"，$(date)'""")
    assert """-m press new -- 价格$5的"C#"，$(date)'\n""" in done(path)


def test_make_alone_lists_every_command(path, checkout):
    listed = make(path, checkout).stdout
    listed = sorted(line.split()[1] for line in listed.splitlines())
    assert (
        " ".join(listed)
        == "bench check check-extra clean components find fix help html lint lock new ping publish"
        " serve test test-long"
    )
    assert done(path) == ""

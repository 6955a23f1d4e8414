"""Judges that are programs of Node's world: npm brings them into ``.extra/node``."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

FOLDER = Path(".extra/node")
MODULES = FOLDER / "node_modules"


def missing(*programs: str) -> str:
    """Say which of some programs this machine has not, "" if it has all."""
    lacking = [program for program in programs if not shutil.which(program)]
    return f"没有{'、'.join(lacking)}，没有看" if lacking else ""


def install(package: str) -> Path:
    """Install a package (``name@version``) once; return its folder."""
    name = package.rpartition("@")[0]
    installed = MODULES / name / "package.json"
    version = package.rpartition("@")[2]
    if not installed.exists() or json.loads(installed.read_text())["version"] != version:
        FOLDER.mkdir(parents=True, exist_ok=True)
        quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(["npm", "install", *quiet, "--prefix", FOLDER, package], check=True)
    return installed.parent.absolute()


def run(script: str, given: Any) -> Any:
    """Run a script of Node, which gets and gives JSON."""
    told = subprocess.run(
        ["node", "-e", script],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        cwd=FOLDER,
    )
    if told.returncode:
        raise RuntimeError(told.stderr.strip())
    return json.loads(told.stdout)

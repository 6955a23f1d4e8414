"""``make check-extra``: let strangers' tools read the built site, and print what each got right.

A judge is one file here, ``NAME.py``: run as ``python -m tests.extra.NAME SITE SITEURL`` it prints
its rows as lines of JSON (``_case.Row``). The judges' packages live in ``.extra/.venv``, by
``requirements.txt``, so that `make test` needs none of them.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER = ROOT / ".extra"
LOCK = HERE / "requirements.txt"
SITEURL = "https://www.example.org"
SHOWN = 3  # faults of a row
APART = {"__main__"}


def judges() -> list[str]:
    """Return the names of all judges."""
    files = {path.stem for path in HERE.glob("*.py")}
    return sorted(name for name in files - APART if not name.startswith(("_", "test_")))


def install() -> None:
    """Give the judges a venv of their own, once and again when their versions change."""
    installed = FOLDER / ".venv/requirements.txt"
    if installed.exists() and installed.read_bytes() == LOCK.read_bytes():
        return
    FOLDER.mkdir(exist_ok=True)
    print("正在安装外人的工具，约需一分钟……", flush=True)
    venv, python = FOLDER / ".venv", FOLDER / ".venv/bin/python"
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], check=True)
    # The lock names all there is: without looking for more, an old pip gets it right too.
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command = [python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(LOCK)]
    subprocess.run(command, check=True)
    shutil.copy(LOCK, installed)


def build() -> Path:
    """Build the site as it is published; the ledger of addresses is only read."""
    output = FOLDER / "output"
    command = [sys.executable, "-m", "press", "html", "--output", str(output)]
    environment = {**os.environ, "SITEURL": SITEURL, "CI": "true"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return output


def ask(judge: str, site: Path) -> list[dict]:
    """Let one judge look; one that breaks is a row that failed."""
    python = FOLDER / ".venv/bin/python"
    asked = subprocess.run(
        [python, "-W", "ignore", "-m", f"tests.extra.{judge}", str(site), SITEURL],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [json.loads(line) for line in asked.stdout.splitlines() if line.startswith('{"what"')]
    if asked.returncode:
        said = asked.stderr.strip().splitlines()[-1:] or ["没有说明"]
        rows.append({"what": "运行", "of": 1, "faults": said, "note": "", "known": ""})
    return rows


def verdict(row: dict) -> str:
    """Say in a word what came of a row: 通过, 没看, 已知, 不对; or 已好: it is known no more."""
    if not row["of"]:
        return "没看"
    if row["known"]:
        return "已知" if row["faults"] else "已好"
    return "不对" if row["faults"] else "通过"


def table(found: Iterable[tuple[str, dict]]) -> str:
    """Write all rows as a table of Markdown."""
    lines = ["| 工具 | 看什么 | 对/共 | 结果 | 说明 |", "|---|---|---:|---|---|"]
    for judge, row in found:
        right = row["of"] - len(row["faults"])
        note = "；".join(filter(None, (row["note"], row["known"])))
        lines.append(f"| {judge} | {row['what']} | {right}/{row['of']} | {verdict(row)} | {note} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Ask the named judges, else all; 1 if one found a fault."""
    parser = argparse.ArgumentParser(prog="python -m tests.extra")
    parser.add_argument("judges", nargs="*", metavar="JUDGE", help="、".join(judges()))
    options = parser.parse_args(arguments)
    if unknown := set(options.judges) - {*judges()}:
        print(f"没有{'、'.join(sorted(unknown))}；可以写：{'、'.join(judges())}")
        return 2
    install()
    site = build()
    found = [(name, row) for name in options.judges or judges() for row in ask(name, site)]
    print(table(found))
    wrong = [(name, row) for name, row in found if verdict(row) in {"不对", "已好"}]
    for name, row in wrong:
        print(f"\n{name}，{row['what']}：")
        print("\n".join(row["faults"][:SHOWN]) or "这一条已经全对，请去掉known里的说明")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Stock Pelican, each build in a child of its own that has everything loaded but the project.

Reads orders, one JSON object a line: ``root``, ``output`` and ``environment``; answers each with its
status and what it said.
"""

import importlib
import io
import json
import os
import sys
import tempfile

LOADED = [
    "pelican",
    "jinja2",
    "markdown",
    "yaml",
    "lxml.etree",
    "lxml.html",
    "PIL.Image",
    "pygments.lexers.python",
    "pygments.formatters.html",
    "rjieba",
    "pypinyin",
    "nh3",
    "rcssmin",
    "latex2mathml.converter",
    "tomllib",
]


def build(order: dict) -> int:
    """Build as the command does."""
    import pelican

    os.chdir(order["root"])
    os.environ.update(order["environment"])
    sys.path.insert(0, order["root"])
    sys.path_importer_cache.clear()
    stock = ["-e", 'PELICAN_CLASS="pelican.Pelican"']
    arguments = ["content", "-s", "pelicanconf.py", "-o", order["output"], "--fatal", "errors"]
    try:
        pelican.main([*arguments, *stock])
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
            return 1
        return end.code or 0
    return 0


def answer(order: dict) -> None:
    """Build in a child and tell what came of it."""
    with tempfile.TemporaryFile() as log:
        child = os.fork()
        if not child:
            status = 70
            try:
                os.dup2(log.fileno(), 1)
                os.dup2(log.fileno(), 2)
                status = build(order)
            except BaseException:  # noqa: BLE001
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        log.seek(0)
        said = io.TextIOWrapper(log, "utf-8", errors="replace").read()
    sys.stdout.write(json.dumps([status, said]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for name in LOADED:
        importlib.import_module(name)
    for line in sys.stdin:
        answer(json.loads(line))

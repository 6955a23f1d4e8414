"""The press kept in memory, as the preview keeps it: one site, built again at each order."""

import io
import json
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from press import build, settings
from press.scope import NeedsPelicanError, load_plugins
from press.site import Site

FOLDER = Path(".build").absolute()


def once(site: Site) -> int:
    """Build; 3 if only Pelican could."""
    try:
        found = settings.read(Path("pelicanconf.py"), {"DEBUG": False}, FOLDER / "cache/settings")
        load_plugins(found)
        build.publish(found, site.build)
    except NeedsPelicanError as need:
        sys.stdout.write(f"{need}\n")
        return 3
    except SystemExit as refused:
        sys.stdout.write(f"{refused.code}\n")
        return 1
    return 0


if __name__ == "__main__":
    site = Site(FOLDER)
    for line in sys.stdin:
        os.environ.update(json.loads(line)["environment"])
        said = io.StringIO()
        with redirect_stdout(said), redirect_stderr(said):
            status = once(site)
        sys.stdout.write(json.dumps([status, said.getvalue()]) + "\n")
        sys.stdout.flush()

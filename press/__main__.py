"""``python -m press <command>``: what stands behind each rule of the Makefile."""

import os
import sys
from importlib import import_module

from press import patterns

COMMANDS = {
    "html": "press.build",
    "serve": "press.serve",
    "new": "press.new",
    "check": "press.check",
    "fix": "press.fix",
    "find": "press.find",
    "audit": "press.verdict",
    "ping": "press.ping",
    "chromium": "press.chromium",
}


def main(arguments: list[str]) -> int:
    """Run the command that the first argument names; only its module is loaded."""
    match arguments:
        case [command, *rest] if command in COMMANDS:
            try:
                return import_module(COMMANDS[command]).main(rest)
            except Exception as error:
                from plugins._facts import RefusalError  # noqa: PLC0415  for a mistake only
                from press.gate import report  # noqa: PLC0415

                if not isinstance(error, RefusalError):
                    raise
                print(report.refusal(error.messages), file=sys.stderr)
                return 1
    print(f"用法：python -m press {'|'.join(COMMANDS)}；一般用make，单独输入make可看全部命令。")
    return 2


if __name__ == "__main__":
    known = patterns.load()
    status = main(sys.argv[1:])
    patterns.keep(known)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # the system lets go of a large site faster than Python takes it apart

"""``python -m pylint_leaks_runtime run app.py``: run a program and record what it leaks."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import List, Optional

_DEFAULT_FILE = "leak-evidence.jsonl"


def command_of(arguments: List[str]) -> argparse.Namespace:
    """Read the arguments; what follows the program is the program's."""
    parser = argparse.ArgumentParser(
        prog="python -m pylint_leaks_runtime",
        description="Run a Python program and record what it makes and does not release.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="run")
    run = commands.add_parser(
        "run",
        help="run a program and record",
        usage="%(prog)s [-o FILE] [-m] PROGRAM [ARGUMENTS ...]",
        epilog="Then: pylint-leaks --evidence FILE",
    )
    run.add_argument("-o", "--output", default=_DEFAULT_FILE, metavar="FILE", help="default: %(default)s")
    run.add_argument("-m", dest="is_module", action="store_true", help="PROGRAM is a module, as in python -m")
    run.add_argument("program", metavar="PROGRAM")
    run.add_argument("arguments", nargs=argparse.REMAINDER, metavar="ARGUMENTS")
    return parser.parse_args(arguments)


def main(arguments: Optional[List[str]] = None) -> int:
    """Start the program in place of this process, with a recorder that begins before it.

    Nothing of this module is left in the program: no frames in its tracebacks, no other ``__main__``. Processes that it
    starts are recorded in the same file.
    """
    command = command_of(sys.argv[1:] if arguments is None else arguments)
    startup = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_startup")
    environment = {
        **os.environ,
        "PYLINT_LEAKS_EVIDENCE": os.path.abspath(command.output),
        "PYTHONPATH": os.pathsep.join(filter(None, [startup, os.environ.get("PYTHONPATH")])),
    }
    flags: List[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    program = ["-m", command.program] if command.is_module else [command.program]
    words = [sys.executable, *flags, *program, *command.arguments]
    if os.name == "nt":
        # `exec` there starts another process and does not wait for it.
        return subprocess.call(words, env=environment)
    sys.stdout.flush()
    sys.stderr.flush()
    os.execve(sys.executable, words, environment)


if __name__ == "__main__":
    sys.exit(main())

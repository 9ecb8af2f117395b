"""The command `naqi`: the main job and two filters, for a shell.

What a shell user expects holds: 0 when all went well, 1 when an input could not be read (the others are still done)
or every record was rejected, 2 for a wrong use, 130 after Ctrl-C, and silence when the reader of a pipe has gone.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from naqi.cli import commands
from naqi.cli.arguments import parser

__all__ = ["main"]

CLOSED_PIPE = 141  # what a shell reports for a program that SIGPIPE ended
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command with `argv` (default: the arguments of the process) and returns its exit code.

    >>> from naqi.cli import main
    >>> main(["sentences", "no-such-page.txt"])
    1
    """
    out = commands.output(sys.stdout)
    try:
        with contextlib.redirect_stdout(out):
            code = _run(argv)
        out.flush()
        return code
    except BrokenPipeError:  # whoever read our output has left: nothing is wrong
        _abandon(out)
        return CLOSED_PIPE
    except OSError as error:
        _abandon(out)
        print(f"naqi: cannot write: {error.strerror}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str] | None) -> int:
    try:
        arguments = parser().parse_args(argv)
        code: int = arguments.run(arguments)
    except SystemExit as stop:  # argparse after --help, --version or a wrong use
        return stop.code if isinstance(stop.code, int) else 0
    return code


def _abandon(out: TextIO) -> None:
    """Keeps the interpreter from flushing once more into what can no longer be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())

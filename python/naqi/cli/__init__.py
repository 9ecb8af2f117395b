"""The command `naqi`: the main job and two filters, for a shell.

What a shell user expects holds: 0 when all went well, 1 when an input could not be read (the others are still done),
2 for a wrong use, 130 after Ctrl-C, and silence when the reader of a pipe has gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

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
    commands.prepare_streams()
    try:
        arguments = parser().parse_args(argv)
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read our output has left: nothing is wrong, and the interpreter must not flush into the pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED

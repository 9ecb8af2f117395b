"""What a command writes to a terminal, for tests of colours and of bars."""

import os
import pty
import subprocess

NOT_PASSED_ON = ("NO_COLOR", "TERM", "FORCE_COLOR")


def in_a_terminal(command: list, **environment: str) -> bytes:
    """What the command writes when both its outputs are a terminal."""
    plain = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
    ours, theirs = pty.openpty()
    child = subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**plain, **environment})
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:  # how Linux tells that the other side has closed
        pass
    os.close(ours)
    assert child.wait(30) == 0
    return shown

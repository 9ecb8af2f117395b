"""Work that blocks in another library, done so that Ctrl-C always ends it.

The main thread never enters that library: it waits, so signals reach Python at once; the work has a thread of its own.
On Ctrl-C the work is told to stop again and again, whatever it is about to begin; where it does not stop, the process
ends without it. Nothing is lost by that: files are put in their place whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

PATIENCE = 5.0  # seconds that the work has to stop in
LOOK = 0.05  # seconds between two looks
INTERRUPTED = 130


class Stop:
    """What the work asks whether it shall stop, and what it has that can be interrupted."""

    def __init__(self) -> None:
        self.asked = False
        self.connections: list[Any] = []

    def look(self) -> None:
        """Raises `KeyboardInterrupt` where the work shall stop."""
        if self.asked:
            raise KeyboardInterrupt

    def tell(self) -> None:
        """Tells it to stop."""
        self.asked = True
        for connection in list(self.connections):
            with contextlib.suppress(Exception):  # closed in the meantime
                connection.interrupt()


def run(work: Callable[[Stop], T], give_up: Callable[[], object]) -> T:
    """The result of the work, or what it raises. `give_up` is called before the process ends without it."""
    stop = Stop()
    results: list[T] = []
    errors: list[BaseException] = []
    done = threading.Event()  # not `join`: a thread whose `join` was interrupted may count as ended (CPython 3.11)

    def body() -> None:
        try:
            results.append(work(stop))
        except BaseException as error:
            errors.append(error)
        finally:
            done.set()

    try:
        threading.Thread(target=body, name="naqi tables", daemon=True).start()
        while not done.wait(LOOK):
            pass
    except KeyboardInterrupt:
        _end(done, stop, give_up)
        raise
    if errors:
        raise errors[0]
    return results[0]


def _end(done: threading.Event, stop: Stop, give_up: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    try:
        while not done.is_set() and time.monotonic() < deadline:
            stop.tell()
            done.wait(LOOK)
    except KeyboardInterrupt:
        pass  # a second time: at once
    if not done.is_set():
        give_up()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(INTERRUPTED)

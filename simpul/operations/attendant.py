"""A thread in each worker: leaves with its parent, and in one of them watches what falls due.

The one is whoever holds the lock on the data folder; when that worker dies the system frees the lock and another
takes over. It only watches: work runs in a process of its own, so that pages stay quick and memory comes back.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time

from django.db import DatabaseError, connections

from simpul.core import clock
from simpul.operations import schedule
from simpul.operations.locks import ATTENDANT, SERVING, Lock

log = logging.getLogger("simpul.schedule")
TICK = 5.0  # seconds


def attend(*, parent: int, has_schedule: bool) -> None:
    """Start the thread."""
    threading.Thread(target=_attend, args=(parent, has_schedule), name="attendant", daemon=True).start()


def _attend(parent: int, has_schedule: bool) -> None:
    serving, lock = Lock(SERVING, is_shared=True), Lock(ATTENDANT)
    work: subprocess.Popen[bytes] | None = None
    while True:
        serving.take()  # a restore that runs just now holds it alone; then the next tick takes it
        time.sleep(TICK)
        if os.name != "nt" and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)  # the server was killed: nobody would restart or stop us
            return
        if not has_schedule or not lock.take():
            continue
        if work is not None and work.poll() is None:
            continue
        work = _start_if_due()


def _start_if_due() -> "subprocess.Popen[bytes] | None":
    try:
        is_due = bool(schedule.due(clock.now()))
    except DatabaseError:
        log.warning("what falls due could not be read", exc_info=True)
        return None
    finally:
        connections["default"].close()  # the thread wakes every few seconds; it need not hold a connection
    if not is_due:
        return None
    command = [sys.executable, "-m", "simpul", "schedule", "run", "--attended"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 our own command

"""Locks of the data folder that the system frees when their holder dies, however it dies."""

import os
from pathlib import Path
from typing import IO

from django.conf import settings


class Lock:
    """A lock on a file of the data folder. `take()` never waits. A shared lock is held by many at once and keeps
    out only who wants it alone."""

    def __init__(self, name: str, *, is_shared: bool = False) -> None:
        self.path = Path(settings.DATA) / name
        self.is_shared = is_shared
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Is the lock ours (now, or since before)?"""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            _lock(file, self.is_shared)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def free(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def is_free(self) -> bool:
        """Does nobody hold it? (Takes and frees it for a moment.)"""
        if self._file is not None:
            return False
        taken = self.take()
        self.free()
        return taken


#: every worker of a server holds it together with the others
SERVING = "serving.lock"
#: the one worker that watches what falls due
ATTENDANT = "attendant.lock"
#: the one process that runs what falls due
SCHEDULE = "schedule.lock"

if os.name == "nt":
    import msvcrt

    def _lock(file: IO[str], is_shared: bool) -> None:
        """Windows knows no shared lock here; a server has one worker there."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
else:
    import fcntl

    def _lock(file: IO[str], is_shared: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)

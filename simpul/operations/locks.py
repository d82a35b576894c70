"""Locks of the data folder that the system frees when their holder dies, however it dies."""

import os
from pathlib import Path
from typing import IO


class Lock:
    """An exclusive lock on a file. `take()` never waits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Is the lock ours (now, or since before)?"""
        if self._file is not None:
            return True
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            _lock(file)
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


if os.name == "nt":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

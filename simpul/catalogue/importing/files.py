"""The file that is read: as a stream, unpacked if it is packed, knowing how far it has come."""

import gzip
import io
from pathlib import Path
from typing import Any, BinaryIO, cast


class Source:
    """A file opened for reading once. `done_bytes` counts on the disk, so that a packed file shows true progress."""

    def __init__(self, path: Path) -> None:
        self.path = Path(path)
        self.total_bytes = self.path.stat().st_size
        self._raw: BinaryIO | None = None

    @property
    def done_bytes(self) -> int:
        return min(self._raw.tell(), self.total_bytes) if self._raw and not self._raw.closed else self.total_bytes

    def __enter__(self) -> io.BufferedReader:
        self._raw = self.path.open("rb", buffering=0)
        raw: Any = self._raw
        if raw.read(2) == b"\x1f\x8b":
            raw.seek(0)
            return io.BufferedReader(cast(Any, _Unpacked(raw)))
        raw.seek(0)
        return io.BufferedReader(raw)

    def __exit__(self, *_: object) -> None:
        if self._raw:
            self._raw.close()


class _Unpacked(io.RawIOBase):
    """What a gzip file holds; a damaged one ends where the damage begins."""

    def __init__(self, raw: BinaryIO) -> None:
        self._file = gzip.GzipFile(fileobj=raw, mode="rb")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read(len(buffer))
        except (OSError, EOFError, ValueError):
            return 0
        except Exception:
            return 0
        buffer[:len(data)] = data
        return len(data)

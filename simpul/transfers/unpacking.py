"""A sheet is a zip archive: how large it is says its table of contents, not the file."""

import zipfile
from pathlib import Path
from typing import IO

MOST_UNPACKED = 300_000_000  # bytes; a sheet of 200,000 members unpacks to a third of it


class TooMuchInside(ValueError):
    """The archive would unpack to more than this machine should bear."""


def refuse_bomb(source: Path | IO[bytes]) -> None:
    """Raise TooMuchInside where an .xlsx or .ods would unpack to more than MOST_UNPACKED bytes; 50 MB of zeros in a
    small file would otherwise take all memory. Other files pass."""
    try:
        with zipfile.ZipFile(source) as archive:
            inside = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return  # no archive at all: whoever reads it says so
    if inside > MOST_UNPACKED:
        raise TooMuchInside(f"{inside} bytes inside")

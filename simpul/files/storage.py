"""The disk: bytes under settings.FILES_ROOT, written whole or not at all."""

import errno
import os
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from simpul.core.refusal import Refusal


class NotStored(Refusal):
    """The disk did not take the file; nothing of it is left."""

    code = "not_stored"


def path_of(id: UUID) -> Path:
    """Where a file stands: FILES_ROOT/<last two of its id>/<id>. (The first two of a UUIDv7 are its time.)"""
    return Path(settings.FILES_ROOT) / id.hex[-2:] / str(id)


def write(id: UUID, content: bytes) -> None:
    """Keep `content` under `id`: temporary file, fsync, rename, fsync of the folder. Raises NotStored."""
    path = path_of(id)
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(half, "wb") as file:
                os.fchmod(file.fileno(), 0o600) if hasattr(os, "fchmod") else None
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(half, path)
        finally:
            half.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise NotStored(_("The disk of the server is full, so the file was not kept. Tell whoever looks after the "
                          "server; everything else was left as it was.") if full else
                        _("The server could not write the file. Try again; if it stays so, tell whoever looks "
                          "after the server."), code="disk_full" if full else "not_stored") from error


def read(id: UUID) -> IO[bytes]:
    """The file opened for reading; FileNotFoundError where it is missing."""
    return open(path_of(id), "rb")


def remove(id: UUID) -> None:
    path_of(id).unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the rename itself durable; Windows has no such thing and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

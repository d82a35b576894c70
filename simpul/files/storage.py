"""The disk: bytes under settings.FILES_ROOT, written whole or not at all."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

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
    adopt(id, set_down([content]))


def set_down(parts: Iterable[bytes]) -> Path:
    """Write what may be large beside its later place, before any transaction: a half file that nobody can ask for,
    and that is swept away when no change adopts it. Raises NotStored."""
    id = uuid4()
    half = path_of(id).with_name(f".{id}.part")
    try:
        half.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(half, "wb") as file:
                os.fchmod(file.fileno(), 0o600) if hasattr(os, "fchmod") else None
                for part in parts:
                    file.write(part)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            half.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _not_stored(error) from error
    return half


def adopt(id: UUID, half: Path) -> None:
    """A half file becomes the file `id`, by a rename. Raises NotStored."""
    path = path_of(id)
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(half, path)
        finally:
            half.unlink(missing_ok=True)
        _settle(path.parent)
    except OSError as error:
        raise _not_stored(error) from error


def _not_stored(error: OSError) -> NotStored:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return NotStored(_("The disk of the server is full, so the file was not kept. Tell whoever looks after the "
                       "server; everything else was left as it was.") if full else
                     _("The server could not write the file. Try again; if it stays so, tell whoever looks "
                       "after the server."), code="disk_full" if full else "not_stored")


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

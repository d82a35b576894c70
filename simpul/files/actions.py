"""Keeping an uploaded file, as one step of another app's change.

These are not changes of their own: the row that the file proves something for is. Call them inside an action, with
an id derived from the change's, so that the same change again finds the same file.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError

from simpul.files import queries, storage
from simpul.files.materials import Material
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared, prepare_document, prepare_picture


def store_picture(*, upload: Any, library_id: UUID, at: datetime, id: UUID) -> StoredFile:
    """Keep a picture. `upload` is an uploaded file, or better what `prepare_picture` (or a `PictureField`) made of
    it before the transaction began. Raises UploadRefused or NotStored."""
    prepared = upload if isinstance(upload, Prepared) else prepare_picture(upload)
    return _store(prepared, library_id=library_id, at=at, id=id)


def store_document(*, upload: Any, library_id: UUID, at: datetime, id: UUID) -> StoredFile:
    """Keep a PDF, for download only. Raises UploadRefused or NotStored."""
    prepared = upload if isinstance(upload, Prepared) else prepare_document(upload)
    return _store(prepared, library_id=library_id, at=at, id=id)


def store_material(*, upload: Material | Prepared, library_id: UUID, at: datetime, id: UUID) -> StoredFile:
    """Keep what `prepare_material` (or a `MaterialField`) made of an upload: its bytes already stand on the disk, so
    that a film holds nobody up. Raises NotStored."""
    if isinstance(upload, Prepared):
        return _store(upload, library_id=library_id, at=at, id=id)
    storage.adopt(id, upload.half)
    return StoredFile.objects.create(
        id=id, library_id=library_id, kind=StoredFile.Kind.MATERIAL, media_type=upload.media_type,
        given_name=upload.given_name, sha256=upload.sha256, size=upload.size, stored_at=at)


def _store(prepared: Prepared, *, library_id: UUID, at: datetime, id: UUID) -> StoredFile:
    # the bytes first: a row without its file would be a broken promise, a file without its row is swept away
    storage.write(id, prepared.content)
    return StoredFile.objects.create(
        id=id, library_id=library_id, kind=prepared.kind, media_type=prepared.media_type,
        given_name=prepared.given_name, sha256=prepared.sha256, size=len(prepared.content), stored_at=at)


GRACE = timedelta(days=2)  # a change that keeps a file has long come to its end


def sweep(*, at: datetime) -> int:
    """Remove files that no row refers to any more, and what unfinished changes left on the disk; how many.
    First the row, then the bytes: cut off between the two, the next run takes the bytes as a stray."""
    before, removed = at - GRACE, 0
    for stored in queries.orphans(before).iterator():
        id = stored.pk
        try:
            stored.delete()
        except ProtectedError:  # somebody began to refer to it just now
            continue
        storage.remove(id)
        removed += 1
    for path in queries.strays(before):
        path.unlink(missing_ok=True)
        removed += 1
    return removed

"""The official file: the PDF that comes back from the head's signature."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.certificates.actions.refusals import NotGiven, WrongFile, need_issue
from simpul.certificates.badges.baking import attached, credentials_in
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.queries import city
from simpul.core import rows
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.files.actions import store_document
from simpul.files.pictures import Prepared, prepare_document

PARCEL, HARMLESS = b"/EmbeddedFile", b"/EmbeddedThing"


def prepare_signed(upload: Any) -> Prepared:
    """A signed PDF, kept as it came: a byte changed would break an electronic signature. What is refused elsewhere, a
    PDF with a file inside, is taken where everything inside is a credential. Raises UploadRefused."""
    upload.seek(0)
    content = upload.read()
    inside = list(attached(content))
    if not inside or len(credentials_in(content)) != 1 or any(not credentials_in(one) for one in inside):
        upload.seek(0)
        return prepare_document(upload)
    masked = BytesIO(content.replace(PARCEL, HARMLESS))
    masked.name = getattr(upload, "name", "")
    looked_at = prepare_document(masked)
    return Prepared(looked_at.kind, looked_at.media_type, looked_at.given_name, content)


@change("certificate.returned", says=gettext_lazy("{by} kept the signed file of certificate {certificate}"))
def attach_signed_file(*, certificate: Certificate, file: Prepared, by: Actor, at: datetime, id: UUID) -> Certificate:
    """The signed PDF becomes her official file; a better scan takes the place of the first. Raises NotAllowed,
    NotGiven, WrongFile, NotStored."""
    need_issue(by)
    _attach(certificate, file, at, derived_id(id, "file"))
    return certificate


@change("certificates.returned", says=gettext_lazy("{by} kept {n} signed files of {batch}"))
def attach_signed_files(*, batch: Batch, files: Mapping[UUID, Prepared], by: Actor, at: datetime, id: UUID) -> int:
    """Many at once, by the certificate's id (see queries.match_signed); all or none; how many. Raises NotAllowed,
    NotGiven, WrongFile, NotStored."""
    need_issue(by)
    found = batch.certificates.select_related("batch").in_bulk(list(files))
    for key, file in files.items():
        if key not in found:
            raise WrongFile(_("A file belongs to no certificate of this event."))
        _attach(found[key], file, at, derived_id(id, f"file {key}"))
    note(n=len(files))
    return len(files)


def _attach(row: Certificate, file: Prepared, at: datetime, id: UUID) -> None:
    if not row.is_given:
        raise NotGiven(_("This certificate is not in force, so no signed file belongs to it."))
    inside = credentials_in(file.content)
    if inside and inside != [row.credential]:
        raise WrongFile(_("This file holds somebody else's certificate."), field="signed")
    row.official = store_document(upload=file, library_id=row.library_id or city().pk, at=at, id=id)
    row.official_at, row.state = at, Certificate.State.RETURNED
    rows.update(row, "official_id", "official_at", "state")

"""The attendance list on paper, entered afterwards with its photo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.files.actions import store_picture
from simpul.gatherings.actions.presence import State, locked_session, mark_attendance, record_walk_in
from simpul.gatherings.actions.refusals import NobodyCounted
from simpul.gatherings.models import Session, SignedSheet

KEPT = timedelta(days=730)  # as long as the report it proves may be asked about
MOST = 60


@dataclass(frozen=True)
class Signed:
    """A line below the printed names: somebody who walked in and signed."""

    name: str
    sex: str = ""


@change("attendance.sheet_entered", says=_("{by} entered a signed attendance list of {library}: {n} present"))
def enter_sheet(*, session: Session, present: Sequence[UUID], walk_ins: Sequence[Signed] = (), photo: Any = None,
                others_absent: bool = True, among: Sequence[UUID] | None = None, by: Actor, at: datetime, id: UUID) -> int:
    """Who signed was present; who stands on the list without a signature was absent, unless she is excused or was
    marked already (`others_absent`); of a list of many pages only those of the page (`among`). The photo (a `files`
    Prepared, or an upload) is kept for two years and seen by the library's own staff only. How many signed.
    Raises NotAllowed, NotYet, NobodyCounted, UploadRefused."""
    row = locked_session(session, by, at)
    listed = {one.pk: one for one in row.gathering.registrations.on_the_day()}
    signed = [listed[pk] for pk in dict.fromkeys(present) if pk in listed]
    if not signed and not walk_ins and photo is None:
        raise NobodyCounted(_("Tick who signed, or write down who walked in."))
    if len(walk_ins) > MOST:
        raise NobodyCounted(_("These numbers cannot be right. Check them."))
    for one in signed:
        mark_attendance(session=row, registration=one, state=State.PRESENT, by=by, at=at, id=derived_id(id, f"signed {one.pk}"))
    for n, walked in enumerate(walk_ins):
        record_walk_in(session=row, name=walked.name, sex=walked.sex, by=by, at=at, id=derived_id(id, f"walk-in {n}"))
    if others_absent:
        page = None if among is None else set(among)
        marked = set(row.attendance.valid().filter(registration__isnull=False).values_list("registration", flat=True))
        for one in listed.values():
            if one.pk not in marked and one.state == "in" and (page is None or one.pk in page):
                mark_attendance(session=row, registration=one, state=State.ABSENT, by=by, at=at,
                                id=derived_id(id, f"absent {one.pk}"))
    if photo is not None:
        stored = store_picture(upload=photo, library_id=row.library_id, at=at, id=derived_id(id, "photo"))
        SignedSheet.objects.create(id=derived_id(id, "sheet"), session=row, library=row.library, file=stored,
                                   kept_until=row.local_date + KEPT)
    note(library=row.library_id, n=len(signed) + len(walk_ins))
    return len(signed) + len(walk_ins)


@change("signed_sheet.removed", says=_("{by} deleted the photo of an attendance list of {library}"))
def remove_sheet(*, sheet: SignedSheet, by: Actor, at: datetime, id: UUID) -> None:
    """A wrong photo. The marks stay. Raises NotAllowed."""
    locked_session(sheet.session, by, None)
    note(library=sheet.library_id)
    SignedSheet.objects.filter(pk=sheet.pk).delete()


@change("signed_sheets.forgotten", says=_("{by} deleted {n} old photos of attendance lists"))
def forget_sheets(*, before: date, by: Actor, at: datetime, id: UUID) -> int:
    """Photos whose time is over; how many."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    n = SignedSheet.objects.filter(kept_until__lt=before).delete()[0]
    note(n=n)
    return n

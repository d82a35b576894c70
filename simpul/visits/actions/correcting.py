"""A wrong entry is voided and, where something else was meant, replaced: visibly, never edited in place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import NotAllowed
from simpul.visits.actions.refusals import AlreadyVoided, UndoIsOver, WrongCategory
from simpul.visits.actions.writing import write
from simpul.visits.models import Cell, Details, Visit
from simpul.visits.permissions import can_correct, can_undo

KIOSK_UNDO = timedelta(minutes=2)  # then the next visitor stands before it
Why = Visit.Why


@change("visit.voided", says=_("{by} took back an entry of {n} at {library}"))
def void_entry(*, entry: Visit, why: str = Why.UNDONE, by: Actor, at: datetime, id: UUID) -> Visit:
    """The entry (any of its rows) no longer counts. A kiosk takes back its own within two minutes.
    Raises AlreadyVoided, UndoIsOver, NotAllowed."""
    if not can_undo(by, entry.library_id, entry.entry_id):
        raise NotAllowed(_("You do not correct the guest book of this library."))
    if not can_correct(by, entry.library_id) and at - entry.happened_at > KIOSK_UNDO:
        raise UndoIsOver(_("This visit was a while ago. Ask the staff to correct it."))
    note(library=entry.library_id, n=_void(entry, why, at))
    return entry


@change("visit.corrected", says=_("{by} corrected an entry at {library}: {before} became {n}"))
def correct_entry(*, entry: Visit, cells: Sequence[Cell], details: Details | None = None, why: str,
                  is_sure: bool = False, by: Actor, at: datetime, id: UUID) -> Visit:
    """What the entry should have been, in its place and of its moment. Who corrects says why.
    `details` None keeps those of the entry. Raises AlreadyVoided, WrongCategory, and as `write`."""
    if why not in Why.values or why in (Why.NONE, Why.UNDONE, Why.COMPLETED):
        raise WrongCategory(_("Choose why it is corrected."), field="why")
    return _replace(entry, cells=[cell for cell in cells if cell.count != 0], why=why, is_sure=is_sure,
                    details=entry.details if details is None else details, by=by, at=at, id=id)


@change("visit.completed", says=_("{by} added details to an entry at {library}"))
def complete_entry(*, entry: Visit, details: Details, by: Actor, at: datetime, id: UUID) -> Visit:
    """Occupation, purpose, use of computers and the like, said after the tap. Raises AlreadyVoided."""
    return _replace(entry, cells=[row.cell for row in rows_of(entry)], why=Why.COMPLETED, is_sure=True,
                    details=details, by=by, at=at, id=id)


def rows_of(entry: Visit) -> list[Visit]:
    """The rows of the entry that still count; may be none."""
    return list(Visit.objects.valid().of_entry(entry.entry_id).order_by("pk"))


def _replace(entry: Visit, *, cells: Sequence[Cell], details: Details, why: str, is_sure: bool, by: Actor,
             at: datetime, id: UUID) -> Visit:
    if not can_correct(by, entry.library_id):
        raise NotAllowed(_("You do not correct the guest book of this library."))
    note(before=_void(entry, why, at))
    keeps_person = len(cells) == 1 and cells[0].count == 1
    return write(
        library=entry.library, how=entry.how, cells=cells, details=details, by=by, at=entry.happened_at, id=id,
        is_sure=is_sure, day=entry.local_date, stop=entry.stop, replaces=entry, origin=entry.origin,
        evidence=entry.evidence, person_id=entry.person_id if keeps_person else None)


def _void(entry: Visit, why: str, at: datetime) -> int:
    """How many persons no longer count. The database decides who of two was first."""
    rows = Visit.objects.valid().of_entry(entry.entry_id).filter(library=entry.library_id)
    total = sum(rows.values_list("count", flat=True))
    if not rows.update(voided_at=at, voided_because=why):
        raise AlreadyVoided(_("This entry was corrected or taken back already. Look at the list again."))
    return total

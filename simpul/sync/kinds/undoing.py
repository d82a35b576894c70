"""The phone took something back that it had told before."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.circulation.actions import undo_loan, undo_return
from simpul.circulation.models import Loan
from simpul.core.refusal import Refusal
from simpul.gatherings.actions import count_heads, undo_attendance
from simpul.gatherings.models import Attendance, Session
from simpul.people.actions import end_membership
from simpul.people.models import Member
from simpul.sync.kinds.base import Kind, NotFound, Outcome, Told
from simpul.sync.models import Event
from simpul.visits.actions import void_entry
from simpul.visits.actions.refusals import AlreadyVoided
from simpul.visits.models import Visit


@dataclass(frozen=True)
class UndoGiven:
    target: UUID


class CannotUndoThis(Refusal):
    """A person takes it back on its own page."""

    code = "cannot_undo"


def _replay(given: UndoGiven, told: Told) -> Outcome:
    target = Event.objects.select_for_update(of=("self",)).filter(
        event_id=given.target, is_first=True, phone=told.phone).first() if told.phone else None
    if target is None or target.pk == told.event.pk:
        raise NotFound(_("The record that was to be taken back has not come from this phone."), code="unknown_target")
    row = _take_back(target, told) if target.is_recorded and target.record else None
    target.decision, target.decided_at = Event.Decision.UNDONE, told.at
    if not target.is_recorded:
        target.state, target.reason = Event.State.QUARANTINED, "undone"
    target.save(update_fields=["decision", "decided_at", "state", "reason"])
    return Outcome(row)


def _take_back(target: Event, told: Told) -> Visit | Loan | Attendance | Session | Member | None:
    label, _colon, key = target.record.partition(":")
    way = {"by": told.by, "at": told.at, "id": told.id}
    if label == "visits.Visit":
        entry = Visit.objects.select_related("library").get(pk=key)
        try:
            return void_entry(entry=entry, **way)
        except AlreadyVoided:
            return entry
    if label == "circulation.Loan":
        loan = Loan.objects.get(pk=key)
        return undo_loan(loan=loan, **way) if target.kind == "loan.lent" else undo_return(loan=loan, **way)
    if label == "gatherings.Attendance":
        return undo_attendance(attendance=Attendance.objects.select_related("session__gathering").get(pk=key), **way)
    if target.kind == "attendance.counted":
        session = Session.objects.select_related("gathering").get(pk=key)
        count_heads(session=session, cells=[], **way)
        return session
    if label == "people.Member":
        return end_membership(member=Member.objects.select_related("person", "library").get(pk=key), **way)
    raise CannotUndoThis(_("This is taken back on its own page."))


KINDS = (Kind("event.undone", 1, lambda payload: UndoGiven(payload.id("target")), _replay),)

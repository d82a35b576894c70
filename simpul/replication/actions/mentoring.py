"""Visits, calls, notes, what was agreed; leaving a silent library in peace for a while."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.libraries.models import Library
from simpul.plans.actions import StepGiven, add_step
from simpul.plans.models import Plan, Step, account_of
from simpul.replication.actions.journeys import need_past, take_back
from simpul.replication.actions.refusals import (
    Missing,
    TakenBack,
    UnknownChoice,
    WrongDay,
    need_bringer,
    need_mentor,
)
from simpul.replication.models import Agreed, Contact, Pause

FARTHEST = timedelta(days=366)
LONGEST_PAUSE = timedelta(days=92)
MOST_AGREED = 5

Promise = tuple[str, date]  # what, until when


@change("mentoring.planned", says=_("{by} planned a contact with {library}: {result}"))
def plan_contact(*, library: Library, how: str, planned_on: date, word: str = "", by: Actor, at: datetime, id: UUID) -> Contact:
    """A visit (or call) to come; the library sees it. Raises UnknownChoice, WrongDay, NotAllowed."""
    need_mentor(by, library.pk)
    _need_how(how)
    today = clock.local_date(at, library.time_zone)
    if not today <= planned_on <= today + FARTHEST:
        raise WrongDay(_("Choose a day from today on, at most a year ahead."), field="planned_on")
    return Contact.objects.create(id=derived_id(id, "contact"), library=library, account_id=account_of(by), how=how,
                                  planned_on=planned_on, word=word.strip()[:1500], recorded_at=at)


@change("mentoring.called_off", says=_("{by} called off a contact with {library}"))
def call_off(*, contact: Contact, by: Actor, at: datetime, id: UUID) -> Contact:
    """Planned and not to be, or written down by mistake; rows of the plan that came of it stay."""
    need_mentor(by, contact.library_id)
    return take_back(contact, at)


@change("mentoring.restored", says=_("{by} restored a contact with {library}"))
def restore_contact(*, contact: Contact, by: Actor, at: datetime, id: UUID) -> Contact:
    need_mentor(by, contact.library_id)
    return take_back(contact, None)


@change("mentoring.done", says=_("{by} wrote down a contact with {library}: {result}, {n} things agreed"))
def record_contact(*, library: Library, how: str, done_on: date, word: str = "", outcome: str = "",
                   about_silence: bool = False, agreed: Sequence[Promise] = (), planned: Contact | None = None, by: Actor,
                   at: datetime, id: UUID) -> Contact:
    """What happened and what was agreed. Each agreed thing becomes a row of the library's running plan, so that it
    reminds the library; without a running plan it waits here. `planned` is the contact that this one was planned as.
    Raises Missing, UnknownChoice, WrongDay, TakenBack, NotAllowed."""
    need_mentor(by, library.pk)
    _need_how(how)
    if outcome not in Contact.Outcome.values:
        raise UnknownChoice(_("Choose what came of it."), field="outcome")
    need_past(done_on, library, at, "done_on")
    promises = [(what.strip()[:300], due) for what, due in agreed if what.strip()]
    if not word.strip() and not promises and not outcome:
        raise Missing(_("Write one sentence: what did you see or hear?"), field="word")
    for _what, due in promises:
        if due < done_on or due > done_on + FARTHEST:
            raise WrongDay(_("Agree on a day after the contact, within a year."), field="due_1")
    contact = _contact(library, planned, id)
    contact.account_id, contact.how, contact.done_on = account_of(by), how, done_on
    contact.outcome, contact.word, contact.about_silence = outcome, word.strip()[:1500], about_silence
    contact.read_at = None
    contact.recorded_at = at
    contact.save()
    _carry_into_plan(contact, promises[:MOST_AGREED], by=by, at=at, id=id)
    note(n=len(promises))
    return contact


@change("mentoring.read", says=_("{by} read the note of the mentor for {library}"))
def read_note(*, contact: Contact, by: Actor, at: datetime, id: UUID) -> Contact:
    """The library says that it read the note; once is enough."""
    need_bringer(by, contact.library_id)
    if contact.read_at is None:
        contact.read_at = at
        contact.save(update_fields=["read_at"])
    return contact


@change("silence.paused", says=_("{by} lets {library} rest until {until}"))
def pause_silence(*, library: Library, until_on: date, reason: str, by: Actor, at: datetime, id: UUID) -> Pause:
    """Not to be called until a day, with the reason; at most three months. A newer pause replaces the older. Raises
    Missing, WrongDay, NotAllowed."""
    need_mentor(by, library.pk)
    today = clock.local_date(at, library.time_zone)
    if not reason.strip():
        raise Missing(_("Why is it all right to wait? One sentence."), field="reason")
    if not today < until_on <= today + LONGEST_PAUSE:
        raise WrongDay(_("Choose a day within the next three months."), field="until_on")
    Pause.objects.standing().filter(library=library).update(withdrawn_at=at)
    note(until=until_on.isoformat())
    return Pause.objects.create(id=derived_id(id, "pause"), library=library, until_on=until_on, reason=reason.strip()[:200],
                                account_id=account_of(by), recorded_at=at)


@change("silence.pause_ended", says=_("{by} ended the rest of {library}"))
def end_pause(*, pause: Pause, by: Actor, at: datetime, id: UUID) -> Pause:
    need_mentor(by, pause.library_id)
    return take_back(pause, at)


def running_plan(library: Library) -> Plan | None:
    """The plan that agreed things are carried into: the running one that began last."""
    return Plan.objects.running().filter(library=library).order_by("-starts_on", "-recorded_at").first()


def _contact(library: Library, planned: Contact | None, id: UUID) -> Contact:
    if planned is None:
        return Contact(id=derived_id(id, "contact"), library=library)
    if planned.library_id != library.pk:
        raise UnknownChoice(_("This contact belongs to another library."))
    if planned.withdrawn_at is not None or planned.done_on is not None:
        raise TakenBack(_("This contact is written down or called off already."))
    return planned


def _carry_into_plan(contact: Contact, promises: Sequence[Promise], *, by: Actor, at: datetime, id: UUID) -> None:
    plan = running_plan(contact.library) if promises else None
    for n, (what, due) in enumerate(promises):
        step: Step | None = None
        if plan is not None:
            step = add_step(plan=plan, given=StepGiven(activity=what, due_on=due), by=by, at=at, id=derived_id(id, f"step {n}"))
        Agreed.objects.create(id=derived_id(id, f"agreed {n}"), contact=contact, what=what, due_on=due, step=step)


def _need_how(how: str) -> None:
    if how not in Contact.How.values:
        raise UnknownChoice(_("Choose how you met."), field="how")

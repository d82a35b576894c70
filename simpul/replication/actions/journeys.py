"""Papers, confirmations by hand, scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.files.actions import store_document, store_picture
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.libraries.models import Library
from simpul.plans.models import account_of
from simpul.replication.actions.refusals import Missing, UnknownChoice, WrongDay, need_bringer, need_mentor
from simpul.replication.models import Confirmation, Document, Score
from simpul.replication.steps import MOST, Axis, Paper, Stage

EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class PointsGiven:
    """A score as somebody gives it: `axis` one of Axis, `points` 0 to 4, and why."""

    axis: str
    points: int
    reason: str


@change("journey.document_kept", says=_("{by} put “{result}” with the papers of {library}"))
def keep_document(*, library: Library, kind: str, dated_on: date, number: str = "", word: str = "", file: Any = None,
                  valid_until: date | None = None, by: Actor, at: datetime, id: UUID) -> Document:
    """`file` is a picture or PDF as `files` prepared it; a paper may be told without one. `valid_until`: its last day.
    Raises UnknownChoice, WrongDay, NotAllowed."""
    need_bringer(by, library.pk)
    if kind not in Paper.values:
        raise UnknownChoice(_("Choose which paper it is."), field="kind")
    need_past(dated_on, library, at, "dated_on")
    if valid_until is not None and valid_until < dated_on:
        raise WrongDay(_("It cannot end before its own day."), field="valid_until")
    return Document.objects.create(
        id=derived_id(id, "document"), library=library, kind=kind, dated_on=dated_on, number=number.strip()[:80],
        valid_until=valid_until, word=word.strip()[:200], file=_stored(file, library.pk, at, derived_id(id, "file")),
        recorded_at=at)


@change("journey.document_withdrawn", says=_("{by} took “{document}” out of the papers of {library}"))
def withdraw_document(*, document: Document, by: Actor, at: datetime, id: UUID) -> Document:
    need_bringer(by, document.library_id)
    return take_back(document, at)


@change("journey.document_restored", says=_("{by} put “{document}” back with the papers of {library}"))
def restore_document(*, document: Document, by: Actor, at: datetime, id: UUID) -> Document:
    need_bringer(by, document.library_id)
    return take_back(document, None)


@change("journey.step_confirmed", says=_("{by} said by hand where {library} stands: {result}"))
def confirm_step(*, library: Library, stage: str, said_on: date, reason: str, is_lost: bool = False, by: Actor, at: datetime,
                 id: UUID) -> Confirmation:
    """A step that no record can prove, or (`is_lost`) one that is lost though records prove it. The reason is read by
    everybody who reads the journey. Raises UnknownChoice, Missing, WrongDay, NotAllowed."""
    need_mentor(by, library.pk)
    if stage not in Stage.values:
        raise UnknownChoice(_("Choose a step of the journey."), field="stage")
    if not reason.strip():
        raise Missing(_("Why? One sentence that others can follow."), field="reason")
    need_past(said_on, library, at, "said_on")
    return Confirmation.objects.create(
        id=derived_id(id, "confirmation"), library=library, stage=stage, said_on=said_on, is_lost=is_lost,
        reason=reason.strip()[:300], account_id=account_of(by), recorded_at=at)


@change("journey.step_withdrawn", says=_("{by} took back a confirmation for {library}: {confirmation}"))
def withdraw_confirmation(*, confirmation: Confirmation, by: Actor, at: datetime, id: UUID) -> Confirmation:
    need_mentor(by, confirmation.library_id)
    return take_back(confirmation, at)


@change("readiness.scored", says=_("{by} scored {n} axes of the readiness of {library}"))
def score_readiness(*, library: Library, given: Sequence[PointsGiven], scored_on: date | None = None, by: Actor, at: datetime,
                    id: UUID) -> Library:
    """One axis or several; earlier scores stay as history. Raises Missing without a reason or without any axis,
    UnknownChoice, WrongDay, NotAllowed."""
    need_mentor(by, library.pk)
    day = scored_on or clock.local_date(at, library.time_zone)
    need_past(day, library, at, "scored_on")
    if not given:
        raise Missing(_("Score at least one axis."))
    for one in given:
        if one.axis not in Axis.values or not 0 <= one.points <= MOST:
            raise UnknownChoice(_("Choose 0 to 4."), field=f"points_{one.axis}")
        if not one.reason.strip():
            raise Missing(_("Why this score? One sentence."), field=f"reason_{one.axis}")
    Score.objects.bulk_create([
        Score(id=derived_id(id, one.axis), library=library, axis=one.axis, points=one.points, reason=one.reason.strip()[:400],
              scored_on=day, account_id=account_of(by), recorded_at=at) for one in given])
    note(n=len(given))
    return library


def need_past(day: date, library: Library, at: datetime, field: str) -> None:
    if not EARLIEST <= day <= clock.local_date(at, library.time_zone) + timedelta(days=0):
        raise WrongDay(_("The day lies in the past or is today."), field=field)


def take_back(row: Any, at: datetime | None) -> Any:
    """Taken back at a moment, or (None) standing again; twice is once."""
    if (row.withdrawn_at is None) != (at is None):
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
    return row


def _stored(file: Any, library_id: UUID, at: datetime, id: UUID) -> StoredFile | None:
    if not file:
        return None
    if isinstance(file, Prepared) and file.kind == StoredFile.Kind.DOCUMENT:
        return store_document(upload=file, library_id=library_id, at=at, id=id)
    return store_picture(upload=file, library_id=library_id, at=at, id=id)

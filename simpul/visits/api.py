"""The API of the guest book: visits with caller-made ids and the moment they happened; counts.

A repeated id answers as the first time. What was only reported (`already_happened`) is recorded and flagged where it
breaks a rule; everything else is refused as at the desk.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime

from simpul.core.prepared import Prepared
from simpul.core.refusal import Refusal
from simpul.libraries.api_auth import BearerToken
from simpul.libraries.models import Library, Stop
from simpul.visits.actions import record_group, record_tally, record_visit, void_entry
from simpul.visits.models import Cell, Details, Visit
from simpul.visits.permissions import can_correct
from simpul.visits.queries import entry_of, visit_counts

router = Router(tags=["visits"], auth=BearerToken())
_library_by_id: Prepared[Library] = Prepared(lambda id: Library.objects.filter(pk=id))
LONGEST = 366 * 5  # days of counts in one question


class Fault(Schema):
    """Why it was not done. `code` is stable; `message` is in the language asked for; `facts` depend on the code."""

    code: str
    message: str
    is_policy: bool
    field: str | None
    facts: dict[str, Any]


class CellIn(Schema):
    """`count` people of one sex and age group; empty is not said."""

    sex: Literal["L", "P", ""] = ""
    age_group: Literal["0-5", "6-12", "13-17", "18-59", "60+", ""] = ""
    count: int = Field(ge=1, le=100_000)


class VisitIn(Schema):
    """`id` is made by the caller and names this change for ever; `happened_at` carries its offset from UTC.

    One person: `card`, or `sex` and `age_group`. A group or a rush: `kind` and `cells`."""

    id: UUID
    happened_at: AwareDatetime
    already_happened: bool = Field(False, description="A fact told later: rules are flagged, not enforced.")
    kind: Literal["visit", "group", "tally"] = "visit"
    card: str = Field("", max_length=40, description="Card code or member number.")
    sex: Literal["L", "P", ""] = ""
    age_group: Literal["0-5", "6-12", "13-17", "18-59", "60+", ""] = ""
    cells: list[CellIn] = Field(default_factory=list, max_length=18)
    origin: str = Field("", max_length=120, description="A group's school or institution; no person's name.")
    occupation: str = Field("", max_length=16, description="INLISLite code: Pelajar, Mahasiswa, PNS …")
    education: str = Field("", max_length=8, description="TK, SD, SMP, SMA, D1 … S3")
    purpose: Literal["read", "borrow", "study", "ict", "activity", "play", "other", ""] = ""
    uses_ict: bool = False
    has_disability: bool | None = Field(None, description="Only if she offered it.")
    stop: UUID | None = Field(None, description="The stop of a mobile library.")
    is_sure: bool = Field(False, description="Confirms what a policy asked about (double scan, very many).")


class VoidIn(Schema):
    """`id` is made by the caller and names the taking back; `happened_at` carries its offset from UTC."""

    id: UUID
    happened_at: AwareDatetime


class VisitOut(Schema):
    id: UUID
    how: str
    count: int
    happened_at: datetime
    local_date: date
    is_voided: bool


class BatchIn(Schema):
    visits: list[VisitIn] = Field(min_length=1, max_length=200)


class Answer(Schema):
    """The visit, or why it was not recorded: one of the two."""

    id: UUID
    visit: VisitOut | None
    fault: Fault | None


class BatchOut(Schema):
    recorded: int
    refused: int
    items: list[Answer]


class CountOut(Schema):
    group: str | None
    count: int


class CountsOut(Schema):
    first: date
    last: date
    by: str | None
    count: int
    items: list[CountOut]


@router.post("/visits", response={201: VisitOut, 404: Fault, 409: Fault, 422: Fault})
def record(request: HttpRequest, body: VisitIn) -> Any:
    """Write visits down at the token's library: one person, a group or a tally."""
    return Status(201, _told(_record(request, _library(request), body)))


@router.post("/visits/batch", response={200: BatchOut})
def record_many(request: HttpRequest, body: BatchIn) -> Any:
    """Up to 200 at once, each for itself: what is refused does not keep back the rest, and sending the whole
    batch again records nothing twice."""
    library, answers = _library(request), []
    for visit in body.visits:
        try:
            told = _told(_record(request, library, visit))
            answers.append({"id": visit.id, "visit": told, "fault": None})
        except Refusal as refusal:
            answers.append({"id": visit.id, "visit": None, "fault": {
                "code": refusal.code, "message": str(refusal), "is_policy": refusal.is_policy, "field": refusal.field,
                "facts": refusal.facts}})
    refused = sum(1 for answer in answers if answer["fault"])
    return {"recorded": len(answers) - refused, "refused": refused, "items": answers}


@router.post("/visits/{visit}/void", response={200: VisitOut, 404: Fault, 409: Fault, 422: Fault})
def void(request: HttpRequest, visit: UUID, body: VoidIn) -> Any:
    """Take an entry back."""
    rows = entry_of(_library(request).pk, visit)
    if not rows:
        raise Refusal(_("There is no such entry."), field="visit", code="visit_unknown")
    void_entry(entry=rows[0], why=Visit.Why.OTHER, by=request.actor, at=body.happened_at, id=body.id)
    return _told(rows[0])


@router.get("/visits/counts", response={200: CountsOut, 422: Fault})
def counts(request: HttpRequest, first: date, last: date,
           by: Literal["day", "sex", "age_group", "how", "purpose", "ict", "stop"] | None = None) -> Any:
    """How many visits on local days `first` to `last`, both included; by day, sex, age group …"""
    if not first <= last or (last - first).days > LONGEST:
        raise Refusal(_("Give a first and a last day, at most five years apart."), field="last", code="wrong_period")
    found = visit_counts([_library(request).pk], first, last, by)
    return {"first": first, "last": last, "by": by, "count": sum(c.count or 0 for c in found),
            "items": [{"group": None if by is None else str(c.group).lower() if by == "ict" else str(c.group or ""),
                       "count": c.count or 0} for c in found]}


def _record(request: HttpRequest, library: Library, body: VisitIn) -> Visit:
    actor = request.actor
    common: dict[str, Any] = {
        "library": library, "stop": _stop(body.stop, library), "by": replace(actor, is_replay=body.already_happened),
        "details": Details(body.occupation, body.education, body.purpose, body.uses_ict, body.has_disability),
        "at": body.happened_at, "id": body.id, "is_sure": body.is_sure}
    cells = [Cell(cell.sex, cell.age_group, cell.count) for cell in body.cells]
    if body.kind == "group":
        return record_group(cells=cells, origin=body.origin, **common)
    if body.kind == "tally":
        return record_tally(cells=cells, **common)
    return record_visit(sex=body.sex, age_group=body.age_group, card=body.card.strip(), **common)


def _library(request: HttpRequest) -> Library:
    """The token's library; a library is all that a token is good for."""
    library = _library_by_id.first(id=request.auth.library_id)
    if library is None or not can_correct(request.actor, library.pk):
        raise Refusal(_("The library of this token is not here."), code="library_unknown")
    return library


def _stop(id: UUID | None, library: Library) -> Stop | None:
    if id is None:
        return None
    stop = Stop.objects.filter(pk=id, library=library).first()
    if stop is None:
        raise Refusal(_("There is no such stop."), field="stop", code="stop_unknown")
    return stop


def _told(visit: Visit) -> dict[str, Any]:
    rows = entry_of(visit.library_id, visit.entry_id)
    return {"id": visit.entry_id, "how": visit.how, "count": sum(row.count for row in rows),
            "happened_at": rows[0].happened_at, "local_date": rows[0].local_date,
            "is_voided": rows[0].voided_at is not None}

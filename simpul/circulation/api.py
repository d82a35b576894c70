"""The API of the desk: lend, take back, renew, read in place; with caller-made ids and the moment it happened.

A repeated id answers as the first time. What was only reported (`already_happened`) is recorded and flagged where
it breaks a rule; everything else is refused as at the desk.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from simpul.catalogue.models import Copy
from simpul.catalogue.queries import find_copy
from simpul.circulation.actions import lend_copy, record_in_house_use, renew_loan, return_copy, tally_in_house_use
from simpul.circulation.models import Charge, InHouseUse, Loan
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.prepared import Prepared
from simpul.core.refusal import Refusal
from simpul.libraries.api_auth import BearerToken
from simpul.libraries.models import Library
from simpul.people.models import Member
from simpul.people.queries import member_by_card

router = Router(tags=["circulation"], auth=BearerToken())

_library_by_id: Prepared[Library] = Prepared(lambda id: Library.objects.filter(pk=id))
_copy_by_id: Prepared[Copy] = Prepared(lambda id: Copy.objects.select_related("library").filter(pk=id))
_member_by_id: Prepared[Member] = Prepared(lambda library, id: Member.objects.filter(library=library, pk=id))
_member_by_number: Prepared[Member] = Prepared(lambda library, text, capitals, small: Member.objects.filter(
    library=library, number__in=[text, capitals, small]))
_whole: Prepared[Loan] = Prepared(lambda loan: Loan.objects.select_related("copy__title", "member").filter(pk=loan))

#: how far another system's clock may be ahead of ours
AHEAD = timedelta(minutes=10)
BEHIND = timedelta(days=5 * 366)  # an empty battery gives 1970, 2000 or 2015


class Fault(Schema):
    """Why it was not done. `code` is stable; `message` is in the language asked for; `facts` depend on the code."""

    code: str
    message: str
    is_policy: bool
    field: str | None
    facts: dict[str, Any]


class Change(Schema):
    """`id` is made by the caller and names this change for ever; `happened_at` carries its offset from UTC."""

    id: UUID
    happened_at: AwareDatetime
    already_happened: bool = Field(False, description="A fact told later: rules are flagged, not enforced.")


class LoanIn(Change):
    copy_: str = Field(alias="copy", max_length=60, description="Label or id of the copy.")
    member: str = Field(max_length=60, description="Card code, member number or id of the member.")


class ReturnIn(Change):
    copy_: str = Field(alias="copy", max_length=60, description="Label or id of the copy.")


class RenewalIn(Change):
    loan: UUID


class InHouseUseIn(Change):
    copy_: str = Field("", alias="copy", max_length=60, description="Label or id; empty for a tally.")
    count: int = Field(1, ge=1, le=2000)


class LoanOut(Schema):
    id: UUID
    copy_: str = Field(alias="copy")
    copy_id: UUID
    title: str
    member_id: UUID | None
    member_number: str | None
    lent_at: datetime
    due_on: date
    renewals: int
    returned_at: datetime | None
    fine: int = Field(description="Rupiah of a late return.")


class InHouseUseOut(Schema):
    id: UUID
    copy_: str | None = Field(alias="copy")
    count: int
    local_date: date


class Loans(Schema):
    count: int
    items: list[LoanOut]


@router.post("/loans", response={201: LoanOut, 404: Fault, 409: Fault, 422: Fault}, by_alias=True)
def lend(request: HttpRequest, body: LoanIn) -> Any:
    """Lend a copy. The loan's id is the change's."""
    library = _library(request)
    loan = lend_copy(copy=_copy(body.copy_, library), to=_member(body.member, library), **_change(request, body))
    return Status(201, _told_again(loan))


@router.post("/returns", response={201: LoanOut, 404: Fault, 409: Fault, 422: Fault}, by_alias=True)
def take_back(request: HttpRequest, body: ReturnIn) -> Any:
    """Take back a copy, of this library or another."""
    library = _library(request)
    loan = return_copy(copy=_copy(body.copy_, library), received_at=library, **_change(request, body))
    told = _told_again(loan)
    if loan.library_id != library.pk:  # who had the book of another library is that library's business
        told |= {"member_id": None, "member_number": None, "fine": 0}
    return Status(201, told)


@router.post("/renewals", response={201: LoanOut, 404: Fault, 409: Fault, 422: Fault}, by_alias=True)
def renew(request: HttpRequest, body: RenewalIn) -> Any:
    """Move a loan's due day by the rule."""
    found = Loan.objects.visible_to(request.actor).filter(pk=body.loan).first()  # type: ignore[attr-defined]
    if found is None:
        raise Refusal(_("There is no such loan."), field="loan", code="loan_unknown")
    return Status(201, _told_again(renew_loan(loan=found, **_change(request, body))))


@router.post("/in-house-uses", response={201: InHouseUseOut, 404: Fault, 409: Fault, 422: Fault}, by_alias=True)
def read_in_place(request: HttpRequest, body: InHouseUseIn) -> Any:
    """One copy read in place, or a number of them without labels."""
    library = _library(request)
    if body.copy_:
        use: InHouseUse = record_in_house_use(copy=_copy(body.copy_, library), **_change(request, body))
    else:
        use = tally_in_house_use(library=library, count=body.count, **_change(request, body))
    return Status(201, {"id": use.pk, "copy": use.copy.code if use.copy else None, "count": use.count,
                        "local_date": use.local_date})


@router.get("/loans", response={200: Loans, 422: Fault}, by_alias=True)
def loans(request: HttpRequest, member: str = Query("", max_length=60), due_before: date | None = None,
          limit: int = Query(100, ge=1, le=500), offset: int = Query(0, ge=0, le=1_000_000)) -> Any:
    """Open loans of this library, the first due first; of one member, or due before a day."""
    library = _library(request)
    rows = Loan.objects.open().filter(library=library)
    if member:
        rows = rows.filter(member=_member(member, library))
    if due_before:
        rows = rows.due_before(due_before)
    page = rows.select_related("copy__title", "member").order_by("due_on", "pk")[offset:offset + limit]
    return {"count": rows.count(), "items": _told(page)}


def _library(request: HttpRequest) -> Library:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    library = next((library for id in actor.staff_of for library in _library_by_id(id=id)), None)
    if library is None:
        raise Refusal(_("This key belongs to no library."), code="library_unknown")
    return library


def _change(request: HttpRequest, body: Change) -> dict[str, Any]:
    if body.happened_at > clock.now() + AHEAD:
        raise Refusal(_("That moment has not come yet. Set the clock of the sending system."), field="happened_at",
                      code="in_the_future")
    if body.happened_at < clock.now() - BEHIND:
        raise Refusal(_("This moment lies more than five years back. Check date and time of the device."),
                      field="happened_at", code="too_long_ago")
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return {"by": replace(actor, is_replay=body.already_happened), "at": body.happened_at, "id": body.id}


def _copy(text: str, library: Library) -> Copy:
    id = _uuid(text)
    copy = _copy_by_id.first(id=id) if id else find_copy(text, library)
    if copy is None:
        raise Refusal(_("There is no copy with this label."), field="copy", code="copy_unknown")
    return copy


def _member(text: str, library: Library) -> Member:
    id = _uuid(text)
    if id:
        member = _member_by_id.first(library=library.pk, id=id)
    else:  # as it is printed first: letter by letter without regard to capitals, all members would be read
        member = (_member_by_number.first(library=library.pk, text=text, capitals=text.upper(), small=text.lower())
                  or member_by_card(text, library)
                  or Member.objects.filter(library=library, number__iexact=text).first())
    if member is None:
        raise Refusal(_("There is no member with this card or number."), field="member", code="member_unknown")
    return member


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _told_again(loan: Loan) -> dict[str, Any]:
    """A loan just changed, with its copy, title and member."""
    return _told([_whole(loan=loan.pk)[0]])[0]


def _told(rows: Iterable[Loan]) -> list[dict[str, Any]]:
    """Loans with copy, title and member as the API tells them; one query with late returns, none without."""
    rows = list(rows)
    late = [row.pk for row in rows if row.returned_on is not None and row.returned_on > row.due_on]
    fines = dict(Charge.objects.valid().filter(loan__in=late, kind=Charge.Kind.FINE).values_list(
        "loan_id", "amount")) if late else {}
    return [{
        "id": row.pk, "copy": row.copy.code, "copy_id": row.copy_id, "title": row.copy.title.title,
        "member_id": row.member_id, "member_number": row.member.number if row.member else None,
        "lent_at": row.lent_at, "due_on": row.due_on, "renewals": row.renewals, "returned_at": row.returned_at,
        "fine": fines.get(row.pk, 0),
    } for row in rows]

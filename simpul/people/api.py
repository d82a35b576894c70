"""The API of members: enrol, find, read, correct; for a token's own library.

A repeated id answers as the first time. Another library's member is found by her card only, shortened and without
contact, as at the desk.
"""

from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import AwareDatetime

from simpul.core import clock
from simpul.core.refusal import Refusal
from simpul.libraries.api_auth import BearerToken
from simpul.libraries.models import Library
from simpul.people.actions import GuardianGiven, correct_person, enrol_member
from simpul.people.models import Member
from simpul.people.permissions import may_borrow
from simpul.people.queries import DeskMember, find_members

router = Router(tags=["people"], auth=BearerToken())

#: how far another system's clock may be ahead of ours
AHEAD = timedelta(minutes=10)


class GuardianIn(Schema):
    """The adult who answers for a child."""

    name: str = Field(min_length=1, max_length=120)
    phone: str = Field("", max_length=30)
    relation: str = Field("", max_length=40)


class MemberIn(Schema):
    """`id` is made by the caller and names this change for ever; `happened_at` carries its offset from UTC."""

    id: UUID
    happened_at: AwareDatetime
    name: str = Field(min_length=1, max_length=120)
    birth_year: int = Field(ge=1000, le=9999)
    sex: Literal["L", "P", ""] = ""
    phone: str = Field("", max_length=30, description="0812…, 62812… or +62812…")
    email: str = Field("", max_length=254)
    address: str = Field("", max_length=200)
    occupation: str = Field("", max_length=16, description="INLISLite code: Pelajar, Mahasiswa, PNS …")
    education: str = Field("", max_length=8, description="TK, SD, SMP, SMA, D1 … S3")
    institution: str = Field("", max_length=120)
    guardian: GuardianIn | None = None
    may_contact: bool = False
    until_on: date | None = None


class Correction(Schema):
    """What is given is written anew; what is left out stays."""

    id: UUID
    happened_at: AwareDatetime
    name: str | None = Field(None, min_length=1, max_length=120)
    birth_year: int | None = Field(None, ge=1000, le=9999)
    sex: Literal["L", "P", ""] | None = None
    phone: str | None = Field(None, max_length=30)
    email: str | None = Field(None, max_length=254)
    address: str | None = Field(None, max_length=200)
    occupation: str | None = Field(None, max_length=16)
    education: str | None = Field(None, max_length=8)
    institution: str | None = Field(None, max_length=120)


class MemberOut(Schema):
    id: UUID
    number: str
    name: str
    birth_year: int | None
    sex: str
    phone: str
    email: str
    address: str
    occupation: str
    education: str
    institution: str
    card: str | None = Field(description="The code of the open card.")
    since_on: date
    until_on: date | None
    ended_on: date | None
    may_borrow: bool
    may_not_borrow_because: str | None = Field(
        description="no_consent, blocked, membership_ended or membership_expired; null: she may.")


class FoundOut(Schema):
    id: UUID
    number: str
    name: str
    library: str
    is_own: bool
    birth_year: int | None
    is_child: bool
    has_consent: bool


class FoundList(Schema):
    count: int
    items: list[FoundOut]


@router.post("/members", response=MemberOut)
def enrol(request: HttpRequest, given: MemberIn) -> dict[str, Any]:
    """Enrol a member; she has a card at once. A child borrows once a guardian has agreed (`may_borrow`)."""
    _refuse_future(given.happened_at)
    told = given.dict(exclude={"id", "happened_at", "guardian"})
    guardian = GuardianGiven(given.guardian.name, given.guardian.phone, given.guardian.relation) \
        if given.guardian else None
    member = enrol_member(library=_library(request), guardian=guardian, **told, by=request.actor,
                          at=given.happened_at, id=given.id)
    return _out(member)


@router.get("/members", response=FoundList)
def find(request: HttpRequest, q: str = Query(min_length=2, max_length=80),
         limit: int = Query(8, ge=1, le=50)) -> dict[str, Any]:
    """Members by card, number, words of the name or the last digits of the phone."""
    library = _library(request)
    items = [_found(row) for row in find_members(q, library, limit)]
    return {"count": len(items), "items": items}


@router.get("/members/{id}", response=MemberOut)
def read(request: HttpRequest, id: UUID) -> dict[str, Any]:
    """One member of the token's library, with what the desk needs to know of her."""
    return _out(_member(request, id))


@router.patch("/members/{id}", response=MemberOut)
def correct(request: HttpRequest, id: UUID, given: Correction) -> dict[str, Any]:
    """Correct what is known of a member."""
    _refuse_future(given.happened_at)
    member = _member(request, id)
    known = {name: value for name, value in given.dict(exclude={"id", "happened_at"}).items() if value is not None}
    correct_person(person=member.person, known=known, by=request.actor, at=given.happened_at, id=given.id)
    return _out(_member(request, id))


def _refuse_future(happened_at: datetime) -> None:
    """A clock gone ahead would make somebody a member from a day that has not come."""
    if happened_at > clock.now() + AHEAD:
        raise Refusal(_("That moment has not come yet. Set the clock of the sending system."), field="happened_at",
                      code="in_the_future")


def _library(request: HttpRequest) -> Library:
    return Library.objects.get(pk=request.auth.library_id)


def _member(request: HttpRequest, id: UUID) -> Member:
    row = Member.objects.visible_to(request.actor).select_related("person", "library").filter(
        pk=id, person__erased_at__isnull=True).first()
    if row is None:
        raise HttpError(404, "no such member of this library")
    return row


def _found(row: DeskMember) -> dict[str, Any]:
    return {"id": row.member_id, "number": row.number, "name": row.name, "library": row.library_name,
            "is_own": row.is_own, "birth_year": row.birth_year, "is_child": row.is_child,
            "has_consent": row.has_consent}


def _out(member: Member) -> dict[str, Any]:
    person, moment = member.person, clock.now()
    refusal = may_borrow(member, _day(member, moment))
    card = member.cards.filter(ended_at__isnull=True).first()
    names = ("name", "birth_year", "sex", "phone", "email", "address", "occupation", "education", "institution")
    return {name: getattr(person, name) for name in names} | {
        "id": member.pk, "number": member.number, "card": card.printed if card else None,
        "since_on": member.since_on, "until_on": member.until_on, "ended_on": member.ended_on,
        "may_borrow": refusal is None, "may_not_borrow_because": refusal.code if refusal else None}


def _day(member: Member, moment: datetime) -> date:
    return clock.local_date(moment, member.library.time_zone)

"""Handing a plan in, having it acknowledged, closing it."""

import calendar
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.files.actions import store_document, store_picture
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.plans.actions.refusals import (
    NothingPlanned,
    WrongDays,
    WrongState,
    need_not_closed,
    need_signer,
    need_writer,
)
from simpul.plans.models import FollowUp, Plan

AFTER_MONTHS = (1, 3, 6)
A_YEAR = timedelta(days=366)


@change("plan.handed_in", says=_("{by} handed in the plan “{plan}”"))
def hand_in_plan(*, plan: Plan, by: Actor, at: datetime, id: UUID) -> Plan:
    """From now on every change is a revision. A follow-up plan is looked at again after 1, 3 and 6 months. Handed in
    twice is once. A plan without rows needs at least the picture of the flip chart. Raises NothingPlanned,
    WrongState, NotAllowed."""
    need_writer(by, plan.library_id)
    need_not_closed(plan)
    if not plan.is_draft:
        return plan
    if plan.flip_chart_id is None and not plan.steps.standing().exists():
        raise NothingPlanned(_("Write at least one row, or attach the picture of the flip chart."))
    plan.state, plan.handed_in_at = Plan.State.HANDED_IN, at
    plan.save(update_fields=["state", "handed_in_at"])
    if plan.kind == Plan.Kind.FOLLOW_UP:
        day = clock.local_date(at, plan.library.time_zone)
        for months in AFTER_MONTHS:
            FollowUp.objects.get_or_create(plan=plan, months=months, defaults={
                "id": derived_id(id, f"after {months}"), "library": plan.library, "due_on": months_after(day, months)})
    return plan


@change("plan.taken_back", says=_("{by} made the plan “{plan}” a draft again"))
def take_back_plan(*, plan: Plan, by: Actor, at: datetime, id: UUID) -> Plan:
    """A slip: it was handed in too early and nothing happened since. Raises WrongState once it was revised,
    acknowledged or checked."""
    need_writer(by, plan.library_id)
    if plan.is_draft:
        return plan
    if plan.state != Plan.State.HANDED_IN or plan.revision or plan.acknowledged_on or plan.follow_ups.filter(
            done_on__isnull=False).exists():
        raise WrongState(_("This plan is already in use. Change its rows instead: the change is written down."))
    plan.follow_ups.all().delete()
    plan.state, plan.handed_in_at = Plan.State.DRAFT, None
    plan.save(update_fields=["state", "handed_in_at"])
    return plan


@change("plan.acknowledged", says=_("{by} wrote down that the plan “{plan}” was acknowledged"))
def acknowledge_plan(*, plan: Plan, office: str, on: date, paper: Any = None, by: Actor, at: datetime, id: UUID) -> Plan:
    """"Mengetahui": which office (an office, no person) signed on which day; `paper` is the scan, a picture or PDF as
    `files` prepared it. Signed again after a revision, the later one counts. Raises NothingPlanned, WrongDays,
    WrongState, NotAllowed."""
    need_signer(by, plan.library_id)
    need_not_closed(plan)
    if plan.is_draft:
        raise WrongState(_("Hand the plan in first, then have it signed."))
    if not office.strip():
        raise NothingPlanned(_("Which office signed it? For example: Lurah Sukasari."), field="office")
    if on > clock.local_date(at, plan.library.time_zone) or on < plan.starts_on - A_YEAR:
        raise WrongDays(_("The day of the signature lies in the past."), field="on")
    if paper:
        plan.signed_paper = store_paper(paper, plan.library_id, at, derived_id(id, "paper"))
    plan.state, plan.acknowledged_on, plan.acknowledged_office = Plan.State.ACKNOWLEDGED, on, office.strip()[:120]
    plan.acknowledged_revision = plan.revision
    plan.save(update_fields=["state", "acknowledged_on", "acknowledged_office", "acknowledged_revision", "signed_paper"])
    return plan


@change("plan.closed", says=_("{by} closed the plan “{plan}”"))
def close_plan(*, plan: Plan, word: str = "", by: Actor, at: datetime, id: UUID) -> Plan:
    """It is over: what came of it, in a sentence or two. Rows that are still open stay as they are."""
    need_signer(by, plan.library_id)
    if plan.is_draft:
        raise WrongState(_("A draft needs no closing."))
    if not plan.is_closed:
        plan.state, plan.closed_on = Plan.State.CLOSED, clock.local_date(at, plan.library.time_zone)
    plan.closing_word = word.strip()[:600]
    plan.save(update_fields=["state", "closed_on", "closing_word"])
    return plan


@change("plan.reopened", says=_("{by} opened the plan “{plan}” again"))
def reopen_plan(*, plan: Plan, by: Actor, at: datetime, id: UUID) -> Plan:
    need_signer(by, plan.library_id)
    if plan.is_closed:
        plan.state = Plan.State.ACKNOWLEDGED if plan.acknowledged_on else Plan.State.HANDED_IN
        plan.closed_on = None
        plan.save(update_fields=["state", "closed_on"])
    return plan


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def store_paper(upload: Any, library_id: UUID, at: datetime, id: UUID) -> StoredFile:
    """A picture or a PDF."""
    if isinstance(upload, Prepared) and upload.kind == StoredFile.Kind.DOCUMENT:
        return store_document(upload=upload, library_id=library_id, at=at, id=id)
    return store_picture(upload=upload, library_id=library_id, at=at, id=id)

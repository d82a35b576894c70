"""What every entry has in common: moments, categories, counts, and the rows themselves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.change import note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.core.rows import insert
from simpul.libraries.models import Library, Stop
from simpul.libraries.queries.hours import is_closed_by_choice
from simpul.people.categories import EDUCATION, OCCUPATIONS
from simpul.people.models import AgeGroup, Sex
from simpul.visits.actions.refusals import NobodyCounted, PleaseCheck, TooMany, WrongCategory, WrongMoment, WrongStop
from simpul.visits.models import Cell, Details, Visit
from simpul.visits.permissions import can_record

AHEAD = timedelta(minutes=10)        # clocks of phones and tablets differ a little
BEHIND = timedelta(days=5 * 366)     # an empty battery gives 1970, 2000 or 2015
MANY = 5_000                         # a count above this is asked about
TOO_MANY = 100_000                   # a count above this is a slip in any library


def need_permission(by: Actor, library_id: UUID) -> None:
    if not can_record(by, library_id):
        raise NotAllowed(_("You do not write the guest book of this library."))


def write(*, library: Library, how: str, cells: Sequence[Cell], details: Details, by: Actor, at: datetime, id: UUID,
          is_sure: bool = False, day: date | None = None, stop: Stop | None = None, person_id: UUID | None = None,
          replaces: Visit | None = None, **more: Any) -> Visit:
    """Check and write the rows of one entry; the first row comes back. `day` where it differs from the local day
    of `at` (a paper page). Raises WrongMoment, WrongCategory, NobodyCounted, TooMany, PleaseCheck, WrongStop."""
    check_details(details)
    total = check_cells(cells, by=by, is_sure=is_sure)
    if stop is not None and stop.library_id != library.pk:
        raise WrongStop(_("This stop belongs to another library."), field="stop")
    recorded_at = replaces.recorded_at if replaces else clock.now()
    happened_at = plausible(at, recorded_at, by) if replaces is None else at
    local_date = day or clock.local_date(happened_at, library.time_zone)
    rows = [
        Visit(id=id if n == 0 else derived_id(id, f"row {n}"), entry_id=id, library=library, how=how, stop=stop,
              person_id=person_id, sex=cell.sex, age_group=cell.age_group, count=cell.count,
              occupation=details.occupation, education=details.education, purpose=details.purpose,
              uses_ict=details.uses_ict, has_disability=details.has_disability, happened_at=happened_at,
              local_date=local_date, replaces_entry_id=replaces.entry_id if replaces else None, **more)
        for n, cell in enumerate(cells)]
    insert(rows)
    note(library=library.pk, n=total, flags=["closed_day"] if is_closed_by_choice(library, local_date) else [])
    return rows[0]


def plausible(at: datetime, recorded_at: datetime, by: Actor) -> datetime:
    """The moment, if a working clock can have told it. A replayed visit with a clock gone ahead did happen, and no
    later than now. Imports and the command line bring history of any age."""
    if at > recorded_at + AHEAD:
        if by.is_replay:
            note(flags=[WrongMoment.code])
            return recorded_at
        raise WrongMoment(_("This moment lies in the future. Check date and time of the device."), field="happened_at")
    is_live = by.kind in (ActorKind.ACCOUNT, ActorKind.DEVICE, ActorKind.TOKEN)
    if is_live and at < recorded_at - BEHIND:
        if by.is_replay:
            note(flags=[WrongMoment.code])
            return at
        raise WrongMoment(_("This moment lies more than five years back. Check date and time of the device."),
                          field="happened_at")
    return at


def check_cells(cells: Sequence[Cell], *, by: Actor, is_sure: bool) -> int:
    """How many they are together."""
    for cell in cells:
        if cell.sex not in Sex.values or cell.age_group not in AgeGroup.values:
            raise WrongCategory(_("This sex or age group is not known here."))
        if cell.count < 1:
            raise NobodyCounted(_("A number must be 1 or more."))
    total = sum(cell.count for cell in cells)
    if total < 1:
        raise NobodyCounted(_("Nobody has been counted yet. Fill in at least one number."))
    if total > TOO_MANY:
        raise TooMany(_("%(n)s people at once cannot be right. Check the numbers.") % {"n": total})
    if total > MANY and not is_sure:
        ask(PleaseCheck(_("%(n)s people are very many. Check the numbers; if they are right, confirm below.") % {
            "n": total}), by)
    return total


def ask(policy: PleaseCheck, by: Actor) -> None:
    """Refuse by policy, or flag what a replay brings: it happened."""
    if not by.is_replay:
        raise policy
    note(flags=[policy.code])


def check_details(details: Details) -> None:
    if details.purpose not in Visit.Purpose.values:
        raise WrongCategory(_("This purpose is not known here."), field="purpose")
    if details.occupation and details.occupation not in OCCUPATIONS:
        raise WrongCategory(_("This occupation is not known here."), field="occupation")
    if details.education and details.education not in EDUCATION:
        raise WrongCategory(_("This education is not known here."), field="education")

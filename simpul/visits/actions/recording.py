"""Writing visits down: one person, a group, a rush, a paper page."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.files.actions import store_picture
from simpul.libraries.models import Library, Stop
from simpul.visits.actions.refusals import AlreadyIn, SheetAlreadyThere, UnknownCard, WrongMoment
from simpul.visits.actions.writing import ask, need_permission, write
from simpul.visits.models import NOTHING_MORE, Cell, Details, Visit
from simpul.visits.queries import last_visit_of, member_at_the_door, sheets_of

DOUBLE_SCAN = timedelta(minutes=10)


@change("visit.recorded", says=_("{by} wrote down a visit at {library}"))
def record_visit(*, library: Library, sex: str = "", age_group: str = "", card: str = "",
                 details: Details = NOTHING_MORE, stop: Stop | None = None, is_sure: bool = False,
                 by: Actor, at: datetime, id: UUID) -> Visit:
    """One person came in: a visitor by sex and age group, or a member by her `card` (its code, or her member number
    where staff type it), whose sex, age group, occupation and education are then taken from what she told.

    The card of another library of the city counts as a member's visit here and keeps no link to her.
    Raises UnknownCard, AlreadyIn (policy), WrongMoment, WrongCategory, WrongStop, NotAllowed.
    """
    need_permission(by, library.pk)
    if not card:
        return write(library=library, how=Visit.How.VISITOR, cells=[Cell(sex, age_group)], details=details, stop=stop,
                     by=by, at=at, id=id)
    member = member_at_the_door(card, library, takes_numbers=not by.only or by.is_replay)
    if member is None:
        if not by.is_replay:
            raise UnknownCard(_("This card is not known. Scan it again, or write the visit down without a card."),
                              field="card")
        note(flags=[UnknownCard.code])
        return write(library=library, how=Visit.How.VISITOR, cells=[Cell(sex, age_group)], details=details, stop=stop,
                     by=by, at=at, id=id)
    person, is_own = member.person, member.library_id == library.pk
    if is_own and not is_sure:
        before = last_visit_of(person.pk, library.pk, at - DOUBLE_SCAN, at)
        if before is not None:
            ask(AlreadyIn(_("This card was written down %(n)s minutes ago already.") % {
                "n": max(1, round((at - before).total_seconds() / 60))}, field="card"), by)
    day = clock.local_date(at, library.time_zone)
    told = Details(details.occupation or person.occupation, details.education or person.education, details.purpose,
                   details.uses_ict, details.has_disability)
    return write(
        library=library, how=Visit.How.MEMBER, cells=[Cell(person.sex, person.age_group(day))], details=told,
        stop=stop, by=by, at=at, id=id, person_id=person.pk if is_own else None)


@change("group.recorded", says=_("{by} wrote down a group of {n} at {library}"))
def record_group(*, library: Library, cells: Sequence[Cell], origin: str = "", details: Details = NOTHING_MORE,
                 stop: Stop | None = None, is_sure: bool = False, by: Actor, at: datetime, id: UUID) -> Visit:
    """A group came in together: its counts of L and P (one age group for all, or none), and where it comes from.
    Who leads it, and her number, are not asked. Raises as `write`."""
    need_permission(by, library.pk)
    return write(library=library, how=Visit.How.GROUP, cells=_filled(cells), details=details, stop=stop, by=by, at=at,
                 id=id, is_sure=is_sure, origin=origin.strip()[:120])


@change("tally.recorded", says=_("{by} counted {n} people at {library}"))
def record_tally(*, library: Library, cells: Sequence[Cell], details: Details = NOTHING_MORE,
                 stop: Stop | None = None, is_sure: bool = False, by: Actor, at: datetime, id: UUID) -> Visit:
    """A rush was counted by category and saved at once. Raises as `write`."""
    need_permission(by, library.pk)
    return write(library=library, how=Visit.How.TALLY, cells=_filled(cells), details=details, stop=stop, by=by, at=at,
                 id=id, is_sure=is_sure)


@change("sheet.recorded", says=_("{by} entered a page of the paper guest book of {library}: {n} people on {day}"))
def record_sheet(*, library: Library, day: date, cells: Sequence[Cell], photo: Any = None,
                 stop: Stop | None = None, is_sure: bool = False, by: Actor, at: datetime, id: UUID) -> Visit:
    """A day's totals from the paper guest book, with a photo of the page (`files` Prepared, or an upload) as
    evidence. A day in the past is what it is for; a day to come is refused; a second page of the same day is asked
    about. Raises WrongMoment, SheetAlreadyThere (policy), UploadRefused, and as `write`."""
    need_permission(by, library.pk)
    today = clock.local_date(at, library.time_zone)
    if day > today:
        raise WrongMoment(_("This day lies in the future. Choose the day that stands on the page."), field="day")
    if day.year < today.year - 5:
        raise WrongMoment(_("This day lies more than five years back. Check the year."), field="day")
    if not is_sure and (there := sheets_of(library.pk, day)):
        ask(SheetAlreadyThere(_("A page of this day with %(n)s people has been entered already. If this is a "
                                "second page, confirm below.") % {"n": there}), by)
    evidence = store_picture(upload=photo, library_id=library.pk, at=at, id=derived_id(id, "photo")) if photo else None
    note(day=day)
    return write(library=library, how=Visit.How.SHEET, cells=_filled(cells), details=NOTHING_MORE, stop=stop, by=by,
                 at=at, id=id, is_sure=is_sure, day=day, evidence=evidence)


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    """Without the zeros; a negative number stays, to be refused."""
    return [cell for cell in cells if cell.count != 0]

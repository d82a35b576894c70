"""Changes: a library's own assessment, the city's grades. Papers are kept by `replication`, rows of a plan by `plans`."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.libraries.models import Library
from simpul.plans.models import account_of
from simpul.standards.accreditation import OLD, Old
from simpul.standards.models import Assessment, Grades
from simpul.standards.permissions import can_assess, can_set_grades

EARLIEST = date(2015, 1, 1)


class NothingAssessed(Refusal):
    code = "nothing_assessed"


class TooMany(Refusal):
    code = "too_many"


class WrongDay(Refusal):
    code = "wrong_day"


class WrongGrades(Refusal):
    code = "wrong_grades"


@change("library.assessed", says=_("{by} assessed {n} components of {library} by the older instrument"))
def assess(*, library: Library, fulfilled: Mapping[str, int], by: Actor, at: datetime, id: UUID) -> Library:
    """Component → how many of its indicators are fulfilled; components left out keep what they had. Raises
    NothingAssessed, TooMany, NotAllowed."""
    if not can_assess(by, library.pk):
        raise NotAllowed(_("Only the staff of this library, its mentor and the coordinator assess it."))
    if not fulfilled:
        raise NothingAssessed(_("Fill in at least one component."))
    for name, n in fulfilled.items():
        if name not in Old.values or not 0 <= n <= OLD[Old(name)][1]:
            raise TooMany(_("It has at most %(n)s indicators.") % {"n": OLD[Old(name)][1] if name in Old.values else 0},
                          field=name)
    Assessment.objects.bulk_create([
        Assessment(id=derived_id(id, name), library=library, component=name, fulfilled=n, together=id,
                   assessed_on=clock.local_date(at, library.time_zone), account_id=account_of(by), recorded_at=at)
        for name, n in fulfilled.items()])
    note(n=len(fulfilled))
    return library


@change("library.assessment_taken_back", says=_("{by} took {n} assessments of {library} back"))
def take_assessment_back(*, library: Library, together: UUID, by: Actor, at: datetime, id: UUID) -> int:
    """All that one change assessed; what was said before counts again."""
    if not can_assess(by, library.pk):
        raise NotAllowed(_("Only the staff of this library, its mentor and the coordinator assess it."))
    n = Assessment.objects.standing().filter(library=library, together=together).update(withdrawn_at=at)
    note(n=n)
    return n


@change("accreditation_grades.set", says=_("{by} set where grades begin in the simulation: {result}"))
def set_grades(*, from_on: date, a_from: int, b_from: int, c_from: int, source: str, by: Actor, at: datetime, id: UUID) -> Grades:
    """100 ≥ A > B > C ≥ 0, with the source. Raises WrongGrades, WrongDay, NotAllowed."""
    _need(by)
    if not EARLIEST <= from_on <= date(2100, 1, 1):
        raise WrongDay(_("From which day?"), field="from_on")
    if not 100 >= a_from > b_from > c_from >= 0:
        raise WrongGrades(_("A begins above B, B above C, all between 0 and 100."), field="a_from")
    if not source.strip():
        raise WrongGrades(_("Where does it come from?"), field="source")
    return Grades.objects.create(id=derived_id(id, "grades"), from_on=from_on, a_from=a_from, b_from=b_from, c_from=c_from,
                                 source=source.strip()[:200], account_id=account_of(by), recorded_at=at)


@change("accreditation_grades.withdrawn", says=_("{by} took the grades “{grades}” back"))
def withdraw_grades(*, grades: Grades, by: Actor, at: datetime, id: UUID) -> Grades:
    """What held before holds again."""
    _need(by)
    return _set(grades, at)


@change("accreditation_grades.restored", says=_("{by} let the grades “{grades}” hold again"))
def restore_grades(*, grades: Grades, by: Actor, at: datetime, id: UUID) -> Grades:
    _need(by)
    return _set(grades, None)


def _need(by: Actor) -> None:
    if not can_set_grades(by):
        raise NotAllowed(_("Only the coordinator sets where grades begin."))


def _set(grades: Grades, at: datetime | None) -> Grades:
    if (grades.withdrawn_at is None) != (at is None):
        grades.withdrawn_at = at
        grades.save(update_fields=["withdrawn_at"])
    return grades

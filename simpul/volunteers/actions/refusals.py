"""Why a change about volunteers is not made."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal
from simpul.volunteers.permissions import can_keep, can_manage, can_thank


class NothingGiven(Refusal):
    code = "nothing_given"


class WrongNumber(Refusal):
    code = "wrong_number"


class ConsentMissing(Refusal):
    code = "consent_missing"


class WrongDay(Refusal):
    code = "wrong_day"


class WrongHours(Refusal):
    code = "wrong_hours"


class AlreadyThere(Refusal):
    code = "already_there"


class Stopped(Refusal):
    """She no longer helps here."""

    code = "stopped"


class NotRunning(Refusal):
    code = "not_running"


class TooLong(Refusal):
    """Begun so long ago that nobody helped all that time: a forgotten tap."""

    code = "too_long"


class Taken(Refusal):
    code = "taken"


class NoHours(Refusal):
    code = "no_hours"


def need_keeper(by: Actor, library_id: UUID) -> None:
    if not can_keep(by, library_id):
        raise NotAllowed(_("Only the staff of this library keeps its roster and hours."))


def need_manager(by: Actor, library_id: UUID) -> None:
    if not can_manage(by, library_id):
        raise NotAllowed(_("Only the librarian keeps who helps here."))


def need_thanker(by: Actor, library_id: UUID) -> None:
    if not can_thank(by, library_id):
        raise NotAllowed(_("The librarian, the mentor or the coordinator thanks here."))


def need_day(day: date, field: str) -> None:
    if not 2000 <= day.year <= 2100:
        raise WrongDay(_("Check this day."), field=field)

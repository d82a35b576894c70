"""Why something of a journey is not written down."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal
from simpul.replication.permissions import can_bring, can_hold_meetings, can_mentor, can_set_costs


class Missing(Refusal):
    """Something that must be said is empty."""

    code = "missing"


class WrongDay(Refusal):
    code = "wrong_day"


class UnknownChoice(Refusal):
    code = "unknown_choice"


class TooMuch(Refusal):
    code = "too_much"


class TakenBack(Refusal):
    """It was taken back already, or its meeting was."""

    code = "taken_back"


def need_bringer(by: Actor, library_id: UUID) -> None:
    if not can_bring(by, library_id):
        raise NotAllowed(_("Only the staff of this library and its mentor do this."))


def need_mentor(by: Actor, library_id: UUID) -> None:
    if not can_mentor(by, library_id):
        raise NotAllowed(_("Only the mentor of this library and the coordinator do this."))


def need_host(by: Actor) -> None:
    if not can_hold_meetings(by):
        raise NotAllowed(_("Only mentors and the coordinator hold these meetings."))


def need_costs(by: Actor) -> None:
    if not can_set_costs(by):
        raise NotAllowed(_("Only the coordinator says what replication costs."))

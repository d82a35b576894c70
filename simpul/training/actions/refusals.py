"""Why a change to a workshop is not made."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal
from simpul.training.models import Participant, Workshop
from simpul.training.permissions import can_help, can_name, can_train, is_herself


class WrongWorkshop(Refusal):
    """Something about the workshop is missing or cannot be."""

    code = "wrong_workshop"


class WrongTimes(Refusal):
    code = "wrong_times"


class NotOpen(Refusal):
    """Not announced yet, over, or cancelled."""

    code = "not_open"


class QuotaFull(Refusal):
    is_policy = True
    code = "quota_full"


class NamedAlready(Refusal):
    code = "named_already"


class WrongPerson(Refusal):
    """A name or a number that cannot be."""

    code = "wrong_person"


class WrongState(Refusal):
    code = "wrong_state"


class StaleCode(Refusal):
    """The code was photographed, shared or is too old."""

    code = "stale_code"


class SheetClosed(Refusal):
    code = "test_closed"


class ReasonMissing(Refusal):
    code = "reason_missing"


class NotEarned(Refusal):
    """What is missing for the certificate stands in the message."""

    code = "not_earned"


def need_office(by: Actor) -> None:
    if not can_train(by):
        raise NotAllowed(_("Only the coordinator of the city plans workshops."))


def need_helper(by: Actor, workshop: Workshop) -> None:
    if not can_help(by, workshop.library_id):
        raise NotAllowed(_("Only those who run this workshop do this."))


def need_namer(by: Actor, workshop: Workshop, library_id: UUID) -> None:
    if not can_name(by, library_id) and not can_help(by, workshop.library_id):
        raise NotAllowed(_("Only the staff of this library name its people."))


def need_her(by: Actor, participant: Participant) -> None:
    """She herself, her library, or the office."""
    if not is_herself(by, participant):
        need_namer(by, participant.workshop, participant.library_id)


def need_running(workshop: Workshop) -> None:
    if workshop.gathering.is_cancelled:
        raise NotOpen(_("This workshop was cancelled."))

"""Why a plan is not changed."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal
from simpul.plans.models import Plan
from simpul.plans.permissions import can_sign, can_write


class NothingPlanned(Refusal):
    code = "nothing_planned"


class WrongDays(Refusal):
    code = "wrong_days"


class UnknownChoice(Refusal):
    code = "unknown_choice"


class TooMuch(Refusal):
    """Money beyond what any library spends: a slip."""

    code = "too_much"


class WrongState(Refusal):
    code = "wrong_state"


class ReasonMissing(Refusal):
    code = "reason_missing"


class NotYet(Refusal):
    code = "not_yet"


def need_writer(by: Actor, library_id: UUID) -> None:
    if not can_write(by, library_id):
        raise NotAllowed(_("Only the staff of this library and its mentor write its plan."))


def need_signer(by: Actor, library_id: UUID) -> None:
    if not can_sign(by, library_id):
        raise NotAllowed(_("The librarian, the mentor or the coordinator does this."))


def need_not_closed(plan: Plan) -> None:
    if plan.is_closed:
        raise WrongState(_("This plan is closed. Open it again first."))

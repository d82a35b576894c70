"""Why a change to certificates is not made."""

from django.utils.translation import gettext_lazy as _

from simpul.certificates.permissions import can_issue
from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal


class WrongDetails(Refusal):
    """Something is missing or cannot be printed."""

    code = "wrong_details"


class NothingToIssue(Refusal):
    code = "nothing_to_issue"


class NumberTaken(Refusal):
    """A number of the register was given before."""

    code = "number_taken"


class AlreadyIssued(Refusal):
    """What was issued does not change any more."""

    code = "already_issued"


class NotGiven(Refusal):
    """A draft, or a certificate that was revoked or replaced."""

    code = "not_given"


class WrongFile(Refusal):
    """A signed file that is somebody else's."""

    code = "wrong_file"


def need_issue(by: Actor) -> None:
    if not can_issue(by):
        raise NotAllowed(_("Only the coordinator of the city makes certificates."))

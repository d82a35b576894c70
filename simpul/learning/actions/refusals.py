"""Why a change of a learning path is not made."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal
from simpul.learning.permissions import can_build


class PathIncomplete(Refusal):
    """A path without words, or published without steps."""

    code = "path_incomplete"


class StepUnclear(Refusal):
    """A step without its thing."""

    code = "step_unclear"


def must_build(by: Actor, library_id: UUID) -> None:
    """Refuse who does not build paths of this library."""
    if not can_build(by, library_id):
        raise NotAllowed(_("Only the staff of this library may change its learning paths."))

"""Why a change in the catalogue is not made."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.permissions import can_catalogue
from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed, Refusal


class CodeTaken(Refusal):
    """Another copy of this library has the code or inventory number."""

    code = "copy_code_taken"


class CopyIsOut(Refusal):
    """A lent copy cannot be withdrawn."""

    code = "copy_is_out"


class NotProvisional(Refusal):
    """Only a title that was entered in haste is merged by hand."""

    code = "title_not_provisional"


class TitleNeeded(Refusal):
    """A title without words."""

    code = "title_needed"


class MaterialNeeded(Refusal):
    """Neither a file nor a link, or both."""

    code = "material_needed"


class RightsUnclear(Refusal):
    """Why this may be offered is not said, or not whole."""

    code = "rights_unclear"


def must_catalogue(by: Actor, library_id: UUID) -> None:
    """Refuse who is not of the library's staff."""
    if not can_catalogue(by, library_id):
        raise NotAllowed(_("Only the staff of this library may change its collection."))

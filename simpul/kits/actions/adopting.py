"""A library works with a kit."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.kits.models import Adoption, Kit
from simpul.kits.permissions import can_adopt
from simpul.libraries.models import Library


@change("kit.adopted", says=_("{library} works with {kit}"))
def adopt_kit(*, library: Library, kit: Kit, used_by: str = "", by: Actor, at: datetime, id: UUID) -> Adoption:
    """From today at the installed version; an older one in use ends. `used_by`: what made it so, a reference."""
    _must(by, library.pk)
    today = clock.local_date(at, library.time_zone)
    Library.objects.select_for_update().get(pk=library.pk)
    before = kit.adoptions.filter(library=library, ended_on__isnull=True).first()
    if before is not None and before.version == kit.version:
        return before
    if before is not None:
        before.ended_on = today
        before.save(update_fields=["ended_on"])
    note(version=kit.version)
    return Adoption.objects.create(id=derived_id(id, "adoption"), library=library, kit=kit, version=kit.version,
                                   used_by=used_by, from_on=today)


@change("kit.left", says=_("{library} no longer works with {kit}"))
def leave_kit(*, adoption: Adoption, by: Actor, at: datetime, id: UUID) -> Adoption:
    _must(by, adoption.library_id)
    adoption.ended_on = adoption.ended_on or clock.local_date(at, adoption.library.time_zone)
    adoption.save(update_fields=["ended_on"])
    note(kit=adoption.kit, library=adoption.library_id)
    return adoption


def _must(by: Actor, library_id: UUID) -> None:
    if not can_adopt(by, library_id):
        raise NotAllowed(_("Only who runs this library says which kits it works with."))

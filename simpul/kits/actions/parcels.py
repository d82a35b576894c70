"""A file is brought, looked at, installed or laid aside."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.kits.actions.installing import opened
from simpul.kits.actions.refusals import must_keep
from simpul.kits.models import Parcel

KEPT = timedelta(days=7)


@change("kit.brought", says=_("{by} brought the kit file {result}"))
def bring_kit(*, content: bytes, by: Actor, at: datetime, id: UUID) -> Parcel:
    """Keep a file that is right in itself, to be looked at. Raises NotAllowed, KitRefused."""
    must_keep(by)
    file = opened(content)
    return Parcel.objects.create(id=derived_id(id, "parcel"), archive=content, uri=file.id, title=file.title,
                                 version=file.version, brought_at=at)


@change("kit.laid_aside", says=_("{by} laid the kit file {parcel} aside"))
def lay_aside(*, parcel: Parcel, by: Actor, at: datetime, id: UUID) -> Parcel:
    """Nothing of it is installed; the file goes."""
    must_keep(by)
    parcel.settled_at, parcel.archive = at, b""
    parcel.save(update_fields=["settled_at", "archive"])
    return parcel


@change("kit.parcels_forgotten", says=_("Kit files that nobody installed within a week were removed"))
def forget_parcels(*, by: Actor, at: datetime, id: UUID) -> int:
    """Gives how many."""
    n = Parcel.objects.filter(settled_at__isnull=True, brought_at__lt=at - KEPT).update(settled_at=at, archive=b"")
    note(n=n)
    return n

"""Publicity: what others could read about the library."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.advocacy.actions import checks
from simpul.advocacy.models import Publicity
from simpul.advocacy.permissions import can_keep
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library


@change("publicity.recorded", says=_("{by} noted publicity: {result}"))
def record_publicity(*, library: Library, channel: str, on: date, about: str = "", link: str = "", title: str = "",
                     reach: int | None = None, by: Actor, at: datetime, id: UUID) -> Publicity:
    """Something about the library was published. `about` is the row it tells of ("activities.Activity:<uuid>") or "";
    `link` is https or "", `reach` the people reached as the channel tells. The same link on the same channel about the
    same thing is the same record: its first row comes back. Raises NotAllowed, WrongChoice, WrongLink, WrongDay,
    WrongAmount."""
    if not can_keep(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    address = checks.https(link, "link")
    known = Publicity.objects.counting().filter(library=library, channel=channel, link=address, about=about[:90])
    if address and (same := known.first()):
        return same
    return Publicity.objects.create(
        id=derived_id(id, "publicity"), library=library, about=about[:90], title=checks.one_line(title, 160),
        channel=checks.choice(channel, Publicity.Channel, "channel"), link=address, reach=checks.count(reach, "reach"),
        happened_at=at, local_date=checks.past_day(on, at, library, "on"))


@change("publicity.voided", says=_("{by} took back publicity: {publicity}"))
def void_publicity(*, publicity: Publicity, by: Actor, at: datetime, id: UUID) -> Publicity:
    """It was entered by mistake: it counts no longer."""
    if not can_keep(by, publicity.library_id):
        raise NotAllowed(_("You do not work at this library."))
    if publicity.voided_at is None:
        publicity.voided_at = at
        publicity.save(update_fields=["voided_at"])
    note(library=publicity.library_id)
    return publicity


@change("publicity.restored", says=_("{by} put back publicity: {publicity}"))
def restore_publicity(*, publicity: Publicity, by: Actor, at: datetime, id: UUID) -> Publicity:
    """Undo of taking it back."""
    if not can_keep(by, publicity.library_id):
        raise NotAllowed(_("You do not work at this library."))
    publicity.voided_at = None
    publicity.save(update_fields=["voided_at"])
    note(library=publicity.library_id)
    return publicity

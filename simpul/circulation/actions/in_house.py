"""Copies read in place."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.catalogue.models import Copy
from simpul.circulation.actions.refusals import CannotUndo, allow, in_time_to_undo
from simpul.circulation.models import InHouseUse
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.refusal import Refusal
from simpul.libraries.models import Library

#: a tally above this is a slip of the finger
TALLY_AT_MOST = 2000


@change("in_house.recorded", says=gettext_lazy("{by} recorded that {copy} was read in place"))
def record_in_house_use(*, copy: Copy, by: Actor, at: datetime, id: UUID) -> InHouseUse:
    """One copy was read here."""
    allow(by, copy.library_id)
    note(library=copy.library_id, copy=copy)
    return InHouseUse.objects.create(
        id=id, library=copy.library, copy=copy, title_id=copy.title_id, happened_at=at,
        local_date=clock.local_date(at, copy.library.time_zone))


@change("in_house.tallied", says=gettext_lazy("{by} counted {n} books read in place"))
def tally_in_house_use(*, library: Library, count: int, by: Actor, at: datetime, id: UUID) -> InHouseUse:
    """`count` books lay on the tables at closing."""
    allow(by, library.pk)
    if not 0 < count <= TALLY_AT_MOST:
        raise Refusal(_("Enter how many books lay on the tables, from 1 to {most}.").format(most=TALLY_AT_MOST),
                      field="count", code="count")
    note(n=count)
    return InHouseUse.objects.create(id=id, library=library, count=count, happened_at=at,
                                     local_date=clock.local_date(at, library.time_zone))


@change("in_house.undone", says=gettext_lazy("{by} undid an entry of books read in place"))
def undo_in_house_use(*, use: InHouseUse, by: Actor, at: datetime, id: UUID) -> InHouseUse:
    """Void an entry within minutes. Refuses CannotUndo."""
    use = InHouseUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    allow(by, use.library_id)
    if use.voided_at is not None:
        raise CannotUndo(_("This was undone already."), code="voided")
    in_time_to_undo(use.recorded_at, at)
    use.voided_at = at
    use.save(update_fields=["voided_at"])
    note(library=use.library_id)
    return use

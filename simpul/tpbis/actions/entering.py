"""An item stands in SIM: marked one by one or a whole page at once, taken back the same way."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.plans.models import account_of
from simpul.tpbis.actions.refusals import NothingChosen, NotToReport
from simpul.tpbis.models import Entered
from simpul.tpbis.permissions import can_enter
from simpul.tpbis.queries.items import items_by_reference

MOST = 200  # a page has twenty; a year of a library has some hundred


def _need(by: Actor, library_id: UUID) -> None:
    if not can_enter(by, library_id):
        raise NotAllowed(_("Only the staff of this library, its mentor and the coordinator say what stands in SIM."))


@change("sim_items.entered", says=_("{by} marked {n} items of {library} as entered in SIM"))
def mark_entered(*, library: Library, references: Sequence[str], by: Actor, at: datetime, id: UUID) -> int:
    """Each keeps what it was; an entry of an earlier state is replaced, one of the same state stays. Gives how many
    are new. Raises NothingChosen, NotToReport where none of them is to be reported, NotAllowed."""
    _need(by, library.pk)
    wanted = list(dict.fromkeys(references))[:MOST]
    if not wanted:
        raise NothingChosen(_("Tick at least one item."))
    found = items_by_reference(library, wanted, clock.local_date(at, library.time_zone))
    if not found:
        raise NotToReport(_("It is no longer to be reported: it was taken back, or its consent ended."))
    standing = {row.reference: row for row in Entered.objects.select_for_update().filter(
        library=library, reference__in=list(found), removed_at__isnull=True)}
    new = []
    for key, item in found.items():
        before = standing.get(key)
        if before is not None and before.told == dict(item.told):
            continue
        new.append(Entered(id=derived_id(id, key), library=library, reference=key, part=item.part, item_on=item.day,
                           told=dict(item.told), account_id=account_of(by), together=id, entered_at=at))
    replaced = [standing[row.reference].pk for row in new if row.reference in standing]
    Entered.objects.filter(pk__in=replaced).update(removed_at=at, removed_by=id)
    Entered.objects.bulk_create(new, ignore_conflicts=True)  # two at once: the first stands
    note(n=len(new))
    return len(new)


@change("sim_items.taken_back", says=_("{by} took {n} marks of {library} back: not entered in SIM after all"))
def take_marks_back(*, library: Library, together: UUID, by: Actor, at: datetime, id: UUID) -> int:
    """All that one change marked; what it replaced stands again."""
    _need(by, library.pk)
    n = Entered.objects.standing().filter(library=library, together=together).update(removed_at=at, removed_by=id)
    for row in Entered.objects.filter(library=library, removed_by=together):
        if not Entered.objects.standing().filter(reference=row.reference).exists():
            row.removed_at, row.removed_by = None, None
            row.save(update_fields=["removed_at", "removed_by"])
    note(n=n)
    return n


@change("sim_item.unmarked", says=_("{by} took the mark of {entered} at {library} away"))
def unmark(*, entered: Entered, by: Actor, at: datetime, id: UUID) -> Entered:
    """One entry: it does not stand in SIM, or no longer. Again it does nothing."""
    _need(by, entered.library_id)
    note(library=entered.library_id)
    if entered.removed_at is None:
        entered.removed_at, entered.removed_by = at, id
        entered.save(update_fields=["removed_at", "removed_by"])
    return entered

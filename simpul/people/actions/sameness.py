"""One person at two libraries: linked, and unlinked again."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.people.actions.enrolment import still_there
from simpul.people.actions.membership import refuse_strangers
from simpul.people.actions.refusals import BadChoice, NothingToDo, NotThatCard
from simpul.people.models import Card, Person, SamePerson
from simpul.people.queries import card_codes


@change("person.linked", says=gettext_lazy("{by} noted that {one} is also {other} at another library"))
def link_same_person(*, one: Person, other: Person, card: str = "", by: Actor, at: datetime,
                     id: UUID) -> SamePerson:
    """These two persons of two libraries are one. Staff of `one`'s library do it; who does not work at the other's
    too shows that she is here by scanning her `card` of that library, so nobody browses another library's names."""
    refuse_strangers(by, one.library_id)
    still_there(one)
    still_there(other)
    if one.library_id == other.library_id:
        raise BadChoice(_("Both are of the same library: correct one of them instead."))
    if not by.works_at(other.library_id):
        codes = card_codes(card, other.library)
        if not Card.objects.open().filter(code__in=codes, member__person=other).exists():
            raise NotThatCard(_("Scan the member's card of the other library."), field="card")
    first, second = sorted((one, other), key=lambda person: person.pk)
    if SamePerson.objects.filter(one=first, other=second, unlinked_at__isnull=True).exists():
        raise NothingToDo(_("These two are already linked."))
    return SamePerson.objects.create(id=derived_id(id, "same"), one=first, other=second, linked_at=at)


@change("person.unlinked", says=gettext_lazy("{by} noted that {person} is nobody of another library"))
def unlink_same_person(*, person: Person, other: Person, by: Actor, at: datetime, id: UUID) -> Person:
    """Take the link between these two back."""
    refuse_strangers(by, person.library_id)
    ended = SamePerson.objects.filter(
        Q(one=person, other=other) | Q(one=other, other=person), unlinked_at__isnull=True).update(unlinked_at=at)
    if not ended:
        raise NothingToDo(_("These two are not linked."))
    note(n=ended)
    return person

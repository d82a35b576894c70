"""One person with two records, at two libraries or entered twice at one: linked, and unlinked again."""

from datetime import datetime
from typing import cast
from uuid import UUID

from django.apps import apps
from django.db.models import ManyToOneRel, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.people.actions.enrolment import still_there
from simpul.people.actions.membership import refuse_strangers
from simpul.people.actions.refusals import BadChoice, NothingToDo, NotThatCard
from simpul.people.models import Card, Member, Person, SamePerson
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
        raise BadChoice(_("Both are of the same library: compare them there and choose the number that is kept."))
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
    """Take the link between these two back; what went along to the kept number comes back with it."""
    refuse_strangers(by, person.library_id)
    link = SamePerson.objects.select_for_update().filter(_pair(person, other), unlinked_at__isnull=True).first()
    if link is None:
        raise NothingToDo(_("These two are not linked."))
    double = Member.objects.filter(person__in=[person, other], same_as__person__in=[person, other]).first()
    if double is not None:
        _bring_back(link.moved, double)
        double.same_as = None
        double.save(update_fields=["same_as"])
    link.unlinked_at, link.moved = at, {}
    link.save(update_fields=["unlinked_at", "moved"])
    note(n=1)
    return person


@change("member.joined", says=gettext_lazy("{by} noted that {double} stands here twice; the number of {kept} goes on"))
def join_double(*, kept: Member, double: Member, by: Actor, at: datetime, id: UUID) -> SamePerson:
    """These two members of one library are one person: number and cards of `double` open `kept` from now on, her loans,
    visits and attendance go along, and she is counted once. `unlink_same_person` undoes all of it.
    Raises NotAllowed, PersonGone, NothingToDo, BadChoice (she stands for another, or the other way round)."""
    refuse_strangers(by, kept.library_id)
    rows = {row.pk: row for row in Member.objects.select_for_update(of=("self",)).select_related("person").filter(
        pk__in=[kept.pk, double.pk]).order_by("pk")}
    kept, double = rows[kept.pk], rows[double.pk]
    still_there(kept.person)
    still_there(double.person)
    if double.same_as_id == kept.pk or kept.same_as_id == double.pk:
        raise NothingToDo(_("These two are already linked."))
    if kept.pk == double.pk or kept.library_id != double.library_id or (
            kept.same_as_id or double.same_as_id or double.doubles.exists()):
        raise BadChoice(_("One of these numbers stands for another one already. Separate those first."))
    first, second = sorted((kept.person, double.person), key=lambda person: person.pk)
    link = SamePerson.objects.create(id=derived_id(id, "same"), one=first, other=second, linked_at=at,
                                     moved=_take_along(double, kept))
    double.same_as = kept
    double.save(update_fields=["same_as"])
    return link


@change("member.told_apart", says=gettext_lazy("{by} noted that {one} and {other} are two people"))
def tell_apart(*, one: Member, other: Member, by: Actor, at: datetime, id: UUID) -> SamePerson:
    """Somebody looked: they are two, and are not offered again. `join_double` may still follow. Raises NotAllowed."""
    refuse_strangers(by, one.library_id)
    refuse_strangers(by, other.library_id)
    if one.pk == other.pk or SamePerson.objects.filter(
            _pair(one.person, other.person), unlinked_at__isnull=True).exists():
        raise BadChoice(_("These two are linked. Separate them first."))
    first, second = sorted((one.person, other.person), key=lambda person: person.pk)
    return SamePerson.objects.create(id=derived_id(id, "apart"), one=first, other=second, linked_at=at, unlinked_at=at)


def _pair(one: Person, other: Person) -> Q:
    return Q(one=one, other=other) | Q(one=other, other=one)


def _take_along(double: Member, kept: Member) -> dict[str, list[str]]:
    """Whatever rooms above write about her (they declare it by a foreign key to the person or the member) is hers under
    the kept number. Gives their ids, to be brought back."""
    moved = {}
    source: Model
    target: Model
    for source, target in ((double.person, kept.person), (double, kept)):
        for relation in source._meta.get_fields(include_hidden=True):
            if not isinstance(relation, ManyToOneRel) or not relation.one_to_many:
                continue
            model, name = cast(type[Model], relation.related_model), relation.field.name
            if model._meta.app_label == "people":
                continue
            ids = list(model._base_manager.filter(**{name: source}).values_list("pk", flat=True))
            if ids:
                model._base_manager.filter(pk__in=ids).update(**{name: target})
                moved[f"{model._meta.label}.{name}"] = [str(pk) for pk in ids]
    return moved


def _bring_back(moved: dict[str, list[str]], double: Member) -> None:
    """What retention has meanwhile unlinked from everybody stays so."""
    for label, ids in moved.items():
        model, name = apps.get_model(label.rpartition(".")[0]), label.rpartition(".")[2]
        field = model._meta.get_field(name)
        target = double if field.related_model is Member else double.person
        model._base_manager.filter(pk__in=ids, **{f"{name}__isnull": False}).update(**{name: target})

"""What stays of a helper after the library erased her as a person."""

from typing import Any

from simpul.libraries.models import Library
from simpul.people.actions import enrol_member, erase_person
from simpul.volunteers.actions import leave_note
from simpul.volunteers.models import Handover, Helper


def test_who_is_erased_is_forgotten_as_a_helper_but_a_namesake_stays(library: Library, make_helper: Any, who: Any) -> None:
    person = enrol_member(library=library, name="Siti Aminah", birth_year=1980, sex="P", phone="0812-1111-2222",
                          **who()).person
    hers = make_helper(phone="0812-1111-2222", phone_agreed=True)
    namesake = make_helper(phone="0812-9999-8888", phone_agreed=True)
    other = make_helper(name="Siti", account=None)
    leave_note(library=library, text="Kunci di siti aminah, lampu mati.", **who())
    erase_person(person=person, **who())
    assert {row.pk: (row.name, row.phone) for row in Helper.objects.all()} == {
        hers.pk: ("S. A.", ""), namesake.pk: ("Siti Aminah", "+6281299998888"), other.pk: ("Siti", "")}
    assert Handover.objects.get().text == "Kunci di …, lampu mati."

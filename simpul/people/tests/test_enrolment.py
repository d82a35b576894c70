"""Enrolling a member at the desk."""

from dataclasses import asdict
from datetime import date
from uuid import uuid4

import pytest

from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import ChangeIdReused, NotAllowed
from simpul.people.actions import (
    BadBirthYear,
    BadPhone,
    GuardianGiven,
    NameMissing,
)
from simpul.people.models import Card, Consent, Guardianship, Member, Person
from simpul.people.permissions import may_borrow

DAY = date(2026, 3, 10)


def test_four_fields_make_a_person_a_member_and_a_card(enrol, library):
    member = enrol("  Nurul   Hidayah ", phone="0812-3456-7890")
    person = member.person
    card = member.cards.get()
    assert (person.name, person.name_key, person.phone, person.sex, person.birth_year) == (
        "Nurul Hidayah", "nurul hidayah", "+6281234567890", "P", 1990)
    assert (member.number, member.type.code, member.since_on, member.library) == (
        "2026-0001", "umum", DAY, library)
    assert len(card.code) == 8
    assert may_borrow(member, DAY) is None


def test_numbers_follow_and_step_over_taken_ones(enrol, make_member):
    taken = make_member()
    Member.objects.filter(pk=taken.pk).update(number="2026-0002")
    assert [enrol().number, enrol().number] == ["2026-0001", "2026-0003"]


def test_double_enrolment_is_one_change(enrol):
    id = new_id()
    first, again = enrol(id=id), enrol(id=id)
    assert first == again
    assert (Person.objects.count(), Member.objects.count(), Card.objects.count()) == (1, 1, 1)
    with pytest.raises(ChangeIdReused):
        enrol("Somebody Else", id=id)


def test_a_child_is_a_member_at_once_but_may_not_borrow(enrol):
    member = enrol("Rafi Pratama", birth_year=2016, guardian=GuardianGiven("Dian Pratama", "081298765432", "ibu"))
    refusal = may_borrow(member, DAY)
    assert member.type.code == "anak"
    assert [asdict(GuardianGiven(g.name, g.phone, g.relation)) for g in Guardianship.objects.all()] == [
        {"name": "Dian Pratama", "phone": "+6281298765432", "relation": "ibu"}]
    assert (refusal.code, refusal.is_policy) == ("no_consent", True)


def test_the_year_of_turning_eighteen_still_counts_as_a_child_until_it_began(enrol):
    assert may_borrow(enrol(birth_year=2009), DAY).code == "no_consent"
    assert may_borrow(enrol(birth_year=2008), DAY) is None


@pytest.mark.parametrize(("given", "refusal", "field"), [
    ({"name": "   "}, NameMissing, "name"),
    ({"name": "…!"}, NameMissing, "name"),
    ({"birth_year": 1890}, BadBirthYear, "birth_year"),
    ({"birth_year": 2027}, BadBirthYear, "birth_year"),
    ({"phone": "12"}, BadPhone, "phone"),
])
def test_what_cannot_be_is_refused_beside_its_field(enrol, given, refusal, field):
    with pytest.raises(refusal) as refused:
        enrol(**given)
    assert refused.value.field == field
    assert (Person.objects.count(), JournalLine.objects.count()) == (0, 0)


def test_strangers_mentors_and_coordinators_enrol_nobody(enrol, by_stranger, by_mentor, by_coordinator):
    for by in (by_stranger, by_mentor, by_coordinator):
        with pytest.raises(NotAllowed):
            enrol(by=by)


def test_the_journal_names_nobody(enrol):
    enrol("Nurul Hidayah", phone="081234567890")
    line = JournalLine.objects.get()
    assert "nurul" not in line.content().decode().lower()
    assert "81234567890" not in line.content().decode()


def test_consent_to_messages_is_kept_with_its_wording(enrol):
    member = enrol(may_contact=True)
    consent = Consent.objects.get()
    assert (consent.person, consent.purpose, consent.how, consent.wording) == (
        member.person, "contact", "in_person", "contact-1")


def test_nobody_asks_a_child_for_consent_to_messages(enrol):
    enrol(birth_year=2016, may_contact=True)
    assert Consent.objects.count() == 0


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "'; DROP TABLE people_person;--", "نورول", "Ñandú " * 40,
                                  "a\x00b", "😀 Budi", "{by} {0} %s"])
def test_hostile_names_are_only_names(enrol, name):
    person = enrol(name).person
    assert len(person.name) <= 120
    assert "\x00" not in person.name


def test_uuid4_ids_of_other_systems_are_taken(enrol):
    assert enrol(id=uuid4()).number == "2026-0001"

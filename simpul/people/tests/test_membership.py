"""Correction, cards, ends, blocks, guardians, erasure, one person at two libraries."""

from datetime import date, timedelta

import pytest

from simpul.core import erasure
from simpul.core.ids import new_id
from simpul.core.journal import sentences
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.files.models import StoredFile
from simpul.people.actions import (
    BadChoice,
    BadPhone,
    GuardianGiven,
    NothingToDo,
    NotThatCard,
    PersonGone,
    ReasonMissing,
    StillNeeded,
    add_guardian,
    block_member,
    correct_person,
    end_guardianship,
    end_membership,
    erase_person,
    link_same_person,
    replace_card,
    resume_membership,
    unblock_member,
    unlink_same_person,
)
from simpul.people.models import Card, Consent, Guardianship, Person
from simpul.people.permissions import may_borrow
from simpul.people.queries import linked_ids, member_by_card

DAY = date(2026, 3, 10)


@pytest.fixture
def does(by_librarian, at):
    """Do an action as the librarian, now."""
    def do(action, **given):
        return action(**({"by": by_librarian, "at": at, "id": new_id()} | given))
    return do


def test_a_correction_writes_what_is_given_and_names_only_the_fields(does, enrol):
    person = enrol("Nurul Hidayah", phone="081234567890").person
    does(correct_person, person=person, known={"name": "Nurul Hidayati", "address": "Jl. Melati 3", "sex": "P"})
    person = Person.objects.get()
    assert (person.name, person.name_key, person.address, person.phone) == (
        "Nurul Hidayati", "nurul hidayati", "Jl. Melati 3", "+6281234567890")
    assert JournalLine.objects.get(verb="person.corrected").facts == {"fields": ["address", "name"]}


@pytest.mark.parametrize(("known", "refusal"), [
    ({"phone": "x"}, BadPhone), ({"library_id": "1"}, BadChoice), ({"education": "S9"}, BadChoice)])
def test_a_wrong_correction_changes_nothing(does, enrol, known, refusal):
    person = enrol().person
    with pytest.raises(refusal):
        does(correct_person, person=person, known={"name": "Lain", **known})
    assert Person.objects.get().name == "Nurul Hidayah"


def test_an_old_card_opens_nothing(does, enrol, library):
    member = enrol()
    old = member.cards.get().code
    new = does(replace_card, member=member)
    assert (member_by_card(old, library), member_by_card(new.code, library)) == (None, member)


def test_an_end_can_be_taken_back(does, enrol):
    member = enrol()
    does(end_membership, member=member)
    assert may_borrow(member, DAY).code == "membership_ended"
    with pytest.raises(NothingToDo):
        does(end_membership, member=member)
    does(resume_membership, member=member)
    assert may_borrow(member, DAY) is None


def test_a_membership_expires(enrol):
    member = enrol(until_on=DAY)
    assert (may_borrow(member, DAY), may_borrow(member, DAY + timedelta(days=1)).code) == (None, "membership_expired")


def test_a_block_says_why(does, enrol):
    member = enrol()
    with pytest.raises(ReasonMissing):
        does(block_member, member=member, reason="  ")
    does(block_member, member=member, reason="Dua buku hilang")
    assert may_borrow(member, DAY).code == "blocked"
    assert str(may_borrow(member, DAY)).count("Dua buku hilang") == 1
    does(unblock_member, member=member)
    assert may_borrow(member, DAY) is None


def test_guardians_come_and_go(does, child):
    added = does(add_guardian, child=child.person, guardian=GuardianGiven("Pak Joko", "08111222333", "kakek"))
    does(end_guardianship, guardianship=added)
    assert [g.name for g in Guardianship.objects.filter(ended_at=None)] == ["Dian Pratama"]


def test_erasure_empties_the_person_and_keeps_the_ids(does, child, agree, picture):
    agree(child, how="sheet", evidence=picture)
    card = child.cards.get().code
    does(erase_person, person=child.person)
    person = Person.objects.get()
    member = person.member
    assert (person.pk, person.name, person.name_key, person.phone, person.address) == (child.person_id, "", "", "", "")
    assert (person.sex, person.birth_year, member.ended_on) == ("L", 2017, DAY)
    assert [(g.name, g.phone) for g in Guardianship.objects.all()] == [("", "")]
    assert (StoredFile.objects.count(), Consent.objects.in_force().count(), Consent.objects.count()) == (0, 0, 1)
    assert Card.objects.filter(code=card).count() == 0
    with pytest.raises(PersonGone):
        does(correct_person, person=person, known={"name": "Kembali"})


def test_erasure_keeps_the_class_sheet_that_proves_others(does, child, enrol, agree, picture):
    other = enrol("Sinta", birth_year=2016, guardian=GuardianGiven("Ibu Sinta"))
    agree(child, other, how="class_sheet", evidence=picture)
    does(erase_person, person=child.person)
    assert Consent.objects.get(person=other.person).evidence == StoredFile.objects.get()


def test_erasure_waits_for_what_is_still_open(does, child, monkeypatch):
    monkeypatch.setattr(erasure, "reasons_to_keep", lambda person: ["Satu buku belum kembali."])
    monkeypatch.setattr("simpul.people.actions.erasing.reasons_to_keep", lambda person: ["Satu buku belum kembali."])
    with pytest.raises(StillNeeded, match="Satu buku belum kembali"):
        does(erase_person, person=child.person)


def test_a_volunteer_erases_nobody(does, child, by_volunteer, by_coordinator, by_stranger):
    for by in (by_volunteer, by_coordinator, by_stranger):
        with pytest.raises(NotAllowed):
            does(erase_person, person=child.person, by=by)


def test_strangers_change_nothing(does, enrol, by_stranger, by_mentor, by_coordinator):
    member = enrol()
    for by in (by_stranger, by_mentor, by_coordinator):
        for action, given in (
            (correct_person, {"person": member.person, "known": {"name": "X"}}), (replace_card, {"member": member}),
            (end_membership, {"member": member}), (block_member, {"member": member, "reason": "x"}),
            (resume_membership, {"member": member}), (unblock_member, {"member": member}),
            (add_guardian, {"child": member.person, "guardian": GuardianGiven("X")}),
        ):
            with pytest.raises(NotAllowed):
                does(action, by=by, **given)


def test_one_person_at_two_libraries(does, enrol, make_member, other_library):
    here, there = enrol().person, make_member("Nurul Hidayah", library=other_library, card="KARTU123").person
    with pytest.raises(NotThatCard):
        does(link_same_person, one=here, other=there, card="SALAH")
    does(link_same_person, one=here, other=there, card="kartu123")
    assert (linked_ids(here), linked_ids(there)) == ({there.pk}, {here.pk})
    with pytest.raises(NothingToDo):
        does(link_same_person, one=here, other=there, card="KARTU123")
    does(unlink_same_person, person=here, other=there)
    assert linked_ids(here) == set()
    does(link_same_person, one=here, other=there, card="KARTU123")


def test_two_of_one_library_are_not_linked(does, enrol):
    with pytest.raises(BadChoice):
        does(link_same_person, one=enrol().person, other=enrol("Lain").person)


def test_the_history_reads_as_sentences_with_names_for_own_staff_only(does, enrol, by_librarian, by_mentor):
    member = enrol()
    does(replace_card, member=member)
    lines = list(JournalLine.objects.about(member).order_by("recorded_at"))
    own, city = ([s.text for s in sentences(lines, reader=reader)] for reader in (by_librarian, by_mentor))
    assert [text.count("Nurul Hidayah") for text in own] == [1, 1]
    assert [text.count("Nurul") for text in city] == [0, 0]

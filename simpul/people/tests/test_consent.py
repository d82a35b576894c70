"""Consent: proved, withdrawable, and what hangs on it."""

from datetime import date, timedelta

import pytest

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.files.models import StoredFile
from simpul.people.actions import (
    BadChoice,
    ConsentGiven,
    EvidenceMissing,
    GuardianGiven,
    GuardianMissing,
    LinkClosed,
    NotAChild,
    NothingToDo,
    answer_by_link,
    ask_consent_by_link,
    erase_unconsented,
    link_actor,
    make_consent_sheet,
    withdraw_consent,
)
from simpul.people.models import Consent, ConsentRequest, Guardianship, Person
from simpul.people.permissions import may_borrow
from simpul.people.wordings import WORDINGS, by_version, current

DAY = date(2026, 3, 10)


def test_a_guardian_agrees_at_the_desk_and_the_child_may_borrow(agree, child, at):
    assert agree(child) == 1
    consent = Consent.objects.get()
    assert (consent.how, consent.wording, consent.guardianship.name, consent.given_at) == (
        "in_person", "child-membership-1", "Dian Pratama", at)
    assert may_borrow(child, DAY) is None


def test_the_same_consent_twice_is_one(agree, child):
    id = new_id()
    assert (agree(child, id=id), agree(child, id=id), agree(child)) == (1, 1, 0)
    assert Consent.objects.count() == 1


def test_a_signed_sheet_is_proved_by_its_picture(agree, child, picture):
    with pytest.raises(EvidenceMissing):
        agree(child, how="sheet")
    agree(child, how="sheet", evidence=picture)
    assert Consent.objects.get().evidence == StoredFile.objects.get()


def test_one_class_sheet_proves_many(agree, enrol, picture, library, by_librarian, at):
    members = [enrol(f"Anak {n}", birth_year=2016, guardian=GuardianGiven(f"Ibu {n}")) for n in "ABC"]
    sheet = make_consent_sheet(
        library=library, persons=[m.person for m in members], by=by_librarian, at=at, id=new_id())
    assert agree(*members, how="class_sheet", evidence=picture, sheet=sheet) == 3
    sheet.refresh_from_db()
    assert (sheet.signed_at, StoredFile.objects.count(), [may_borrow(m, DAY) for m in members]) == (
        at, 1, [None, None, None])


def test_somebody_must_have_agreed(agree, enrol, at):
    child = enrol(birth_year=2017)
    with pytest.raises(GuardianMissing):
        agree(child)
    agree(child, given=[ConsentGiven(child.person_id, GuardianGiven("Pak Rahmat"), may_contact=True)])
    assert [g.name for g in Guardianship.objects.all()] == ["Pak Rahmat"]
    assert sorted(Consent.objects.values_list("purpose", flat=True)) == ["child_membership", "contact"]


def test_consent_is_for_children_of_this_library(agree, enrol, make_member, other_library):
    with pytest.raises(NotAChild):
        agree(enrol())
    with pytest.raises(NotAChild):
        agree(make_member(library=other_library, birth_year=2017))
    with pytest.raises(BadChoice):
        agree(enrol(birth_year=2017), how="link")


def test_strangers_and_the_city_write_down_no_consent(agree, child, by_stranger, by_mentor, by_coordinator):
    for by in (by_stranger, by_mentor, by_coordinator):
        with pytest.raises(NotAllowed):
            agree(child, by=by)


def test_withdrawal_stops_lending_and_messages_at_once(agree, child, by_volunteer, at):
    agree(child, given=[ConsentGiven(child.person_id, may_contact=True)])
    consent = Consent.objects.get(purpose="child_membership")
    withdraw_consent(consent=consent, by=by_volunteer, at=at, id=new_id())
    assert may_borrow(child, DAY).code == "no_consent"
    assert Consent.objects.in_force().count() == 0
    with pytest.raises(NothingToDo):
        withdraw_consent(consent=consent, by=by_volunteer, at=at, id=new_id())


def test_after_withdrawal_a_guardian_may_agree_again(agree, child, by_librarian, at):
    agree(child)
    withdraw_consent(consent=Consent.objects.get(), by=by_librarian, at=at, id=new_id())
    assert agree(child) == 1
    assert (Consent.objects.count(), may_borrow(child, DAY)) == (2, None)


@pytest.fixture
def link(child, by_librarian, at) -> ConsentRequest:
    return ask_consent_by_link(person=child.person, by=by_librarian, at=at, id=new_id())


def answer(link, at, **given):
    values = {"request": link, "agrees": True, "guardian": GuardianGiven("Dian Pratama"), "by": link_actor(link),
              "at": at, "id": new_id()} | given
    return answer_by_link(**values)


def test_a_guardian_agrees_by_link_once(link, child, at):
    answer(link, at, may_contact=True)
    assert may_borrow(child, DAY) is None
    assert {c.how for c in Consent.objects.all()} == {"link"}
    assert Guardianship.objects.count() == 1
    with pytest.raises(LinkClosed):
        answer(link, at)


def test_a_guardian_says_no(link, child, at):
    answer(link, at, agrees=False, guardian=None)
    assert (may_borrow(child, DAY).code, Consent.objects.count()) == ("no_consent", 0)
    with pytest.raises(LinkClosed):
        answer(link, at)


def test_a_link_without_a_name_stays_open(link, at):
    with pytest.raises(GuardianMissing):
        answer(link, at, guardian=GuardianGiven(" "))
    assert ConsentRequest.objects.get().is_open(at)


def test_a_link_grows_too_old(link, at):
    with pytest.raises(LinkClosed):
        answer(link, at + timedelta(days=14))


def test_a_newer_link_ends_the_older(link, child, by_librarian, at):
    newer = ask_consent_by_link(person=child.person, by=by_librarian, at=at, id=new_id())
    with pytest.raises(LinkClosed):
        answer(link, at)
    answer(newer, at)


def test_only_its_own_link_answers_and_withdraws(link, enrol, by_librarian, at):
    other = ask_consent_by_link(person=enrol(birth_year=2015).person, by=by_librarian, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        answer(link, at, by=link_actor(other))
    answer(link, at)
    consent = Consent.objects.get()
    answer(other, at)
    with pytest.raises(NotAllowed):
        withdraw_consent(consent=consent, by=link_actor(other), at=at, id=new_id())
    withdraw_consent(consent=consent, by=link_actor(link), at=at, id=new_id())
    consent.refresh_from_db()
    assert consent.withdrawn_at == at


def test_a_refused_link_withdraws_nothing(link, agree, child, at):
    answer(link, at, agrees=False, guardian=None)
    agree(child)
    with pytest.raises(NotAllowed):
        withdraw_consent(consent=Consent.objects.get(), by=link_actor(link), at=at, id=new_id())


def test_after_thirty_days_without_consent_a_child_is_erased(child, enrol, agree, at):
    grown, agreed = enrol("Ibu Sari"), enrol("Anak Setuju", birth_year=2016, guardian=GuardianGiven("Ibu Sari"))
    agree(agreed)
    assert erase_unconsented(at=at + timedelta(days=29)) == 0
    assert erase_unconsented(at=at + timedelta(days=30)) == 1
    assert erase_unconsented(at=at + timedelta(days=31)) == 0
    assert [p.name for p in Person.objects.order_by("recorded_at", "pk")] == [
        {child.person_id: ""}.get(p.pk, p.name) for p in Person.objects.order_by("recorded_at", "pk")]
    assert {p.pk for p in Person.objects.present()} == {grown.person_id, agreed.person_id}


def test_after_withdrawal_the_thirty_days_begin_anew(child, agree, by_librarian, at):
    agree(child)
    later = at + timedelta(days=100)
    withdraw_consent(consent=Consent.objects.get(), by=by_librarian, at=later, id=new_id())
    assert erase_unconsented(at=later + timedelta(days=29), by=SCHEDULE) == 0
    assert erase_unconsented(at=later + timedelta(days=30), by=SCHEDULE) == 1


def test_who_has_grown_up_meanwhile_is_not_erased(enrol, at):
    enrol(birth_year=2009, at=at)
    assert erase_unconsented(at=at.replace(year=2027)) == 0


def test_every_wording_says_the_same_in_both_languages():
    assert len({w.version for w in WORDINGS}) == len(WORDINGS)
    for wording in WORDINGS:
        assert set(wording.text) == set(wording.facts) == {"id", "en"}
        assert len(wording.facts["id"]) == len(wording.facts["en"])
        assert by_version(wording.version) == wording
    assert {p for p in Consent.Purpose.values if current(p)} == set(Consent.Purpose.values)

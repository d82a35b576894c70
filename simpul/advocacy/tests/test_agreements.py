"""Agreements: kept, renewed once, reminded of; what is erased by itself."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from conftest import TODAY
from simpul.advocacy.actions import (
    end_partner,
    forget,
    keep_agreement,
    record_support,
    restore_agreement,
    void_agreement,
    void_support,
)
from simpul.advocacy.actions.refusals import AlreadyThere, NameMissing, WrongDay
from simpul.advocacy.erasure import empties, tells
from simpul.advocacy.models import Agreement, Partner
from simpul.advocacy.next_steps import an_agreement_ends
from simpul.advocacy.queries.partners import cooperations_in, gifts_of, listed
from simpul.advocacy.schedule import run
from simpul.core.actor import SCHEDULE, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library

SOON = TODAY + timedelta(days=30)


@pytest.fixture
def keep(library: Library, by_librarian: Actor, at: datetime) -> Callable[..., Agreement]:
    def make(**given: Any) -> Agreement:
        return keep_agreement(**({"library": library, "kind": "sk", "title": "SK pengelola", "office": "Kelurahan Sukasari",
                                  "from_on": TODAY - timedelta(days=300), "until_on": SOON, "by": by_librarian, "at": at,
                                  "id": new_id()} | given))

    return make


def test_an_end_is_told_two_months_before_unless_it_is_renewed(library: Library, keep: Any) -> None:
    agreement = keep()
    assert an_agreement_ends(library, SOON - timedelta(days=61)) is None
    step = an_agreement_ends(library, TODAY)
    assert step is not None
    assert step.why == "Berakhir 30 hari lagi."
    newer = keep(renews=agreement, from_on=SOON + timedelta(days=1), until_on=None)
    assert an_agreement_ends(library, TODAY) is None
    assert Agreement.objects.get(pk=agreement.pk).newer == newer


def test_an_agreement_is_renewed_once(keep: Any, by_librarian: Actor, at: datetime) -> None:
    agreement = keep()
    first = keep(renews=agreement, until_on=None)
    with pytest.raises(AlreadyThere):
        keep(renews=agreement, until_on=None)
    void_agreement(agreement=first, by=by_librarian, at=at, id=new_id())
    keep(renews=agreement, until_on=None)
    with pytest.raises(AlreadyThere):
        restore_agreement(agreement=first, by=by_librarian, at=at, id=new_id())


@pytest.mark.parametrize(("given", "refusal"), [
    ({"office": ""}, NameMissing), ({"title": ""}, NameMissing), ({"until_on": date(2020, 1, 1)}, WrongDay),
    ({"from_on": date(1, 1, 1)}, WrongDay)])
def test_what_cannot_be_agreed(keep: Any, given: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        keep(**given)
    assert Agreement.objects.count() == 0


def test_agreements_of_others_are_out_of_reach(keep: Any, make_partner: Any, library: Library, other_library: Library,
                                               by_stranger: Actor, by_librarian: Actor) -> None:
    with pytest.raises(NotAllowed):
        keep(by=by_stranger)
    with pytest.raises(NotAllowed):
        keep(library=None, by=by_librarian)
    with pytest.raises(NotAllowed):
        keep(library=other_library, by=by_stranger, partner=make_partner())


def test_cooperation_counts_a_partner_with_an_agreement_once(library: Library, keep: Any, make_partner: Any) -> None:
    partner = make_partner()
    keep(partner=partner)
    keep()
    keep(title="Lagi", office="kelurahan  SUKASARI")
    year = (TODAY - timedelta(days=364), TODAY)
    assert (cooperations_in([library.pk], *year), cooperations_in(None, *year)) == (2, 2)
    assert cooperations_in([library.pk], date(2020, 1, 1), date(2020, 12, 31)) == 0


def test_support_is_history_until_it_is_taken_back(library: Library, make_partner: Any, by_volunteer: Actor,
                                                   at: datetime) -> None:
    partner = make_partner()
    gift = record_support(partner=partner, library=library, kind="goods", what="Rak", worth=1_500_000, on=TODAY,
                          by=by_volunteer, at=at, id=new_id())
    assert [(one.gifts, one.worth, one.last_on) for one in listed([partner], library.pk)] == [(1, 1_500_000, TODAY)]
    void_support(support=gift, by=by_volunteer, at=at, id=new_id())
    assert gifts_of([partner.pk]) == {}


def test_a_citys_partner_helps_any_library_a_librarys_own_only_that(
        make_partner: Any, other_library: Library, by_stranger: Actor, by_coordinator: Actor, at: datetime) -> None:
    told: dict[str, Any] = {"library": other_library, "kind": "money", "worth": 1, "on": TODAY, "by": by_stranger, "at": at}
    of_city = make_partner("PT Maju", library=None, by=by_coordinator)
    record_support(partner=of_city, id=new_id(), **told)
    with pytest.raises(NotAllowed):
        record_support(partner=make_partner(), id=new_id(), **told)


def test_whom_to_call_is_erased_a_year_after_the_end(make_partner: Any, by_librarian: Actor, at: datetime) -> None:
    partner = make_partner(contact_name="Bu Lastri", contact_phone="0812-3333-4444", notes="Telepon sore")
    end_partner(partner=partner, by=by_librarian, at=at, id=new_id())
    lines = JournalLine.objects.count()
    assert (run(at + timedelta(days=300)), JournalLine.objects.count()) == (0, lines)
    assert run(at + timedelta(days=370)) == 1
    partner.refresh_from_db()
    assert (partner.contact_name, partner.contact_phone, partner.notes, partner.name) == ("", "", "", "PKK Sukasari")
    with pytest.raises(NotAllowed):
        forget(by=by_librarian, at=at, id=new_id())
    assert forget(by=SCHEDULE, at=at, id=new_id()) == 0


def test_a_member_who_is_a_contact_is_told_and_forgotten(make_partner: Any, make_person: Any) -> None:
    person = make_person(phone="+6281233334444")
    make_partner(contact_name="Bu Lastri", contact_phone="081233334444")
    assert [part.rows for part in tells(person)] == [(("PKK Sukasari", "Bu Lastri"),)]
    empties(person)
    assert list(Partner.objects.values_list("contact_name", "contact_phone")) == [("", "")]
    assert list(tells(make_person(phone=""))) == []


def test_her_name_goes_from_notes_of_her_library_only(make_partner: Any, make_person: Any, library: Library,
                                                      by_coordinator: Actor) -> None:
    own = make_partner(contact_name="siti aminah", notes="Tanya SITI AMINAH atau Siti Aminah dulu")
    of_city = make_partner("PT Maju", library=None, by=by_coordinator, contact_name="Siti Aminah")
    empties(make_person("Siti Aminah"))
    for row in (own, of_city):
        row.refresh_from_db()
    assert (own.contact_name, own.notes, of_city.contact_name) == ("…", "Tanya … atau … dulu", "Siti Aminah")
    other = make_partner("RW 03", notes="Siti menelepon")
    empties(make_person("Siti"))
    other.refresh_from_db()
    assert other.notes == "Siti menelepon"

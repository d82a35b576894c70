"""What is about safety reaches one named person and nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.actor import SCHEDULE, VISITOR, Actor
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library
from simpul.surveys.actions import (
    disclose,
    forget,
    mark_handled,
    name_safeguarding,
    pass_on,
)
from simpul.surveys.models import Disclosure, Voice

Say = Callable[..., Voice]
HOSTILE = '<img src=x onerror=alert(1)> =HYPERLINK("http://x") {{ 7*7 }}'


def form(**given: Any) -> dict[str, Any]:
    return {"change": str(new_id()), "theme": "skills", "text": "Kelas menjahit untuk ibu-ibu", "neighbourhood": "RW 05",
            "phone": "", "website": ""} | given


@pytest.fixture
def guardian_angel(make_account: Callable[..., Account], by_coordinator: Actor, at: datetime) -> Account:
    """The named safeguarding person; she has no role otherwise."""
    account = make_account("Maya Kusuma")
    name_safeguarding(account=account, by=by_coordinator, at=at, id=new_id())
    return account


def everything_seen_by(browser: Client, library: Library) -> str:
    """Every page on which a voice might stand."""
    pages = [f"/perpustakaan/{library.code}/suara/?keadaan={state}" for state in ("baru", "semua", "dibuang")]
    pages += [f"/suara/{library.code}/", f"/perpustakaan/{library.code}/jurnal/", "/kota/jurnal/", "/kota/suara/",
              "/angka/voices/", "/kota/perlindungan/"]
    return "".join(browser.get(page, follow=True).content.decode() for page in pages)


@pytest.mark.parametrize("way", ["ticked", "passed_on"])
def test_a_disclosure_is_seen_by_the_named_person_and_nobody_else(
        way: str, library: Library, say_voice: Say, by_librarian: Actor, at: datetime, librarian: Account,
        volunteer: Account, coordinator: Account, mentor: Account, stranger: Account, guardian_angel: Account,
        sign_in: Callable[[Account], Client]) -> None:
    if way == "ticked":
        assert Client().post(f"/suara/{library.code}/", form(
            text="Ayah tetangga memukul anaknya", neighbourhood="Gang Kenanga", phone="081298765432", is_about_safety="on")
        ).status_code == 302
    else:
        voice = say_voice("Ayah tetangga memukul anaknya", neighbourhood="Gang Kenanga", phone="081298765432")
        answer = sign_in(librarian).post(f"/perpustakaan/{library.code}/suara/{voice.pk}/perlindungan/",
                                         {"change": str(new_id())})
        assert answer.status_code == 302
    assert Voice.objects.count() == 0
    assert Disclosure.objects.get().phone == "+6281298765432"
    for account in (librarian, volunteer, coordinator, mentor, stranger):
        seen = everything_seen_by(sign_in(account), library)
        assert [word for word in ("memukul", "Kenanga", "98765432") if word in seen] == [], account.name
        assert sign_in(account).get("/kota/perlindungan/").status_code == 404
    assert "memukul" not in everything_seen_by(Client(), library)
    assert "memukul" in sign_in(guardian_angel).get("/kota/perlindungan/").content.decode()
    assert discover()["voices"].rows().count() == 0


def test_the_journal_of_the_library_does_not_tell_that_something_was_disclosed(library: Library, at: datetime) -> None:
    disclose(library_id=library.pk, text="Seseorang tidak aman", by=VISITOR, at=at, id=new_id())
    line = JournalLine.objects.get()
    assert (line.library_id, line.refs, line.facts) == (None, {}, {})


def test_only_the_coordinator_names_and_only_the_named_person_takes_care(
        make_account: Callable[..., Account], guardian_angel: Account, library: Library, by_librarian: Actor,
        by_coordinator: Actor, sign_in: Callable[[Account], Client], at: datetime) -> None:
    with pytest.raises(NotAllowed):
        name_safeguarding(account=guardian_angel, by=by_librarian, at=at, id=new_id())
    disclose(library_id=library.pk, text="Seseorang tidak aman", phone="081298765432", by=VISITOR, at=at, id=new_id())
    row = Disclosure.objects.get()
    for actor in (by_librarian, by_coordinator):
        with pytest.raises(NotAllowed):
            mark_handled(disclosure_id=row.pk, by=actor, at=at, id=new_id())
    address = f"/kota/perlindungan/{row.pk}/selesai/"
    assert Client().post(address).status_code == 302
    assert sign_in(guardian_angel).post(address, {"change": str(new_id())}).status_code == 302
    row.refresh_from_db()
    assert (row.handled_at is not None, row.phone) == (True, "")
    next_one = make_account("Lina")
    name_safeguarding(account=next_one, by=by_coordinator, at=at, id=new_id())
    assert sign_in(guardian_angel).get("/kota/perlindungan/").status_code == 404


def test_disclosures_are_kept_a_year_after_they_were_taken_care_of(library: Library, at: datetime) -> None:
    disclose(library_id=library.pk, text="Seseorang tidak aman", by=VISITOR, at=at, id=new_id())
    Disclosure.objects.update(handled_at=at - timedelta(days=364))
    assert forget(by=SCHEDULE, at=at, id=new_id()) == 0
    Disclosure.objects.update(handled_at=at - timedelta(days=366))
    assert forget(by=SCHEDULE, at=at, id=new_id()) == 1


def test_passing_on_is_for_own_staff(say_voice: Say, by_stranger: Actor, by_coordinator: Actor, at: datetime) -> None:
    voice = say_voice()
    for actor in (by_stranger, by_coordinator, VISITOR):
        with pytest.raises(NotAllowed):
            pass_on(voice_id=voice.pk, by=actor, at=at, id=new_id())
    assert Voice.objects.count() == 1



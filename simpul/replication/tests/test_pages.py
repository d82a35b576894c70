"""Pages for each role; what a library that takes no part is told; names that are forgotten."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from conftest import TODAY
from simpul.accounts.models import Account
from simpul.core.actor import Actor
from simpul.core.erasure import empty_everywhere
from simpul.core.next_step import next_step
from simpul.libraries.models import Library
from simpul.replication.actions import MeetingGiven, plan_meeting, record_contact
from simpul.replication.models import Contact, Delegate, Document, PeerMeeting, Score, Share, UnitCost
from simpul.replication.next_steps import invited
from simpul.replication.queries.journey import journey_of
from simpul.replication.tests.conftest import hours, signed, visits_on, weekdays_of

MINE = ("perjalanan/", "kaskade/")
CITY = ("/pendampingan/", "/kota/replikasi/", "/kota/replikasi/cetak/", "/kota/replikasi/pantauan/",
        "/kota/replikasi/pantauan/?tampil=selesai", "/kota/kaskade/", "/saling-belajar/", "/saling-belajar/baru/",
        "/kota/replikasi/?tahap=belum&tampil=sepi&kecamatan=36.71.01&page=x")
WRITES = ("berkas/baru/", "pernyataan/", "kesiapan/", "pendampingan/rencana/", "pendampingan/catatan/", "jeda/")

Browser = Callable[[Account], Client]


def test_everybody_finds_her_pages(library: Library, librarian: Account, mentor: Account, coordinator: Account,
                                   sign_in: Browser) -> None:
    here = f"/perpustakaan/{library.code}/"
    assert [sign_in(one).get(here + page).status_code for one in (librarian, mentor, coordinator) for page in MINE] == [200] * 6
    assert [sign_in(one).get(page).status_code for one in (mentor, coordinator) for page in CITY] == [200] * 18
    assert [sign_in(mentor).get(f"{here}perjalanan/{page}").status_code for page in WRITES] == [200] * 6
    assert sign_in(librarian).get("/kota/replikasi/").status_code == 404
    assert sign_in(mentor).get("/kota/replikasi/biaya/").status_code == 404
    assert sign_in(coordinator).get("/kota/replikasi/biaya/").status_code == 200


def test_a_mentors_day_begins_with_whom_to_call(mentor: Account, sign_in: Browser) -> None:
    assert sign_in(mentor).get("/hari-ini/").headers["Location"] == "/pendampingan/"


def test_forms_write_and_keep_what_was_typed(library: Library, mentor: Account, coordinator: Account, librarian: Account,
                                             sign_in: Browser) -> None:
    here, browser = f"/perpustakaan/{library.code}/perjalanan/", sign_in(mentor)
    told = {"kind": "commitment", "dated_on": "2026-03-01", "change": "019cd5b0-0000-7000-8000-000000000001"}
    assert [browser.post(here + "berkas/baru/", told).status_code for _twice in range(2)] == [302, 302]
    assert Document.objects.count() == 1
    wrong = browser.post(here + "kesiapan/", {"points_profile": "3", "change": "019cd5b0-0000-7000-8000-000000000002"})
    assert wrong.status_code == 422
    right = browser.post(here + "kesiapan/", {"points_profile": "3", "reason_profile": "Jam tetap",
                                              "change": "019cd5b0-0000-7000-8000-000000000002"})
    assert (right.status_code, Score.objects.get().points) == (302, 3)
    note = {"how": "phone", "done_on": "2026-03-10", "word": "Ramai", "what_1": "Papan nama",
            "change": "019cd5b0-0000-7000-8000-000000000003"}
    assert browser.post(here + "pendampingan/catatan/", note).status_code == 422
    assert browser.post(here + "pendampingan/catatan/", note | {"due_1": "2026-03-20"}).status_code == 302
    contact = Contact.objects.get()
    sign_in(librarian).post(f"{here}pendampingan/{contact.pk}/dibaca/")
    contact.refresh_from_db()
    assert contact.read_at is not None
    price = {"what": "Bimtek", "unit": "delegate", "times": "2", "amount": "Rp 750.000", "source": "SBU",
             "change": "019cd5b0-0000-7000-8000-000000000004"}
    assert sign_in(coordinator).post("/kota/replikasi/biaya/", price).status_code == 302
    assert UnitCost.objects.get().amount == 750_000


def test_a_meeting_is_planned_filled_and_printed(library: Library, mentor: Account, librarian: Account, stranger: Account,
                                                 sign_in: Browser) -> None:
    host = sign_in(mentor)
    host.post("/saling-belajar/baru/", {
        "title": "PLM <b>", "host": library.code, "held_on": "2026-03-10", "days": "1", "begins": "09:00", "ends": "15:00",
        "change": "019cd5b0-0000-7000-8000-000000000005"})
    meeting = PeerMeeting.objects.get()
    host.post(f"/saling-belajar/{meeting.pk}/undangan/", {"perpustakaan": [library.code, "nowhere"],
                                                        "change": "019cd5b0-0000-7000-8000-000000000007"})
    step = invited(library, TODAY)
    own = f"/perpustakaan/{library.code}/perjalanan/saling-belajar/{meeting.pk}/"
    assert step is not None
    assert (step.urgency, step.url) == (6, own)
    told = {"tip": "Ajak PKK", "change": "019cd5b0-0000-7000-8000-000000000006"}
    browser = sign_in(librarian)
    assert browser.post(own, told).status_code == 302
    who = {"name": "Ani <i>", "phone": "0812 1111 0002", "change": "019cd5b0-0000-7000-8000-000000000008"}
    assert [browser.post(f"{own}utusan/", who).status_code for _twice in "12"] == [302, 302]
    ani = Delegate.objects.get()
    assert b"Ani &lt;i&gt;" in browser.get(own).content
    door = f"/saling-belajar/{meeting.pk}/hadir/"
    assert sign_in(stranger).get(door).status_code == 404
    scanned = {"text": ani.registration.code, "change": "019cd5b0-0000-7000-8000-000000000009"}
    assert host.post(door, scanned).status_code == 302
    assert Share.objects.get().people == 1
    assert host.post(door, scanned | {"text": "NONE", "change": "019cd5b0-0000-7000-8000-00000000000a"}).status_code == 422
    came = {"library": library.code, "name": "", "change": "019cd5b0-0000-7000-8000-00000000000b"}
    assert host.post(f"{door}tamu/", came).status_code == 302
    assert Share.objects.get().people == 2
    assert host.post(f"{door}{ani.pk}/batal/", {"change": "019cd5b0-0000-7000-8000-00000000000c"}).status_code == 302
    assert Share.objects.get().people == 1
    page = browser.get(f"/saling-belajar/{meeting.pk}/")
    assert (page.status_code, b"PLM <b>" in page.content, b"Ajak PKK" in page.content) == (200, False, True)
    assert browser.get(f"/saling-belajar/{meeting.pk}/cetak/").content[:5] == b"%PDF-"
    assert browser.get(f"/saling-belajar/{meeting.pk}/ubah/").status_code == 404


@pytest.mark.parametrize("address", ["/saling-belajar/", "/pendampingan/", "/kota/replikasi/", "/kota/kaskade/"])
def test_the_city_is_closed_to_visitors(address: str, city: Any) -> None:
    assert Client().get(address).status_code == 302


def test_a_library_that_takes_no_part_stands_nowhere(library: Library, librarian: Account) -> None:
    hours(library, range(0, 5))
    visits_on(library, weekdays_of(TODAY - timedelta(days=200), TODAY, range(0, 5)))
    found = journey_of(library, TODAY)
    assert (found.stage, found.steps[5].holds) == (None, True)


def test_the_home_names_the_next_step_when_nothing_urgent_waits(library: Library, librarian: Account, make_copy: Any) -> None:
    hours(library, range(0, 5))
    visits_on(library, weekdays_of(TODAY - timedelta(days=40), TODAY, range(0, 5)))
    make_copy()
    signed(library, date(2026, 2, 1))
    step = next_step(library, TODAY)
    assert step is not None
    assert (step.urgency, step.url) == (9, f"/perpustakaan/{library.code}/perjalanan/")


def test_an_erased_person_stands_in_no_note(library: Library, make_person: Any, who: Any, by_mentor: Actor) -> None:
    record_contact(library=library, how="phone", done_on=TODAY, word="Kata SITI aminah ramai",
                   agreed=[("Telepon Siti Aminah", TODAY)], **who())
    plan_meeting(library=library, given=MeetingGiven("PLM", TODAY), **who())
    empty_everywhere(make_person("Siti Aminah"))
    contact = Contact.objects.get()
    assert (contact.word, contact.agreed.get().what) == ("Kata … ramai", "Telepon …")

"""Everybody is told once: by e-mail by itself, by WhatsApp from one list."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as mailbox

from simpul.core.actor import SCHEDULE
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions import (
    SessionGiven,
    ask_outcomes,
    cancel_gathering,
    leave_gathering,
    mark_attendance,
    move_session,
    tell,
    tell_by_mail,
    untell,
)
from simpul.gatherings.actions.refusals import BadPhone, NotDue, RegisteredAlready
from simpul.gatherings.actions.registering import link_actor
from simpul.gatherings.models import Notice, Registration
from simpul.gatherings.next_steps import people_are_to_be_told
from simpul.gatherings.schedule import by_mail, forget
from simpul.gatherings.telling import for_staff, tellings
from simpul.messages.models import Message
from simpul.messages.sending import send_due


def due(at: datetime) -> list[tuple[str, str]]:
    return [(one.registration.name, one.about) for one in tellings(at)]


def letters() -> list[tuple[str, str]]:
    return [(letter.to[0], letter.subject) for letter in mailbox.outbox]


def test_registering_by_e_mail_sends_the_ticket(mail: Any, make: Any, sign_up: Any, at: datetime) -> None:
    row = sign_up(make(), "Ani", " Ani@Contoh.ID ")
    assert (row.email, row.phone) == ("ani@contoh.id", "")
    assert send_due(at) == 1
    letter = mailbox.outbox[0]
    assert (letter.to, letter.subject) == (["ani@contoh.id"], "Tempat Anda: Kelas menjahit")
    assert f"https://perpus.test{row.get_absolute_url()}" in letter.body
    assert "Rabu, 11 Maret 2026, 10.00–12.00" in letter.body


def test_the_same_address_and_name_is_once_and_another_name_is_a_family(make: Any, sign_up: Any) -> None:
    gathering = make()
    sign_up(gathering, "Ani", "ani@contoh.id")
    with pytest.raises(RegisteredAlready):
        sign_up(gathering, "ANI", "ANI@contoh.id")
    sign_up(gathering, "Budi", "ani@contoh.id")
    sign_up(gathering, "Ani", "ani2@contoh.id")
    assert gathering.registrations.count() == 3


@pytest.mark.parametrize("contact", ["ani@", "@contoh.id", "ani@contoh.id, b@contoh.id", "a@b.id\nBcc: c@d.id", "ani", ""])
def test_what_reaches_nobody_is_refused(contact: str, make: Any, sign_up: Any) -> None:
    from simpul.core.actor import VISITOR
    from simpul.gatherings.actions import register

    gathering = make()
    with pytest.raises(BadPhone):
        register(gathering=gathering, name="Ani", phone=contact, by=VISITOR, at=gathering.recorded_at, id=new_id())
    assert gathering.registrations.count() == 0


def test_the_day_before_everybody_with_a_place_is_reminded_once(
        mail: Any, make: Any, sign_up: Any, by_volunteer: Any, at: datetime) -> None:
    gathering = make(after=(48,), capacity=2)
    by_phone, _by_mail, _waits = (sign_up(gathering, "Ani"), sign_up(gathering, "Budi", "budi@contoh.id"),
                                  sign_up(gathering, "Citra"))
    eight = datetime.fromisoformat("2026-03-11T01:00:00+00:00")  # 08.00 WIB of the day before
    assert due(eight - timedelta(minutes=1)) == []
    assert due(eight) == [("Ani", "reminder"), ("Budi", "reminder")]
    assert (by_mail(eight), by_mail(eight), send_due(eight)) == (1, 0, 2)
    assert letters() == [("budi@contoh.id", "Tempat Anda: Kelas menjahit"), ("budi@contoh.id", "Pengingat: Kelas menjahit")]
    assert due(eight) == [("Ani", "reminder")]
    occasion = tellings(eight)[0].occasion
    for _tap in range(2):
        tell(registration=by_phone, occasion=occasion, by=by_volunteer, at=eight, id=new_id())
    assert (due(eight), Notice.objects.count()) == ([], 2)
    untell(registration=by_phone, occasion=occasion, by=by_volunteer, at=eight, id=new_id())
    assert due(eight) == [("Ani", "reminder")]
    assert due(at + timedelta(hours=48)) == []  # it has begun


def test_whoever_registers_on_the_day_before_knows(make: Any, sign_up: Any, at: datetime) -> None:
    sign_up(make(), "Ani", at=at + timedelta(hours=1))
    assert due(at + timedelta(hours=10)) == []


def test_a_moved_day_is_told_instead_of_reminded_and_reminded_anew(
        mail: Any, make: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(after=(24,))
    sign_up(gathering, "Ani", at=at - timedelta(days=1))
    sign_up(gathering, "Budi", "budi@contoh.id", at=at - timedelta(days=1))
    by_mail(at)
    move_session(session=gathering.sessions.get(), given=SessionGiven(at + timedelta(hours=72), at + timedelta(hours=74)),
                 by=by_librarian, at=at, id=new_id())
    later = at + timedelta(minutes=1)
    assert due(later) == [("Ani", "news"), ("Budi", "news")]
    assert (by_mail(later), by_mail(later)) == (1, 0)
    send_due(later)
    assert letters()[-1] == ("budi@contoh.id", "Kabar: Kelas menjahit")
    assert "Jumat, 13 Maret 2026" in mailbox.outbox[-1].body
    assert due(at + timedelta(hours=49)) == [("Ani", "news"), ("Budi", "reminder")]


def test_a_cancelled_gathering_and_a_place_that_became_free_are_told(
        mail: Any, make: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(capacity=1, after=(72,))
    first, _second = sign_up(gathering, "Ani"), sign_up(gathering, "Budi", "budi@contoh.id")
    leave_gathering(registration=first, by=link_actor(first), at=at, id=new_id())
    by_mail(at)
    later = at + timedelta(hours=1)
    cancel_gathering(gathering=gathering, by=by_librarian, at=later, id=new_id())
    by_mail(later)
    send_due(later)
    assert {subject for _to, subject in letters()[-3:]} == {
        "Dalam daftar tunggu: Kelas menjahit", "Ada tempat untuk Anda: Kelas menjahit", "Dibatalkan: Kelas menjahit"}
    assert due(later) == []


def test_thanks_go_once_to_those_who_were_there_with_the_questions(
        mail: Any, make: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(after=(1, 25))
    ask_outcomes(gathering=gathering, is_wanted=True, by=by_librarian, at=at, id=new_id())
    rows = [sign_up(gathering, "Ani"), sign_up(gathering, "Budi", "budi@contoh.id"), sign_up(gathering, "Citra")]
    for row, state in zip(rows, ("present", "present", "absent"), strict=True):
        mark_attendance(session=gathering.sessions.first(), registration=row, state=state, by=by_librarian,
                        at=at + timedelta(hours=1), id=new_id())
    for row in rows:
        tell_reminder(row, by_librarian, at + timedelta(hours=4))
    assert due(at + timedelta(hours=4)) == []  # the second day is still to come
    over = at + timedelta(hours=28)
    assert due(over) == [("Ani", "thanks"), ("Budi", "thanks")]
    by_mail(over)
    send_due(over)
    assert letters()[-1] == ("budi@contoh.id", "Terima kasih sudah datang: Kelas menjahit")
    assert f"?tentang={gathering.pk}" in mailbox.outbox[-1].body
    assert due(over + timedelta(days=4)) == []


def tell_reminder(row: Registration, by: Any, at: datetime) -> None:
    for one in tellings(at):
        if one.registration.pk == row.pk:
            tell(registration=row, occasion=one.occasion, by=by, at=at, id=new_id())


def test_without_a_mail_server_they_stand_in_the_list_with_everybody(
        make: Any, sign_up: Any, library: Any, at: datetime) -> None:
    sign_up(make(after=(48,)), "Budi", "budi@contoh.id")
    morning = at + timedelta(hours=23)
    assert by_mail(morning) == 0
    assert [one.registration.name for one in for_staff(morning, library_id=library.pk)] == ["Budi"]
    assert Message.objects.count() == 0


def test_only_the_schedule_mails_and_only_the_staff_tells(
        make: Any, sign_up: Any, by_librarian: Any, by_stranger: Any, at: datetime) -> None:
    row = sign_up(make())
    with pytest.raises(NotAllowed):
        tell_by_mail(by=by_librarian, at=at, id=new_id())
    with pytest.raises(NotAllowed):
        tell(registration=row, occasion="thanks", by=by_stranger, at=at, id=new_id())
    for occasion in ("", "follow-up", "x" * 90):
        with pytest.raises(NotDue):
            tell(registration=row, occasion=occasion, by=by_librarian, at=at, id=new_id())
    assert tell_by_mail(by=SCHEDULE, at=at, id=new_id()) == 0


def test_a_forgotten_registrant_is_told_nothing_and_no_address_stays(
        mail: Any, make: Any, sign_up: Any, at: datetime) -> None:
    row = sign_up(make(), "Budi", "budi@contoh.id")
    assert forget(at + timedelta(days=33)) == 1
    row.refresh_from_db()
    assert (row.email, row.name, due(at + timedelta(days=33))) == ("", "", [])


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(
        make: Any, sign_up: Any, library: Any, librarian: Any, sign_in: Any, at: datetime, real_now: Any,
        django_assert_num_queries: Any, django_assert_max_num_queries: Any) -> None:
    gathering = make(after=(48,))
    sign_up(gathering, "<img src=x onerror=alert(1)>", at=at)
    real_now(at + timedelta(hours=23))
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/kabar/"
    browser.get(address)
    with django_assert_max_num_queries(30) as one:
        page = browser.get(address).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
    for n in range(2):
        sign_up(make(after=(48 + n,)), f"Warga {n}", f"warga{n}@contoh.id", at=at)
    with django_assert_num_queries(len(one)):
        page = browser.get(address).content.decode()
    assert page.count("https://wa.me/62812") == 1
    assert page.count("mailto:warga") == 2


def test_a_tap_marks_told_twice_is_once_and_undo_brings_it_back(
        make: Any, sign_up: Any, library: Any, librarian: Any, sign_in: Any, at: datetime, real_now: Callable[..., None]) -> None:
    row = sign_up(make(after=(48,)), "Ani", at=at)
    real_now(at + timedelta(hours=23))
    step = people_are_to_be_told(library, at.date())
    assert step is not None
    assert str(step.heading) == "Kabari 1 orang"
    browser, address = sign_in(librarian), f"/perpustakaan/{library.code}/kabar/{row.pk}/"
    occasion, change = tellings(at + timedelta(hours=23))[0].occasion, new_id()
    for _tap in range(2):
        assert browser.post(address, {"change": change, "occasion": occasion}).status_code == 302
    assert (Notice.objects.count(), people_are_to_be_told(library, at.date())) == (1, None)
    assert browser.post(f"{address}batal/?perihal={occasion}", {"change": new_id()}).status_code == 302
    assert Notice.objects.count() == 0
    assert browser.post(address, {"change": new_id(), "occasion": "=HYPERLINK(1)\x00"}).status_code == 302
    assert browser.post(f"/perpustakaan/{library.code}/kabar/{new_id()}/").status_code == 404

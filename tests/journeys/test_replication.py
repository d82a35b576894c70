"""From the card on a library's home to its journey, a mentor's note and the city's board; a meeting with its door."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from simpul.accounts.models import Account
from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.replication.actions import MeetingGiven, invite_libraries, keep_document, plan_meeting
from simpul.replication.models import Contact, Share

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_home_card_to_the_board(signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None],
                                         library: Library, librarian: Account, mentor: Account, coordinator: Account) -> None:
    now = clock.now()
    today = clock.local_date(now, "Asia/Jakarta")
    given: dict[str, Any] = {"by": COMMAND, "at": now}
    meeting = plan_meeting(library=library, given=MeetingGiven("Saling belajar", today), id=new_id(), **given)
    keep_document(library=library, kind="sk_location", dated_on=today - timedelta(days=9), id=new_id(), **given)
    invite_libraries(meeting=meeting, libraries=[library], id=new_id(), **given)

    phone = signed_in_page(librarian)
    phone.goto(f"/perpustakaan/{library.code}/perjalanan/saling-belajar/{meeting.pk}/")
    nothing_wrong(phone)
    phone.get_by_label("Nama", exact=True).fill("Ani Lestari")
    phone.get_by_label("Nomor WhatsApp atau alamat surel").fill("0812 1111 0001")
    phone.get_by_role("button", name="Daftarkan").click()
    expect(phone.get_by_text("Ani Lestari")).to_be_visible()
    phone.get_by_label("Satu kiat untuk yang lain").fill("Ajak PKK")
    phone.get_by_role("button", name="Simpan").click()
    nothing_wrong(phone)

    fasda = signed_in_page(mentor)
    fasda.goto(f"/saling-belajar/{meeting.pk}/hadir/")
    fasda.get_by_role("button", name="Hadir Ani Lestari").click()
    expect(fasda.get_by_text("1 hadir, dari 1 perpustakaan")).to_be_visible()
    nothing_wrong(fasda)
    assert Share.objects.get().people == 1
    fasda.goto(f"/perpustakaan/{library.code}/perjalanan/pendampingan/catatan/")
    nothing_wrong(fasda)
    fasda.get_by_label("Apa yang Anda lihat dan dengar?").fill("Ramai sore hari.")
    fasda.get_by_role("button", name="Simpan").click()
    nothing_wrong(fasda)
    assert Contact.objects.get().word == "Ramai sore hari."

    phone.goto(f"/perpustakaan/{library.code}/perjalanan/")
    expect(phone.get_by_text("Ramai sore hari.")).to_be_visible()
    expect(phone.get_by_role("link", name="Saling belajar", exact=True).first).to_be_visible()
    nothing_wrong(phone)
    desk = signed_in_page(coordinator, width=1280)
    desk.goto("/kota/replikasi/")
    expect(desk.get_by_text(library.name).first).to_be_visible()
    nothing_wrong(desk)

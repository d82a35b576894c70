"""From a form of four fields to a participant who is present on her phone and writes her library's plan."""

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
from simpul.plans.models import Plan
from simpul.training.actions import name_participant
from simpul.training.models import Lesson, Presence, Workshop
from simpul.training.tokens import participant_token, screen_code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_workshop_from_the_form_to_the_plan_in_the_room(
        page: Page, signed_in_page: Callable[..., Page], nothing_wrong: Callable[[Page], None], coordinator: Account,
        make_library: Any, library: Library) -> None:
    make_library(code="L000", kind=Library.Kind.CITY)
    desk = signed_in_page(coordinator, width=1280)
    desk.goto("/kota/bimtek/baru/")
    nothing_wrong(desk)
    now = clock.now()
    desk.get_by_label("Hari pertama").fill(clock.local_date(now, "Asia/Jakarta").isoformat())
    desk.get_by_role("button", name="Rencanakan").click()
    nothing_wrong(desk)
    desk.get_by_role("button", name="Buka untuk undangan").click()
    desk.get_by_role("button", name="Undang 1 perpustakaan pertama").click()
    expect(desk.get_by_text("1 perpustakaan diundang")).to_be_visible()
    nothing_wrong(desk)
    workshop = Workshop.objects.get()
    row = name_participant(workshop=workshop, library=library, name="Sari Utami", phone="081234567890", by=COMMAND, at=now,
                           id=new_id())
    page.goto(f"/bimtek/saya/{participant_token(row.pk)}/")
    nothing_wrong(page)
    page.get_by_role("button", name="Saya datang").click()
    lesson = workshop.lessons.filter(jp__gt=0).first()
    Lesson.objects.filter(pk=lesson.pk).update(starts_at=now - timedelta(minutes=3), ends_at=now + timedelta(minutes=60))
    page.goto(f"/bimtek/hadir/{lesson.pk}/{screen_code(lesson.pk, clock.now())}/")
    nothing_wrong(page)
    page.get_by_role("button", name="Saya hadir").click()
    expect(page.get_by_text("Anda hadir.")).to_be_visible()
    assert Presence.objects.get().how == "code"
    page.goto(f"/bimtek/saya/{participant_token(row.pk)}/rtl/")
    page.get_by_role("button", name="Mulai rencana").click()
    page.get_by_label("Apa kegiatannya?").fill("Kelas menjahit")
    page.get_by_label("Kapan selesai?").fill("2030-05-01")
    page.get_by_role("button", name="Tambah baris").click()
    nothing_wrong(page)
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_text("Diserahkan.", exact=False).first).to_be_visible()
    assert Plan.objects.get().handed_in_at is not None
    desk.goto(f"/kota/bimtek/{workshop.pk}/sesi/{lesson.pk}/layar/")
    nothing_wrong(desk)

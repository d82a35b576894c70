"""A need becomes an activity, people come, the report is written and its publicity noted: one tap from each to the next."""

from datetime import timedelta
from typing import Any

import pytest

from simpul.activities.models import Activity
from simpul.advocacy.models import Publicity
from simpul.core import clock
from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.surveys.actions import leave_voice
from simpul.surveys.models import Voice

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_a_need_to_publicity(signed_in_page: Any, page: Any, volunteer: Any, library: Any, nothing_wrong: Any) -> None:
    voice = leave_voice(library=library, text="Kelas menjahit tas", theme="skills", neighbourhood="RW 05",
                        phone="081234567890", by=VISITOR, at=clock.now() - timedelta(days=2), id=new_id())
    desk = signed_in_page(volunteer)
    desk.goto(f"/perpustakaan/{library.code}/suara/")
    desk.get_by_role("button", name="Catat", exact=True).click()
    desk.get_by_role("link", name="Rencanakan kegiatan").click()
    assert desk.locator("input[name=needs]").is_checked()
    desk.get_by_label("Apa nama kegiatannya?").fill("Kelas menjahit")
    begins = clock.now().astimezone(clock.JAKARTA) + timedelta(hours=2)
    desk.get_by_label("Hari", exact=True).fill(f"{begins:%Y-%m-%d}")
    desk.get_by_label("Mulai").fill(f"{begins:%H:%M}")
    desk.get_by_label("Selesai").fill(f"{begins + timedelta(hours=1):%H:%M}")
    desk.get_by_role("button", name="Simpan konsep").click()
    desk.get_by_role("button", name="Umumkan").click()
    desk.get_by_text("Sudah diumumkan").wait_for()
    desk.get_by_text("Kabari lewat WhatsApp").wait_for()  # who asked can be told
    activity = Activity.objects.get()
    voice.refresh_from_db()
    assert (voice.state, voice.answered_by) == (Voice.State.PLANNED, f"activities.Activity:{activity.pk}")

    page.goto(f"/kegiatan/{activity.gathering_id}/")
    page.get_by_label("Nama Anda").fill("Siti Aminah")
    page.get_by_label("Nomor WhatsApp").fill("081234567890")
    page.get_by_role("button", name="Daftarkan saya").click()
    page.get_by_text("Tunjukkan ini di pintu").wait_for()

    desk.get_by_role("link", name="Kehadiran").click()
    desk.get_by_role("button", name="Hadir P").click()
    desk.locator(".mark-row .chip-good").wait_for()
    desk.get_by_role("link", name="Hasil dan laporan").click()
    desk.get_by_label("Apa hasilnya?").fill("Satu tas jadi.")
    desk.get_by_role("button", name="Simpan dan buat laporan").click()
    desk.get_by_text("Catat tempat membagikannya").click()
    desk.locator("form[action$='siaran/'] select").select_option("instagram")
    desk.locator("form[action$='siaran/'] button").click()
    desk.locator("#siaran + ul.list").get_by_text("Instagram").wait_for()
    nothing_wrong(desk)
    desk.goto(f"/perpustakaan/{library.code}/kegiatan/{activity.pk}/")
    nothing_wrong(desk)
    desk.get_by_role("link", name="Manfaat kegiatan").click()
    nothing_wrong(desk)
    voice.refresh_from_db()
    assert (voice.state, Publicity.objects.get().channel) == (Voice.State.ANSWERED, "instagram")

"""From a plan to a registration on a resident's phone, the day at the door, and the report; axe on every page."""

from datetime import timedelta
from typing import Any

import pytest

from simpul.activities.models import Activity
from simpul.core import clock
from simpul.gatherings.models import Attendance, Registration

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LIST = "/perpustakaan/L001/kegiatan/"


def test_an_activity_from_plan_to_report(signed_in_page: Any, open_page: Any, volunteer: Any, library: Any,
                                         nothing_wrong: Any) -> None:
    desk = signed_in_page(volunteer)
    desk.goto(LIST)
    nothing_wrong(desk)
    desk.get_by_role("link", name="Rencanakan kegiatan").click()
    desk.get_by_label("Apa nama kegiatannya?").fill("Kelas menjahit")
    desk.get_by_label("Jenis").select_option("skills")
    begins = clock.now().astimezone(clock.JAKARTA) + timedelta(hours=2)
    desk.get_by_label("Hari", exact=True).fill(f"{begins:%Y-%m-%d}")
    desk.get_by_label("Mulai").fill(f"{begins:%H:%M}")
    desk.get_by_label("Selesai").fill(f"{begins + timedelta(hours=1):%H:%M}")
    desk.get_by_label("Jumlah tempat").fill("1")
    nothing_wrong(desk)
    desk.get_by_role("button", name="Simpan konsep").click()
    desk.get_by_role("button", name="Umumkan").click()
    desk.get_by_text("Sudah diumumkan").wait_for()
    nothing_wrong(desk)
    activity = Activity.objects.get()

    for name, number in (("Siti Aminah", "081234567890"), ("Ani", "081234567891")):  # two residents, one place
        phone = open_page(width=320, dark=True, scripts=name == "Ani")
        phone.goto(f"/kegiatan/{activity.gathering_id}/")
        phone.get_by_label("Nama Anda").fill(name)
        phone.get_by_label("Nomor WhatsApp atau alamat surel").fill(number)
        if name == "Ani":
            nothing_wrong(phone)
        phone.get_by_role("button", name="Daftarkan saya" if name != "Ani" else "Masuk daftar tunggu").click()
        phone.get_by_text("Anda di daftar tunggu, nomor 1" if name == "Ani" else "Tunjukkan ini di pintu").wait_for()
        if name == "Ani":
            nothing_wrong(phone)
    first, second = Registration.objects.order_by("number")

    session = activity.gathering.sessions.get()
    desk.goto(f"{LIST}{activity.pk}/sesi/{session.pk}/")
    nothing_wrong(desk)
    desk.locator(f"#attendance-row-{first.pk}").get_by_role("button", name="Hadir P").click()
    desk.locator(f"#attendance-row-{first.pk} .chip-good").wait_for()
    with desk.expect_response(lambda answer: answer.request.method == "POST"):
        desk.locator("#id_text").fill(second.code)
        desk.keyboard.press("Enter")
    desk.get_by_text("Ani: hadir").wait_for()
    desk.locator(f"#attendance-row-{second.pk} .chip-good").wait_for()
    desk.wait_for_function("document.getElementById('id_text').value === ''")
    nothing_wrong(desk)
    desk.locator("#id_name").fill("Pak RT")
    desk.get_by_role("button", name="Catat", exact=True).click()
    desk.get_by_text("Tercatat: Pak RT").wait_for()
    desk.get_by_role("link", name="Hitung tanpa nama").click()
    nothing_wrong(desk)
    desk.get_by_label("perempuan 6–12").first.fill("4")
    desk.get_by_role("button", name="Simpan hitungan").click()
    desk.get_by_text("Terhitung: 4 orang").wait_for()
    assert sum(Attendance.objects.present().values_list("count", flat=True)) == 7
    desk.get_by_role("link", name="Hasil dan laporan").click()
    desk.get_by_label("Apa hasilnya?").fill("Tujuh orang belajar menjahit.")
    desk.get_by_role("button", name="Simpan dan buat laporan").click()
    report = desk.locator("#teks").input_value()
    assert "Peserta: 7 orang\n" in report  # who the two others were is nobody's business: a group under five
    assert desk.get_by_role("link", name="Kirim laporan lewat WhatsApp").get_attribute("href").startswith(
        "https://wa.me/?text=")
    nothing_wrong(desk)
    for end in ("ubah/", "bahan/", "peserta/", "kabar/?tentang=pengingat", f"sesi/{session.pk}/daftar-hadir/"):
        desk.goto(f"{LIST}{activity.pk}/{end}")
        nothing_wrong(desk)
    for address in ("/kegiatan/", f"/kegiatan/{activity.gathering_id}/poster/"):
        phone.goto(address)
        nothing_wrong(phone)

"""A day of a motor library without a signal: every screen, by hand, then one tap of signal."""

import json
from datetime import timedelta
from typing import Any

import pytest

from simpul.activities.actions import Details, plan_activity
from simpul.activities.models import Activity, Photo
from simpul.circulation.models import Loan
from simpul.core import clock
from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven, publish_gathering, register
from simpul.gatherings.models import Attendance
from simpul.people.models import Member
from simpul.sync.models import Event
from simpul.visits.models import Visit
from tests.journeys.pocket import make_phone, photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
__all__ = ["make_phone"]


@pytest.fixture
def story_hour(library: Any, by_librarian: Any, settings: Any, tmp_path: Any) -> Activity:
    """It runs now; two children are registered."""
    settings.FILES_ROOT = tmp_path / "files"
    now = clock.now()
    at = now - timedelta(hours=3)
    activity = plan_activity(library=library, title="Dongeng Sabtu", details=Details(kind="skills"), sessions=[
        SessionGiven(now - timedelta(minutes=20), now + timedelta(minutes=60))], by=by_librarian, at=at, id=new_id())
    publish_gathering(gathering=activity.gathering, by=by_librarian, at=at, id=new_id())
    activity.gathering.refresh_from_db()
    for n, name in enumerate(("Ani Lestari", "Bagas Putra")):
        register(gathering=activity.gathering, name=name, phone=f"08123456789{n}", by=VISITOR, at=at, id=new_id())
    return activity


def test_a_day_without_a_signal(make_phone: Any, story_hour: Activity, make_member: Any, make_copy: Any,
                                nothing_wrong: Any) -> None:
    make_member("Siti Aminah", card="KARTU01")
    make_copy("Laskar Pelangi", code="B1")
    session = story_hour.gathering.sessions.get()
    phone = make_phone(height=1900)  # nothing lies half under a bar while axe looks
    page = phone.page
    page.get_by_role("link", name="Dongeng Sabtu").wait_for()  # the snapshot is here
    nothing_wrong(page)
    phone.lose_signal()

    phone.go("rombongan")
    page.get_by_role("button", name="Tambah satu: perempuan 6–12").click(click_count=3)
    page.get_by_role("button", name="Tambah satu: laki-laki 60+").click()
    nothing_wrong(page)
    page.get_by_role("button", name="Catat 4 orang").click()
    page.get_by_text("Dihitung: 4 orang").wait_for()

    phone.go("pengunjung")
    page.get_by_label("Kartu anggota").fill("KARTU01")
    page.keyboard.press("Enter")
    page.get_by_text("Pengunjung dengan kartu: Siti Aminah").wait_for()
    phone.visit()
    page.get_by_role("button", name="Urungkan").click()
    page.get_by_text("Diurungkan: Pengunjung: perempuan 6–12").wait_for()
    nothing_wrong(page)

    phone.go("pinjam")
    page.keyboard.type("B1\n")
    page.keyboard.type("KARTU01\n")
    page.get_by_text("Dipinjamkan: B1 kepada Siti Aminah").wait_for()
    page.keyboard.type("B1\n")
    page.get_by_text("Telepon ini meminjamkan buku ini kepada Siti Aminah").wait_for()
    nothing_wrong(page)
    phone.go("kembali")
    page.keyboard.type("B1\n")
    page.get_by_text("Kembali: B1").first.wait_for()
    nothing_wrong(page)

    phone.go("anggota")
    page.get_by_label("Nama", exact=True).fill("siti aminah")
    page.get_by_label("Tahun lahir").fill(str(clock.now().year - 9))
    page.get_by_label("Tahun lahir").press("Tab")
    page.get_by_label("Nama orang tua atau wali").fill("Ibu Rini")
    page.get_by_text("Orang tua atau wali setuju").click()
    nothing_wrong(page)
    page.get_by_role("button", name="Daftarkan").click()
    page.get_by_text("Anggota baru: siti aminah").wait_for()

    phone.go("kegiatan")
    nothing_wrong(page)
    page.get_by_role("link", name="Dongeng Sabtu").click()
    page.get_by_role("button", name="Ani Lestari").click()
    page.get_by_text("1 dari 2 hadir").wait_for()
    page.get_by_text("Ada yang datang langsung").click()
    page.locator("[data-part=walkin] .cell-button", has_text="60+").first.click()
    page.get_by_text("Datang langsung: perempuan 60+").wait_for()
    nothing_wrong(page)

    page.get_by_role("link", name="Tulis laporan").click()
    page.locator("[name=summary]").fill("Anak-anak menirukan suara kancil.")
    page.locator("#laporan-foto").set_input_files([{"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
    page.locator(".thumbs canvas").wait_for()
    page.get_by_role("button", name="Simpan laporan").click()
    page.get_by_text("Apakah orang-orang tahu tentang foto ini?").wait_for()
    page.get_by_text("Ya, sudah diberi tahu").click()
    nothing_wrong(page)
    page.get_by_role("button", name="Simpan laporan").click()
    page.get_by_text("Laporan: Dongeng Sabtu").wait_for()

    phone.go("hari-ini")
    page.locator(".records > li").nth(8).wait_for()
    nothing_wrong(page)
    phone.go("telepon")
    page.get_by_role("button", name="Lepaskan telepon ini").click()
    page.get_by_text("Masih ada catatan yang menunggu").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Simpan ke berkas").click()
    rescued = json.loads(download.value.path().read_text())
    nothing_wrong(page)
    phone.find_signal()
    phone.says("9 dari 9 tersimpan di kota")

    states = list(Event.objects.order_by("seq").values_list("kind", "state"))
    assert [kind for kind, _ in states] == [
        "visit.tallied", "visit.recorded", "visit.recorded", "event.undone", "loan.lent", "loan.returned", "member.enrolled",
        "attendance.marked", "attendance.walked_in", "activity.reported"]
    assert {state for kind, state in states if kind != "member.enrolled"} == {"applied"}
    assert sum(Visit.objects.valid().values_list("count", flat=True)) == 7  # 4 counted, 1 card, 2 at the story hour
    assert (Loan.objects.count(), Loan.objects.open().count(), Member.objects.count()) == (1, 0, 2)
    assert sorted(Attendance.objects.valid().filter(session=session).values_list("state", "how")) == [
        ("present", "registered"), ("present", "walk_in")]
    story_hour.refresh_from_db()
    assert (story_hour.result, Photo.objects.count()) == ("Anak-anak menirukan suara kancil.", 1)
    told = json.loads(Event.objects.get(kind="activity.reported").text or "{}")
    assert (rescued["format"], len(rescued["events"]), len(rescued["photos"])) == ("simpul-sync-1", 10, 1)
    if told:
        assert told["payload"]["photos"][0]["size"] <= 400_000


def test_every_screen_in_the_dark_at_320_px(make_phone: Any, story_hour: Activity, nothing_wrong: Any) -> None:
    phone = make_phone(width=320, height=1900)
    page = phone.page
    page.emulate_media(color_scheme="dark")
    page.get_by_role("link", name="Dongeng Sabtu").wait_for()
    session = story_hour.gathering.sessions.get()
    for place in ("pengunjung", "rombongan", "pinjam", "kembali", "anggota", "kegiatan", f"sesi/{session.pk}",
                  f"laporan/{session.pk}", "laporan/baru", "hari-ini", "telepon"):
        phone.go(place)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, place
        if place in ("pengunjung", "anggota", "telepon"):  # the same colours stand on all of them
            nothing_wrong(page)

"""Pages of activities: who sees what, what comes out literally, at which cost."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from simpul.activities.models import Activity
from simpul.activities.tests.test_actions import photo
from simpul.catalogue.search.index import index_titles
from simpul.core.ids import new_id
from simpul.gatherings.actions import HeadCell, count_heads
from simpul.gatherings.models import Attendance, Gathering, Registration
from simpul.visits.models import Visit

LIST = "/perpustakaan/L001/kegiatan/"
HOSTILE = '<img src=x onerror=alert(1)>=HYPERLINK("http://x")'


@pytest.fixture(autouse=True)
def now(at: datetime) -> Any:
    """The pages' clock stands at the moment of the tests."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def desk(sign_in: Any, volunteer: Any) -> Client:
    return sign_in(volunteer)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def own(activity: Activity, *rest: str) -> str:
    return f"{LIST}{activity.pk}/" + "".join(f"{part}/" for part in rest)


def day_page(activity: Activity, *rest: Any) -> str:
    return own(activity, "sesi", str(activity.gathering.sessions.first().pk), *map(str, rest))


def test_from_a_plan_to_a_report_at_the_desk(desk: Client, library: Any, at: datetime) -> None:
    """The whole road, as a volunteer goes it."""
    answer = desk.post(LIST + "baru/", {
        "change": new_id(), "title": "Membaca nyaring", "kind": "reading_aloud", "day": "2026-03-10", "starts": "09:30",
        "ends": "11:00", "times": "1", "capacity": "2", "takes_registrations": "on", "place": ""})
    activity = Activity.objects.get()
    assert answer["Location"] == own(activity)
    assert Client().get(f"/kegiatan/{activity.gathering_id}/").status_code == 404  # a draft
    desk.post(own(activity, "terbit"), {"change": new_id()})
    activity.gathering.refresh_from_db()
    assert activity.gathering.is_published
    desk.post(own(activity, "peserta"), {"change": new_id(), "name": "Ani", "phone": "081234567890"})
    row = Registration.objects.get()
    page = text_of(desk.get(day_page(activity)))
    assert f'id="attendance-row-{row.pk}"' in page
    desk.post(day_page(activity, "hadir", row.pk), {"change": new_id(), "state": "present:P"})
    desk.post(day_page(activity, "tamu"), {"change": new_id(), "name": "", "cell": "L:60+"})
    desk.post(day_page(activity, "hitungan"), {"change": new_id(), "P:6-12": "5", "P:6-12:d": "1", "L:6-12": "3"})
    assert "<strong>10</strong> hadir (L 4, P 6)" in text_of(desk.get(day_page(activity)))
    assert sum(Visit.objects.valid().values_list("count", flat=True)) == 10
    desk.post(own(activity, "hasil"), {"change": new_id(), "result": "Anak-anak senang.", "cost": "Rp 150.000"})
    page = text_of(desk.get(own(activity, "hasil")))
    assert re.findall(r"Peserta: .*", page)[0] == "Peserta: 10 orang"
    assert "https://wa.me/?text=%2AMembaca%20nyaring%2A" in page
    activity.refresh_from_db()
    assert (activity.cost, activity.reported_at) == (150_000, at)


def test_everybody_registers_in_two_fields_and_learns_the_truth_about_waiting(plan: Any) -> None:
    activity = plan(capacity=1)
    address = f"/kegiatan/{activity.gathering_id}/"
    browser = Client()
    assert "Masih ada 1 tempat." in text_of(browser.get(address))
    first = browser.post(address, {"change": new_id(), "name": "Ani", "phone": "081234567890"})
    assert re.fullmatch(r"/tiket/[0-9a-f]{40}/", first["Location"])
    assert "Anda mendapat tempat." in text_of(browser.get(first["Location"]))
    second = Client().post(address, {"change": new_id(), "name": "Budi", "phone": "081234567891"})
    assert "Anda di daftar tunggu, nomor 1" in text_of(Client().get(second["Location"]))
    assert "Semua tempat sudah terisi; 1 orang menunggu" in text_of(browser.get(address))
    wrong = browser.post(address, {"change": new_id(), "name": "Cici", "phone": "bukan nomor"})
    assert (wrong.status_code, 'value="Cici"' in text_of(wrong)) == (422, True)
    assert Registration.objects.count() == 2


def test_a_double_click_is_one_registration(plan: Any) -> None:
    address, change = f"/kegiatan/{plan().gathering_id}/", new_id()
    answers = [Client().post(address, {"change": change, "name": "Ani", "phone": "081234567890"}) for _n in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Registration.objects.count() == 1


def test_hostile_words_come_out_literally_everywhere(
        plan: Any, desk: Client, sign_up: Any, volunteer: Any, by_volunteer: Any, at: datetime) -> None:
    activity = plan(title=HOSTILE, summary=HOSTILE, after=(-1,))
    Gathering.objects.update(registers_until=at + timedelta(days=1))
    activity.gathering.refresh_from_db()
    sign_up(activity, HOSTILE)
    desk.post(own(activity, "narasumber"), {
        "speaker-change": new_id(), "speaker-name": HOSTILE, "speaker-institution": HOSTILE})
    desk.post(own(activity, "dukungan"), {
        "gift-change": new_id(), "gift-partner": HOSTILE, "gift-gift": "goods", "gift-what": HOSTILE, "gift-worth": "1.000"})
    desk.post(day_page(activity, "tamu"), {"change": new_id(), "name": HOSTILE, "cell": ":"})
    desk.post(own(activity, "hasil"), {"change": new_id(), "result": HOSTILE})
    pages = [LIST, own(activity), own(activity, "ubah"), own(activity, "bahan"), own(activity, "peserta"),
             own(activity, "kabar") + "?tentang=pengingat", day_page(activity), day_page(activity, "daftar-hadir"),
             own(activity, "hasil"), f"/kegiatan/{activity.gathering_id}/", f"/kegiatan/{activity.gathering_id}/poster/",
             "/kegiatan/", "/perpustakaan/L001/hari-ini/"]
    for address in pages:
        answer = desk.get(address)
        assert answer.status_code == 200, address
        assert "<img src=x" not in text_of(answer), address
        assert "&lt;img src=x onerror=alert(1)&gt;=HYPERLINK" in text_of(answer), address
    sheet = text_of_stream(desk.get("/angka/activities/?library=L001&format=csv&from=2026-03-01&to=2026-03-31"))
    assert "<img src=x onerror" in sheet  # a sheet holds the text itself; formulas are defused by their quote
    raw = Client().get(f"/kegiatan/{activity.gathering_id}/kalender.ics").content
    assert str(Calendar.from_ical(raw).walk("VEVENT")[0]["summary"]) == HOSTILE


def text_of_stream(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_a_formula_as_a_title_is_no_formula_in_a_sheet(plan: Any, desk: Client) -> None:
    plan(title="=HYPERLINK(\"http://x\")", after=(-24,))
    sheet = text_of_stream(desk.get("/angka/sessions/?library=L001&format=csv&from=2026-03-01&to=2026-03-31"))
    assert "'=HYPERLINK" in sheet
    assert re.search(r'(^|,)"?=HYPERLINK', sheet, re.MULTILINE) is None


def test_who_does_not_serve_here_sees_announced_things_only(
        plan: Any, sign_in: Any, stranger: Any, mentor: Any, coordinator: Any, sign_up: Any) -> None:
    draft, inner, shown = plan(is_draft=True), plan(is_public=False), plan()
    row = sign_up(shown)
    for account in (stranger, mentor, coordinator):
        browser = sign_in(account)
        for address in (LIST, own(shown), own(shown, "peserta"), day_page(shown), own(shown, "hasil")):
            assert browser.get(address).status_code == 404, (account.name, address)
        assert browser.post(day_page(shown, "hadir", row.pk), {"state": "present:"}).status_code == 404
    for activity, status in ((draft, 404), (inner, 404), (shown, 200)):
        for end in ("", "kalender.ics", "poster/"):
            assert Client().get(f"/kegiatan/{activity.gathering_id}/{end}").status_code == status
    assert row.name not in text_of(Client().get(f"/kegiatan/{shown.gathering_id}/"))
    assert Attendance.objects.count() == 0


def test_rows_of_another_activity_are_not_there(plan: Any, desk: Client, sign_up: Any) -> None:
    mine, other = plan(after=(-1,)), plan(after=(24,))
    row = sign_up(other)
    assert desk.post(day_page(mine, "hadir", row.pk), {"state": "present:"}).status_code == 404
    assert desk.post(own(mine, "peserta", str(row.pk), "mundur")).status_code == 404
    session = other.gathering.sessions.get().pk
    assert desk.get(own(mine, "sesi", str(session))).status_code == 404


def test_a_moved_day_is_told_one_by_one(plan: Any, desk: Client, sign_up: Any) -> None:
    activity = plan()
    row = sign_up(activity)
    with time_machine.travel(datetime.fromisoformat("2026-03-10T04:00:00+00:00"), tick=False):
        answer = desk.post(day_page(activity, "pindah"), {
            "change": new_id(), "day": "2026-03-14", "starts": "13:00", "ends": "15:00", "place": "Balai RW 03"})
        assert answer["Location"] == own(activity, "kabar")
        page = text_of(desk.get(own(activity, "kabar")))
        assert "https://wa.me/6281234567890?text=Halo%20Siti%20Aminah" in page
        assert "14%20Maret%202026%2C%2013.00" in page
        desk.post(own(activity, "kabar", str(row.pk)), {"change": new_id()})
        assert "wa.me" not in text_of(desk.get(own(activity, "kabar")))
    assert "dipindah" in text_of(Client().get(f"/kegiatan/{activity.gathering_id}/"))


def test_htmx_marks_a_name_and_takes_it_back(plan: Any, desk: Client, sign_up: Any) -> None:
    activity = plan(after=(1,))
    row = sign_up(activity)
    answer = desk.post(day_page(activity, "hadir", row.pk), {"change": new_id(), "state": "present:P"},
                       headers={"HX-Request": "true"})
    page = text_of(answer)
    assert (f'id="attendance-row-{row.pk}"' in page, "<html" in page) == (True, False)
    assert "<strong>1</strong> hadir (L 0, P 1)" in page
    mark = Attendance.objects.get()
    page = text_of(desk.post(day_page(activity, "tanda", mark.pk, "batal"), {"change": new_id()},
                             headers={"HX-Request": "true"}))
    assert "<strong>0</strong> hadir" in page
    page = text_of(desk.post(day_page(activity, "pindai"), {"change": new_id(), "text": row.code},
                             headers={"HX-Request": "true"}))
    assert "Siti Aminah: hadir" in page
    page = text_of(desk.post(day_page(activity, "pindai"), {"change": new_id(), "text": "APA INI"},
                             headers={"HX-Request": "true"}))
    assert 'role="alert"' in page


def test_the_public_list_filters_in_the_address_and_shows_twenty(plan: Any, desk: Client) -> None:
    for n in range(21):
        plan(title=f"Kelas {n}", kind="health" if n else "ict", after=(24 + n,))
    browser = Client()
    assert len(re.findall(r'href="/kegiatan/[0-9a-f-]{36}/"', text_of(browser.get("/kegiatan/")))) == 20
    assert len(re.findall(r'href="/kegiatan/[0-9a-f-]{36}/"', text_of(browser.get("/kegiatan/?page=2")))) == 1
    page = text_of(browser.get("/kegiatan/?jenis=ict&di=36.71.01.1007&dari=2026-03-10"))
    assert re.findall(r"<strong>(Kelas \d+)</strong>", page) == ["Kelas 0"]
    assert "Tidak ada yang cocok" in text_of(browser.get("/kegiatan/?di=36.71.01.1001"))
    for broken in ("?dari=kemarin", "?page=999", "?dari=0001-01-01"):
        assert browser.get("/kegiatan/" + broken).status_code == 200
    feed = Calendar.from_ical(browser.get("/kegiatan/kalender.ics").content)
    assert len(feed.walk("VEVENT")) == 21


@pytest.mark.parametrize("address", ["/kegiatan/", LIST])
def test_lists_ask_the_same_for_one_and_for_three(address: str, plan: Any, desk: Client,
                                                  django_assert_max_num_queries: Any) -> None:
    def cost() -> int:
        with django_assert_max_num_queries(40) as counted:
            assert desk.get(address).status_code == 200
        return len(counted)

    plan()
    cost()
    one = cost()
    plan()
    plan()
    assert cost() == one


def test_pages_of_one_activity_ask_the_same_for_one_and_for_three_names(
        plan: Any, desk: Client, sign_up: Any, django_assert_max_num_queries: Any) -> None:
    activity = plan(after=(1,))
    pages = [own(activity), own(activity, "peserta"), own(activity, "kabar") + "?tentang=pengingat", day_page(activity),
             day_page(activity, "daftar-hadir"), f"/kegiatan/{activity.gathering_id}/"]

    def costs() -> list[int]:
        found = []
        for address in pages:
            with django_assert_max_num_queries(40) as counted:
                assert desk.get(address).status_code == 200
            found.append(len(counted))
        return found

    sign_up(activity, "Ani", "081200000001")
    costs()
    one = costs()
    sign_up(activity, "Budi", "081200000002")
    sign_up(activity, "Citra", "081200000003")
    assert costs() == one


def test_a_public_page_is_light(plan: Any) -> None:
    page = Client().get(f"/kegiatan/{plan(summary='Ayo datang. ' * 100).gathering_id}/").content
    assert len(page) < 20_000  # styles and scripts are 40 KiB at most, see the journeys


def test_a_picture_is_seen_by_the_staff_and_when_public_by_all(
        plan: Any, desk: Client, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    activity = plan()
    for public in (False, True):
        answer = desk.post(own(activity, "foto"), {
            "photo-change": new_id(), "photo-picture": photo(), "photo-caption": HOSTILE,
            **({"photo-is_public": "on", "photo-has_photo_notice": "on"} if public else {})})
        assert answer.status_code == 302
    inner, shown = activity.photos.order_by("is_public")
    seen = desk.get(own(activity, "foto", str(inner.pk)))
    assert b"".join(seen.streaming_content)
    assert seen.status_code == 200
    assert Client().get(f"/kegiatan/{activity.gathering_id}/foto/{inner.pk}/").status_code == 404
    answer = Client().get(f"/kegiatan/{activity.gathering_id}/foto/{shown.pk}/")
    assert b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    refused = desk.post(own(activity, "foto"), {
        "photo-change": new_id(), "photo-picture": SimpleUploadedFile("foto.jpg", svg)})
    assert refused.status_code == 422
    assert activity.photos.count() == 2


def test_the_bar_and_today_lead_to_activities(plan: Any, desk: Client) -> None:
    activity = plan(after=(2,))
    page = text_of(desk.get("/perpustakaan/L001/hari-ini/"))
    assert re.findall(r'<nav class="bar.*?</nav>', page, re.DOTALL)[0].count("<a ") == 5
    assert (f'href="{LIST}"' in page, day_page(activity) in page) == (True, True)
    assert re.search(r"<strong>Anggota</strong>", text_of(desk.get("/perpustakaan/L001/lainnya/")))
    assert 'href="/kegiatan/"' in text_of(Client().get("/"))


def test_a_book_is_found_and_chosen(plan: Any, desk: Client, make_copy: Callable[..., Any]) -> None:
    copy = make_copy("Laskar Pelangi")
    index_titles([copy.title_id])
    activity = plan()
    page = text_of(desk.post(own(activity, "buku"), {"book-change": new_id(), "book-text": "laskar"}))
    assert "Laskar Pelangi" in page
    desk.post(own(activity, "buku"), {"change": new_id(), "title": copy.title_id})
    assert activity.books.get().title_id == copy.title_id
    assert "Tidak ada buku" in text_of(desk.post(own(activity, "buku"), {"book-change": new_id(), "book-text": "zzz"}))


def test_the_desk_takes_somebody_out(plan: Any, desk: Client, sign_up: Any, by_volunteer: Any) -> None:
    activity = plan(capacity=1)
    first, second = sign_up(activity, "Ani"), sign_up(activity, "Budi")
    desk.post(own(activity, "peserta", str(first.pk), "mundur"), {"change": new_id()})
    second.refresh_from_db()
    assert second.state == "in"
    page = text_of(desk.get(own(activity)))
    assert "Kabari lewat WhatsApp" in page


def test_every_page_of_the_day_and_after_it_is_reached_from_the_activity(
        plan: Any, sign_up: Any, library: Any, volunteer: Any, sign_in: Any, by_librarian: Any, at: Any) -> None:
    activity = plan(after=(-24,))
    session = activity.gathering.sessions.get()
    browser, here = sign_in(volunteer), f"/perpustakaan/{library.code}"
    address = f"{here}/kegiatan/{activity.pk}/"
    sheet, outcomes = f"{here}/daftar-hadir/{session.pk}/", f"{here}/dampak/{activity.gathering_id}/"
    day = browser.get(f"{address}sesi/{session.pk}/").content.decode()
    assert [to in day for to in (sheet, f"{address}sesi/{session.pk}/hitungan/")] == [True, True]
    assert f'href="{sheet}"' in browser.get(f"{address}sesi/{session.pk}/daftar-hadir/").content.decode()
    assert f'href="{outcomes}"' in browser.get(address).content.decode()
    count_heads(session=session, cells=[HeadCell("P", "18-59", False, 7)], by=by_librarian, at=at, id=new_id())
    page = browser.get(address).content.decode()
    assert [f'href="{to}"' in page for to in (
        outcomes, f"{address}hasil/", f"{here}/cerita/baru/", f"{here}/advokasi/")] == [True] * 4
    for back, to in ((sheet, f"{address}sesi/{session.pk}/"), (outcomes, address)):
        assert f'href="{to}"' in browser.get(back).content.decode()

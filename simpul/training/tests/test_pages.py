"""The pages of workshops, as they are tapped: the office, a library, a participant on her phone."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from conftest import NOON
from simpul.accounts.models import Account
from simpul.certificates.actions import issue_batch
from simpul.certificates.models import Batch
from simpul.core.ids import new_id
from simpul.libraries.models import Library
from simpul.plans.models import Plan
from simpul.training.actions import announce_workshop, copy_workshop, invite_libraries, name_participant, settle
from simpul.training.models import Invitation, Participant, Presence, Sheet, Workshop
from simpul.training.next_steps import invited, plan_missing
from simpul.training.tests.conftest import DAY_ONE, FIRST, LAST_HOUR
from simpul.training.tests.test_workshop import RIGHT, fill, hand_in, lesson_of
from simpul.training.tokens import participant_token, screen_code

NASTY = "<img src=x onerror=alert(1)> #panic() =1+1"
CITY = "/kota/bimtek/"


def post(browser: Client, path: str, **given: Any) -> Any:
    return browser.post(path, {"change": str(new_id())} | given)


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("papan.jpg", out.getvalue(), "image/jpeg")


def link(row: Participant) -> str:
    return f"/bimtek/saya/{participant_token(row.pk)}/"


@pytest.fixture
def office(sign_in: Any, coordinator: Account) -> Client:
    return sign_in(coordinator)


@pytest.fixture
def here(workshop: Workshop) -> str:
    return f"{CITY}{workshop.pk}/"


def test_the_office_plans_changes_and_opens_a_workshop(office: Client, host: Library) -> None:
    assert "Belum ada bimtek" in office.get(CITY).content.decode()
    assert post(office, CITY + "baru/", programme="replication", first_on="2026-03-17").status_code == 422
    answer = post(office, CITY + "baru/", programme="replication", first_on="2026-03-17", library=str(host.pk), venue=NASTY)
    workshop = Workshop.objects.get()
    here = f"{CITY}{workshop.pk}/"
    assert answer["Location"] == here
    given = {"title": "Bimtek", "quota": 3, "capacity": 40, "min_present": 75, "late_limit": 20, "aims": NASTY,
             "is_public": "on", "needs_plan": "on", "organiser": "DPAD"}
    assert post(office, here + "ubah/", **(given | {"min_present": 101})).status_code == 422
    assert post(office, here + "ubah/", **given).status_code == 302
    first = workshop.lessons.first()
    lesson = {"title": "Literasi data", "kind": "topic", "day": "2026-03-17", "starts": "16:30", "ends": "18:00", "jp": 2}
    assert post(office, here + "sesi/baru/", **(lesson | {"ends": "16:00"})).status_code == 422
    for path in ("sesi/baru/", f"sesi/{first.pk}/ubah/"):
        assert post(office, here + path, **lesson).status_code == 302
    post(office, f"{here}sesi/{first.pk}/keluarkan/")
    post(office, f"{here}sesi/{first.pk}/masukkan/")
    assert workshop.lessons.filter(title="Literasi data", removed_at__isnull=True).count() == 2
    post(office, here + "narasumber/baru/", name="Sutisna", office="DPAD", biography=NASTY)
    speaker = workshop.speakers.get()
    assert post(office, f"{here}narasumber/{speaker.pk}/", name=" ").status_code == 422
    post(office, here + "anggaran/baru/", label="Konsumsi", quantity=80, unit="orang", price="Rp 45.000")
    line = workshop.budget.get(label="Konsumsi")
    assert line.total == 3_600_000
    assert f"/bimtek/{workshop.pk}/" not in office.get(here).content.decode().replace(here, "")
    assert Client().get(f"/bimtek/{workshop.pk}/").status_code == 404  # a draft
    assert post(office, here + "buka/")["Location"] == here + "undangan/"
    page = Client().get(f"/bimtek/{workshop.pk}/").content.decode()
    assert ("<img src=x" in page, "Sutisna" in page, "Literasi data" in page) == (False, False, True)
    for path in (f"narasumber/{speaker.pk}/keluarkan/", f"anggaran/{line.pk}/keluarkan/"):
        assert post(office, here + path)["Location"] == here
    copied = post(office, here + "salin/", first_on="2026-10-06")["Location"]
    assert (copied != here, Workshop.objects.count()) == (True, 2)
    post(office, here + "batalkan/")
    assert "dibatalkan" in office.get(here).content.decode()


def test_invitations_by_one_tap_with_a_ready_message(
        office: Client, here: str, workshop: Workshop, make_library: Any, library: Library) -> None:
    make_library(code="L100"), make_library(code="L101")
    page = office.get(here + "undangan/").content.decode()
    assert ("belum pernah dilatih" in page, page.count("wa.me")) == (True, 2)
    assert "perpustakaan/L001/bimtek/" in page
    post(office, here + "undangan/undang/", pertama="1")
    assert workshop.invitations.count() == 4
    row = workshop.invitations.get(library=library)
    post(office, f"{here}undangan/{row.pk}/terkirim/")
    assert post(office, f"{here}undangan/{row.pk}/kuota/", quota=5).status_code == 302
    assert post(office, f"{here}undangan/{row.pk}/kuota/", quota=0).status_code == 422
    row.refresh_from_db()
    assert (row.quota, row.told_at is not None) == (5, True)


def test_a_library_names_its_people_and_they_confirm_by_link(
        sign_in: Any, librarian: Account, stranger: Account, workshop: Workshop, library: Library, afterwards: Any) -> None:
    afterwards.move_to(NOON)
    desk, row = sign_in(librarian), workshop.invitations.get(library=library)
    mine = "/perpustakaan/L001/bimtek/"
    assert sign_in(stranger).get(mine).status_code == 404
    assert invited(library, NOON.date()).urgency == 3
    assert post(desk, f"{mine}{row.pk}/tidak-ikut/", because="Ujian").status_code == 302
    assert "Ujian" in desk.get(mine).content.decode()
    assert post(desk, f"{mine}{row.pk}/baru/", name="Sari", phone="12").status_code == 422
    given = {"name": "Sari Utami", "phone": "081234567890", "role": "Pengelola", "sex": "P"}
    assert post(desk, f"{mine}{row.pk}/baru/", **given).status_code == 302
    who = Participant.objects.get()
    assert Invitation.objects.get(pk=row.pk).declined_at is None
    assert "Jawab" in str(invited(library, FIRST - timedelta(days=7)).action)  # now the baseline
    phone = Client()
    assert "Apakah Anda datang" in phone.get(link(who)).content.decode()
    post(phone, link(who) + "datang/")
    post(phone, link(who) + "tidak-datang/")
    post(phone, link(who) + "datang/")
    who.refresh_from_db()
    assert who.has_place
    assert post(desk, f"{mine}peserta/{who.pk}/ganti/", name="Budi", phone="081200000002").status_code == 302
    second = Participant.objects.get(name="Budi")
    assert (phone.get(link(who)).status_code, phone.get(link(second)).status_code) == (404, 200)
    post(desk, f"{mine}peserta/{second.pk}/tarik/")
    assert Participant.objects.get(pk=second.pk).state == "declined"
    assert phone.get("/bimtek/saya/" + "0" * 40 + "/").status_code == 404


def test_the_code_on_the_screen_and_the_tap(office: Client, here: str, workshop: Workshop, come: Any, afterwards: Any) -> None:
    row, lesson = come(), lesson_of(workshop, "Transformasi")
    afterwards.move_to(DAY_ONE)
    shown = office.get(f"{here}sesi/{lesson.pk}/layar/")
    assert (shown["Refresh"], shown["Cache-Control"], "0 dari 1 hadir" in shown.content.decode()) == ("30", "no-store", True)
    path = f"/bimtek/hadir/{lesson.pk}/{screen_code(lesson.pk, DAY_ONE)}/"
    phone = Client()
    assert "belum mengenal Anda" in phone.get(path).content.decode()
    phone.get(link(row))
    page = phone.get(path).content.decode()
    entrance = re.search(r'name="masuk" value="([^"]+)"', page)
    assert entrance is not None
    other = Client()
    other.get(link(row))
    target = f"{link(row)}hadir/{lesson.pk}/"
    post(other, target, masuk=entrance[1])  # the pass was another browser's
    post(phone, target)
    assert Presence.objects.count() == 0
    post(phone, target, masuk=entrance[1])
    post(phone, target, masuk=entrance[1])
    assert [(one.how, one.late) for one in Presence.objects.all()] == [("code", 5)]
    afterwards.move_to(DAY_ONE + timedelta(seconds=61))
    gone = phone.get(path)
    assert (gone.status_code, "tidak berlaku lagi" in gone.content.decode()) == (410, True)


def test_ticks_paper_and_who_went_home(office: Client, here: str, workshop: Workshop, come: Any) -> None:
    row, lesson = come(confirmed=False), lesson_of(workshop, "Advokasi")
    mark = f"{here}sesi/{lesson.pk}/hadir/{row.pk}/"
    assert post(office, mark, terlambat="15")["Location"] == f"{here}sesi/{lesson.pk}/hadir/#p-{row.pk}"
    assert "15 menit terlambat" in office.get(f"{here}sesi/{lesson.pk}/hadir/").content.decode()
    post(office, mark + "hapus/")
    post(office, mark, terlambat="-1; DROP")
    assert [one.late for one in Presence.objects.valid()] == [0]
    assert post(office, f"{here}hari/{lesson.day_id}/", hadir=[str(row.pk), "x"])["Location"] == here
    assert Presence.objects.valid().count() == 5
    assert office.get(f"{here}hari/{lesson.day_id}/").status_code == 200
    for name in ("pulang", "kembali", "diberi-tahu", "datang", "tidak-datang"):
        assert post(office, f"{here}peserta/{row.pk}/{name}/")["Location"] == here + "peserta/"
    row.refresh_from_db()
    assert (row.left_at, row.state, row.told_at is not None) == (None, "confirmed", True)  # she was there: no declining


def test_the_office_names_filters_and_replaces(office: Client, here: str, come: Any, library: Library,
                                               other_library: Library) -> None:
    come(), come(of=other_library, confirmed=False)
    assert post(office, here + "peserta/baru/", library=str(library.pk), name="Ani", phone="ani@contoh.id").status_code == 302
    names = ("", "belum", "menunggu", "ganda", "x")
    pages = {name: office.get(f"{here}peserta/?tampil={name}").content.decode() for name in names}
    assert {name: page.count('id="p-') for name, page in pages.items()} == {"": 3, "belum": 2, "menunggu": 0, "ganda": 2, "x": 3}
    assert ("mailto:ani@contoh.id" in pages[""], "juga dicalonkan" in pages["ganda"]) == (True, True)
    row = Participant.objects.get(name="Ani")
    assert post(office, f"{here}peserta/{row.pk}/ganti/", name="", phone="0812").status_code == 422
    assert post(office, f"{here}peserta/{row.pk}/ganti/", name="Ida", phone="081200000044").status_code == 302


def test_tests_on_the_phone_and_from_paper(office: Client, here: str, come: Any, afterwards: Any) -> None:
    row = come()
    phone = Client()
    afterwards.move_to(NOON)
    assert phone.get(link(row) + "tes/before/").status_code == 302
    assert phone.get(link(row) + "tes/never/").status_code == 404
    afterwards.move_to(DAY_ONE)
    answers = {f"q_{key}": place for key, place in RIGHT.items()}
    assert post(phone, link(row) + "tes/before/").status_code == 422
    assert post(phone, link(row) + "tes/before/", **(answers | {"q_role": 1}))["Location"] == link(row)
    assert phone.get(link(row) + "tes/before/").status_code == 302
    paper = f"{here}peserta/{row.pk}/tes/after/"
    assert office.get(paper).status_code == 200
    assert post(office, paper, **answers)["Location"] == here + "tes/"
    page = office.get(here + "tes/").content.decode()
    assert ("n = 1" in page, "9/10" in page, "10/10" in page, "100%" in page) == (True, True, True, True)
    post(office, f"{here}peserta/{row.pk}/tes/after/keluarkan/")
    assert Sheet.objects.filter(voided_at__isnull=True).count() == 1
    assert post(office, here + "tes/kunci/", q_role=1).status_code == 302
    assert Sheet.objects.get(voided_at__isnull=True).points == 1
    assert post(office, here + "tes/kunci/").status_code == 422


def test_the_plan_on_a_phone_and_from_the_flip_chart(office: Client, here: str, come: Any, library: Library, sign_in: Any,
                                                     librarian: Account) -> None:
    row = come()
    phone, mine = Client(), link(come("Budi", "081200000002")) + "rtl/"
    assert "Mulai rencana" in phone.get(link(row) + "rtl/").content.decode()
    assert post(phone, link(row) + "rtl/mulai/", picture=SimpleUploadedFile("x.svg", b"<svg/>")).status_code == 422
    post(phone, link(row) + "rtl/mulai/")
    post(phone, mine + "mulai/", picture=photo())
    plan = Plan.objects.get()
    assert (plan.library, plan.flip_chart_id is not None, plan.origin) == (library, True, row.workshop.origin)
    assert post(phone, mine, activity="", due_on="2026-05-01").status_code == 422
    for n in range(2):
        assert post(phone, mine, activity=f"{NASTY} {n}", due_on="2026-05-01").status_code == 302
    post(phone, f"{mine}{plan.steps.first().pk}/keluarkan/")
    post(phone, mine + "serahkan/")
    plan.refresh_from_db()
    assert (plan.state, plan.steps.standing().count(), plan.follow_ups.count()) == ("handed_in", 1, 3)
    assert "<img src=x" not in phone.get(mine).content.decode()
    assert "1 dari 1 perpustakaan" in office.get(here + "rtl/").content.decode()
    assert sign_in(librarian).get(f"/perpustakaan/L001/rencana/{plan.pk}/").status_code == 200
    assert phone.get(f"/perpustakaan/L001/rencana/{plan.pk}/").status_code == 302  # her link opens nothing else


def test_certificates_before_the_closing(office: Client, here: str, workshop: Workshop, come: Any, attend: Any, who: Any,
                                         library: Library) -> None:
    whole, part = come(), come("Budi", "081200000002")
    phone = Client()
    assert phone.get(link(whole) + "sertifikat/", follow=True).content.decode().count("hadir (0 dari 7 sesi") == 1
    attend(whole), attend(part, 1)
    assert plan_missing(library, FIRST + timedelta(days=3)) is not None
    fill(whole, "after", 9, LAST_HOUR)
    hand_in(whole)
    assert plan_missing(library, FIRST + timedelta(days=3)) is None
    page = office.get(here + "sertifikat/").content.decode()
    assert "kurang: hadir (1 dari 7 sesi, perlu 80%), post-test" in page
    assert post(office, f"{here}peserta/{part.pk}/kecualikan/", reason=" ").status_code == 422
    post(office, f"{here}peserta/{part.pk}/kecualikan/", reason="Sakit hari kedua")
    assert "Sakit hari kedua" in office.get(here + "sertifikat/").content.decode()
    post(office, f"{here}peserta/{part.pk}/kecualikan/batal/")
    answer = post(office, here + "sertifikat/siapkan/")
    batch = Batch.objects.get()
    assert answer["Location"] == f"/sertifikat/kelola/{batch.pk}/" or str(batch.pk) in answer["Location"]
    issue_batch(batch=batch, **who(LAST_HOUR))
    settle(workshop=workshop, **who(LAST_HOUR))  # again, after the issue: nothing changes
    location = phone.get(link(whole) + "sertifikat/")["Location"]
    assert phone.get(location).status_code == 200
    assert "Sertifikat saya" in phone.get(link(whole)).content.decode()


def test_the_folder_is_one_pdf_and_no_field_holds_a_number_of_identity(
        office: Client, here: str, workshop: Workshop, come: Any, attend: Any) -> None:
    attend(come())
    assert "Masih kosong" in office.get(here + "spj/").content.decode()
    post(office, here + "spj/", minutes=NASTY + "\n#set page", report="$x$ *tebal*")
    assert post(office, here + "spj/foto/", picture=photo(), caption=NASTY).status_code == 302
    post(office, here + "spj/foto/", picture=SimpleUploadedFile("x.svg", b"<svg/>"))
    kept = workshop.photos.get()
    shown = office.get(f"{here}spj/foto/{kept.pk}/")
    assert (shown["Content-Type"].split(";")[0], bool(b"".join(shown.streaming_content))) == ("image/jpeg", True)
    office_pdf = office.get(here + "spj/cetak/")
    assert (office_pdf.content[:5], office_pdf["Content-Type"]) == (b"%PDF-", "application/pdf")
    post(office, f"{here}spj/foto/{kept.pk}/keluarkan/")
    assert workshop.photos.count() == 0
    names = {field.name for model in apps.get_app_config("training").get_models() for field in model._meta.get_fields()}
    assert not [name for name in names if re.search(r"nik|npwp|tax|bank|rekening|account|iban|identity", name)]


def test_the_host_helps_and_others_find_nothing(sign_in: Any, make_account: Any, librarian: Account, host: Library, here: str,
                                                workshop: Workshop, come: Any) -> None:
    come()
    lesson = workshop.lessons.first()
    helper = sign_in(make_account("Petugas", "librarian", host))
    paths = {"": 200, "ubah/": 404, "peserta/": 404, "undangan/": 404, "sertifikat/": 404, "tes/": 200, "rtl/": 200, "spj/": 200,
             f"sesi/{lesson.pk}/hadir/": 200, f"sesi/{lesson.pk}/layar/": 200}
    assert {path: helper.get(here + path).status_code for path in paths} == paths
    stranger = sign_in(librarian)
    assert {stranger.get(here + path).status_code for path in paths} == {404}
    assert {Client().get(here + path).status_code for path in paths} == {302}
    assert helper.get(CITY).status_code == 404


def test_lists_ask_the_same_number_of_questions(office: Client, here: str, workshop: Workshop, come: Any, host: Library,
                                                who: Any, make_library: Any) -> None:
    workshop.gathering.capacity = None
    workshop.gathering.save()

    def counted() -> dict[str, int]:
        found = {}
        for path in (CITY, here, here + "peserta/", here + "undangan/", here + "tes/", here + "rtl/", here + "sertifikat/"):
            office.get(path)
            with CaptureQueriesContext(connection) as asked:
                assert office.get(path).status_code == 200
            found[path] = len(asked)
        return found

    come()
    first = counted()
    more = [make_library(code=f"L4{n}") for n in range(3)]
    invite_libraries(workshop=workshop, libraries=[one.pk for one in more], **who())
    for n, one in enumerate(more):
        come(f"Orang {n}", f"08120000010{n}", of=one)
        name_participant(workshop=workshop, library=one, name=f"Lagi {n}", phone=f"08120000020{n}", **who())
    for n in range(2):
        announce_workshop(workshop=copy_workshop(workshop=workshop, first_on=FIRST + timedelta(days=30 * n), **who()), **who())
    assert counted() == first

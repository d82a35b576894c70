"""The pages of plans, as they are tapped."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from python_calamine import CalamineWorkbook

from simpul.accounts.models import Account
from simpul.activities.actions import Details, plan_activity
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.gatherings.actions import SessionGiven
from simpul.libraries.models import Library
from simpul.plans.actions import Proof, close_plan, finish_step
from simpul.plans.models import Evidence, Plan, Step
from simpul.plans.next_steps import draft_waits, follow_up_due, step_due
from simpul.plans.tests.conftest import head, row

HERE = "/perpustakaan/L001/rencana/"
TODAY = date(2026, 3, 10)
NASTY = "=HYPERLINK(1) <img src=x onerror=alert(1)> #panic()"
MakePlan = Callable[..., Plan]


def post(browser: Client, path: str, **given: Any) -> Any:
    return browser.post(path, {"change": str(new_id())} | given)


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("papan.jpg", out.getvalue(), "image/jpeg")


def file_of(browser: Client, path: str) -> tuple[int, str]:
    """Status and media type of a kept file."""
    answer = browser.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer.status_code, answer["Content-Type"].partition(";")[0]


@pytest.fixture
def desk(sign_in: Any, librarian: Account) -> Client:
    return sign_in(librarian)


def test_a_plan_from_the_first_word_to_the_signature(desk: Client, library: Library) -> None:
    assert "Belum ada rencana" in desk.get(HERE).content.decode()
    assert desk.get(HERE + "baru/").status_code == 200
    given = {"kind": "rtl", "title": NASTY, "starts_on": "2026-03-10", "ends_on": "2026-09-10",
             "baseline": "Kunjungan sebulan: 120\nRak: 3: kayu\nBelum ada wifi"}
    answer = post(desk, HERE + "baru/", **given)
    plan = Plan.objects.get()
    here = f"{HERE}{plan.pk}/"
    assert (answer["Location"], plan.baseline) == (here, [
        {"label": "Kunjungan sebulan", "value": "120"}, {"label": "Rak: 3", "value": "kayu"},
        {"label": "Belum ada wifi", "value": ""}])
    assert post(desk, HERE + "baru/", **(given | {"ends_on": "2026-01-01"})).status_code == 422
    assert post(desk, here + "serahkan/").status_code == 302
    assert Plan.objects.get().is_draft  # no row yet
    new = {"activity": NASTY, "due_on": "2026-04-01", "responsible": "PKK", "indicator": "20 anak"}
    assert post(desk, here + "langkah/", **new).status_code == 302
    assert post(desk, here + "langkah/", **(new | {"activity": " "})).status_code == 422
    assert post(desk, here + "langkah/", **(new | {"kind": "advocacy"})).status_code == 422
    assert post(desk, here + "langkah/", **(new | {"kind": "advocacy", "target_office": "Lurah", "budget": "Rp 1.500.000"})
                ).status_code == 302
    assert [(one.kind, one.budget) for one in Step.objects.all()] == [("activity", None), ("advocacy", 1_500_000)]
    post(desk, here + "serahkan/")
    post(desk, here + "draf/")
    post(desk, here + "serahkan/")
    assert post(desk, here + "mengetahui/", office="Lurah Sukasari", on="2026-03-10", paper=photo()).status_code == 302
    assert file_of(desk, here + "tertanda/") == (200, "image/jpeg")
    page = desk.get(here).content.decode()
    assert ("<img src=x" in page, "Lurah Sukasari" in page) == (False, True)


def test_paper_and_sheet_take_what_was_typed_literally(desk: Client, make_plan: MakePlan) -> None:
    plan = make_plan(given=head(NASTY, aim=NASTY), steps=[row(NASTY, budget=5), row("B", kind="advocacy", target_office=NASTY)])
    paper = desk.get(f"{HERE}{plan.pk}/cetak/")
    assert (paper.content[:5], paper["Content-Type"]) == (b"%PDF-", "application/pdf")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(desk.get(f"{HERE}{plan.pk}/unduhan/").content)).get_sheet_by_index(
        0).to_python()
    assert ([line[2] for line in rows[1:]], rows[1][7]) == ([NASTY, "B"], 5)


def test_a_row_is_done_in_one_tap_and_proved_later(desk: Client, make_plan: MakePlan) -> None:
    plan = make_plan()
    first, second, third = plan.steps.all()
    here = f"{HERE}{plan.pk}/"
    for step, path in ((first, "selesai/"), (second, "mulai/")):
        assert post(desk, f"{here}langkah/{step.pk}/{path}")["Location"] == here
    assert post(desk, f"{here}langkah/{third.pk}/tidak-selesai/", reason=" ").status_code == 422
    assert post(desk, f"{here}langkah/{third.pk}/tidak-selesai/", reason="Lurah cuti").status_code == 302
    assert [one.state for one in plan.steps.all()] == ["done", "going", "not_done"]
    for given, status in (({"done_on": "2026-03-09", "word": "20 anak", "file": photo()}, 302), ({"done_on": "2026-03-11"}, 422),
                          ({"done_on": "2026-03-09", "file": SimpleUploadedFile("a.svg", b"<svg/>")}, 422)):
        assert post(desk, f"{here}langkah/{first.pk}/bukti/", **given).status_code == status
    proof = Evidence.objects.get()
    assert file_of(desk, f"{here}bukti/{proof.pk}/berkas/") == (200, "image/jpeg")
    assert plan.steps.first().done_on == date(2026, 3, 9)
    post(desk, f"{here}bukti/{proof.pk}/coret/")
    assert desk.get(f"{here}bukti/{proof.pk}/berkas/").status_code == 404
    post(desk, f"{here}langkah/{first.pk}/lagi/")
    assert plan.steps.first().state == "planned"


def test_a_change_after_signing_is_read_by_everybody(desk: Client, make_plan: MakePlan, sign_in: Any, mentor: Account) -> None:
    plan = make_plan()
    here = f"{HERE}{plan.pk}/"
    post(desk, here + "mengetahui/", office="Lurah Sukasari", on="2026-03-10")
    step = plan.steps.get(number=2)
    assert desk.get(f"{here}langkah/{step.pk}/").status_code == 200
    post(desk, f"{here}langkah/{step.pk}/", activity="Kelas menjahit", due_on="2026-05-02", budget="1500000",
         responsible="PKK RW 05", indicator="20 ibu hadir", kind="activity")
    post(desk, here + "ubah/", title="RTL Sukasari", starts_on="2026-03-01", ends_on="2026-08-31", aim="Baru")
    first = plan.steps.get(number=1)
    post(desk, f"{here}langkah/{first.pk}/keluarkan/")
    page = sign_in(mentor).get(here + "revisi/").content.decode()
    assert ("<del>20 Maret 2026</del> → <ins>2 Mei 2026</ins>" in page, "Revisi 3" in page, "Rina Wulandari" in page) == (
        True, True, True)
    assert "Berubah sejak ditandatangani Lurah Sukasari: ini revisi 3." in desk.get(here).content.decode()
    post(desk, f"{here}langkah/{first.pk}/masukkan/")
    assert (Plan.objects.get().revision, plan.steps.standing().count()) == (4, 3)


def test_looking_again_row_by_row(desk: Client, make_plan: MakePlan, library: Library, tuesday_morning: Any, sign_in: Any,
                                  librarian: Account) -> None:
    plan = make_plan()
    one = plan.follow_ups.get(months=1)
    path = f"{HERE}{plan.pk}/pantauan/{one.pk}/"
    assert post(desk, path).status_code == 422  # too early
    tuesday_morning.shift(timedelta(days=31))
    desk = sign_in(librarian)  # a month later the browser has to sign in again
    due = follow_up_due(library, TODAY + timedelta(days=31))
    assert due is not None
    assert due.url == path
    assert desk.get(path).status_code == 200
    assert post(desk, path, state_1="not_done").status_code == 422
    answer = post(desk, path, state_1="done", word_1="Beres", file_1=photo(), state_2="going", state_3="not_done",
                  word_3="Lurah cuti", word="Baik")
    assert answer.status_code == 302
    assert [(one.state, one.reason, one.evidence.count()) for one in plan.steps.all()] == [
        ("done", "", 1), ("going", "", 0), ("not_done", "Lurah cuti", 0)]
    assert follow_up_due(library, TODAY + timedelta(days=31)) is None


def test_a_flip_chart_now_its_rows_later(desk: Client, make_plan: MakePlan) -> None:
    plan = make_plan(is_handed_in=False, steps=())
    here = f"{HERE}{plan.pk}/"
    assert desk.get(here + "papan/").status_code == 404
    assert desk.get(here + "papan/baru/").status_code == 200
    assert post(desk, here + "papan/").status_code == 422
    assert post(desk, here + "papan/", picture=photo()).status_code == 302
    assert file_of(desk, here + "papan/") == (200, "image/jpeg")


def test_a_plan_is_closed_and_opened(desk: Client, make_plan: MakePlan) -> None:
    plan = make_plan()
    assert post(desk, f"{HERE}{plan.pk}/tutup/", word="Tercapai").status_code == 302
    assert desk.get(f"{HERE}{plan.pk}/").status_code == 200
    assert post(desk, f"{HERE}{plan.pk}/langkah/", activity="x", due_on="2026-04-01").status_code == 422
    post(desk, f"{HERE}{plan.pk}/buka/")
    assert Plan.objects.get().is_running


def test_who_reads_and_who_writes(make_plan: MakePlan, sign_in: Any, mentor: Account, coordinator: Account, stranger: Account,
                                  volunteer: Account, client: Client) -> None:
    plan = make_plan()
    here = f"{HERE}{plan.pk}/"
    assert [sign_in(one).get(here).status_code for one in (mentor, coordinator, volunteer, stranger)] == [200, 200, 200, 404]
    assert client.get(here)["Location"].startswith("/masuk/")
    new = {"activity": "Dari fasda", "due_on": "2026-04-01"}
    assert [post(sign_in(one), here + "langkah/", **new).status_code for one in (mentor, stranger)] == [302, 404]
    assert post(sign_in(volunteer), here + "mengetahui/", office="x", on="2026-03-10").status_code == 404
    assert sign_in(stranger).get(f"/perpustakaan/L002/rencana/{plan.pk}/").status_code == 404


def test_the_city_sees_how_far_the_libraries_are(make_plan: MakePlan, sign_in: Any, coordinator: Account, mentor: Account,
                                                 make_library: Any, by_coordinator: Actor) -> None:
    make_plan()
    other = make_library(name="TBM Anggrek")
    finish = make_plan(library=other, by=by_coordinator, steps=[row()])
    finish_step(step=finish.steps.select_related("plan", "library").get(), by=by_coordinator, at=finish.recorded_at, id=new_id())
    page = sign_in(coordinator).get("/kota/rencana/").content.decode()
    assert "2 dari 2 perpustakaan punya rencana; 1 dari 4 baris selesai." in page
    late = sign_in(coordinator).get("/kota/rencana/?tampil=terlambat").content.decode()
    assert ("Sukasari" in late, "TBM Anggrek" in late) == (True, False)
    assert "1 dari 1 perpustakaan punya rencana" in sign_in(mentor).get("/kota/rencana/?tampil=belum").content.decode()


def test_what_is_due_comes_next(make_plan: MakePlan, library: Library, by_librarian: Actor, at: Any) -> None:
    assert (step_due(library, TODAY), draft_waits(library, TODAY)) == (None, None)
    plan = make_plan()
    make_plan(is_handed_in=False)
    late = step_due(library, TODAY)
    assert late is not None
    assert (late.heading, late.url) == ("Sudah selesai? “Pendataan buku”", f"{HERE}{plan.pk}/")
    waits = draft_waits(library, TODAY + timedelta(days=8))
    assert waits is not None
    close_plan(plan=plan, by=by_librarian, at=at, id=new_id())
    assert step_due(library, TODAY) is None


def test_lists_cost_the_same_with_one_and_three(desk: Client, sign_in: Any, coordinator: Account, make_plan: MakePlan,
                                                make_library: Any, by_coordinator: Actor) -> None:
    city = sign_in(coordinator)
    plan = make_plan()

    def asked() -> list[int]:
        found = []
        for browser, path in ((desk, HERE), (city, "/kota/rencana/"), (desk, f"{HERE}{plan.pk}/")):
            assert browser.get(path).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                browser.get(path)
            found.append(len(queries))
        return found

    one = asked()
    for n in range(2):
        make_plan()
        make_plan(library=make_library(), by=by_coordinator)
        post(desk, f"{HERE}{plan.pk}/langkah/", activity=f"Baris {n}", due_on="2026-04-01")
    plan.refresh_from_db()
    assert [a - b for a, b in zip(asked(), one, strict=True)] == [0, 0, 0]


def test_an_activity_that_proves_a_row_is_one_tap_away(make_plan: Callable[..., Plan], library: Library, librarian: Account,
                                                       by_librarian: Actor, at: Any, sign_in: Any) -> None:
    who = {"by": by_librarian, "at": at}
    activity = plan_activity(library=library, title="Kelas menjahit", details=Details(kind="skills"),
                             sessions=[SessionGiven(at, at + timedelta(hours=2))], id=new_id(), **who)
    plan = make_plan()
    finish_step(step=plan.steps.first(), done_on=date(2026, 3, 10), id=new_id(), **who,
                proof=Proof(reference=f"activities.Activity:{activity.pk}"))

    page = sign_in(librarian).get(f"/perpustakaan/{library.code}/rencana/{plan.pk}/").content.decode()

    assert page.count(f'<a href="/perpustakaan/{library.code}/kegiatan/{activity.pk}/">Kelas menjahit</a>') == 1

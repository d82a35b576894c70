"""What coordinators, mentors and libraries see of kits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from simpul.accounts.models import Account
from simpul.core.ids import new_id
from simpul.kits import actions
from simpul.kits.models import Adoption, Conflict, Edition, Kit, Parcel, TrustedKey
from simpul.kits.package import read
from simpul.kits.tests.conftest import item
from simpul.kits.tests.making import SESSION, STAGE, kit, with_parts
from simpul.libraries.models import Library


@pytest.fixture
def office(coordinator: Account, sign_in: Callable[[Account], Client]) -> Client:
    return sign_in(coordinator)


def upload(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("uji.kit.zip", content, "application/zip"), "change": str(new_id())}


def press(browser: Client, address: str, **more: str) -> Any:
    return browser.post(address, {"change": str(new_id()), **more}, follow=True)


def test_a_kit_is_brought_compared_trusted_and_installed(office: Client, city: Any) -> None:
    assert "Bimtek dua hari" in office.get("/kota/kit/").content.decode()  # the house's own is offered
    answer = office.post("/kota/kit/baru/", upload(kit()), follow=True)
    page = answer.content.decode()
    address = f"/kota/kit/kiriman/{Parcel.objects.get().pk}/"
    assert (answer.redirect_chain[-1][0], read(kit()).fingerprint in page, address + "pasang/" in page) == (address, True, False)
    press(office, address + "pasang/")  # nobody pressed trust
    assert (Kit.objects.count(), TrustedKey.objects.count()) == (0, 0)
    assert address + "pasang/" in press(office, address + "percaya/").content.decode()
    page = press(office, address + "pasang/").content.decode()
    assert ("Menyiapkan" in page, "Dinas A" in page, "CC-BY-SA-4.0" in page) == (True, True, True)
    assert office.get(address).status_code == 404  # it waits no more


def test_a_wrong_file_is_refused_with_its_reason_and_keeps_nothing(office: Client, city: Any) -> None:
    for content in (b"not a kit", with_parts(lambda parts: parts.update({"../x.json": b"{}"})), kit()[:-20], b"x" * 4_000_001):
        answer = office.post("/kota/kit/baru/", upload(content))
        assert (answer.status_code, answer.content.decode().count("errorlist") > 0) == (422, True)
    assert office.post("/kota/kit/baru/", {"change": str(new_id())}).status_code == 422
    assert Parcel.objects.count() == 0


@pytest.fixture
def row(install: Any) -> Kit:
    found: Kit = install(kit()).kit
    return found


def test_a_text_is_adapted_on_a_page_and_given_back(office: Client, row: Kit) -> None:
    one = item("advokasi")
    address = f"/kota/kit/{row.pk}/isi/{one.pk}/"
    form = office.get(address + "ubah/").context["form"]
    told = {name: field.initial for name, field in form.fields.items() if name != "change"}
    told = {name: "\n".join(value) if isinstance(value, list) else value for name, value in told.items()}
    notes = next(name for name, path in form.paths.items() if path == "notes")
    ours = {**told, notes: "Catatan <b>kami</b>.", "change": str(new_id())}
    page = office.post(address + "ubah/", ours, follow=True).content.decode()
    assert ("Catatan &lt;b&gt;kami&lt;/b&gt;." in page, "Dengarkan dahulu." in page) == (True, True)
    assert [one.field for one in one.adaptations.all()] == ["notes"]  # the rest was left alone
    answer = office.post(address + "ubah/", {**told, notes: "Telepon 0812-3456-7890", "change": str(new_id())})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [notes])
    adaptation = one.adaptations.get()
    press(office, f"/kota/kit/{row.pk}/sesuaian/{adaptation.pk}/asal/")
    assert one.adaptations.standing().count() == 0
    press(office, f"/kota/kit/{row.pk}/sesuaian/{adaptation.pk}/lagi/")
    assert one.adaptations.standing().count() == 1


def test_an_upgrade_with_a_conflict_leads_to_the_decision(office: Client, row: Kit, who: Any) -> None:
    actions.adapt_item(item=item("siapkan"), texts={"aim": "Punya kami"}, **who())
    office.post("/kota/kit/baru/", upload(kit("1.1.0", {"siapkan": ("stage", STAGE | {"aim": "Punya mereka"}),
                                                        "advokasi": ("session", SESSION)})))
    answer = press(office, f"/kota/kit/kiriman/{Parcel.objects.get().pk}/pasang/")
    assert answer.redirect_chain[-1][0] == f"/kota/kit/{row.pk}/perbedaan/"
    page = answer.content.decode()
    assert [text in page for text in ("Punya kami", "Punya mereka", "Semua siap.")] == [True] * 3
    address = f"/kota/kit/{row.pk}/perbedaan/{Conflict.objects.get().pk}/"
    press(office, address, decision="x")
    assert Conflict.objects.get().decided_at is None
    press(office, address, decision="theirs")
    assert (Conflict.objects.get().decision, item("siapkan").adaptations.standing().count()) == ("theirs", 0)


def test_something_of_our_own_and_a_version_of_our_own(office: Client, row: Kit) -> None:
    press(office, f"/kota/kit/{row.pk}/tambah/", kind="task", title="Sewa tenda", day="T-2", text="Bila hujan.")
    press(office, f"/kota/kit/{row.pk}/tambah/", kind="activity", title="Bazar", text="Ramai.")
    assert office.post(f"/kota/kit/{row.pk}/tambah/", {"kind": "task", "title": "x", "day": "besok",
                                                       "change": str(new_id())}).status_code == 422
    assert office.get(f"/kota/kit/{row.pk}/bagikan/").context["form"].initial["uri"] == "urn:simpul:kit:36.71:kit-uji"
    press(office, f"/kota/kit/{row.pk}/bagikan/", title="Kit kami", version="1.0.0", uri="urn:simpul:kit:kami", changes="Tenda.")
    answer = office.get(f"/kota/kit/edisi/{Edition.objects.get().pk}/")
    assert (answer["Content-Disposition"], sorted(one.content["title"] for one in read(answer.content).things)) == (
        'attachment; filename="kit-kami-1.0.0.kit.zip"', ["Advokasi", "Bazar", "Menyiapkan", "Sewa tenda"])
    assert office.get(f"/kota/kit/{row.pk}/berkas/").content == kit()


def test_the_guide_is_printed_with_its_answers_at_the_end(office: Client, who: Any, city: Any) -> None:
    row = actions.install_shipped(key="bimtek-tpbis", **who()).kit
    answer = office.get(f"/kota/kit/{row.pk}/panduan/")
    assert (answer["Content-Type"], answer.content[:5], b"/Count " in answer.content) == ("application/pdf", b"%PDF-", True)


def test_a_library_reads_it_and_says_that_it_works_with_it(
        row: Kit, library: Library, librarian: Account, volunteer: Account, mentor: Account,
        sign_in: Callable[[Account], Client]) -> None:
    here = f"/perpustakaan/{library.code}/kit/"
    for account in (librarian, volunteer, mentor):
        assert sign_in(account).get(here).status_code == 200
        assert sign_in(account).get(f"{here}{row.pk}/isi/{item('advokasi').pk}/").status_code == 200
    assert sign_in(volunteer).post(f"{here}{row.pk}/pakai/").status_code == 404
    press(sign_in(librarian), f"{here}{row.pk}/pakai/")
    press(sign_in(librarian), f"{here}{row.pk}/pakai/")
    adoption = Adoption.objects.get()
    assert (adoption.library, adoption.version) == (library, "1.0.0")
    press(sign_in(librarian), f"{here}pemakaian/{adoption.pk}/akhir/")
    adoption.refresh_from_db()
    assert adoption.ended_on is not None


def test_answers_of_a_test_are_hidden_from_libraries(install: Any, library: Library, librarian: Account, office: Client,
                                                     sign_in: Callable[[Account], Client]) -> None:
    test = {"title": "Tes", "questions": [
        {"key": "a", "text": "Apa?", "choices": ["Ini", "Itu"], "right": 2, "why": "Sebab rahasia"}]}
    row = install(kit(objects={"tes": ("test", test)})).kit
    theirs = sign_in(librarian).get(f"/perpustakaan/{library.code}/kit/{row.pk}/isi/{item('tes').pk}/").content.decode()
    assert ("Apa?" in theirs, "Sebab rahasia" in theirs) == (True, False)
    assert "Sebab rahasia" in office.get(f"/kota/kit/{row.pk}/isi/{item('tes').pk}/").content.decode()


def test_mentors_read_and_change_nothing_and_others_find_nothing(
        row: Kit, mentor: Account, librarian: Account, sign_in: Callable[[Account], Client]) -> None:
    reader = sign_in(mentor)
    address = f"/kota/kit/{row.pk}/"
    assert [reader.get(one).status_code for one in ("/kota/kit/", address, f"{address}isi/{item('siapkan').pk}/")] == [200] * 3
    for one in (f"{address}isi/{item('siapkan').pk}/ubah/", f"{address}tambah/", f"{address}bagikan/", "/kota/kit/baru/",
                "/kota/kit/kunci/", f"{address}perbedaan/"):
        assert (one, reader.get(one).status_code) == (one, 404)
        assert (one, sign_in(librarian).get(one).status_code) == (one, 404)
        assert (one, Client().get(one).status_code) == (one, 302)
    assert reader.post("/kota/kit/bawaan/bimtek-tpbis/").status_code == 404


def test_keys_are_taken_back_and_trusted_again(office: Client, row: Kit) -> None:
    key = TrustedKey.objects.get()
    assert key.fingerprint in office.get("/kota/kit/kunci/").content.decode()
    press(office, f"/kota/kit/kunci/{key.pk}/cabut/")
    key.refresh_from_db()
    assert key.ended_at is not None
    press(office, f"/kota/kit/kunci/{key.pk}/percaya/")
    key.refresh_from_db()
    assert key.ended_at is None


def test_one_kit_and_three_cost_the_same_questions(office: Client, install: Any, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    install(kit())
    office.get("/kota/kit/")
    with CaptureQueriesContext(connection) as one:
        office.get("/kota/kit/")
    for n in (2, 3):
        install(kit(uri=f"urn:simpul:kit:uji{n}"))
    with django_assert_num_queries(len(one)):
        office.get("/kota/kit/")

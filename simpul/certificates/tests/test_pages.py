"""The coordinator's pages, the public page, her own page; for strangers, twice, and with hostile input."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from simpul.accounts.models import Account
from simpul.certificates.actions import attach_signed_file, correct, forget_name, revoke, rotate_key
from simpul.certificates.actions.signed import prepare_signed
from simpul.certificates.badges.baking import credentials_in
from simpul.certificates.models import Batch, Certificate
from simpul.certificates.printing import batch_zip
from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id

Prepare = Callable[..., Batch]
Issued = Callable[..., list[Certificate]]
SHEET = {
    "title": "Bimtek Literasi", "place": "Aula", "first_on": "2024-05-20", "last_on": "2024-05-21", "kind": "certificate",
    "achievement": "Pengelola", "criteria": "Hadir", "jp": "", "materials": "Layanan | 4\nAdvokasi|3\n\nPenutup",
    "names": "Siti Aminah\n Budi  Santoso \n\nSiti Aminah", "issuer_name": "Dinas Perpustakaan",
    "pattern": "{n:02}/SK/2024", "signed_in": "Tangerang", "signer_role": "", "signer_name": "", "signer_number": ""}


@pytest.fixture
def office(coordinator: Account, sign_in: Callable[[Account], Client]) -> Client:
    return sign_in(coordinator)


def sheet(**given: Any) -> dict[str, Any]:
    return {"change": str(new_id()), **SHEET} | given


def queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


# --- the coordinator -------------------------------------------------------------------------------------

def test_a_sheet_becomes_numbered_certificates(office: Client) -> None:
    sent = sheet()
    first = office.post("/kota/sertifikat/baru/", sent)
    assert office.post("/kota/sertifikat/baru/", sent).url == first.url  # type: ignore[attr-defined]
    batch = Batch.objects.get()
    rows = list(batch.certificates.order_by("name"))
    assert [(row.name, row.jp, len(row.materials)) for row in rows] == [
        ("Budi Santoso", 7, 3), ("Siti Aminah", 7, 3), ("Siti Aminah", 7, 3)]
    assert "Terbitkan 3 sertifikat" in office.get(first.url).content.decode()  # type: ignore[attr-defined]
    example = office.get(f"/kota/sertifikat/{batch.pk}/cetak/")
    assert example.content.startswith(b"%PDF-")
    issue = {"change": str(new_id()), "pattern": "{n:02}/SK/2024", "starts_at": "17"}
    for _twice in range(2):
        assert office.post(f"/kota/sertifikat/{batch.pk}/terbit/", issue).status_code == 302
    assert list(batch.certificates.order_by("ordinal").values_list("number", flat=True)) == [
        "17/SK/2024", "18/SK/2024", "19/SK/2024"]


def test_names_are_added_later_and_what_was_issued_stays(office: Client, by_coordinator: Actor, at: datetime) -> None:
    office.post("/kota/sertifikat/baru/", sheet())
    batch = Batch.objects.get()
    office.post(f"/kota/sertifikat/{batch.pk}/terbit/", {"change": str(new_id()), "pattern": "{n}", "starts_at": "1"})
    page = office.get(f"/kota/sertifikat/{batch.pk}/ubah/").content.decode()
    assert "Budi Santoso\nSiti Aminah\nSiti Aminah" in page
    office.post(f"/kota/sertifikat/{batch.pk}/ubah/", sheet(names="Budi Santoso\nSiti Aminah\nSiti Aminah\nTuti"))
    assert office.post(f"/kota/sertifikat/{batch.pk}/terbit/", {"change": str(new_id())}).status_code == 302
    assert [(row.name, row.number) for row in batch.certificates.order_by("ordinal")] == [
        ("Budi Santoso", "1"), ("Siti Aminah", "2"), ("Siti Aminah", "3"), ("Tuti", "4")]


@pytest.mark.parametrize(("field", "value"), [
    ("pattern", "421"), ("last_on", "2024-05-19"), ("names", " \n "), ("materials", "Layanan | empat"), ("names", "<script>"),
    ("title", ""), ("kind", "phd"), ("jp", "-1")])
def test_a_wrong_sheet_keeps_what_was_typed_and_says_where(office: Client, city: Any, field: str, value: str) -> None:
    answer = office.post("/kota/sertifikat/baru/", sheet(**{field: value}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Bimtek Literasi" in answer.content.decode() or field == "title"
    assert Batch.objects.count() == 0


def test_a_taken_number_is_said_beside_its_field(office: Client, prepare: Prepare, issued: Issued) -> None:
    issued()
    batch = prepare("Cici")
    answer = office.post(f"/kota/sertifikat/{batch.pk}/terbit/", {
        "change": str(new_id()), "pattern": batch.pattern, "starts_at": "2"})
    assert answer.status_code == 422
    assert list(answer.context["issue"].errors) == ["starts_at"]


def test_search_finds_by_name_and_number(office: Client, issued: Issued) -> None:
    issued()
    for q, names in (("zubai", ["Zubaidah"]), ("002-DPAD", ["Budi"]), ("421.9/", 3), ("%", 0), ("_", 0), ("tidak ada", 0)):
        found = [row.name for row in office.get("/kota/sertifikat/", {"q": q}).context["page"]]
        assert found == names or len(found) == names


def test_lists_ask_the_same_number_of_queries_however_many_rows(office: Client, issued: Issued, prepare: Prepare) -> None:
    one = issued("Ani")[0]
    few = [queries(office, address) for address in (
        "/kota/sertifikat/", "/kota/sertifikat/?q=a", f"/kota/sertifikat/{one.batch_id}/", f"/kota/sertifikat/lembar/{one.pk}/")]
    batch = issued("Bada", "Cica", "Dada")[0].batch_id
    prepare("Eka")
    many = [queries(office, address) for address in (
        "/kota/sertifikat/", "/kota/sertifikat/?q=a", f"/kota/sertifikat/{batch}/", f"/kota/sertifikat/lembar/{one.pk}/")]
    assert many == few


def test_signed_files_come_back_as_pdfs_and_as_a_zip(office: Client, issued: Issued) -> None:
    rows = issued()
    batch = rows[0].batch
    address = f"/kota/sertifikat/{batch.pk}/bertanda-tangan/"
    scan = SimpleUploadedFile("scan 421.9-001-DPAD-2024.pdf", b"%PDF-1.7 basah %%EOF")
    wrong = SimpleUploadedFile("2.pdf", b"%PDF-1.7 basah %%EOF")
    answer = office.post(address, {"change": str(new_id()), "signed": [scan, wrong]})
    assert answer.status_code == 200
    assert answer.context["matched"].unmatched == ["2.pdf"]
    assert [row.state for row in batch.certificates.order_by("ordinal")] == ["returned", "issued", "issued"]
    packed = SimpleUploadedFile("semua.zip", batch_zip(batch, rows, "https://contoh.go.id/"))
    assert office.post(address, {"change": str(new_id()), "signed": [packed]}).status_code == 302
    assert batch.certificates.filter(state="returned").count() == 3


@pytest.mark.parametrize(("name", "content"), [
    ("a.zip", b"PK\x03\x04 kaputt"), ("a.pdf", b"MZ"), ("a.pdf", b""), ("a.svg", b"<svg/>"),
    ("a.pdf", b"%PDF-1.7 /JavaScript %%EOF")])
def test_other_files_are_refused(office: Client, issued: Issued, name: str, content: bytes) -> None:
    batch = issued()[0].batch_id
    answer = office.post(f"/kota/sertifikat/{batch}/bertanda-tangan/", {
        "change": str(new_id()), "signed": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 422
    assert Certificate.objects.filter(state="returned").count() == 0


def test_correcting_revoking_and_forgetting(office: Client, issued: Issued) -> None:
    one, two, three = issued()
    def post(row: Certificate, what: str, **told: str) -> int:
        return office.post(f"/kota/sertifikat/lembar/{row.pk}/{what}/", told).status_code
    assert post(one, "betul", **{"betul-change": str(new_id()), "betul-name": "Ani L."}) == 302
    assert post(one, "betul", **{"betul-change": str(new_id()), "betul-name": "Ani X."}) == 422
    assert post(two, "cabut", **{"cabut-change": str(new_id()), "cabut-reason": "unearned", "cabut-because": "x"}) == 302
    assert post(two, "cabut", **{"cabut-change": str(new_id()), "cabut-reason": ""}) == 422
    assert post(three, "hapus-nama", change=str(new_id())) == 302
    assert [Certificate.objects.get(pk=row.pk).state for row in (one, two)] == ["replaced", "revoked"]
    for row in (one, two, three):
        assert office.get(f"/kota/sertifikat/lembar/{row.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["librarian", "mentor", "volunteer", "administrator"])
def test_nobody_but_the_coordinator_finds_names(who: str, issued: Issued, request: Any, make_account: Any,
                                                sign_in: Callable[[Account], Client]) -> None:
    row = issued()[0]
    account = make_account("Admin", "administrator") if who == "administrator" else request.getfixturevalue(who)
    browser = sign_in(account)
    for path in ("", "baru/", f"{row.batch_id}/", f"{row.batch_id}/ubah/", f"{row.batch_id}/cetak/", f"{row.batch_id}/zip/",
                 f"{row.batch_id}/bertanda-tangan/", f"lembar/{row.pk}/"):
        assert browser.get(f"/kota/sertifikat/{path}").status_code == 404
        assert Client().get(f"/kota/sertifikat/{path}").status_code == 302
    for path in (f"{row.batch_id}/terbit/", f"lembar/{row.pk}/betul/", f"lembar/{row.pk}/cabut/", f"lembar/{row.pk}/hapus-nama/"):
        assert browser.post(f"/kota/sertifikat/{path}").status_code == 404


# --- everybody -------------------------------------------------------------------------------------------

def test_the_public_page_tells_state_name_number_and_nothing_else(issued: Issued, by_coordinator: Actor, at: datetime) -> None:
    row = issued()[0]
    answer = Client().get(f"/sertifikat/{row.check_token}/")
    page = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Sertifikat ini sah" in page
    assert "Ani Lestari, S.Pd." in page
    assert "421.9/001-DPAD/2024" in page
    for hidden in (row.own_token, row.salt, row.credential, str(row.pk), "sessions"):
        assert hidden not in page
    revoke(certificate=row, reason="unearned", because="rahasia dapur", by=by_coordinator, at=at, id=new_id())
    page = Client().get(f"/sertifikat/{row.check_token}/").content.decode()
    assert "Tidak berlaku lagi sejak Selasa, 10 Maret 2026" in page
    assert "sudah dicabut" in page
    assert "rahasia dapur" not in page


def test_replaced_forgotten_drafted_and_made_up_ones(issued: Issued, prepare: Prepare, by_coordinator: Actor,
                                                     at: datetime) -> None:
    one, two, _three = issued()
    new = correct(certificate=one, name="Ani", by=by_coordinator, at=at, id=new_id())
    page = Client().get(f"/sertifikat/{one.check_token}/").content.decode()
    assert "sudah diganti" in page
    assert new.check_token not in page
    forget_name(certificate=two, by=by_coordinator, at=at, id=new_id())
    draft = prepare("Cici").certificates.get()
    for token in (two.check_token, draft.check_token, "A" * 22, "x", "a" * 500):
        answer = Client().get(f"/sertifikat/{token}/")
        assert (answer.status_code, "tidak dikenal" in answer.content.decode()) == (404, True)


def test_the_public_page_asks_one_query(issued: Issued, django_assert_num_queries: Any) -> None:
    row = issued()[0]
    browser = Client()
    browser.get(f"/sertifikat/{row.check_token}/")
    with django_assert_num_queries(1):
        browser.get(f"/sertifikat/{row.check_token}/")


def test_checking_is_slow_for_machines(issued: Issued, settings: Any) -> None:
    row = issued()[0]
    settings.CHECKS_PER_MINUTE = 3
    browser = Client(REMOTE_ADDR="203.0.113.9")
    found = [browser.get(f"/sertifikat/{row.check_token}/").status_code for _n in range(5)]
    assert found == [200, 200, 200, 429, 429]
    assert Client(REMOTE_ADDR="203.0.113.10").get(f"/sertifikat/{row.check_token}/").status_code == 200


def test_her_own_page_gives_her_files(issued: Issued, by_coordinator: Actor, at: datetime) -> None:
    row = issued()[0]
    address = f"/sertifikat/milik/{row.own_token}/"
    assert "Unduh sertifikat (PDF)" in Client().get(address).content.decode()
    for form, kind in (("pdf", "application/pdf"), ("png", "image/png"), ("jwt", "text/plain; charset=us-ascii")):
        answer = Client().get(f"{address}{form}/")
        assert answer["Content-Type"] == kind
        assert credentials_in(answer.content) == [row.credential]
    assert [Client().get(f"{address}{form}/").status_code for form in ("resmi", "exe", "..")] == [404, 404, 404]
    upload = BytesIO(b"%PDF-1.7 basah %%EOF")
    upload.name = "x.pdf"  # type: ignore[attr-defined]
    attach_signed_file(certificate=row, file=prepare_signed(upload), by=by_coordinator, at=at, id=new_id())
    assert "Unduh berkas resmi" in Client().get(address).content.decode()
    answer = Client().get(f"{address}resmi/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 basah %%EOF"  # type: ignore[attr-defined]
    answer.close()


def test_a_revoked_or_replaced_one_gives_no_files_and_leads_to_the_new_one(issued: Issued, by_coordinator: Actor,
                                                                           at: datetime) -> None:
    one, two, _three = issued()
    new = correct(certificate=one, name="Ani", by=by_coordinator, at=at, id=new_id())
    revoke(certificate=two, reason="error", by=by_coordinator, at=at, id=new_id())
    assert new.own_token in Client().get(f"/sertifikat/milik/{one.own_token}/").content.decode()
    for row in (one, two):
        assert Client().get(f"/sertifikat/milik/{row.own_token}/").status_code == 200
        assert Client().get(f"/sertifikat/milik/{row.own_token}/pdf/").status_code == 404
    assert Client().get(f"/sertifikat/milik/{one.check_token}/").status_code == 404


def test_machines_find_issuer_keys_and_revocations(issued: Issued, settings: Any, by_coordinator: Actor, at: datetime) -> None:
    assert Client().get("/sertifikat/penerbit/").status_code == 404
    settings.HOST, settings.IS_HTTPS = "perpus.contoh.go.id", True
    row = issued()[0]
    header = {"headers": {"host": "perpus.contoh.go.id"}}
    told = json.loads(Client().get("/sertifikat/penerbit/", **header).content)
    kid = told["verificationMethod"][0]["id"]
    assert told["id"] == "https://perpus.contoh.go.id/sertifikat/penerbit/"
    path = kid.removeprefix("https://perpus.contoh.go.id")
    assert json.loads(Client().get(path, **header).content)["x"] == row.key.x  # type: ignore[union-attr]
    rotate_key(by=COMMAND, at=at, id=new_id())
    assert json.loads(Client().get(path, **header).content)["kid"] == kid
    revoke(certificate=row, reason="error", by=by_coordinator, at=at, id=new_id())
    listed = json.loads(Client().get("/sertifikat/penerbit/pencabutan/", **header).content)
    assert listed == {
        "id": "https://perpus.contoh.go.id/sertifikat/penerbit/pencabutan/", "type": "1EdTechRevocationList",
        "issuer": told["id"], "dated": "2026-03-10T03:00:00Z", "revokedCredentials": [
            {"id": f"urn:uuid:{row.pk}", "revoked": True, "revocationReason": "error", "date": "2026-03-10T03:00:00Z"}]}

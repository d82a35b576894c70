"""The pages: who sees what, hostile words, lists that stay quick, undo."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from conftest import TODAY
from simpul.accounts.models import Account
from simpul.advocacy.actions import keep_agreement, plan_approach, record_publicity, record_support, record_talk
from simpul.advocacy.forms import RupiahField
from simpul.advocacy.models import Agreement, Approach, Partner, Proposal, Publicity, RoadStep, Support, Talk
from simpul.advocacy.tests.conftest import queries_of
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.libraries.models import Library

HERE = "/perpustakaan/L001"
HOSTILE = '<img src=x onerror=alert(1)> =HYPERLINK("x") {{7*7}}'


@pytest.fixture
def browser(librarian: Account, sign_in: Callable[[Account], Client]) -> Client:
    return sign_in(librarian)


def test_a_partner_is_added_corrected_thanked_and_ended(browser: Client, library: Library) -> None:
    answer = browser.post(f"{HERE}/mitra/baru/", {"change": str(new_id()), "name": "Toko Maju", "kind": "company",
                                                  "contact_name": "Pak Yusuf", "contact_phone": "0812 3333 4444"})
    partner = Partner.objects.get()
    here = f"{HERE}/mitra/{partner.pk}/"
    assert (answer.status_code, answer["Location"], partner.contact_phone) == (302, here, "+6281233334444")
    page = browser.get(here).content.decode()
    assert page.count("https://wa.me/6281233334444?text=Halo%20Pak%20Yusuf") == 1
    browser.post(f"{here}terima-kasih/")
    browser.post(f"{here}ubah/", {"change": str(new_id()), "name": "Toko Maju Jaya", "kind": "company"})
    browser.post(f"{here}akhir/")
    partner.refresh_from_db()
    assert (partner.thanked_on, partner.name, partner.contact_phone, partner.ended_on) == (TODAY, "Toko Maju Jaya", "", TODAY)
    assert browser.get(f"{HERE}/mitra/").context["rows"] == []
    browser.post(f"{here}lanjut/")
    assert [one.partner for one in browser.get(f"{HERE}/mitra/?cari=maju+JAYA&jenis=company").context["rows"]] == [partner]


def test_a_wrong_entry_keeps_what_was_typed(browser: Client, make_partner: Any) -> None:
    make_partner("PKK Sukasari")
    answer = browser.post(f"{HERE}/mitra/baru/", {"change": str(new_id()), "name": "pkk sukasari", "kind": "pkk",
                                                  "notes": "Catatan saya"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"] == ["Mitra dengan nama ini sudah ada di daftar."]
    assert answer.content.decode().count("Catatan saya") == 1


def test_gifts_are_written_down_and_struck_out(browser: Client, make_partner: Any) -> None:
    here = f"{HERE}/mitra/{make_partner().pk}/"
    browser.post(f"{here}dukungan/", {"change": str(new_id()), "kind": "goods", "what": "Rak", "worth": "Rp1.500.000",
                                      "on": TODAY.isoformat()})
    gift = Support.objects.get()
    assert (gift.worth, browser.get(here).context["worth"]) == (1_500_000, 1_500_000)
    browser.post(f"{HERE}/mitra/dukungan/{gift.pk}/batal/")
    assert browser.get(here).context["worth"] == 0
    browser.post(f"{HERE}/mitra/dukungan/{gift.pk}/pulih/")
    assert browser.get(here).context["worth"] == 1_500_000


@pytest.mark.parametrize(("typed", "rupiah"), [("1.500.000", 1_500_000), ("Rp 20.000", 20_000), ("", None), ("0", 0)])
def test_money_as_people_write_it(typed: str, rupiah: int | None) -> None:
    assert RupiahField(required=False).clean(typed) == rupiah


def test_hostile_words_come_out_literally(browser: Client, make_partner: Any, library: Library, by_librarian: Actor,
                                          at: datetime) -> None:
    partner = make_partner(HOSTILE, notes=HOSTILE, contact_name="=1+1")
    approach = plan_approach(library=library, aim=HOSTILE, target="other", office=HOSTILE, message=HOSTILE, by=by_librarian,
                             at=at, id=new_id())
    record_publicity(library=library, channel="website", on=TODAY, title=HOSTILE, link="https://contoh.id", by=by_librarian,
                     at=at, id=new_id())
    for path in ("mitra/", f"mitra/{partner.pk}/", "advokasi/", f"advokasi/{approach.pk}/", "publikasi/"):
        page = browser.get(f"{HERE}/{path}").content.decode()
        assert (page.count("<img src=x"), page.count("&lt;img src=x") > 0) == (0, True), path
    sheet = CalamineWorkbook.from_filelike(BytesIO(browser.get(f"{HERE}/mitra/unduhan/").content)).get_sheet_by_index(0)
    row = sheet.to_python()[1]
    assert (row[0], row[3], row[11]) == (HOSTILE, "=1+1", HOSTILE)


def test_lists_ask_the_same_number_of_questions(browser: Client, library: Library, make_partner: Any, by_librarian: Actor,
                                                at: datetime, coordinator: Account, sign_in: Any) -> None:
    def add(n: int) -> None:
        who: Any = lambda: {"by": by_librarian, "at": at, "id": new_id()}  # noqa: E731
        partner = make_partner(f"Mitra {n}")
        record_support(partner=partner, library=library, kind="money", worth=1, on=TODAY, **who())
        keep_agreement(library=library, kind="pks", title=f"PKS {n}", partner=partner, from_on=TODAY,
                       until_on=TODAY + timedelta(days=20), **who())
        row = plan_approach(library=library, aim=f"Aim {n}", target="lurah", office="Kelurahan", partner=partner, road_year=2026,
                            **who())
        record_talk(approach=row, on=TODAY, **who())
        record_publicity(library=library, channel="instagram", on=TODAY, **who())

    office = sign_in(coordinator)
    pages = [f"{HERE}/{path}" for path in ("mitra/", "kesepakatan/", "advokasi/", "advokasi/tahun/2026/", "publikasi/")]
    add(1)
    before = queries_of(browser, *pages), queries_of(office, "/kota/mitra/", "/kota/advokasi/")
    add(2)
    add(3)
    assert (queries_of(browser, *pages), queries_of(office, "/kota/mitra/", "/kota/advokasi/")) == before


def test_an_approach_is_planned_and_met_with_one_tap(browser: Client, library: Library) -> None:
    browser.post(f"{HERE}/advokasi/baru/?jalan=2026", {"change": str(new_id()), "aim": "Ruang baca", "target": "lurah",
                                                       "office": "Kelurahan Sukasari"})
    approach = Approach.objects.get()
    here, once = f"{HERE}/advokasi/{approach.pk}/", {"change": str(new_id())}
    for _twice in range(2):
        assert browser.post(f"{here}sudah-bertemu/", once)["Location"] == f"{here}#langkah"
    browser.post(f"{here}langkah/", {"hari": "7"})
    approach.refresh_from_db()
    assert (approach.state, approach.next_on, approach.road_year, Talk.objects.count()) == (
        "met", TODAY + timedelta(days=7), 2026, 1)
    browser.post(f"{HERE}/advokasi/pertemuan/{Talk.objects.get().pk}/batal/")
    approach.refresh_from_db()
    assert approach.state == "planned"
    browser.post(f"{here}bukti/", {"change": str(new_id()), "measure": "visits", "first": "2026-01-01", "last": "2026-03-10"})
    figure = browser.get(here).context["evidence"][0]
    assert figure[1] == "/angka/visits/?library=L001&from=2026-01-01&to=2026-03-10"
    assert browser.get(figure[1]).status_code == 200


def test_words_and_documents_are_the_own_staffs(browser: Client, library: Library, mentor: Account, sign_in: Any,
                                                settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    browser.post(f"{HERE}/advokasi/baru/", {"change": str(new_id()), "aim": "SK", "target": "lurah", "office": "Kelurahan"})
    here = f"{HERE}/advokasi/{Approach.objects.get().pk}/"
    browser.post(f"{here}pertemuan/", {"change": str(new_id()), "way": "met", "on": TODAY.isoformat(), "ours": "Rina",
                                       "said": "Rahasia dapur"})
    browser.post(f"{here}hasil/", {"change": str(new_id()), "kind": "decree", "what": "SK pengelola", "on": TODAY.isoformat(),
                                   "document": SimpleUploadedFile("sk.pdf", b"%PDF-1.4\n%%EOF")})
    result = Approach.objects.get().results.get()
    paper = f"{HERE}/advokasi/hasil/{result.pk}/dokumen/"
    given = browser.get(paper)
    assert (given.status_code, given["Content-Disposition"]) == (200, 'attachment; filename="sk.pdf"')
    for close in given._resource_closers:  # `close()` would close the test's database too
        close()
    other = sign_in(mentor)
    page = other.get(here)
    assert (page.status_code, page.content.decode().count("Rahasia dapur"), other.get(paper).status_code) == (200, 0, 404)
    assert browser.get(here).content.decode().count("Rahasia dapur") == 1


def test_an_agreement_is_kept_with_its_paper_and_renewed(browser: Client, library: Library, settings: Any,
                                                         tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    told = {"kind": "sk", "title": "SK pengelola", "office": "Kelurahan Sukasari", "from_on": "2025-04-01"}
    browser.post(f"{HERE}/kesepakatan/baru/", told | {
        "change": str(new_id()), "until_on": "2026-03-31", "document": SimpleUploadedFile("sk.pdf", b"%PDF-1.4\n%%EOF")})
    agreement = Agreement.objects.get()
    here = f"{HERE}/kesepakatan/{agreement.pk}/"
    assert browser.get(here).context["state"] == "ending"
    browser.post(f"{here}ubah/", told | {"change": str(new_id()), "until_on": "2026-03-31", "number": "12/SK"})
    agreement.refresh_from_db()
    assert (agreement.number, agreement.document is not None) == ("12/SK", True)
    renewal = browser.get(f"{here}perpanjangan/").context["form"]
    assert renewal.initial["from_on"].isoformat() == "2026-04-01"
    browser.post(f"{here}perpanjangan/", told | {"change": str(new_id()), "from_on": "2026-04-01"})
    assert browser.get(here).context["state"] == "binding"
    newer = Agreement.objects.get(renews=agreement)
    browser.post(f"{HERE}/kesepakatan/{newer.pk}/batal/")
    assert browser.get(here).context["state"] == "ending"
    browser.post(f"{HERE}/kesepakatan/{newer.pk}/pulih/")
    assert browser.get(here).context["state"] == "binding"


def test_the_road_is_walked_and_the_proposal_printed(browser: Client, library: Library) -> None:
    assert browser.get(f"{HERE}/advokasi/tahun/")["Location"] == f"{HERE}/advokasi/tahun/2026/"
    road = f"{HERE}/advokasi/tahun/2026/"
    browser.post(f"{road}langkah/office/selesai/")
    assert RoadStep.objects.get().done_on == TODAY
    browser.post(f"{road}langkah/office/belum/")
    browser.post(f"{road}langkah/office/tanggal/", {"change": str(new_id()), "on": "2026-03-20"})
    assert [(one.done_on, one.due_on.isoformat()) for one in RoadStep.objects.all() if one.due_on] == [(None, "2026-03-20")]
    assert browser.get(f"{road}proposal/").status_code == 404
    browser.post(f"{road}proposal/mulai/")
    browser.post(f"{road}proposal/", {
        "change": str(new_id()), "title": "Usulan", "addressed_to": "Lurah Sukasari", "need": HOSTILE, "what_0": "Rak",
        "n_0": "3", "unit_0": "buah", "price_0": "1.750.000", "what_3": "Buku"})
    proposal = Proposal.objects.get()
    assert (proposal.total, len(proposal.budget), proposal.need) == (5_250_000, 2, HOSTILE)
    paper = browser.get(f"{road}proposal/cetak/")
    assert (paper["Content-Type"], paper["Cache-Control"], paper.content[:5]) == (
        "application/pdf", "private, no-store", b"%PDF-")
    wrong = browser.post(f"{road}proposal/", {"change": str(new_id()), "title": "", "addressed_to": "Lurah", "price_0": "abc"})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (422, ["price_0", "title"])


def test_publicity_is_noted_and_struck_out(browser: Client, library: Library) -> None:
    told = {"channel": "local", "title": "Warta Kota", "on": TODAY.isoformat(), "reach": "900"}
    wrong = browser.post(f"{HERE}/publikasi/", told | {"change": str(new_id()), "link": "javascript:alert(1)"})
    assert (wrong.status_code, Publicity.objects.count()) == (422, 0)
    browser.post(f"{HERE}/publikasi/", told | {"change": str(new_id()), "link": "contoh.id/a"})
    row = Publicity.objects.get()
    assert (row.link, row.reach, browser.get(f"{HERE}/publikasi/").context["n"]) == ("https://contoh.id/a", 900, 1)
    browser.post(f"{HERE}/publikasi/{row.pk}/batal/")
    assert browser.get(f"{HERE}/publikasi/").context["n"] == 0
    browser.post(f"{HERE}/publikasi/{row.pk}/pulih/")
    assert browser.get(f"{HERE}/publikasi/").context["n"] == 1


def test_the_citys_pages_are_the_coordinators(browser: Client, coordinator: Account, mentor: Account, sign_in: Any,
                                              library: Library) -> None:
    office = sign_in(coordinator)
    office.post("/kota/mitra/baru/", {"change": str(new_id()), "name": "PT Maju", "kind": "company",
                                      "contact_phone": "081233334444"})
    partner = Partner.objects.get()
    office.post(f"/kota/mitra/{partner.pk}/", {"change": str(new_id()), "name": "PT Maju Terus", "kind": "company",
                                               "contact_phone": "081233334444"})
    partner.refresh_from_db()
    assert (partner.library_id, partner.name) == (None, "PT Maju Terus")
    assert browser.get(f"{HERE}/mitra/{partner.pk}/").content.decode().count("0812-3333-4444") == 1
    assert browser.get(f"{HERE}/mitra/{partner.pk}/ubah/").status_code == 404
    assert browser.post(f"{HERE}/mitra/{partner.pk}/akhir/").status_code == 404
    told = {"kind": "pks", "title": "Buku", "partner": str(partner.pk), "from_on": "2026-01-01", "until_on": "2026-04-01"}
    office.post("/kota/kesepakatan/baru/", told | {"change": str(new_id())})
    agreement = Agreement.objects.get()
    assert [row.title for row in office.get("/kota/advokasi/").context["ending"]] == ["Buku"]
    office.post(f"/kota/kesepakatan/baru/?ganti={agreement.pk}", told | {"change": str(new_id()), "until_on": ""})
    assert Agreement.objects.get(renews=agreement).until_on is None
    assert [row.title for row in office.get("/kota/advokasi/").context["ending"]] == []
    dates = {name: field.initial.isoformat() for name, field in
             office.get("/kota/advokasi/tanggal/").context["form"].fields.items() if name != "change"}
    office.post("/kota/advokasi/tanggal/", dates | {"change": str(new_id()), "office": "2026-03-25"})
    steps = browser.get(f"{HERE}/advokasi/tahun/2026/").context["steps"]
    assert [one.due_on.isoformat() for one in steps if one.milestone.key == "office"] == ["2026-03-25"]
    other = sign_in(mentor)
    assert [other.get(path).status_code for path in ("/kota/advokasi/", "/kota/mitra/", f"/kota/mitra/{partner.pk}/",
                                                     "/kota/advokasi/tanggal/", "/kota/mitra/baru/")] == [200, 200, 404, 404, 404]
    assert browser.get("/kota/mitra/").status_code == 404

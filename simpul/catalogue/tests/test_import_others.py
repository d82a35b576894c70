"""SLiMS exports, sheets, tries, and an import beside a busy desk."""

import csv
import io
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import connection

from simpul.catalogue.importing import import_file
from simpul.catalogue.importing.running import Run
from simpul.catalogue.models import Copy, SourceRecord, Title
from simpul.catalogue.search.models import SearchDoc
from simpul.catalogue.search.query import Query, search
from simpul.catalogue.tests.marc import field, record
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.transfers.models import Batch

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference data is not beside the repository")

BIBLIO = [
    "title", "gmd_name", "edition", "isbn_issn", "publisher_name", "publish_year", "collation",
    "series_title", "call_number", "language_name", "place_name", "classification", "notes", "image",
    "sor", "authors", "topics", "item_code"]
ITEM = [
    "item_code", "call_number", "coll_type_name", "inventory_code", "received_date", "supplier_name",
    "order_no", "location_name", "order_date", "item_status_name", "site", "source", "invoice", "price",
    "price_currency", "invoice_date", "input_date", "last_update", "title"]


def table(names: list[str], *rows: dict[str, str]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return stream.getvalue().encode()


HUJAN = {"title": "Hujan : novel", "gmd_name": "Text", "isbn_issn": "9786020324784", "publisher_name": "Gramedia",
         "publish_year": "2016", "call_number": "813 TER h", "language_name": "Indonesia", "classification": "813",
         "authors": "<Liye, Tere><Orang, Lain>", "topics": "<Fiksi><Remaja>", "item_code": "<H1><H2>"}
H1 = {"item_code": "H1", "inventory_code": "INV/1", "received_date": "2019-03-04", "source": "2", "price": "85000",
      "price_currency": "Rupiah", "site": "R2", "item_status_name": "Missing", "title": "Hujan : novel"}


@pytest.fixture
def run(tmp_path: Path, library: Any, by_librarian: Any, at: Any) -> Any:
    def go(kind: str, *contents: bytes, **more: Any) -> dict[str, int]:
        paths = []
        for n, content in enumerate(contents):
            paths.append(tmp_path / f"{n}.dat")
            paths[-1].write_bytes(content)
        return import_file(kind=kind, paths=paths, library=library, by=by_librarian, at=at, id=new_id(), **more).as_dict()

    return go


def counts(**given: int) -> dict[str, int]:
    told = {"added": 0, "updated": 0, "unchanged": 0, "refused": 0} | given
    return {"read": sum(told.values()), **told}


@pytest.mark.django_db
def test_slims_titles_and_copies_are_joined_by_code(run: Any) -> None:
    assert run("slims", table(BIBLIO, HUJAN), table(ITEM, H1)) == counts(added=1)
    title = Title.objects.get()
    assert (title.title, title.subtitle, title.contributors_line, title.language, title.ddc) == (
        "Hujan", "novel", "Liye, Tere; Orang, Lain", "ind", "813")
    assert list(Copy.objects.order_by("code").values_list(
        "code", "inventory_number", "call_number", "acquisition", "price", "shelf", "state", "received_on__year")) == [
        ("H1", "INV/1", "813 TER h", "grant", 85000, "R2", "missing", 2019),
        ("H2", "", "813 TER h", "", None, "", "available", None)]


@pytest.mark.django_db
def test_slims_copies_are_joined_by_title_where_no_code_is_listed(run: Any) -> None:
    run("slims", table(BIBLIO, HUJAN | {"item_code": ""}), table(ITEM, H1, {"item_code": "Z9", "title": "Tak dikenal"}))
    assert list(Copy.objects.values_list("code", flat=True)) == ["H1"]
    assert list(Batch.objects.get().refused_records.values_list("position", "code")) == [(2, "item_without_title")]


@pytest.mark.django_db
def test_slims_again_adds_nothing_and_a_later_price_updates(run: Any) -> None:
    run("slims", table(BIBLIO, HUJAN), table(ITEM, H1))
    assert run("slims", table(BIBLIO, HUJAN), table(ITEM, H1)) == counts(unchanged=1)
    assert run("slims", table(BIBLIO, HUJAN), table(ITEM, H1 | {"price": "90000"})) == counts(updated=1)
    assert list(Copy.objects.order_by("code").values_list("price", flat=True)) == [90000, None]


@pytest.mark.django_db
@pytest.mark.shared_data
@needs_shared
def test_the_sample_of_slims(library: Any, by_librarian: Any, at: Any) -> None:
    paths = [SHARED / "slims" / f"slims9_sampledata_{name}_export.csv" for name in ("biblio", "item")]
    told = [import_file(kind="slims", paths=paths, library=library, by=by_librarian, at=at, id=new_id()).as_dict()
            for _n in (1, 2)]
    rows = len(list(csv.reader(paths[0].read_text().splitlines()))) - 1
    items = len(list(csv.reader(paths[1].read_text().splitlines()))) - 1
    assert told == [counts(added=rows), counts(unchanged=rows)]
    assert Copy.objects.count() == items


# --- sheet --------------------------------------------------------------------------------------------------


def workbook(*rows: list[Any]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for n, row in enumerate(rows):
        sheet.write_row(n, 0, row)
    book.close()
    return stream.getvalue()


SHEET = (["Daftar buku TBM Melati"], [], ["Judul*", "Pengarang", "Tahun", "ISBN", "Kode eksemplar", "Jumlah eksemplar", "Sumber"])


@pytest.mark.django_db
def test_a_sheet_row_is_a_title_and_its_copies(run: Any) -> None:
    sheet = workbook(*SHEET, ["Hujan", "Tere Liye; Orang Lain", 2016, 9786020324784, "", 3, "Hibah"], ["", "", 1999],
                     ["Tanpa eksemplar", "", "", "", "", 0])
    assert run("sheet", sheet) == counts(added=2, refused=1)
    title = Title.objects.get(title="Hujan")
    assert (title.year, title.identifiers.get().value, title.contributors_line) == (
        2016, "9786020324784", "Tere Liye; Orang Lain")
    assert list(Copy.objects.order_by("code").values_list("code", "acquisition", "received_on")) == [
        ("S000001", "grant", None), ("S000002", "grant", None), ("S000003", "grant", None)]
    assert run("sheet", sheet) == counts(unchanged=2, refused=1)
    assert Copy.objects.count() == 3


@pytest.mark.django_db
def test_a_row_for_each_copy_makes_one_title(run: Any) -> None:
    sheet = workbook(*SHEET, ["Hujan", "", "", "", "A1"], ["Hujan", "", "", "", "A2"], ["Pulang", "", "", "", "A3"])
    assert run("sheet", sheet) == counts(added=3)
    assert sorted(Copy.objects.values_list("title__title", "code")) == [("Hujan", "A1"), ("Hujan", "A2"), ("Pulang", "A3")]
    assert Title.objects.count() == 2
    assert run("sheet", sheet) == counts(unchanged=3)


@pytest.mark.django_db
@pytest.mark.shared_data
@needs_shared
def test_inlislites_sheet_is_understood(run: Any) -> None:
    from python_calamine import CalamineWorkbook

    path = SHARED / "inlislite" / "books_format_template_empty.xlsx"
    head = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[:2]
    said = {"TGL PENGADAAN": "12-02-2024", "NO. INDUK": "001/2024", "NO. BARCODE": "0001", "JENIS SUMBER": "Hibah",
            "NAMA SUMBER": "Warga", "MATA UANG": "IDR", "HARGA": "79000", "AKSES": "Baca di tempat", "JUDUL UTAMA": "Hujan",
            "TAJUK PENGARANG": "Liye, Tere", "PENERBIT": "Gramedia", "TAHUN TERBIT": "2016", "NO DDC": "813",
            "BAHASA": "Indonesia", "SUBJEK TOPIK": "Fiksi", "NOMOR PANGGIL EKSEMPLAR": "813 TER h"}
    assert run("sheet", workbook(*head, [said.get(str(name), "") for name in head[1]])) == counts(added=1)
    copy = Copy.objects.select_related("title").get()
    assert (copy.code, copy.inventory_number, copy.acquisition, copy.supplier, copy.price, str(copy.received_on),
            copy.state, copy.call_number) == (
        "0001", "001/2024", "grant", "Warga", 79000, "2024-02-12", "reference", "813 TER h")
    assert (copy.title.title, copy.title.publisher, copy.title.year, copy.title.ddc, copy.title.language) == (
        "Hujan", "Gramedia", 2016, "813", "ind")


# --- search, tries, and the desk beside it ------------------------------------------------------------------


@pytest.mark.django_db
def test_imported_titles_are_found_at_once(run: Any, library: Any) -> None:
    run("slims", table(BIBLIO, HUJAN | {"topics": "<Perpustakaan>"}), table(ITEM, H1))
    hits = search(Query(text="perpustakaan liye"))
    assert hits.count == 1
    assert SearchDoc.objects.count() == Title.objects.count() == 1


def many(n: int, mark: str = "") -> bytes:
    return b"".join(record(("001", f"m{i}"), field("245", a=f"Judul nomor {i}{mark}"), field("100", a=f"Penulis {i % 7}"),
                           field("650", a="Sejarah"), field("952", p=f"M{i}")) for i in range(n))


@pytest.mark.django_db(transaction=True)
def test_a_try_tells_what_would_happen_and_changes_nothing(run: Any) -> None:
    run("marc", many(3))
    assert run("marc", many(2) + record(("001", "neu"), field("245", a="Baru")) + b"sampah",
               dry_run=True) == counts(added=1, unchanged=2, refused=1)
    assert (Title.objects.count(), SourceRecord.objects.count(), Batch.objects.count()) == (3, 3, 1)
    assert JournalLine.objects.filter(verb__startswith="batch").count() == 2


@pytest.mark.django_db
def test_a_killed_run_is_run_again(library: Any, by_librarian: Any, at: Any, tmp_path: Path,
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    path, id = tmp_path / "a.mrc", new_id()
    path.write_bytes(many(400))
    whole, killed = Run._slice, [0]

    def dies(self: Run, *args: Any) -> bool:
        killed[0] += 1
        if killed[0] == 3:
            raise KeyboardInterrupt
        return whole(self, *args)

    monkeypatch.setattr(Run, "_slice", dies)
    common = {"kind": "marc", "paths": [path], "library": library, "by": by_librarian, "at": at, "id": id}
    with pytest.raises(KeyboardInterrupt):
        import_file(**common)
    there = Title.objects.count()
    assert 0 < there < 400
    assert import_file(**common).as_dict() == counts(added=400 - there, unchanged=there)
    assert (Title.objects.count(), SearchDoc.objects.count(), Copy.objects.count()) == (400, 400, 400)


@pytest.mark.django_db
def test_a_record_that_the_database_does_not_take_is_refused_alone(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from simpul.catalogue.importing import running

    whole = running.write

    def picky(plan: Any, *rest: Any) -> None:
        if any(d.title == "Judul nomor 5" for d, _key, _new in plan.described.values()):
            raise ValueError("impossible")
        whole(plan, *rest)

    monkeypatch.setattr(running, "write", picky)
    assert run("marc", many(9)) == counts(added=8, refused=1)
    assert list(Batch.objects.get().refused_records.values_list("position", "code")) == [(6, "not_stored")]


@pytest.mark.django_db(transaction=True)
def test_the_desk_writes_while_an_import_runs(run: Any, library: Any, make_title: Any, by_librarian: Any, at: Any) -> None:
    from simpul.catalogue.actions import add_copies

    title, waits, over = make_title("Meja"), [], threading.Event()

    def desk() -> None:
        try:
            while not over.is_set():
                began = time.perf_counter()
                add_copies(title=title, library=library, by=by_librarian, at=at, id=new_id())
                waits.append(time.perf_counter() - began)
                time.sleep(0.02)
        finally:
            connection.close()

    thread = threading.Thread(target=desk)
    thread.start()
    try:
        assert run("marc", many(600)) == counts(added=600)
    finally:
        over.set()
        thread.join()
    assert len(waits) > 3
    assert Copy.objects.filter(title=title).count() == len(waits)
    assert max(waits) < 5  # seconds, on a machine that may be busy; the benchmark holds the real promise

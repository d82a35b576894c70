"""Libraries from a sheet."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.actions import take_library_sheet
from simpul.libraries.models import Library, Placement, Region
from simpul.libraries.sheets import COLUMNS, SheetRefused, SheetRow, day_of, read_sheet, template_csv, template_xlsx

AT = datetime(2026, 6, 8, 3, 0, tzinfo=UTC)
ROWS = """Nama;Jenis;Kelurahan;Alamat;Telepon;Berdiri
TBM Mawar;TBM;Sukarasa;Jl. Mawar 1;0812-3456-7890;17-08-2019
Perpustakaan Keliling;keliling;;;;
Pojok Baca Pasar;pojok baca;3671011002;;;2020
;tbm;Sukarasa;;;
TBM Salah;taman;Sukarasa;;;
TBM Jauh;tbm;Menteng;;;
TBM Telepon;tbm;Sukarasa;;abc;
"""


def take(rows: list[SheetRow], by: Actor) -> dict[str, Any]:
    return take_library_sheet(rows=rows, by=by, at=AT, id=new_id())


def test_what_fits_is_taken_and_what_does_not_is_told_with_its_row(city: Any, by_coordinator: Actor) -> None:
    outcome = take(read_sheet("perpustakaan.csv", ROWS.encode()), by_coordinator)
    assert outcome == {"read": 7, "added": 3, "updated": 0, "unchanged": 0, "refused": [
        [5, "name_missing", "name"], [6, "kind_unknown", "kind"], [7, "region_unknown", "region"],
        [8, "phone_wrong", "phone"]]}
    mawar, mobile, corner = Library.objects.order_by("code")
    assert (mawar.code, mawar.region.name, mawar.phone, str(mawar.opened_on)) == (
        "L001", "Sukarasa", "+6281234567890", "2019-08-17")
    assert (mobile.kind, mobile.region.code, corner.is_staffed, corner.region.code) == (
        "mobile", "36.71", False, "36.71.01.1002")
    assert Placement.objects.filter(until_on=None).count() == 3


def test_the_same_sheet_again_adds_nothing(city: Any, by_coordinator: Actor) -> None:
    rows = read_sheet("perpustakaan.csv", ROWS.encode())
    take(rows, by_coordinator)
    again = take(rows, by_coordinator)
    assert [again[key] for key in ("read", "added", "updated", "unchanged")] == [7, 0, 0, 3]
    assert Library.objects.count() == 3


def test_a_row_updates_what_it_tells_and_leaves_the_rest(library: Library, by_coordinator: Actor) -> None:
    Library.objects.filter(pk=library.pk).update(address="Jl. Lama 1", email="ada@example.org")
    row = SheetRow(2, {"name": library.name, "kind": "kelurahan", "region": "Sukasari", "address": "Jl. Baru 2"})
    outcome = take([row], by_coordinator)
    library.refresh_from_db()
    assert (outcome["updated"], library.address, library.email) == (1, "Jl. Baru 2", "ada@example.org")


def test_a_code_renames_and_an_unknown_one_is_refused(library: Library, by_coordinator: Actor) -> None:
    cells = {"name": "Taman Baca Sukasari", "kind": "kelurahan", "region": "Sukasari"}
    outcome = take([SheetRow(2, {**cells, "code": "L001"}), SheetRow(3, {**cells, "code": "L777"})], by_coordinator)
    library.refresh_from_db()
    assert (library.name, outcome["refused"]) == ("Taman Baca Sukasari", [[3, "code_unknown", "code"]])


def test_two_villages_of_one_name_need_the_district(city: Any, by_coordinator: Actor) -> None:
    second = Region.objects.create(id=Region.id_for("36.71.02"), code="36.71.02", name="Jatiuwung", level=3,
                                   parent=Region.objects.get(code="36.71"))
    Region.objects.create(id=Region.id_for("36.71.02.1001"), code="36.71.02.1001", name="Sukarasa", level=4,
                          parent=second)
    cells = {"name": "TBM Mawar", "kind": "tbm", "region": "sukarasa"}
    outcome = take([SheetRow(2, cells), SheetRow(3, {**cells, "district": "Kecamatan Jatiuwung"})], by_coordinator)
    assert (outcome["added"], outcome["refused"]) == (1, [[2, "region_ambiguous", "region"]])
    assert Library.objects.get().region.code == "36.71.02.1001"


def test_a_librarian_takes_no_sheet(city: Any, by_librarian: Actor) -> None:
    with pytest.raises(NotAllowed):
        take([SheetRow(2, {"name": "TBM", "kind": "tbm", "region": "Sukarasa"})], by_librarian)


def test_five_hundred_rows_in_a_fixed_number_of_queries(city: Any, by_coordinator: Actor,
                                                        django_assert_max_num_queries: Any) -> None:
    rows = [SheetRow(n, {"name": f"TBM {n}", "kind": "tbm", "region": "Sukarasa"}) for n in range(2, 502)]
    with django_assert_max_num_queries(40):
        assert take(rows, by_coordinator)["added"] == 500


def test_the_templates_read_back(city: Any) -> None:
    regions = list(Region.objects.select_related("parent"))
    for name, content in (("t.xlsx", template_xlsx(regions)), ("t.csv", template_csv().encode())):
        assert [(row.number, row.cells["name"], row.cells["kind"]) for row in read_sheet(name, content)] == [
            (2, "TBM Melati", "tbm")]
    places = CalamineWorkbook.from_filelike(io.BytesIO(template_xlsx(regions))).get_sheet_by_name("Wilayah").to_python()
    assert places[1] == ["36.71.01.1001", "Sukarasa", "Tangerang"]


def test_numbers_and_dates_of_a_workbook_are_read_as_people_see_them() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(1, 0, ["NAMA *", "Jenis Perpustakaan", "Kode pos", "Berdiri"])
    sheet.write_row(2, 0, ["TBM  Mawar ", "tbm", 15118])
    sheet.write_datetime(2, 3, datetime(2019, 8, 17), book.add_format({"num_format": "dd-mm-yyyy"}))
    book.close()
    assert read_sheet("x.xlsx", out.getvalue()) == [
        SheetRow(3, {"name": "TBM Mawar", "kind": "tbm", "postal_code": "15118", "opened_on": "2019-08-17"})]


@pytest.mark.parametrize(("name", "content", "code"), [
    ("a.csv", b"Nama;Jenis\n", "empty"), ("a.csv", b"Buku;Harga\nx;1\n", "headings_missing"),
    ("a.xlsx", b"not a workbook", "unreadable"), ("a.csv", b"", "empty"), ("a.xlsx", b"", "unreadable"),
    ("a.csv", b"\xff\xfe\x00\x00", "headings_missing")])
def test_a_file_that_is_no_sheet_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(name, content)
    assert refused.value.code == code


@pytest.mark.parametrize(("text", "iso"), [("17-08-2019", "2019-08-17"), ("2019", "2019-01-01"), ("1/2/2020",
                         "2020-02-01"), ("32-01-2020", "None"), ("kemarin", "None")])
def test_days_are_read_as_people_write_them(text: str, iso: str) -> None:
    assert str(day_of(text)) == iso


def test_old_spreadsheets_in_cp1252_keep_their_letters() -> None:
    rows = read_sheet("a.csv", "Nama,Jenis\nTBM Café,tbm\n".encode("cp1252"))
    assert rows[0].cells["name"] == "TBM Café"


def test_the_page_shows_the_outcome_and_gives_the_refused_rows_back(coordinator: Any, city: Any, sign_in: Any) -> None:
    browser = sign_in(coordinator)
    answer = browser.post(reverse("libraries:sheet"), {
        "sheet": SimpleUploadedFile("perpustakaan.csv", ROWS.encode()), "change": str(new_id())}, follow=True)
    assert (answer.context["outcome"]["added"], [number for number, _why in answer.context["refused"]]) == (
        3, [5, 6, 7, 8])
    mended = browser.get(reverse("libraries:sheet_refused")).content
    assert [row.cells.get("name") for row in read_sheet("x.csv", mended)] == [
        None, "TBM Salah", "TBM Jauh", "TBM Telepon"]


def test_headings_are_distinct() -> None:
    words = [word for column in COLUMNS for word in {column.heading.lower(), column.key, *column.also}]
    assert len(words) == len(set(words))

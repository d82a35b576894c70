"""Members of other systems come in."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from simpul.core.actor import COMMAND
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.people.actions import correct_person, erase_person, erase_unconsented
from simpul.people.importing import CannotImport, import_file, import_members, run_waiting_batch, write_template
from simpul.people.importing.columns import SLIMS, heading_of
from simpul.people.models import Card, Guardianship, Member, Person
from simpul.people.queries import member_by_card
from simpul.transfers.models import Batch, RefusedRecord
from simpul.transfers.unpacking import TooMuchInside, refuse_bomb

INLIS = Path(__file__).parents[4] / "shared/data/inlislite/members_format_template_empty.xlsx"


@pytest.fixture
def bring(library, at, tmp_path):
    """Write rows under a heading and import them."""
    def do(heading, rows, name="anggota.csv", **given):
        path = tmp_path / name
        if name.endswith(".xlsx"):
            book = xlsxwriter.Workbook(path)
            sheet = book.add_worksheet()
            for n, row in enumerate([heading, *rows]):
                for k, cell in enumerate(row):
                    sheet.write(n, k, cell)
            book.close()
        else:
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([heading, *rows])
        return import_members(**({"path": path, "library": library, "by": COMMAND, "at": at, "id": new_id()} | given))
    return do


SHEET = ["Nomor anggota", "Nama", "Tahun lahir", "L/P", "Telepon", "NIK", "Nama wali", "Telepon wali"]
ROWS = [["A-1", "Siti Aminah", "1990", "P", "0812 3456 7890", "3671012345678901", "", ""],
        ["A-2", "Rafi Pratama", "2017", "L", "", "3671012345678902", "Dian Pratama", "081298765432"]]


def test_a_sheet_comes_in_and_again_adds_nothing(bring, library):
    summary, again = bring(SHEET, ROWS), bring(SHEET, ROWS)
    assert summary.as_dict() == {"read": 2, "added": 2, "updated": 0, "unchanged": 0, "refused": 0}
    assert again.as_dict() == {"read": 2, "added": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert (summary.dropped, summary.children) == (("NIK",), 1)
    siti = Member.objects.get(number="A-1")
    assert (siti.person.name, siti.person.birth_year, siti.person.phone, siti.type.code, siti.came_from) == (
        "Siti Aminah", 1990, "+6281234567890", "umum", "sheet")
    assert member_by_card("a-1", library) == siti
    assert [(g.name, g.phone) for g in Guardianship.objects.all()] == [("Dian Pratama", "+6281298765432")]


def test_identity_numbers_are_nowhere(bring):
    bring(SHEET, ROWS)
    kept = [str(value) for model in (Person, Member, Card, Guardianship, JournalLine, RefusedRecord)
            for row in model.objects.values() for value in row.values()]
    assert [value for value in kept if "36710123" in value] == []


def test_a_dry_run_tells_the_same_and_writes_nothing(bring):
    dry = bring(SHEET, ROWS, dry_run=True)
    assert (Person.objects.count(), Batch.objects.count(), JournalLine.objects.count()) == (0, 0, 0)
    assert dry.as_dict() == bring(SHEET, ROWS).as_dict()
    assert bring(SHEET, ROWS, dry_run=True).unchanged == 2


def test_what_the_desk_corrected_stays_and_what_is_empty_is_filled(bring, by_librarian, at):
    bring(SHEET, ROWS)
    person = Person.objects.get(name="Siti Aminah")
    correct_person(person=person, known={"name": "Siti Aminah Putri", "phone": ""}, by=by_librarian, at=at, id=new_id())
    assert bring(SHEET, ROWS).as_dict()["updated"] == 1
    person.refresh_from_db()
    assert (person.name, person.phone) == ("Siti Aminah Putri", "+6281234567890")


def test_an_erased_person_does_not_come_back(bring, by_librarian, at):
    bring(SHEET, ROWS)
    erase_person(person=Person.objects.get(name="Siti Aminah"), by=by_librarian, at=at, id=new_id())
    assert bring(SHEET, ROWS).as_dict() == {"read": 2, "added": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert Person.objects.filter(name="Siti Aminah").count() == 0


def test_imported_children_have_thirty_days_too(bring, at):
    bring(SHEET, ROWS)
    assert erase_unconsented(at=at + timedelta(days=30)) == 1
    assert [p.name for p in Person.objects.present()] == ["Siti Aminah"]


def test_what_cannot_be_taken_is_refused_with_its_place(bring):
    summary = bring(SHEET, [*ROWS, ["A-3", "", "", "", "", "", "", ""], ["A-1", "Siti Lagi", "", "", "", "", "", ""]])
    assert (summary.read, summary.added, summary.refused) == (4, 2, 2)
    assert list(RefusedRecord.objects.values_list("position", "code")) == [(3, "name_missing"), (4, "double")]
    rows = list(csv.reader(Path(summary.refusals_file).read_text(encoding="utf-8").splitlines()))
    assert [row[:2] for row in rows] == [["position", "code"], ["3", "name_missing"], ["4", "double"]]


def test_taken_numbers_and_cards_give_way(bring, make_member, library):
    taken = make_member("Orang Lain")
    Member.objects.filter(pk=taken.pk).update(number="A-1")
    then = taken.person.recorded_at
    Card.objects.create(member=make_member("Kartu Lain"), code=f"{library.code}:A-2", issued_at=then, ended_at=then)
    bring(SHEET, ROWS)
    assert Member.objects.get(person__name="Siti Aminah").number == "2026-0001"
    assert len(Card.objects.get(member__person__name="Rafi Pratama").code) == 8


def test_slims_members_come_in_with_and_without_heading(bring, tmp_path, library, at):
    row = ["M000001", "Budi Santoso", "1", "Standard", "m1@example.org", "Jl. Melati 3", "15111", "SD Negeri 1", "0",
           "member_M1.jpg", "1234", "081234567890", "", "2023-01-05", "2023-01-05", "2029-12-31", "1988-04-02", "-"]
    bring(list(SLIMS), [row])
    member = Member.objects.get()
    assert (member.number, member.came_from, str(member.since_on), str(member.until_on)) == (
        "M000001", "slims", "2023-01-05", "2029-12-31")
    assert (member.person.sex, member.person.birth_year, member.person.institution) == ("L", 1988, "SD Negeri 1")
    assert bring(row, [["M000002", "Siti", "0", *row[3:]]], name="tanpa.csv").as_dict() == {
        "read": 2, "added": 1, "updated": 0, "unchanged": 1, "refused": 0}
    assert Person.objects.get(name="Siti").sex == "P"


@pytest.mark.shared_data
@pytest.mark.skipif(not INLIS.exists(), reason="needs shared/data/inlislite beside the repository")
def test_inlislites_forty_nine_columns(bring):
    headings = CalamineWorkbook.from_path(str(INLIS)).get_sheet_by_index(0).to_python()[0]
    found = heading_of(headings)
    assert (len(headings), found.source) == (49, "inlislite")
    assert {"NO. IDENTITAS", "AGAMA", "IBU KANDUNG", "STATUS PERKAWINAN", "TEMPAT LAHIR", "JENIS IDENTITAS"} <= set(
        found.dropped)
    said = {"NO ANGGOTA": "14042200001", "NAMA": "Budi Santoso", "TANGGAL LAHIR": "02-04-1988", "AGAMA": "RAHASIA",
            "IBU KANDUNG": "RAHASIA", "NO. IDENTITAS": "3671012345678901", "JENIS KELAMIN": "Laki-laki",
            "PEKERJAAN": "Pegawai Negeri", "PENDIDIKAN TERAKHIR": "SMA / Sederajat", "NO. HP": 81234567890,
            "TANGGAL PENDAFTARAN": "2022-03-01"}
    summary = bring(headings, [[said.get(name, "") for name in headings]], name="anggota.xlsx")
    person = Person.objects.get()
    assert summary.added == 1
    assert (person.name, person.birth_year, person.sex, person.phone, person.occupation, person.education) == (
        "Budi Santoso", 1988, "L", "+6281234567890", "PNS", "SMA")
    assert [v for row in Person.objects.values() for v in row.values() if "RAHASIA" in str(v)] == []


def test_our_template_can_be_filled_in(bring, tmp_path):
    out = io.BytesIO()
    write_template(out)
    headings, example = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
    assert bring(headings, [example, ["", "Siti Aminah", *[""] * 13]], name="isi.xlsx").as_dict() == {
        "read": 1, "added": 1, "updated": 0, "unchanged": 0, "refused": 0}


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04 no zip", b"a,b\n1,2", b"\xff\xfe", b'"' * 9999])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx"])
def test_a_broken_file_is_refused_in_words(library, at, tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CannotImport):
        import_members(path=path, library=library, by=COMMAND, at=at, id=new_id())


def test_only_the_librarian_or_the_command_line_imports(bring, by_librarian, by_volunteer, by_coordinator, by_stranger):
    for by in (by_volunteer, by_coordinator, by_stranger):
        with pytest.raises(NotAllowed):
            bring(SHEET, ROWS, by=by)
    assert bring(SHEET, ROWS, by=by_librarian).added == 2


def test_a_waiting_batch_is_run_and_its_file_goes(library, by_librarian, at):
    batch = Batch.objects.create(library_id=library.pk, kind="members", file_name="a.csv", by_kind="account",
                                 by_id=by_librarian.id, started_at=at)
    batch.folder.mkdir(parents=True)
    (batch.folder / "0-a.csv").write_text("Nama,NIK\nSiti,367101\n")
    assert run_waiting_batch(batch.pk).added == 1
    batch.refresh_from_db()
    assert (batch.state, batch.added, list(batch.folder.glob("[0-9]-*"))) == ("done", 1, [])
    again = import_file(kind="members", paths=[_file(batch)], library=library, by=COMMAND, at=at, id=new_id())
    assert again.unchanged == 1


def _file(batch):
    path = batch.folder / "lagi.csv"
    path.write_text("Nama\tNIK\nSiti\t367101\n")
    return path


def test_an_identity_number_used_as_member_number_is_not_kept(bring):
    rows = [["3671014107900001", "Siti Aminah", "1990", "P", "081234567890", "", "", ""],
            ["3671 0141 0790 0001", "Siti Aminah", "1990", "P", "081234567890", "", "", ""]]
    summary, again = bring(SHEET, rows), bring(SHEET, rows)
    assert (summary.added, summary.refused, again.unchanged) == (1, 1, 1)
    kept = [str(value) for model in (Person, Member, Card, JournalLine, RefusedRecord, Batch)
            for row in model.objects.values() for value in row.values()]
    assert [value for value in kept if "36710141" in value.replace(" ", "")] == []


def test_the_list_of_refusals_tells_of_no_person(bring):
    """Erasure does not reach it, and numbers of old systems may be school numbers."""
    bring(SHEET, [["S-77", "Siti", "1990", "P", "", "", "", ""], ["S-77", "Siti", "1990", "P", "", "", "", ""],
                  ["S-78", "", "1990", "P", "", "", "", ""]])
    batch = Batch.objects.get()
    assert [row.excerpt for row in RefusedRecord.objects.order_by("position")] == ["", ""]
    assert "S-7" not in batch.refusals_path.read_text()


def test_a_sheet_that_unpacks_to_gigabytes_is_refused_unopened(library, at, tmp_path, monkeypatch):
    monkeypatch.setattr("simpul.transfers.unpacking.MOST_UNPACKED", 1_000_000)
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(CannotImport):
        import_members(path=path, library=library, by=COMMAND, at=at, id=new_id())
    with pytest.raises(TooMuchInside):
        refuse_bomb(path)


def test_the_file_lies_ready_before_the_batch_waits(library, librarian, sign_in, settings, tmp_path):
    settings.DATA = tmp_path
    id = new_id()
    for _tap in range(2):
        sign_in(librarian).post(f"/perpustakaan/{library.code}/anggota/impor/", {
            "file": SimpleUploadedFile("anggota.csv", b"Nama,Tahun lahir\nSiti,1990\n"), "change": str(id)})
    batch = Batch.objects.get()
    assert [path.name for path in batch.folder.iterdir()] == ["0-members.csv"]
    assert run_waiting_batch(batch.pk).read == 1
    assert list(batch.folder.glob("0-*")) == []

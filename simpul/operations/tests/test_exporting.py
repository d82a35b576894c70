"""What a library takes along can be read by others, and by us."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pymarc import MARCReader, parse_xml_to_array

from simpul.catalogue.models import Contributor, Identifier, SourceRecord, Subject, Title
from simpul.operations.exporting import made_record
from simpul.operations.tests.conftest import Said

Run = Callable[..., Said]


def full_title(make_title: Callable[..., Title]) -> Title:
    title = make_title("Laskar Pelangi", subtitle="sebuah novel", publisher="Bentang", place="Yogyakarta", year=2005,
                       ddc="899.221")
    Contributor.objects.create(title=title, name="Hirata, Andrea", role="pengarang", position=0)
    Contributor.objects.create(title=title, name="Bentang", is_body=True, position=1)
    Subject.objects.create(title=title, term="Fiksi Indonesia", position=0)
    Identifier.objects.create(title=title, kind="isbn", value="9789793062792")
    return title


def test_marc_is_read_back_by_others(simpul: Run, library: Any, make_title: Any, make_copy: Any, tmp_path: Path) -> None:
    make_copy(full_title(make_title))
    said = simpul("export", "marc", "--library", "L001", tmp_path / "all.mrc", "--json")
    assert said.json == {"file": str(tmp_path / "all.mrc"), "written": 1}
    [record] = MARCReader((tmp_path / "all.mrc").read_bytes())
    assert record is not None
    assert record["245"].format_field() == "Laskar Pelangi sebuah novel"
    assert [field.tag for field in record.get_fields("020", "100", "650", "710")] == ["020", "100", "650", "710"]
    assert record["008"].data[35:38] == "ind"
    assert len(record["008"].data) == 40


def test_a_record_that_was_brought_comes_back_byte_for_byte(
        simpul: Run, library: Any, make_title: Any, make_copy: Any, at: datetime, tmp_path: Path) -> None:
    title = full_title(make_title)
    brought = made_record(title).as_marc().replace(b"Laskar", b"LASKAR")
    SourceRecord.objects.create(library=library, source="inlislite", external_id="1", title=title, form="marc21",
                                content=brought, sha256="0", recorded_at=at)
    simpul("export", "marc", "--library", "L001", tmp_path / "all.mrc")
    assert (tmp_path / "all.mrc").read_bytes() == brought
    simpul("export", "marcxml", "--library", "L001", tmp_path / "all.xml")
    [record] = parse_xml_to_array(io.BytesIO((tmp_path / "all.xml").read_bytes()))
    assert record["245"]["a"] == "LASKAR Pelangi"


def test_copies_as_a_sheet(simpul: Run, library: Any, other_library: Any, make_title: Any, make_copy: Any,
                           tmp_path: Path) -> None:
    title = full_title(make_title)
    make_copy(title, code="B1", price=65000, received_on=date(2024, 2, 1))
    make_copy(title, code="B2")
    make_copy(title, code="B3", state="withdrawn")
    make_copy(title, code="B4", library=other_library)
    make_copy(make_title("=1+1"), code="B5")
    simpul("export", "csv", "--library", "L001", tmp_path / "all.csv")
    rows = list(csv.DictReader((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["code"], row["title"], row["price"], row["received_on"]) for row in rows] == [
        ("B1", "Laskar Pelangi", "65000", "2024-02-01"), ("B2", "Laskar Pelangi", "", ""), ("B5", "'=1+1", "", "")]


def test_members_without_the_erased_and_for_their_owner_only(
        simpul: Run, make_member: Any, at: datetime, tmp_path: Path) -> None:
    make_member("Siti Aminah", phone="+628123456789")
    gone = make_member("Budi").person
    type(gone).objects.filter(pk=gone.pk).update(erased_at=at)
    simpul("export", "members", "--library", "L001", tmp_path / "members.csv")
    rows = list(csv.DictReader((tmp_path / "members.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["name"], row["phone"]) for row in rows] == [("Siti Aminah", "+628123456789")]
    assert (tmp_path / "members.csv").stat().st_mode & 0o077 == 0

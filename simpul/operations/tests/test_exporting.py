"""What a library takes along can be read by others, and by us."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pymarc import MARCReader, parse_xml_to_array

from simpul.catalogue.models import Contributor, Copy, Identifier, Subject, Title
from simpul.operations.tests.conftest import Said
from simpul.visits.models import Visit

Run = Callable[..., Said]


def full_title(make_title: Callable[..., Title]) -> Title:
    title = make_title("Laskar Pelangi", subtitle="sebuah novel", publisher="Bentang", place="Yogyakarta", year=2005,
                       ddc="899.221")
    Contributor.objects.create(title=title, name="Hirata, Andrea", role="pengarang", position=0)
    Contributor.objects.create(title=title, name="Bentang", is_body=True, position=1)
    Subject.objects.create(title=title, term="Fiksi Indonesia", position=0)
    Identifier.objects.create(title=title, kind="isbn", value="9789793062792")
    return title


def test_marc_is_read_back_by_others_with_its_copies(
        simpul: Run, library: Any, make_title: Any, make_copy: Any, tmp_path: Path) -> None:
    make_copy(full_title(make_title), code="B1", price=65000)
    said = simpul("export", "marc", "--library", "L001", tmp_path / "all.mrc", "--json")
    assert said.json == {"file": str(tmp_path / "all.mrc"), "written": 1}
    simpul("export", "marcxml", "--library", "L001", tmp_path / "all.xml")
    for record in (*MARCReader((tmp_path / "all.mrc").read_bytes()),
                   *parse_xml_to_array(io.BytesIO((tmp_path / "all.xml").read_bytes()))):
        assert record is not None
        assert record["245"].format_field() == "Laskar Pelangi sebuah novel"
        assert [field.tag for field in record.get_fields("020", "100", "650", "710")] == ["020", "650", "100", "710"]
        assert record["008"].data[35:38] == "ind"
        assert len(record["008"].data) == 40
        assert (record["952"]["p"], record["952"]["g"]) == ("B1", "65000")


@pytest.mark.parametrize(("kind", "comes_in_as"), [("marc", "marc"), ("marcxml", "marc"), ("csv", "sheet")])
def test_what_was_exported_comes_in_again_as_the_same_titles_and_copies(
        simpul: Run, library: Any, other_library: Any, make_title: Any, make_copy: Any, tmp_path: Path, settings: Any,
        kind: str, comes_in_as: str) -> None:
    settings.DATA = tmp_path
    title = full_title(make_title)
    make_copy(title, code="B1", price=65000, received_on=date(2024, 2, 1))
    make_copy(title, code="B2")
    make_copy(title, code="B4", library=other_library)
    simpul("export", kind, "--library", "L001", tmp_path / "all")
    brought = ("import", comes_in_as, tmp_path / "all", "--library", "L002", "--json")
    assert simpul(*brought).json["added"] > 0
    assert simpul(*brought).json["added"] == 0
    assert list(Title.objects.all()) == [title]
    assert list(Copy.objects.order_by("library__code", "code").values_list(
        "library__code", "code", "price", "received_on")) == [
        ("L001", "B1", 65000, date(2024, 2, 1)), ("L001", "B2", None, None),
        ("L002", "B1", 65000, date(2024, 2, 1)), ("L002", "B2", None, None), ("L002", "B4", None, None)]


def test_visits_come_in_once(simpul: Run, library: Any, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    log = tmp_path / "visitors.csv"
    log.write_text('"member_id","member_name","institution","checkin_date"\n'
                   '"","Siti","SMPN 5","2026-03-09 08:15:00"\n"","Budi","","2026-03-09 09:00:00"\n')
    answers = [simpul("import", "visits", log, "--library", "L001", "--json", *more).json
               for more in (["--dry-run"], [], [])]
    assert [(said["read"], said["added"], said["unchanged"]) for said in answers] == [(2, 2, 0), (2, 2, 0), (2, 0, 2)]
    assert Visit.objects.filter(library=library).count() == 2
    assert simpul("import", "visits", log, log, "--library", "L001").code == 2


def test_members_without_the_erased_and_for_their_owner_only(
        simpul: Run, make_member: Any, at: datetime, tmp_path: Path) -> None:
    make_member("Siti Aminah", phone="+628123456789")
    gone = make_member("Budi").person
    type(gone).objects.filter(pk=gone.pk).update(erased_at=at)
    simpul("export", "members", "--library", "L001", tmp_path / "members.csv")
    rows = list(csv.DictReader((tmp_path / "members.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["name"], row["phone"]) for row in rows] == [("Siti Aminah", "+628123456789")]
    assert (tmp_path / "members.csv").stat().st_mode & 0o077 == 0

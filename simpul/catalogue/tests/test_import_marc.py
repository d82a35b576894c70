"""A library brings its MARC records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simpul.catalogue.importing import import_file
from simpul.catalogue.models import Copy, Identifier, SourceRecord, Title
from simpul.catalogue.tests.marc import field, record
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.transfers.models import Batch

pytestmark = pytest.mark.django_db

LASKAR = record(
    ("001", "b1"), ("003", "PERPUS"), ("008", "080101s2005    io            000 1 ind d"),
    field("020", a="979-3062-79-7 (pbk.)"), field("082", a="899.221/3"), field("100", a="Hirata, Andrea,", e="pengarang."),
    field("245", a="Laskar Pelangi /", c="Andrea Hirata."), field("250", a="Cet. 1."),
    field("260", a="Yogyakarta :", b="Bentang,", c="2005."), field("300", a="xiv, 529 hlm. ;", c="21 cm."),
    field("650", a="Fiksi Indonesia."), field("952", p="B001", o="899.221 HIR l", d="2006-02-01", e="Hibah", g="45000"))
SUNDA = record(("001", "b2"), ("008", "080101s1998    io            000 1 sun d"),
               field("245", a="Carita Pantun Sunda"), field("260", c="[1998?]"))


@pytest.fixture
def run(tmp_path: Path, library: Any, by_librarian: Any, at: Any) -> Callable[..., dict[str, int]]:
    """Import these bytes and give the five counts."""

    def go(content: bytes, name: str = "katalog.mrc", kind: str = "marc", into: Any = None, by: Any = None,
           id: Any = None) -> dict[str, int]:
        path = tmp_path / name
        path.write_bytes(content)
        return import_file(kind=kind, paths=[path], library=into or library, by=by or by_librarian, at=at,
                           id=id or new_id()).as_dict()

    return go


def counts(**given: int) -> dict[str, int]:
    told = {"added": 0, "updated": 0, "unchanged": 0, "refused": 0} | given
    return {"read": sum(told.values()), **told}


def test_a_record_becomes_a_title_with_its_copy(run: Any, library: Any, at: Any) -> None:
    assert run(LASKAR) == counts(added=1)
    title = Title.objects.get()
    assert {name: getattr(title, name) for name in (
        "title", "responsibility", "contributors_line", "edition", "publisher", "place", "year", "extent", "language",
        "ddc", "format", "recorded_at")} == {
        "title": "Laskar Pelangi", "responsibility": "Andrea Hirata", "contributors_line": "Hirata, Andrea",
        "edition": "Cet. 1", "publisher": "Bentang", "place": "Yogyakarta", "year": 2005,
        "extent": "xiv, 529 hlm. ; 21 cm", "language": "ind", "ddc": "899.2213", "format": "book", "recorded_at": at}
    assert list(Identifier.objects.values_list("kind", "value", "is_valid")) == [("isbn", "9789793062792", True)]
    copy = Copy.objects.get()
    assert (copy.code, copy.call_number, str(copy.received_on), copy.acquisition, copy.price) == (
        "B001", "899.221 HIR l", "2006-02-01", "grant", 45000)
    source = SourceRecord.objects.get()
    assert (source.external_id, bytes(source.content), source.library) == ("(PERPUS)b1", LASKAR, library)


def test_the_same_file_again_adds_nothing(run: Any) -> None:
    assert run(LASKAR + SUNDA) == counts(added=2)
    assert run(LASKAR + SUNDA) == counts(unchanged=2)
    assert (Title.objects.count(), Copy.objects.count()) == (2, 1)


def test_a_changed_record_updates_its_title(run: Any) -> None:
    run(SUNDA)
    changed = record(("001", "b2"), ("008", "080101s1998    io            000 1 sun d"),
                     field("245", a="Carita Pantun Sunda"), field("260", b="Pustaka Jaya", c="[1998?]"))
    assert run(changed) == counts(updated=1)
    assert list(Title.objects.values_list("title", "publisher", "year")) == [("Carita Pantun Sunda", "Pustaka Jaya", 1998)]


def test_the_same_record_twice_in_a_file_is_one(run: Any) -> None:
    assert run(SUNDA + SUNDA) == counts(added=1, unchanged=1)


def test_two_records_with_one_number_are_two_on_every_run(run: Any) -> None:
    other = record(("001", "b2"), field("245", a="Buku lain"))
    assert run(SUNDA + other) == counts(added=2)
    assert run(SUNDA + other) == counts(unchanged=2)
    assert sorted(SourceRecord.objects.values_list("external_id", flat=True)) == ["b2", "b2#2"]


def test_two_libraries_with_one_book_share_its_title(run: Any, other_library: Any, by_stranger: Any) -> None:
    run(LASKAR)
    sparse = record(("001", "x9"), field("020", a="9789793062792"), field("245", a="LASKAR PELANGI"))
    assert run(sparse, into=other_library, by=by_stranger) == counts(added=1)
    assert list(Title.objects.values_list("title", "publisher")) == [("Laskar Pelangi", "Bentang")]
    assert SourceRecord.objects.filter(title=Title.objects.get()).count() == 2


def test_the_fuller_record_describes_a_shared_title(run: Any, other_library: Any, by_stranger: Any) -> None:
    sparse = record(("001", "x9"), field("020", a="9789793062792"), field("245", a="LASKAR PELANGI"))
    run(sparse, into=other_library, by=by_stranger)
    run(LASKAR)
    assert list(Title.objects.values_list("title", "publisher")) == [("Laskar Pelangi", "Bentang")]


def test_one_isbn_on_two_volumes_makes_two_titles(run: Any) -> None:
    first = record(("001", "1"), field("020", a="9789793062792"), field("245", a="Sejarah", n="Jilid 1"))
    second = record(("001", "2"), field("020", a="9789793062792"), field("245", a="Sejarah", n="Jilid 2"))
    run(first + second)
    assert sorted(Title.objects.values_list("title", "part")) == [("Sejarah", "Jilid 1"), ("Sejarah", "Jilid 2")]


def test_a_shared_title_stays_as_it_is_when_one_library_turns_its_record_into_another_book(
        run: Any, other_library: Any, by_stranger: Any) -> None:
    run(LASKAR)
    run(record(("001", "x9"), field("020", a="9789793062792"), field("245", a="Laskar Pelangi")),
        into=other_library, by=by_stranger)
    other_book = record(("001", "x9"), field("020", a="9786020324784"), field("245", a="Hujan"), field("100", a="Tere Liye"))
    assert run(other_book, into=other_library, by=by_stranger) == counts(updated=1)
    assert sorted(Title.objects.values_list("title", flat=True)) == ["Hujan", "Laskar Pelangi"]


def test_an_isbn_with_a_wrong_check_digit_is_kept_and_marked(run: Any) -> None:
    run(record(("001", "1"), field("020", a="9789793062799"), field("245", a="Salah")))
    assert list(Identifier.objects.values_list("value", "is_valid")) == [("9789793062799", False)]


def test_a_refused_record_is_listed_and_the_others_are_taken(run: Any) -> None:
    assert run(LASKAR + record(("001", "9"), field("100", a="Tanpa judul")) + SUNDA) == counts(added=2, refused=1)
    batch = Batch.objects.get()
    assert list(batch.refused_records.values_list("position", "code")) == [(2, "no_title")]
    assert batch.refusals_path.read_text().splitlines()[1].startswith("2,no_title,")


def test_a_copy_whose_code_another_title_has_is_left_out_and_listed(run: Any) -> None:
    run(LASKAR)
    again = record(("001", "z"), field("245", a="Lain"), field("952", p="B001"))
    assert run(again) == counts(added=1)
    assert Copy.objects.get().title.title == "Laskar Pelangi"
    assert list(Batch.objects.order_by("-id")[0].refused_records.values_list("code", flat=True)) == ["copy_code_taken"]


def test_a_copy_without_code_gets_one(run: Any) -> None:
    run(record(("001", "z"), field("245", a="Lain"), field("952", a="PUSAT", o="800 X")))
    assert Copy.objects.get().code == "S000001"


def test_the_state_of_a_copy_is_the_desks_business(run: Any) -> None:
    run(LASKAR)
    Copy.objects.update(state=Copy.State.ON_LOAN)
    changed = LASKAR.replace(b"45000", b"55000")
    assert run(changed) == counts(updated=1)
    assert list(Copy.objects.values_list("price", "state")) == [(55000, "on_loan")]


def test_a_run_is_two_lines_in_the_journal(run: Any) -> None:
    run(LASKAR + SUNDA)
    assert list(JournalLine.objects.order_by("position").values_list("verb", flat=True)) == ["batch.begun", "batch.imported"]
    assert JournalLine.objects.get(verb="batch.imported").facts == counts(added=2)


def test_the_same_change_again_answers_as_the_first_time(run: Any) -> None:
    id = new_id()
    assert run(LASKAR, id=id) == counts(added=1)
    assert run(LASKAR, id=id) == counts(added=1)
    assert Batch.objects.count() == 1


def test_a_stranger_may_not_import(run: Any, by_stranger: Any, by_volunteer: Any) -> None:
    for by in (by_stranger, by_volunteer):
        with pytest.raises(NotAllowed):
            run(LASKAR, by=by)
    assert Title.objects.count() == 0


def test_marcxml_gives_the_same_title(run: Any) -> None:
    xml = b"""<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim"><record>
      <leader>00000nam a2200000 a 4500</leader><controlfield tag="001">7</controlfield>
      <datafield tag="245" ind1="1" ind2="0"><subfield code="a">Bumi manusia &amp; anak semua bangsa</subfield></datafield>
      </record></collection>"""
    assert run(xml, name="a.xml") == counts(added=1)
    assert Title.objects.get().title == "Bumi manusia & anak semua bangsa"
    assert bytes(SourceRecord.objects.get().content).startswith(b"<record>")


def test_a_document_type_is_refused(run: Any) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]><collection><record>&a;</record></collection>'
    assert run(bomb, name="a.xml") == counts(refused=1)
    assert Batch.objects.get().refused_records.get().code == "document_type"


def test_an_empty_file_is_refused_with_a_reason(run: Any) -> None:
    assert run(b"") == counts(refused=1)
    assert Batch.objects.get().refused_records.get().code == "no_records"

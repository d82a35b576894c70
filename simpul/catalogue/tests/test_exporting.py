"""What a library takes along comes back as the same."""

import io
from pathlib import Path
from typing import Any

import pytest

from simpul.catalogue.actions import correct_title, enter_title
from simpul.catalogue.exporting import KINDS, export
from simpul.catalogue.importing import import_file
from simpul.catalogue.importing.drafts import CopyDraft, Description, Maker, Number
from simpul.catalogue.models import Copy, Title
from simpul.catalogue.tests.marc import field, record
from simpul.core.ids import new_id

pytestmark = pytest.mark.django_db
COPY_FACTS = ("code", "inventory_number", "call_number", "shelf", "acquisition", "price", "received_on", "state")


@pytest.fixture
def collection(library: Any, by_librarian: Any, at: Any, tmp_path: Path) -> None:
    """Titles from MARC and from the desk, one corrected, one without copies, one with a formula for a title."""
    path = tmp_path / "a.mrc"
    path.write_bytes(
        record(("001", "b1"), ("003", "X"), field("020", a="979-3062-79-7"), field("100", a="Hirata, Andrea"),
               field("245", a="Laskar Pelangi :", b="novel"), field("520", a="Sepuluh anak & sekolahnya <baru>"),
               field("952", p="B1", d="2006-02-01", e="Hibah", g="45000", o="813 HIR l"), field("952", p="B2", i="INV/2"))
        + record(("001", "b2"), field("245", a="Tanpa eksemplar")) + record(("001", "b3"), field("245", a="Salah ketik")))
    import_file(kind="marc", paths=[path], library=library, by=by_librarian, at=at, id=new_id())
    Copy.objects.filter(code="B2").update(state="missing")
    correct_title(title=Title.objects.get(title="Salah ketik"), description=Description(title="Benar ketik"),
                  library=library, by=by_librarian, at=at, id=new_id())
    for title in ("Hujan", "=1+1"):
        enter_title(description=Description(title=title, makers=[Maker("Tere Liye"), Maker("Tim", is_body=True)],
                                            numbers=[Number("isbn", "9786020324784")], year=2016, ddc="813",
                                            language="ind", format="braille", subjects=["Fiksi", "Remaja"]),
                    library=library, by=by_librarian, at=at, id=new_id(), copy=CopyDraft(code=f"C{title}", shelf="R1"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_export_comes_back_into_another_library_as_the_same_titles(
        kind: str, collection: None, library: Any, other_library: Any, by_stranger: Any, at: Any, tmp_path: Path) -> None:
    before = {t.pk: t.title for t in Title.objects.all()}
    stream = io.BytesIO()
    assert export(kind=kind, library=library, stream=stream) == 5
    path = tmp_path / "taken"
    path.write_bytes(stream.getvalue())
    told = [import_file(kind="sheet" if kind == "csv" else "marc", paths=[path], library=other_library, by=by_stranger,
                        at=at, id=new_id()) for _n in (1, 2)]
    rows = 6 if kind == "csv" else 5  # one a copy
    assert [(s.read, s.added, s.updated, s.unchanged, s.refused) for s in told] == [
        (rows, rows, 0, 0, 0), (rows, 0, 0, rows, 0)]
    assert {t.pk: t.title for t in Title.objects.all()} == before
    ours, theirs = (list(Copy.objects.filter(library=x).order_by("code").values_list("title_id", *COPY_FACTS))
                    for x in (library, other_library))
    assert theirs == ours


def test_what_was_brought_in_marc_is_given_back_field_by_field(collection: None, library: Any) -> None:
    stream = io.BytesIO()
    export(kind="marc", library=library, stream=stream)
    assert b"Sepuluh anak & sekolahnya <baru>" in stream.getvalue()
    assert b"\x1e  \x1fa979-3062-79-7\x1e" in stream.getvalue()


def test_an_empty_library_exports_an_empty_collection(library: Any) -> None:
    stream = io.BytesIO()
    assert export(kind="marcxml", library=library, stream=stream) == 0
    assert stream.getvalue().endswith(b"</collection>\n")
    with pytest.raises(ValueError, match="unknown kind"):
        export(kind="pdf", library=library, stream=stream)

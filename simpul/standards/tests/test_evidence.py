"""Papers with their last day, accreditation, the folder, NPP."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from conftest import NOON, TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.indicators.periods import Period
from simpul.indicators.places import of_library
from simpul.libraries.models import Library
from simpul.replication.actions import keep_document
from simpul.replication.actions.refusals import WrongDay as WrongPaperDay
from simpul.replication.queries.papers import papers_of, policies_of
from simpul.reports.form import forms
from simpul.standards.accreditation import COMPONENTS, OLD
from simpul.standards.actions import TooMany, WrongGrades, assess, set_grades, take_assessment_back, withdraw_grades
from simpul.standards.folder import folder_zip, index_pdf
from simpul.standards.queries.evidence import evidence_of, self_assessment
from simpul.standards.queries.npp import doubts_about
from simpul.standards.queries.papers import shelf_of
from tests.a_day import picture

YEAR = Period.of_year(2026)
FULL = {one.value: n for one, (_weight, n) in OLD.items()}


@pytest.fixture
def who(by_librarian: Actor, at: Any) -> Any:
    return lambda **given: {"by": by_librarian, "at": at, "id": new_id()} | given


@pytest.fixture
def keep(library: Library, who: Any) -> Callable[..., Any]:
    return lambda kind, **given: keep_document(**(
        {"library": library, "kind": kind, "dated_on": date(2026, 1, 5)} | given), **who())


def test_a_paper_is_in_force_until_its_last_day(library: Library, keep: Any) -> None:
    keep("service", valid_until=TODAY)
    keep("sk_staff", valid_until=TODAY - timedelta(days=1))
    assert set(papers_of([library.pk], TODAY)[library.pk]) == {"service"}
    shelf = shelf_of(library, TODAY)
    assert (shelf.over, [one.is_soon_over for one in shelf.kept], "sk_staff" in dict(shelf.missing), "service" in dict(
        shelf.missing)) == (1, [True, False], True, False)
    with pytest.raises(WrongPaperDay):
        keep("service", valid_until=date(2026, 1, 4))


def test_policies_come_from_facts_and_from_the_shelf(library: Library, other_library: Library, tell: Any, keep: Any) -> None:
    assert policies_of([library.pk], TODAY) == {}  # nobody told is not none
    keep("lending")
    keep("sk_staff")
    keep("npp")
    tell(policy_documents=["lending", "service"])
    assert policies_of([library.pk, other_library.pk], TODAY) == {library.pk: {"lending", "service", "organisation"}}


def test_evidence_stands_by_component(library: Library, tell: Any, keep: Any) -> None:
    tell(seats=12, head_trained=True)
    keep("service", file=picture())
    found = evidence_of(library, YEAR, TODAY)
    assert [one.component.number for one in found] == list(range(1, 10))
    assert [(fact.fact.name, fact.value) for fact in found[1].facts if fact.now] == [("seats", 12)]
    assert [paper.kind for paper in found[2].papers] == ["service"]
    assert "service" not in found[2].missing
    assert sum(one.weight for one in COMPONENTS) == 100


def test_the_folder_has_an_index_and_the_files(library: Library, tell: Any, keep: Any) -> None:
    tell(decree_number="=HYPERLINK(1)")
    keep("service", file=picture())
    found = evidence_of(library, YEAR, TODAY)
    index = index_pdf(library, found, "2026", TODAY)
    bundle = zipfile.ZipFile(io.BytesIO(folder_zip(library, found, index)))
    assert sorted(name.split("/")[0] for name in bundle.namelist()) == ["3-layanan", "daftar-isi.csv", "daftar-isi.pdf"]
    assert (index[:5], b"'=HYPERLINK(1)" in bundle.read("daftar-isi.csv"), bundle.testzip()) == (b"%PDF-", True, None)


def test_the_own_assessment_counts_when_it_is_complete(library: Library, who: Any, by_stranger: Actor) -> None:
    id = new_id()
    assess(library=library, fulfilled=FULL, **who(id=id))
    own = self_assessment(library, TODAY)
    assert (str(own.points), own.grade, own.best) == ("100.0", "A", None)
    assess(library=library, fulfilled={"staff": 3}, **who(at=NOON + timedelta(minutes=1)))
    half = self_assessment(library, TODAY)
    assert (str(half.points), half.grade, half.best and half.best.component) == ("90.0", "B", "staff")
    take_assessment_back(library=library, together=id, **who())
    assert (self_assessment(library, TODAY).is_complete, self_assessment(library, TODAY).grade) == (False, "")
    with pytest.raises(TooMany):
        assess(library=library, fulfilled={"staff": 7}, **who())
    with pytest.raises(NotAllowed):
        assess(library=library, fulfilled={"staff": 1}, **who(by=by_stranger))


def test_grades_are_the_citys(library: Library, who: Any, by_coordinator: Actor) -> None:
    given = {"from_on": TODAY, "a_from": 85, "b_from": 70, "c_from": 55, "source": "Surat uji"}
    row = set_grades(**given, **who(by=by_coordinator))
    assert self_assessment(library, TODAY).scale.row == row
    withdraw_grades(grades=row, **who(by=by_coordinator))
    assert self_assessment(library, TODAY).scale.row is None
    for wrong in ({"b_from": 85}, {"a_from": 101}, {"c_from": -1}, {"source": ""}):
        with pytest.raises(WrongGrades):
            set_grades(**(given | wrong), **who(by=by_coordinator))
    with pytest.raises(NotAllowed):
        set_grades(**given, **who())


@pytest.mark.parametrize(("npp", "doubt"), [("", False), ("3671012D1000001", False), ("36.71.01.2.D.1000001", False),
                                            ("12", True), ("3271012D1000001", True), ("belum ada!", True), ("x" * 30, True)])
def test_a_number_is_doubted_softly(library: Library, npp: str, doubt: bool) -> None:
    assert bool(doubts_about(npp, library)) is doubt


def test_npp_and_accreditation_are_filled(library: Library, tell: Any, keep: Any, by_librarian: Actor) -> None:
    tell(computers_public=2, internet=True)
    keep("work_plan")
    filled = forms()["npp"].fill(of_library(library), YEAR, by_librarian)
    values = {str(line.label): line.value for section in filled.sections for line in section.lines}
    assert (values["Nama perpustakaan"], values["Anggota"], values["komputer untuk pengunjung"]) == (library.name, 0, 2)
    lacking = sum(line.value is None for section in filled.sections for line in section.lines)
    assert (len(filled.tables[0].rows), len(filled.tables[0].opens)) == (lacking, lacking)
    own = forms()["akreditasi"].fill(of_library(library), YEAR, by_librarian)
    assert (len(own.sections), own.extra["simulation"]) == (10, {"points": 0.0, "grade": "", "is_complete": False})
    days = [line.value for line in own.sections[5].lines if line.value == date(2026, 1, 5)]
    assert days == [date(2026, 1, 5)]

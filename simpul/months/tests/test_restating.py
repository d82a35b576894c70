"""Records of a signed month change later: the difference, since when, who, why; noticed once, signed again."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.indicators.periods import Period
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.actions import move_library
from simpul.libraries.models import Library, Region
from simpul.months.actions import notice, see_restatement, sign_month, watch
from simpul.months.models import Restatement, Signature
from simpul.months.next_steps import a_signed_month_changed, the_month_waits
from simpul.months.queries.month import Month, month
from simpul.months.queries.restating import corrections, since_when, to_check
from simpul.months.queries.states import State
from simpul.months.tests.conftest import NOVEMBER, OCTOBER
from simpul.visits.actions import record_sheet, void_entry
from simpul.visits.models import Cell, Visit


def read(library: Library, at: datetime) -> Month:
    return month(Library.objects.select_related("region").get(pk=library.pk), Period.of_month(OCTOBER), at)


@pytest.fixture
def late(signed: Signature, library: Library, by_volunteer: Actor, later: datetime) -> Visit:
    """Five days after the signature somebody enters a page of the guest book."""
    return record_sheet(library=library, day=date(2026, 10, 14), cells=[Cell("L", "6-12", 5)], by=by_volunteer, at=later,
                        id=new_id())


def test_the_page_shows_the_difference_before_anybody_noticed(library: Library, signed: Signature, late: Visit,
                                                              by_volunteer: Actor, by_mentor: Actor, later: datetime) -> None:
    now = read(library, later)
    assert [(one.id, one.was_text, one.now_text, one.by, one.is_definition) for one in now.differs
            if one.id == "visits"] == [("visits", "44", "49", "+5", False)]
    assert now.state == State.RESTATED
    assert since_when(signed, now.differs) == later
    said = [one.line.verb for one in corrections(signed, now.differs, by_volunteer)]
    assert said == ["sheet.recorded"]
    assert Restatement.objects.count() == 0  # reading writes nothing


def test_what_was_taken_back_shows_who_did(library: Library, signed: Signature, by_librarian: Actor, later: datetime) -> None:
    entry = Visit.objects.get(local_date=date(2026, 10, 14))
    void_entry(entry=entry, why=Visit.Why.TWICE, by=by_librarian, at=later, id=new_id())
    now = read(library, later)
    assert [one.by for one in now.differs if one.id == "visits"] == ["−2"]
    lines = corrections(signed, now.differs, by_librarian)
    assert [(one.line.verb, one.line.by_id) for one in lines] == [("visit.voided", by_librarian.id)]
    assert lines[0].text.startswith("Rina Wulandari")


def test_it_is_noticed_once_by_itself(library: Library, signed: Signature, late: Visit, later: datetime) -> None:
    refresh(later)
    assert watch(later) == 1
    row = Restatement.objects.get()
    assert (row.library_id, row.month, row.signature, row.noticed_at) == (library.pk, OCTOBER, signed, later)
    assert watch(later + timedelta(minutes=10)) == 0
    assert to_check(at_most=9) == []  # nothing is counted again until something is rolled up again
    assert JournalLine.objects.filter(verb="month.restated").count() == 1
    step = a_signed_month_changed(library, later.date())
    assert step is not None
    assert step.url == "/perpustakaan/L001/bulan/2026-10/"


def test_another_change_is_noticed_anew_and_numbers_that_come_back_settle_it(
        library: Library, signed: Signature, late: Visit, by_librarian: Actor, later: datetime) -> None:
    refresh(later)
    watch(later)
    more = record_sheet(library=library, day=date(2026, 10, 15), cells=[Cell("L", "6-12", 1)], by=by_librarian, at=later,
                        id=new_id())
    refresh(later)
    assert watch(later) == 1
    assert (Restatement.objects.count(), Restatement.objects.open().count()) == (2, 1)
    void_entry(entry=late, why=Visit.Why.TWICE, by=by_librarian, at=later, id=new_id())
    void_entry(entry=more, why=Visit.Why.TWICE, by=by_librarian, at=later, id=new_id())
    refresh(later)
    assert watch(later) == 1
    assert Restatement.objects.open().count() == 0
    assert read(library, later).state == State.SIGNED


def test_a_roll_up_that_holds_the_same_costs_nothing(library: Library, signed: Signature, late: Visit, later: datetime) -> None:
    from simpul.indicators.rollups.refreshing import rebuild

    refresh(later)
    watch(later)
    rebuild(later)
    (one, _roll, print_, _definitions), = to_check(at_most=9)
    assert (one, print_) == (signed, Signature.objects.get().print)
    assert watch(later) == 0


def test_the_library_reads_it_and_signs_again(library: Library, signed: Signature, late: Visit, by_librarian: Actor,
                                              later: datetime) -> None:
    refresh(later)
    watch(later)
    see_restatement(restatement=Restatement.objects.get(), by=by_librarian, at=later, id=new_id())
    assert a_signed_month_changed(library, later.date()) is None
    again = sign_month(library=library, month=OCTOBER, by=by_librarian, at=later, id=new_id())
    signed.refresh_from_db()
    assert (again.version, signed.superseded_at, signed.figures[0]["value"], again.figures[0]["value"]) == (2, later, "44", "49")
    assert Restatement.objects.open().count() == 0
    assert read(library, later).state == State.SIGNED


def test_a_definition_that_changed_is_told_apart(library: Library, signed: Signature, later: datetime) -> None:
    content = signed.snapshot
    content["figures"][0] |= {"definition": "visits v0", "value": "50"}
    Signature.objects.update(snapshot=content, definitions="of another time")
    now = read(library, later)
    assert [(one.id, one.is_definition) for one in now.differs] == [("visits", True)]
    assert watch(later) == 1


def test_only_the_node_notices(signed: Signature, by_librarian: Actor) -> None:
    from simpul.core.refusal import NotAllowed

    with pytest.raises(NotAllowed):
        notice(signature=signed, found=(), by=by_librarian, at=NOVEMBER, id=new_id())


def test_a_library_that_moves_keeps_where_it_stood(library: Library, signed: Signature, by_coordinator: Actor,
                                                   later: datetime) -> None:
    move_library(library=library, region=Region.objects.get(code="36.71.01.1002"), from_on=later.date(), by=by_coordinator,
                 at=later, id=new_id())
    now = read(library, later)
    assert (now.differs, now.signatures[0].snapshot["library"]["region_code"]) == ([], "36.71.01.1007")


def test_many_cost_no_more_than_one(library: Library, other_library: Library, signed: Signature, later: datetime) -> None:
    with CaptureQueriesContext(connection) as one:
        to_check(at_most=9)
    for month_ in (date(2026, 9, 1), date(2026, 8, 1)):
        signed.pk, signed.month, signed.code = new_id(), month_, f"X{month_:%m}"
        signed.version = month_.month
        signed.superseded_at = None
        signed.report = type(signed.report).objects.create(library=other_library, month=month_)
        signed.library = other_library
        signed._state.adding = True
        signed.save(force_insert=True)
    with CaptureQueriesContext(connection) as three:
        to_check(at_most=9)
    assert len(three) == len(one)


def test_last_month_waits_on_the_home(library: Library, october: Period) -> None:
    step = the_month_waits(library, NOVEMBER.date())
    assert step is not None
    assert (step.heading, step.minutes, step.urgency) == ("Oktober 2026 menunggu tanda tangan", 5, 5)
    late_step = the_month_waits(library, date(2026, 11, 9))
    assert late_step is not None
    assert late_step.urgency == 3
    library.opened_on = date(2026, 11, 1)
    assert the_month_waits(library, NOVEMBER.date()) is None

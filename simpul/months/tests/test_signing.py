"""A month is read, explained, told and signed by its librarian."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from simpul.core.actor import COMMAND, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed
from simpul.indicators.periods import Period
from simpul.indicators.rollups.refreshing import refresh
from simpul.libraries.models import Closure, Library
from simpul.months.actions import answer_unusual, prepare_month, sign_month, tell_month, withdraw_answer
from simpul.months.actions.refusals import (
    AlreadySigned,
    LibraryNotThere,
    MonthNotOver,
    NumbersMoved,
    SomethingImpossible,
    WrongAnswer,
)
from simpul.months.models import Answer, MonthReport, Signature
from simpul.months.queries.month import Month, month
from simpul.months.queries.states import State
from simpul.months.snapshot import digest_of
from simpul.months.tests.conftest import NOVEMBER, OCTOBER
from simpul.visits.models import Visit


def read(library: Library, day: date = OCTOBER) -> Month:
    return month(Library.objects.select_related("region").get(pk=library.pk), Period.of_month(day), NOVEMBER)


def figure(now: Month, name: str) -> Any:
    return next(one for one in now.figures if one.id == name)


def keys(now: Month) -> list[str]:
    return [one.unusual.key.split(":")[0] for one in now.findings]


def test_the_month_stands_beside_last_month_and_last_year(library: Library, october: Period) -> None:
    now = read(library)
    visits = figure(now, "visits")
    assert (visits.now.text, visits.before.text, visits.year_before.text) == ("44", "40", "10")
    assert now.sentences[0][0] == "44 kunjungan, 4 lebih banyak daripada September 2026, 34 lebih banyak daripada Oktober 2025"
    assert visits.now.receipt == "/angka/visits/?tempat=L001&periode=2026-10"
    assert (now.state, now.due_on, now.days.open, now.findings) == (State.WAITING, date(2026, 11, 5), 22, [])


def test_days_without_records_are_pointed_out(library: Library, october: Period) -> None:
    Visit.objects.filter(local_date__in=[date(2026, 10, 13), date(2026, 10, 14)]).delete()
    refresh(NOVEMBER)
    now = read(library)
    assert keys(now) == ["silent"]
    assert "13, 14 Oktober" in now.findings[0].unusual.sentence


def test_a_day_far_above_its_habit(library: Library, october: Period, visit: Callable[..., Visit]) -> None:
    visit(date(2026, 10, 13), 60)
    now = read(library)
    assert [one.unusual.key for one in now.findings] == ["visits_busy:2026-10-13"]
    assert now.findings[0].unusual.address == "/perpustakaan/L001/kunjungan/?hari=2026-10-13"


def test_records_on_closed_days_and_without_group(library: Library, october: Period, visit: Callable[..., Visit]) -> None:
    visit(date(2026, 10, 11), 30, sex="", age_group="")
    assert keys(read(library)) == ["visits_closed", "visits_unsaid"]


def test_a_figure_that_fell_to_a_third(library: Library, october: Period, visit: Callable[..., Visit]) -> None:
    visit(date(2026, 9, 10), 92)
    assert [one.unusual.key for one in read(library).findings] == ["fallen:visits"]
    Visit.objects.filter(local_date=date(2026, 9, 10)).update(count=91)  # 131 : 44 is less than three
    assert keys(read(library)) == []


def test_impossible_days_block(library: Library, october: Period, by_librarian: Actor) -> None:
    library.opened_on = date(2026, 10, 20)
    library.save()
    now = read(library)
    assert [one.key.split(":")[0] for one in now.blocks] == ["visits_early"]
    with pytest.raises(SomethingImpossible):
        sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())
    assert Signature.objects.count() == 0


def test_days_to_come_block(library: Library, october: Period, visit: Callable[..., Visit]) -> None:
    visit(date(2026, 11, 20), 1)
    assert [one.key.split(":")[0] for one in read(library, date(2026, 11, 1)).blocks] == ["visits_future"]


def test_signing_stores_every_figure(library: Library, signed: Signature, librarian: Any) -> None:
    visits = next(one for one in signed.figures if one["id"] == "visits")
    assert visits == {"id": "visits", "definition": "visits v1", "value": "44", "state": "ok", "is_public": True,
                      "before": {"value": "40", "state": "ok"}, "year_before": {"value": "10", "state": "ok"}}
    assert signed.snapshot["coverage"] == {"state": "received", "days_open": 22, "days_recorded": 22, "days_silent": 0}
    assert signed.snapshot["library"]["region_code"] == "36.71.01.1007"
    assert (signed.version, signed.signer, signed.digest) == (1, librarian.name, digest_of(signed.snapshot))
    signed.refresh_from_db()
    assert digest_of(signed.snapshot) == signed.digest  # also as the database gives it back
    line = JournalLine.objects.get(verb="month.signed")
    assert (line.library_id, line.by_id, line.facts) == (library.pk, librarian.pk, {"n": 1})
    assert read(library).state == State.SIGNED


def test_only_the_librarian_signs(library: Library, october: Period, by_volunteer: Actor, by_coordinator: Actor,
                                  by_stranger: Actor, by_mentor: Actor) -> None:
    for by in (by_volunteer, by_coordinator, by_stranger, by_mentor, COMMAND):
        with pytest.raises(NotAllowed):
            sign_month(library=library, month=OCTOBER, by=by, at=NOVEMBER, id=new_id())


def test_a_volunteer_prepares(library: Library, october: Period, by_volunteer: Actor, by_coordinator: Actor) -> None:
    prepare_month(library=library, month=OCTOBER, by=by_volunteer, at=NOVEMBER, id=new_id())
    now = read(library)
    assert now.report is not None
    assert now.report.prepared_by is not None
    assert (now.state, now.report.prepared_by.name) == (State.PREPARED, "Budi Santoso")
    with pytest.raises(NotAllowed):
        prepare_month(library=library, month=OCTOBER, by=by_coordinator, at=NOVEMBER, id=new_id())


def test_a_double_click_is_one_signature_and_a_second_signer_is_told(library: Library, october: Period,
                                                                    by_librarian: Actor) -> None:
    id = new_id()
    once = sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=id)
    assert sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=id) == once
    with pytest.raises(AlreadySigned) as refused:
        sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())
    assert "Rina Wulandari" in str(refused.value)
    assert Signature.objects.count() == 1


def test_a_month_that_is_not_over_or_not_there(library: Library, october: Period, by_librarian: Actor) -> None:
    with pytest.raises(MonthNotOver):
        sign_month(library=library, month=date(2026, 11, 1), by=by_librarian, at=NOVEMBER, id=new_id())
    prepare_month(library=library, month=date(2026, 11, 1), by=by_librarian, at=NOVEMBER, id=new_id())
    for day in (date(2026, 12, 1), date(2026, 10, 2), date(2001, 1, 1)):
        with pytest.raises(LibraryNotThere):
            prepare_month(library=library, month=day, by=by_librarian, at=NOVEMBER, id=new_id())
    library.opened_on = date(2026, 11, 2)
    library.save()
    with pytest.raises(LibraryNotThere):
        sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())


def test_what_moved_while_reading_is_read_again(library: Library, october: Period, by_librarian: Actor,
                                                visit: Callable[..., Visit]) -> None:
    seen = read(library).seen
    visit(date(2026, 10, 12), 1)
    with pytest.raises(NumbersMoved):
        sign_month(library=library, month=OCTOBER, seen=seen, by=by_librarian, at=NOVEMBER, id=new_id())
    row = sign_month(library=library, month=OCTOBER, seen=read(library).seen, by=by_librarian, at=NOVEMBER, id=new_id())
    assert row.version == 1


def test_closed_all_month_is_one_tap(library: Library, hours: None, by_librarian: Actor) -> None:
    Closure.objects.create(library=library, first_on=OCTOBER, last_on=date(2026, 10, 31), reason="Perbaikan")
    now = read(library)
    assert (now.is_closed_month, now.findings) == (True, [])
    row = sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())
    assert (row.is_closed_month, row.figures[0]["state"], row.figures[0]["value"]) == (True, "closed", None)
    assert read(library).state == State.CLOSED


def test_nothing_recorded_is_no_zero(library: Library, hours: None) -> None:
    now = read(library)
    assert {(one.now.value, one.now.state) for one in now.figures if one.id == "visits"} == {(None, "no_data")}
    assert (now.is_silent, now.sentences) == (True, [])


def test_an_answer_explains_and_can_be_taken_back(library: Library, october: Period, by_volunteer: Actor,
                                                  by_stranger: Actor, visit: Callable[..., Visit]) -> None:
    visit(date(2026, 10, 13), 60)
    key = read(library).findings[0].unusual.key
    said = {"library": library, "month": OCTOBER, "key": key, "at": NOVEMBER}
    answer_unusual(reason="weather", by=by_volunteer, id=new_id(), **said)
    row = answer_unusual(reason="event", words="Lomba  kelurahan", by=by_volunteer, id=new_id(), **said)
    found = read(library).findings[0]
    assert found.answer is not None
    assert found.answer.said == "hari istimewa: Lomba kelurahan"
    assert Answer.objects.holding().count() == 1
    with pytest.raises(NotAllowed):
        withdraw_answer(library=library, answer=row, by=by_stranger, at=NOVEMBER, id=new_id())
    withdraw_answer(library=library, answer=row, by=by_volunteer, at=NOVEMBER, id=new_id())
    assert read(library).findings[0].is_open
    for wrong in ({"reason": "rainbow"}, {"reason": "event", "key": "x" * 81}, {"reason": "event", "key": ""}):
        with pytest.raises(WrongAnswer):
            answer_unusual(**said | {"by": by_volunteer, "id": new_id()} | wrong)


def test_what_nobody_could_record(library: Library, october: Period, by_volunteer: Actor, by_librarian: Actor) -> None:
    def tell(told: dict[str, Any], unknown: frozenset[str] = frozenset()) -> MonthReport:
        return tell_month(library=library, month=OCTOBER, told=told, unknown=unknown, by=by_volunteer, at=NOVEMBER, id=new_id())

    row = tell({"wifi_outside": 12, "own_money": None, "sentence": "Ramai\x00  sekali"}, frozenset({"own_money"}))
    assert {one.name: (one.value, one.is_unknown) for one in row.told.all()} == {
        "wifi_outside": (12, False), "own_money": (None, True), "sentence": ("Ramai sekali", False)}
    tell({"wifi_outside": None})
    assert set(row.told.values_list("name", flat=True)) == {"own_money", "sentence"}
    for wrong in ({"wifi_outside": -1}, {"wifi_outside": 10**9}, {"wifi_outside": "12"}, {"salary": 1}):
        with pytest.raises(WrongAnswer):
            tell(wrong)
    assert read(library).sentence == "Ramai sekali"
    signed = sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER, id=new_id())
    assert {one["name"] for one in signed.snapshot["told"]} == {"own_money", "sentence"}


def test_facts_told_after_the_signature_may_be_signed_again(library: Library, signed: Signature, by_librarian: Actor) -> None:
    tell_month(library=library, month=OCTOBER, told={"hindered": "Banjir"}, by=by_librarian, at=NOVEMBER + timedelta(hours=1),
               id=new_id())
    again = sign_month(library=library, month=OCTOBER, by=by_librarian, at=NOVEMBER + timedelta(hours=2), id=new_id())
    assert (again.version, Signature.objects.standing().get()) == (2, again)

"""Who was there is marked once, and is a visit once a person and half of a day."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Sum

from simpul.core.erasure import told_of
from simpul.core.ids import new_id
from simpul.core.measure import discover
from simpul.core.refusal import NotAllowed, Refusal
from simpul.gatherings.actions import count_heads, mark_attendance, mark_by_scan, record_walk_in, undo_attendance
from simpul.gatherings.actions.presence import HeadCell
from simpul.gatherings.actions.refusals import BadChoice, NotYet, UnknownTicket
from simpul.gatherings.models import Attendance
from simpul.gatherings.queries import day_lines, turnout
from simpul.gatherings.schedule import forget, unlink
from simpul.visits.actions import record_visit
from simpul.visits.models import Visit


def visits() -> int:
    return Visit.objects.valid().aggregate(n=Sum("count"))["n"] or 0


@pytest.fixture
def today(make: Any) -> Any:
    """A gathering that has just begun."""
    return make(after=(1,))


@pytest.fixture
def session(today: Any) -> Any:
    return today.sessions.get()


def test_marked_twice_is_once_and_another_state_takes_its_place(
        today: Any, session: Any, sign_up: Any, by_volunteer: Any, at: datetime) -> None:
    row = sign_up(today)
    marks = [mark_attendance(session=session, registration=row, sex="P", by=by_volunteer, at=at, id=new_id())
             for _n in range(2)]
    assert marks[0] == marks[1]
    assert (turnout([session.pk]).present, turnout([session.pk]).female, visits()) == (1, 1, 1)
    mark_attendance(session=session, registration=row, state="excused", by=by_volunteer, at=at, id=new_id())
    assert (turnout([session.pk]).present, visits()) == (0, 0)
    assert list(Attendance.objects.valid().values_list("state", flat=True)) == ["excused"]


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_one_door_mark_one_person_once(
        today: Any, session: Any, sign_up: Any, by_volunteer: Any, at: datetime) -> None:
    row = sign_up(today)
    start, told = Barrier(6), []

    def door() -> None:
        start.wait()
        try:
            told.append(mark_by_scan(session=session, text=row.code, by=by_volunteer, at=at, id=new_id()).pk)
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    doors = [Thread(target=door) for _n in range(6)]
    for thread in doors:
        thread.start()
    for thread in doors:
        thread.join()
    assert (len(told), len(set(told)), visits(), Attendance.objects.valid().count()) == (6, 1, 1, 1)


def test_a_ticket_its_address_and_a_card_are_scanned(
        today: Any, session: Any, sign_up: Any, make_member: Any, by_volunteer: Any, at: datetime) -> None:
    def scan(text: str) -> Attendance:
        return mark_by_scan(session=session, text=text, by=by_volunteer, at=at, id=new_id())

    row = sign_up(today, "Ani")
    assert scan(row.code.lower()) == scan("https://simpul.example" + row.get_absolute_url())
    member = make_member("Siti Aminah", card="KARTU01")
    mark = scan("KARTU01")
    assert (mark.how, mark.person, mark.sex, mark.age_group) == ("card", member.person, "P", "18-59")
    assert scan(member.number) == mark
    assert visits() == 2
    with pytest.raises(UnknownTicket):
        scan("TIDAK-ADA")


def test_a_registrant_known_as_a_member_is_one_person(
        today: Any, session: Any, sign_up: Any, make_member: Any, library: Any, by_volunteer: Any,
        at: datetime) -> None:
    make_member("Siti Aminah", card="KARTU01", phone="+6281234567890", name_key="siti aminah")
    row = sign_up(today, "Siti Aminah", "0812 3456 7890")
    record_visit(library=library, card="KARTU01", by=by_volunteer, at=at - timedelta(minutes=30), id=new_id())
    assert visits() == 1
    mark = mark_attendance(session=session, registration=row, by=by_volunteer, at=at, id=new_id())
    assert (mark.sex, mark.visit_entry_id, visits()) == ("P", None, 1)  # the door counted her this morning
    assert mark_by_scan(session=session, text="KARTU01", by=by_volunteer, at=at, id=new_id()) == mark
    heading = [(part.heading, len(part.rows)) for part in told_of(mark.person)]
    assert ("Kehadiran", 1) in heading
    assert ("Pendaftaran", 1) in heading


def test_two_sessions_of_one_morning_are_one_visit_and_the_afternoon_is_another(
        make: Any, sign_up: Any, by_volunteer: Any, at: datetime) -> None:
    series = make(after=(-2, 0, 4))  # 08.00, 10.00 and 14.00
    row = sign_up(series, at=at - timedelta(hours=3))
    counted = []
    for session in series.sessions.all():
        mark_attendance(session=session, registration=row, sex="L", by=by_volunteer,
                        at=max(session.starts_at, at), id=new_id())
        counted.append(visits())
    assert counted == [1, 1, 2]
    assert turnout([one.pk for one in series.sessions.all()]).present == 3


def test_a_walk_in_is_one_line_and_can_be_taken_back(session: Any, by_volunteer: Any, at: datetime) -> None:
    mark = record_walk_in(session=session, name="Pak RT", sex="L", age_group="60+", by=by_volunteer, at=at, id=new_id())
    record_walk_in(session=session, by=by_volunteer, at=at, id=new_id())
    assert (turnout([session.pk]).present, visits()) == (2, 2)
    for _n in range(2):
        undo_attendance(attendance=mark, by=by_volunteer, at=at, id=new_id())
    assert (turnout([session.pk]).present, visits()) == (1, 1)
    with pytest.raises(BadChoice):
        record_walk_in(session=session, sex="X", by=by_volunteer, at=at, id=new_id())


def test_a_headcount_takes_the_place_of_the_one_before(session: Any, by_volunteer: Any, at: datetime) -> None:
    def count(*cells: HeadCell) -> int:
        return count_heads(session=session, cells=cells, by=by_volunteer, at=at, id=new_id())

    assert count(HeadCell("P", "6-12", False, 12), HeadCell("L", "6-12", False, 8), HeadCell("P", "60+", True, 2)) == 22
    told = turnout([session.pk])
    assert (told.present, told.male, told.female, told.disability, told.by_age) == (22, 8, 14, 2, {"6-12": 20, "60+": 2})
    assert visits() == 22
    assert Visit.objects.valid().filter(has_disability=True).aggregate(n=Sum("count"))["n"] == 2
    assert count(HeadCell("P", "6-12", False, 10)) == 10
    assert (turnout([session.pk]).present, visits()) == (10, 10)
    assert count() == 0
    assert (turnout([session.pk]).present, visits()) == (0, 0)


def test_nobody_was_at_what_has_not_come_or_was_cancelled(
        make: Any, sign_up: Any, by_volunteer: Any, by_stranger: Any, at: datetime) -> None:
    later = make(after=(72,))
    with pytest.raises(NotYet):
        record_walk_in(session=later.sessions.get(), by=by_volunteer, at=at, id=new_id())
    past = make(after=(-72,))
    session = past.sessions.get()
    with pytest.raises(NotAllowed):
        record_walk_in(session=session, by=by_stranger, at=at, id=new_id())
    mark = record_walk_in(session=session, by=by_volunteer, at=at, id=new_id())  # a signed list entered afterwards
    assert (str(mark.local_date), mark.happened_at) == ("2026-03-07", session.starts_at)
    assert str(Visit.objects.get().local_date) == "2026-03-07"


def test_the_day_costs_the_same_for_one_and_for_three_names(
        today: Any, session: Any, sign_up: Any, by_volunteer: Any, at: datetime,
        django_assert_num_queries: Any) -> None:
    for name in ("Ani", "Budi", "Citra"):
        row = sign_up(today, name)
        mark_attendance(session=session, registration=row, by=by_volunteer, at=at, id=new_id())
        with django_assert_num_queries(3):
            day_lines(session, "", None)


def test_old_marks_and_names_of_walk_ins_are_forgotten(
        session: Any, make_member: Any, by_volunteer: Any, at: datetime) -> None:
    make_member("Siti Aminah", card="KARTU01")
    mark_by_scan(session=session, text="KARTU01", by=by_volunteer, at=at, id=new_id())
    record_walk_in(session=session, name="Pak RT", by=by_volunteer, at=at, id=new_id())
    assert (forget(at + timedelta(days=33)), unlink(at + timedelta(days=33))) == (1, 0)
    assert unlink(at + timedelta(days=400)) == 1
    assert list(Attendance.objects.exclude(name="", who_key="", person=None)) == []


def test_participants_and_days_are_measured(session: Any, by_volunteer: Any, at: datetime) -> None:
    count_heads(session=session, cells=[HeadCell("P", "6-12", False, 3)], by=by_volunteer, at=at, id=new_id())
    measures = discover()
    people, days = measures["participants"], measures["sessions"]
    assert (people.total(people.rows()), days.total(days.rows())) == (3, 1)
    assert people.by(people.rows(), "sex") == [{"sex": "P", "n": 3}]

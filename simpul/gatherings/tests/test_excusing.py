"""Who registered and cannot come says so: her place is free, her name stands as excused, and she may come after all."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions import (
    cancel_session,
    come_after_all,
    excuse,
    leave_gathering,
    mark_attendance,
    undo_attendance,
)
from simpul.gatherings.actions.refusals import HasLeft, NotYet, TooLate, UnknownTicket
from simpul.gatherings.actions.registering import link_actor
from simpul.gatherings.models import Attendance, Registration
from simpul.gatherings.queries import day_lines, places_of
from simpul.gatherings.telling import for_staff
from simpul.visits.models import Visit


@pytest.fixture
def cannot(at: datetime) -> Any:
    def told(row: Registration, n: int = 0, **given: Any) -> Registration:
        session = row.gathering.sessions.all()[n]
        return excuse(**({"registration": row, "session": session, "by": link_actor(row), "at": at, "id": new_id()} | given))

    return told


def states(gathering: Any) -> list[str]:
    return [state for _n, state in gathering.registrations.order_by("number").values_list("number", "state")]


def test_her_place_goes_to_the_first_who_waits_and_her_name_stays_for_the_day(
        make: Any, sign_up: Any, cannot: Any, at: datetime) -> None:
    gathering = make(capacity=1)
    first, second, _third = (sign_up(gathering, name) for name in ("Ani", "Budi", "Citra"))
    cannot(first)
    assert states(gathering) == ["excused", "in", "waiting"]
    cannot(first)  # a second tap
    assert states(gathering) == ["excused", "in", "waiting"]
    assert (places_of([gathering])[gathering.pk].taken, Attendance.objects.valid().count()) == (1, 1)
    lines = day_lines(gathering.sessions.get(), "", None)[1]
    assert [(line.registration.name, line.mark.state if line.mark else "") for line in lines] == [
        ("Budi", ""), ("Ani", "excused"), ("Citra", "")]
    assert [(one.registration.pk, one.about) for one in for_staff(at, library_id=gathering.library_id)] == [
        (second.pk, "news")]


def test_of_a_series_she_keeps_her_place_for_the_other_days(make: Any, sign_up: Any, cannot: Any) -> None:
    gathering = make(capacity=1, after=(24, 48))
    first, _second = sign_up(gathering, "Ani"), sign_up(gathering, "Budi")
    cannot(first)
    assert states(gathering) == ["in", "waiting"]
    cannot(first, 1)
    assert states(gathering) == ["excused", "in"]


def test_she_comes_after_all_to_a_free_place_or_to_the_end_of_the_list(
        make: Any, sign_up: Any, cannot: Any, at: datetime) -> None:
    gathering = make(capacity=1)
    session = gathering.sessions.get()
    first = sign_up(gathering, "Ani")

    def comes(**given: Any) -> str:
        return come_after_all(**({"registration": first, "session": session, "by": link_actor(first), "at": at,
                                  "id": new_id()} | given)).state

    cannot(first)
    assert (comes(), Attendance.objects.valid().count()) == ("in", 0)
    cannot(first)
    sign_up(gathering, "Budi"), sign_up(gathering, "Citra")
    assert comes() == "waiting"
    assert list(gathering.registrations.values_list("name", "state")) == [
        ("Budi", "in"), ("Citra", "waiting"), ("Ani", "waiting")]
    with pytest.raises(TooLate):
        comes(at=at + timedelta(hours=24))


def test_after_it_began_no_place_is_given_away(make: Any, sign_up: Any, cannot: Any, at: datetime) -> None:
    gathering = make(capacity=1)
    first, _second = sign_up(gathering, "Ani"), sign_up(gathering, "Budi")
    cannot(first, at=at + timedelta(hours=24, minutes=1))
    assert states(gathering) == ["in", "waiting"]
    assert Attendance.objects.valid().get().state == "excused"


def test_staff_mark_excused_ahead_change_it_and_take_it_back(
        make: Any, sign_up: Any, by_volunteer: Any, at: datetime, cannot: Any) -> None:
    gathering = make(capacity=1)
    row, session, day = sign_up(gathering, "Ani"), gathering.sessions.get(), at + timedelta(hours=24)

    def mark(state: str, moment: datetime = day) -> Attendance:
        return mark_attendance(session=session, registration=row, state=state, by=by_volunteer, at=moment, id=new_id())

    with pytest.raises(NotYet):
        mark("present", at - timedelta(hours=1))
    assert mark("excused", at).state == "excused"  # she called the day before
    assert [mark(state).state for state in ("absent", "excused", "present", "present")] == [
        "absent", "excused", "present", "present"]
    assert (Attendance.objects.valid().count(), Visit.objects.valid().count()) == (1, 1)
    undo_attendance(attendance=Attendance.objects.valid().get(), by=by_volunteer, at=day, id=new_id())
    assert (Attendance.objects.valid().count(), Visit.objects.valid().count(), states(gathering)) == (0, 0, ["in"])
    cannot(row)
    undo_attendance(attendance=Attendance.objects.valid().get(), by=by_volunteer, at=at, id=new_id())
    assert states(gathering) == ["in"]
    cannot(row)
    row.refresh_from_db()
    assert (mark("present").state, states(gathering)) == ("present", ["in"])


def test_others_and_cancelled_days_are_refused(
        make: Any, sign_up: Any, cannot: Any, by_stranger: Any, by_librarian: Any, at: datetime) -> None:
    gathering, other = make(after=(24, 48)), make()
    row, neighbour = sign_up(gathering, "Ani"), sign_up(gathering, "Budi")
    for by in (by_stranger, link_actor(neighbour)):
        with pytest.raises(NotAllowed):
            cannot(row, by=by)
    with pytest.raises(UnknownTicket):
        cannot(row, session=other.sessions.get())
    cancel_session(session=gathering.sessions.first(), by=by_librarian, at=at, id=new_id())
    with pytest.raises(NotYet):
        cannot(row)
    leave_gathering(registration=row, by=link_actor(row), at=at, id=new_id())
    with pytest.raises(HasLeft):
        cannot(row, 1)


@pytest.mark.django_db(transaction=True)
def test_two_excuse_themselves_at_once_and_two_move_up(make: Any, sign_up: Any, cannot: Any, at: datetime) -> None:
    gathering = make(capacity=2)
    rows = [sign_up(gathering, f"Warga {n}", f"08120000{n:04}") for n in range(5)]
    start = Barrier(2)

    def tell(row: Registration) -> None:
        start.wait()
        try:
            cannot(row)
        finally:
            connection.close()

    threads = [Thread(target=tell, args=[row]) for row in rows[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states(gathering) == ["excused", "excused", "in", "in", "waiting"]


def test_on_her_ticket_one_tap_excuses_and_one_takes_it_back(make: Any, sign_up: Any, real_now: Any) -> None:
    gathering = make(capacity=1)
    row, browser = sign_up(gathering, "Ani"), Client()
    session, address = gathering.sessions.get(), row.get_absolute_url()
    for _tap in range(2):
        assert browser.post(f"{address}berhalangan/{session.pk}/", {"change": new_id()}).status_code == 302
    assert (states(gathering), browser.get(address).status_code) == (["excused"], 200)
    assert browser.post(f"{address}jadi-datang/{session.pk}/", {"change": new_id()}).status_code == 302
    assert states(gathering) == ["in"]
    assert browser.post(f"{address}berhalangan/{new_id()}/").status_code == 404
    assert browser.get(f"{address}berhalangan/{session.pk}/").status_code == 405

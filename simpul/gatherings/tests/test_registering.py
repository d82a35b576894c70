"""Places are given in order, to as many as there are; who leaves gives hers to the first who waits."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from simpul.core.actor import VISITOR
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.gatherings.actions import (
    SessionGiven,
    cancel_gathering,
    cancel_session,
    leave_gathering,
    move_session,
    publish_gathering,
    register,
)
from simpul.gatherings.actions.planning import describe_gathering
from simpul.gatherings.actions.refusals import (
    AlreadyCancelled,
    BadPhone,
    BadTimes,
    HasLeft,
    NameMissing,
    RegisteredAlready,
    RegistrationClosed,
)
from simpul.gatherings.actions.registering import link_actor
from simpul.gatherings.models import Registration
from simpul.gatherings.queries import places_of, registration_by_token, to_be_told
from simpul.gatherings.schedule import forget
from simpul.gatherings.tokens import registration_token


def states(gathering: Any) -> list[tuple[int, str]]:
    return list(gathering.registrations.values_list("number", "state"))


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_for_ten_places_ten_are_in_and_ninety_wait_in_order(make: Any, at: datetime) -> None:
    gathering = make(capacity=10)
    start, told = Barrier(10), []

    def phones(first: int) -> None:
        start.wait()
        try:
            for n in range(first, first + 10):
                made = register(gathering=gathering, name=f"Warga {n}", phone=f"08120000{n:04}", by=VISITOR, at=at,
                                id=new_id())
                told.append((made.number, made.state))
        finally:
            connection.close()

    threads = [Thread(target=phones, args=[10 * n]) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [(n, "in" if n <= 10 else "waiting") for n in range(1, 101)]
    assert states(gathering) == sorted(told)


@pytest.mark.django_db(transaction=True)
def test_ten_leave_at_once_and_the_first_ten_who_wait_move_up(make: Any, sign_up: Any, at: datetime) -> None:
    gathering = make(capacity=10)
    rows = [sign_up(gathering, f"Warga {n}", f"08120000{n:04}") for n in range(25)]
    start = Barrier(5)

    def leave(first: int) -> None:
        start.wait()
        try:
            for row in rows[2 * first:2 * first + 2]:
                leave_gathering(registration=row, by=link_actor(row), at=at, id=new_id())
        finally:
            connection.close()

    threads = [Thread(target=leave, args=[n]) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [state for _n, state in states(gathering)] == ["left"] * 10 + ["in"] * 10 + ["waiting"] * 5


def test_who_leaves_is_forgotten_and_the_first_who_waits_is_to_be_told(make: Any, sign_up: Any, at: datetime) -> None:
    gathering = make(capacity=1)
    first, second, third = (sign_up(gathering, name) for name in ("Ani", "Budi", "Citra"))
    leave_gathering(registration=first, by=link_actor(first), at=at, id=new_id())
    assert states(gathering) == [(1, "left"), (2, "in"), (3, "waiting")]
    first.refresh_from_db()
    assert (first.name, first.phone, first.name_key) == ("", "", "")
    assert list(to_be_told(gathering)) == [second]
    with pytest.raises(HasLeft):
        leave_gathering(registration=first, by=link_actor(first), at=at, id=new_id())
    with pytest.raises(NotAllowed):
        leave_gathering(registration=third, by=link_actor(first), at=at, id=new_id())


def test_more_places_are_filled_at_once_and_fewer_take_nobodys_away(
        make: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(capacity=1)
    for name in ("Ani", "Budi", "Citra"):
        sign_up(gathering, name)

    def hold(capacity: int) -> list[str]:
        describe_gathering(gathering=gathering, title="Kelas", summary="", capacity=capacity, takes_registrations=True,
                           is_public=True, registers_from=None, registers_until=None, by=by_librarian, at=at)
        return [state for _n, state in states(gathering)]

    assert hold(2) == ["in", "in", "waiting"]
    assert hold(1) == ["in", "in", "waiting"]
    assert places_of([gathering])[gathering.pk].taken == 2


def test_the_same_person_registers_once_and_a_family_shares_a_phone(make: Any, sign_up: Any) -> None:
    gathering = make()
    sign_up(gathering, "Siti Aminah", "0812 3456 7890")
    sign_up(gathering, "Ahmad", "081234567890")
    with pytest.raises(RegisteredAlready):
        sign_up(gathering, "siti  AMINAH", "+62 812-3456-7890")
    assert len(states(gathering)) == 2


@pytest.mark.parametrize(("name", "phone", "refusal"), [
    ("", "081234567890", NameMissing), (" \t\x00", "081234567890", NameMissing), ("Ani", "", BadPhone),
    ("Ani", "bukan nomor", BadPhone)])
def test_what_cannot_be_a_name_or_a_number_is_refused(
        name: str, phone: str, refusal: type[Refusal], make: Any, at: datetime) -> None:
    with pytest.raises(refusal):
        register(gathering=make(), name=name, phone=phone, by=VISITOR, at=at, id=new_id())


def test_the_window_of_registration(make: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(after=(24, 48))
    assert sign_up(gathering, "Ani").state == "in"
    with pytest.raises(RegistrationClosed):  # the first day has begun
        sign_up(gathering, "Budi", at=at + timedelta(hours=25))
    assert sign_up(gathering, "Citra", at=at + timedelta(hours=25), by=by_librarian).state == "in"
    draft = make(is_draft=True)
    with pytest.raises(RegistrationClosed):
        sign_up(draft, "Ani")
    with pytest.raises(RegistrationClosed):
        sign_up(make(takes_registrations=False), "Ani")
    later = make()
    later.registers_from = at + timedelta(hours=1)
    later.save()
    with pytest.raises(RegistrationClosed):
        sign_up(later, "Ani")


def test_moved_and_cancelled_days_are_told_to_those_who_registered_before(
        make: Any, sign_up: Any, by_librarian: Any, at: datetime) -> None:
    gathering = make(after=(24, 48))
    before = sign_up(gathering, "Ani")
    session = gathering.sessions.first()
    moved = move_session(session=session, given=SessionGiven(
        at + timedelta(days=3), at + timedelta(days=3, hours=1), "Balai RW 03"), by=by_librarian,
        at=at + timedelta(minutes=1), id=new_id())
    after = sign_up(gathering, "Budi", at=at + timedelta(minutes=2))
    assert (moved.place, moved.moved_from_at, str(moved.local_date)) == (
        "Balai RW 03", at + timedelta(hours=24), "2026-03-13")
    assert list(to_be_told(gathering.__class__.objects.get())) == [before]
    gathering.refresh_from_db()
    assert (str(gathering.first_on), str(gathering.last_on)) == ("2026-03-12", "2026-03-13")
    cancel_session(session=moved, by=by_librarian, at=at + timedelta(minutes=3), id=new_id())
    with pytest.raises(AlreadyCancelled):
        cancel_session(session=moved, by=by_librarian, at=at, id=new_id())
    gathering.refresh_from_db()
    assert (str(gathering.last_on), set(to_be_told(gathering))) == ("2026-03-12", {before, after})
    line = JournalLine.objects.get(verb="session.cancelled")
    assert line.facts["n"] == 2


def test_a_cancelled_gathering_takes_nobody_and_is_not_announced_again(
        make: Any, sign_up: Any, by_librarian: Any, by_stranger: Any, at: datetime) -> None:
    gathering = make()
    with pytest.raises(NotAllowed):
        cancel_gathering(gathering=gathering, by=by_stranger, at=at, id=new_id())
    cancel_gathering(gathering=gathering, by=by_librarian, at=at, id=new_id())
    with pytest.raises(RegistrationClosed):
        sign_up(gathering)
    with pytest.raises(AlreadyCancelled):
        publish_gathering(gathering=gathering, by=by_librarian, at=at, id=new_id())


def test_a_day_that_ends_before_it_begins_is_refused(make: Any, by_librarian: Any, at: datetime) -> None:
    session = make().sessions.get()
    with pytest.raises(BadTimes):
        move_session(session=session, given=SessionGiven(at, at), by=by_librarian, at=at, id=new_id())


def test_registrants_become_counts_after_thirty_days_unless_they_agreed(make: Any, sign_up: Any, at: datetime) -> None:
    gathering = make()
    sign_up(gathering, "Ani")
    sign_up(gathering, "Budi", may_follow_up=True)
    assert forget(at + timedelta(days=30)) == 0
    lines = JournalLine.objects.count()
    assert forget(at + timedelta(days=33)) == 1
    assert forget(at + timedelta(days=34)) == 0
    assert JournalLine.objects.count() == lines + 1
    assert list(gathering.registrations.values_list("name", "state")) == [("", "in"), ("Budi", "in")]
    assert forget(at + timedelta(days=370)) == 1


def test_her_own_link_shows_her_place_and_gives_it_back(make: Any, sign_up: Any) -> None:
    gathering = make(capacity=1)
    first, second = sign_up(gathering, "<img src=x onerror=alert(1)>"), sign_up(gathering, "=HYPERLINK(1)")
    address = first.get_absolute_url()
    assert registration_by_token(registration_token(first.pk)) == first
    assert registration_token(first.pk) not in str(Registration.objects.filter(pk=first.pk).values())
    page = Client().get(address).content.decode()
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
    assert first.code in page
    assert "nomor 1" in Client().get(second.get_absolute_url()).content.decode()
    browser = Client()
    answer = browser.post(address, {"change": new_id(), "sex": "P", "age_group": "18-59", "may_follow_up": "on"})
    assert answer.status_code == 302
    first.refresh_from_db()
    assert (first.sex, first.age_group, first.may_follow_up) == ("P", "18-59", True)
    assert browser.post(address + "mundur/", {"change": new_id()}).status_code == 302
    second.refresh_from_db()
    assert second.state == "in"
    assert browser.get("/tiket/0123456789/").status_code == 404
    assert browser.get(address + "mundur/").status_code == 405

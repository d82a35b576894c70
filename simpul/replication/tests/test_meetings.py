"""Peer learning meetings: gatherings with invitations, delegates, a door, and what is moved along from before."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from conftest import NOON, TODAY
from simpul.core.actor import Actor
from simpul.core.ids import new_id
from simpul.core.refusal import NotAllowed, Refusal
from simpul.gatherings.actions import mark_attendance, undo_attendance
from simpul.gatherings.models import Attendance, Gathering, Session
from simpul.libraries.models import Library
from simpul.replication.actions import (
    Brought,
    MeetingGiven,
    call_off_meeting,
    describe_meeting,
    invite_libraries,
    mark_delegate,
    plan_meeting,
    restore_meeting,
    send_delegate,
    share,
    welcome_delegate,
    withdraw_delegate,
)
from simpul.replication.models import Delegate, PeerMeeting, Share
from simpul.replication.queries.meetings import expected_on, invitation_of, people_of


@pytest.fixture
def who(by_coordinator: Actor) -> Any:
    return lambda **more: {"by": by_coordinator, "at": NOON, "id": new_id()} | more


@pytest.fixture
def meeting(library: Library, who: Any) -> PeerMeeting:
    return plan_meeting(library=library, given=MeetingGiven("PLM", TODAY - timedelta(days=1), days=2), **who())  # type: ignore[no-any-return]


def days(meeting: PeerMeeting) -> list[Session]:
    return list(Session.objects.filter(gathering=meeting.gathering, cancelled_at__isnull=True))


def test_its_days_are_sessions_that_move_with_it(meeting: PeerMeeting, who: Any) -> None:
    assert [one.hours for one in days(meeting)] == ["09.00–15.00", "09.00–15.00"]
    describe_meeting(meeting=meeting, given=MeetingGiven("PLM", TODAY + timedelta(days=7), days=3), **who())
    assert [one.local_date - TODAY for one in days(meeting)] == [timedelta(days=n) for n in (7, 8, 9)]
    describe_meeting(meeting=meeting, given=MeetingGiven("PLM", TODAY + timedelta(days=7)), **who())
    assert [one.local_date - TODAY for one in days(meeting)] == [timedelta(days=7)]
    with pytest.raises(Refusal) as refused:
        describe_meeting(meeting=meeting, given=MeetingGiven("PLM", TODAY, days=4), **who())
    assert refused.value.field == "days"


def test_called_off_and_held_after_all(meeting: PeerMeeting, library: Library, who: Any) -> None:
    describe_meeting(meeting=meeting, given=MeetingGiven("PLM", TODAY + timedelta(days=7), days=2), **who())
    call_off_meeting(meeting=meeting, **who())
    meeting.refresh_from_db()
    assert (meeting.gathering.state, len(days(meeting))) == ("cancelled", 0)  # type: ignore[union-attr]
    with pytest.raises(Refusal) as refused:
        send_delegate(meeting=meeting, library=library, name="Ani", phone="081211110001", **who())
    assert refused.value.code == "taken_back"
    restore_meeting(meeting=meeting, **who())
    meeting.refresh_from_db()
    assert (meeting.gathering.state, len(days(meeting))) == ("published", 2)  # type: ignore[union-attr]


def test_who_is_marked_by_any_road_counts_for_her_library(meeting: PeerMeeting, library: Library, other_library: Library,
                                                          who: Any, by_librarian: Actor) -> None:
    first, second = days(meeting)
    ani = send_delegate(meeting=meeting, library=other_library, name="Ani", phone="081211110001", **who())
    for session in (first, second):  # both days of one person are one person
        mark_delegate(delegate=ani, session=session, **who())
    welcome_delegate(meeting=meeting, session=first, library=library, **who())
    assert people_of(meeting) == {other_library.pk: 1, library.pk: 1}
    budi = send_delegate(meeting=meeting, library=other_library, name="Budi", phone="081211110002", **who())
    mark = mark_attendance(session=first, registration=budi.registration, **who(by=by_librarian))  # at the gathering itself
    assert Share.objects.get(library=other_library).people == 2
    undo_attendance(attendance=mark, **who(by=by_librarian))
    assert Share.objects.get(library=other_library).people == 1
    withdraw_delegate(delegate=budi, **who())
    assert sorted(one.name for one in expected_on(meeting, first)) == ["", "Ani"]


def test_strangers_neither_tick_nor_name(meeting: PeerMeeting, library: Library, other_library: Library, who: Any,
                                         by_volunteer: Actor) -> None:
    ani = send_delegate(meeting=meeting, library=library, name="Ani", phone="081211110001", **who(by=by_volunteer))
    mark_delegate(delegate=ani, session=days(meeting)[0], **who(by=by_volunteer))  # the host's own staff
    with pytest.raises(NotAllowed):
        send_delegate(meeting=meeting, library=other_library, name="Budi", phone="081211110002", **who(by=by_volunteer))
    elsewhere = plan_meeting(library=other_library, given=MeetingGiven("PLM", TODAY), **who())
    with pytest.raises(NotAllowed):
        welcome_delegate(meeting=elsewhere, session=days(elsewhere)[0], library=library, **who(by=by_volunteer))


def test_an_invitation_stands_until_it_is_answered(meeting: PeerMeeting, library: Library, who: Any) -> None:
    assert [invite_libraries(meeting=meeting, libraries=[library], **who()) for _twice in "12"] == [1, 0]
    describe_meeting(meeting=meeting, given=MeetingGiven("PLM", TODAY + timedelta(days=7)), **who())
    assert invitation_of(library.pk, TODAY) == Share.objects.get()
    share(meeting=meeting, library=library, brought=Brought(tip="Ajak PKK"), **who())
    assert invitation_of(library.pk, TODAY) is None


def test_meetings_kept_before_are_moved_along(library: Library, other_library: Library) -> None:
    old = PeerMeeting.objects.create(title="PLM lama", held_on=TODAY - timedelta(days=90), place=other_library.name)
    Share.objects.create(meeting=old, library=library, people=4, tip="x")
    Share.objects.create(meeting=old, library=other_library, tip="y")
    move_along = import_module("simpul.replication.migrations.0004_meetings_moved_along").move_along
    for _twice in "12":
        move_along(apps, None)
    old.refresh_from_db()
    assert (old.library, people_of(old), old.gathering.purpose) == (  # type: ignore[union-attr]
        other_library, {library.pk: 4}, Gathering.Purpose.PEER)
    assert (Delegate.objects.count(), Attendance.objects.get().count, days(old)[0].place) == (1, 4, "")

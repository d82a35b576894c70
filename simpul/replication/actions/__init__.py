"""Changes of journeys, mentoring, meetings, costs; and an activity that grew out of a plan."""

from simpul.replication.actions.costs import restore_cost, tell_cost, withdraw_cost
from simpul.replication.actions.delegates import (
    mark_delegate,
    scan_delegate,
    send_delegate,
    unmark_delegate,
    welcome_delegate,
    withdraw_delegate,
)
from simpul.replication.actions.journeys import (
    PointsGiven,
    confirm_step,
    keep_document,
    restore_document,
    score_readiness,
    withdraw_confirmation,
    withdraw_document,
)
from simpul.replication.actions.meetings import (
    Brought,
    MeetingGiven,
    call_off_meeting,
    describe_meeting,
    invite_libraries,
    plan_meeting,
    restore_meeting,
    share,
)
from simpul.replication.actions.mentoring import (
    call_off,
    end_pause,
    pause_silence,
    plan_contact,
    read_note,
    record_contact,
    restore_contact,
)

__all__ = [
    "Brought",
    "MeetingGiven",
    "PointsGiven",
    "call_off",
    "call_off_meeting",
    "confirm_step",
    "describe_meeting",
    "end_pause",
    "invite_libraries",
    "keep_document",
    "mark_delegate",
    "pause_silence",
    "plan_contact",
    "plan_meeting",
    "read_note",
    "record_contact",
    "restore_contact",
    "restore_cost",
    "restore_document",
    "restore_meeting",
    "scan_delegate",
    "score_readiness",
    "send_delegate",
    "share",
    "tell_cost",
    "unmark_delegate",
    "welcome_delegate",
    "withdraw_confirmation",
    "withdraw_cost",
    "withdraw_delegate",
    "withdraw_document",
]

"""Changes of journeys, mentoring, meetings, costs; and an activity that grew out of a plan."""

from simpul.replication.actions.costs import restore_cost, tell_cost, withdraw_cost
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
    call_off_meeting,
    describe_meeting,
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
    "Brought", "PointsGiven", "call_off", "call_off_meeting", "confirm_step", "describe_meeting", "end_pause",
    "keep_document", "pause_silence", "plan_contact", "plan_meeting", "read_note", "record_contact", "restore_contact",
    "restore_cost", "restore_document", "restore_meeting", "score_readiness", "share", "tell_cost",
    "withdraw_confirmation", "withdraw_cost", "withdraw_document"]

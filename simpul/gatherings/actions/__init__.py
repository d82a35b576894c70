"""Changes to gatherings: planning and announcing, registering and leaving, who was there."""

from simpul.gatherings.actions.excusing import come_after_all, excuse
from simpul.gatherings.actions.outcomes import ask_outcomes, invite_participants
from simpul.gatherings.actions.planning import (
    SessionGiven,
    add_session,
    cancel_gathering,
    cancel_session,
    describe_gathering,
    make_gathering,
    mark_told,
    move_session,
    publish_gathering,
    resume_gathering,
)
from simpul.gatherings.actions.presence import (
    HeadCell,
    count_heads,
    mark_attendance,
    mark_by_scan,
    record_walk_in,
    undo_attendance,
)
from simpul.gatherings.actions.registering import complete_registration, hand_over_place, leave_gathering, register
from simpul.gatherings.actions.retention import forget_registrants, unlink_attendance
from simpul.gatherings.actions.sheets import Signed, enter_sheet, forget_sheets, remove_sheet
from simpul.gatherings.actions.telling import tell, tell_by_mail, untell

__all__ = [
    "HeadCell", "SessionGiven", "Signed", "add_session", "ask_outcomes", "cancel_gathering", "cancel_session", "come_after_all",
    "complete_registration", "count_heads", "describe_gathering", "enter_sheet", "excuse", "forget_registrants",
    "forget_sheets", "hand_over_place", "invite_participants", "leave_gathering", "make_gathering", "mark_attendance",
    "mark_by_scan",
    "mark_told", "move_session", "publish_gathering", "record_walk_in", "register", "remove_sheet", "resume_gathering", "tell",
    "tell_by_mail", "undo_attendance", "unlink_attendance", "untell",
]

"""Changes to gatherings: planning and announcing, registering and leaving, who was there."""

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
)
from simpul.gatherings.actions.presence import (
    count_heads,
    mark_attendance,
    mark_by_scan,
    record_walk_in,
    undo_attendance,
)
from simpul.gatherings.actions.registering import complete_registration, leave_gathering, register
from simpul.gatherings.actions.retention import forget_registrants, unlink_attendance

__all__ = [
    "SessionGiven", "add_session", "cancel_gathering", "cancel_session", "complete_registration", "count_heads",
    "describe_gathering", "forget_registrants", "leave_gathering", "make_gathering", "mark_attendance", "mark_by_scan",
    "mark_told", "move_session", "publish_gathering", "record_walk_in", "register", "undo_attendance",
    "unlink_attendance",
]

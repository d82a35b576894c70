"""Changing what is planned, what came of it, and what is said to it."""

from simpul.activities.actions.after import add_photo, note_publicity, remove_photo, write_result
from simpul.activities.actions.city import set_city_day
from simpul.activities.actions.needs import cancel_activity, choose_needs
from simpul.activities.actions.planning import (
    Details,
    add_book,
    add_contribution,
    add_speaker,
    copy_activity,
    describe_activity,
    plan_activity,
    remove_part,
    tick_checklist,
)
from simpul.activities.actions.replies import answer_report, read_reply, withdraw_reply
from simpul.activities.actions.sharing import draft_with_shared, drop_old, keep_shared, receive_picture

__all__ = ["Details", "add_book", "add_contribution", "add_photo", "add_speaker", "answer_report", "cancel_activity",
           "choose_needs", "copy_activity", "describe_activity", "draft_with_shared", "drop_old", "keep_shared",
           "note_publicity", "plan_activity", "read_reply", "receive_picture", "remove_part", "remove_photo",
           "set_city_day", "tick_checklist", "withdraw_reply", "write_result"]

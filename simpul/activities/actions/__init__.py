"""Changes to activities: planning, copying, telling what is planned, and what came of it."""

from simpul.activities.actions.after import add_photo, remove_photo, write_result
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

__all__ = ["Details", "add_book", "add_contribution", "add_photo", "add_speaker", "copy_activity", "describe_activity",
           "plan_activity", "remove_part", "remove_photo", "tick_checklist", "write_result"]

"""Changes in the catalogue: copies and titles. Imports have their own entrance in `catalogue.importing`."""

from simpul.catalogue.actions.copies import (
    add_copies,
    correct_copy,
    restore_copy,
    set_copy_state,
    withdraw_copy,
)
from simpul.catalogue.actions.digital import (
    Offer,
    add_resource,
    correct_resource,
    count_use,
    enter_digital_title,
    restore_resource,
    withdraw_resource,
)
from simpul.catalogue.actions.titles import (
    correct_title,
    enter_quick_title,
    enter_title,
    merge_title,
)

__all__ = ["Offer", "add_copies", "add_resource", "correct_copy", "correct_resource", "correct_title", "count_use",
           "enter_digital_title", "enter_quick_title", "enter_title", "merge_title", "restore_copy", "restore_resource",
           "set_copy_state", "withdraw_copy", "withdraw_resource"]

"""Changes in the catalogue: copies and titles. Imports have their own entrance in `catalogue.importing`."""

from simpul.catalogue.actions.copies import (
    add_copies,
    correct_copy,
    restore_copy,
    set_copy_state,
    withdraw_copy,
)
from simpul.catalogue.actions.titles import (
    correct_title,
    enter_quick_title,
    enter_title,
    merge_title,
)

__all__ = ["add_copies", "correct_copy", "correct_title", "enter_quick_title", "enter_title", "merge_title",
           "restore_copy", "set_copy_state", "withdraw_copy"]

"""Changes to the guest book.

What is counted is an entry into the library (ISO 2789, "visit"): somebody who comes back in the afternoon is two
visits. Only the same card within ten minutes is taken for a double scan and asked about.

Each action returns the first row of the entry it wrote; `entry_id` is the id of the change. Details that nobody
said stay empty. `is_sure=True` confirms what a policy asked about.
"""

from simpul.visits.actions.correcting import complete_entry, correct_entry, void_entry
from simpul.visits.actions.recording import record_group, record_sheet, record_tally, record_visit
from simpul.visits.actions.retention import forget_visitors

__all__ = ["complete_entry", "correct_entry", "forget_visitors", "record_group", "record_sheet", "record_tally",
           "record_visit", "void_entry"]

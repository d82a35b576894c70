"""Members of other systems come in: INLISLite's 49 columns, SLiMS's member export, or our template.

Rules
1. Columns for identity numbers, religion, mother's maiden name and the like are dropped unread; the summary says so.
2. Again adds nothing; what the desk corrected meanwhile stays, only what is empty is filled.
3. Nothing stops a run half-way; writes are short transactions.
4. An old card number goes on opening the record, at its own library only.
5. Children come as they are known there, without consent: thirty days, like everybody.
"""

from simpul.people.importing.entrance import CannotImport, import_file, import_members, run_waiting_batch
from simpul.people.importing.running import ImportSummary
from simpul.people.importing.template import write_template

__all__ = ["CannotImport", "ImportSummary", "import_file", "import_members", "run_waiting_batch", "write_template"]

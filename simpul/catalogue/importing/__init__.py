"""Catalogues of other systems come in: MARC 21, SLiMS, a sheet.

Words: a *reader* yields *drafts* (records it could read) and *unreadable* ones; a *plan* is what a handful of them
means for the catalogue; a *run* takes a file from its first record to its last.

Rules
1. Nothing stops a run half-way: what cannot be taken is refused with its position and reason.
2. Reading and planning happen outside any lock; a transaction is short and learns how long it may be.
3. The same file again adds nothing; a killed run is run again.
4. What a file does not say does not erase what is known here.
"""

from simpul.catalogue.importing.entrance import import_file, readers, run_waiting_batch
from simpul.catalogue.importing.running import ImportSummary

__all__ = ["ImportSummary", "import_file", "readers", "run_waiting_batch"]

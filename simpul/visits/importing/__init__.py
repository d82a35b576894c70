"""The history of visits from SLiMS (its visitor log) or from a simple table; names are not read.

`import_visits` reads a table, writes in short transactions, and may be run again: the same line is the same
visit, so nothing is added twice. `TEMPLATE` are the columns of the simple table, `EXAMPLE` one line of it.
"""

from simpul.transfers.history import CannotImport, ImportSummary
from simpul.visits.importing.reading import EXAMPLE, TEMPLATE
from simpul.visits.importing.running import import_visits

__all__ = ["EXAMPLE", "TEMPLATE", "CannotImport", "ImportSummary", "import_visits"]

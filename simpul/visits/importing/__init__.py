"""The history of visits from SLiMS (its visitor log) or from a simple table; names are not read.

`import_visits` reads a CSV file, writes in short transactions, and may be run again: the same line is the same
visit, so nothing is added twice. `TEMPLATE` are the columns of the simple table.
"""

from simpul.visits.importing.reading import TEMPLATE
from simpul.visits.importing.running import CannotImport, ImportSummary, import_visits

__all__ = ["TEMPLATE", "CannotImport", "ImportSummary", "import_visits"]

"""Search over the city's titles: one analyser, one interface, one file per database engine.

`index_titles` and `remove_titles` belong into the transaction that changes titles, `copies_changed` into the one
that adds a copy or changes its state. A title that is provisional is found at the desk, not by the public.
"""

from simpul.catalogue.search.index import copies_changed, index_titles, rebuild, remove_titles
from simpul.catalogue.search.query import Hits, Query, search

__all__ = ["Hits", "Query", "copies_changed", "index_titles", "rebuild", "remove_titles", "search"]

"""Pages that cross domains, one file a kind of page."""

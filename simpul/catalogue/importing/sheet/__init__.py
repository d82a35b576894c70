"""A sheet: our template, INLISLite's 42 columns, or what a library typed under similar headings."""

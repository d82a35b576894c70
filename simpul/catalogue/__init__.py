"""Titles, copies, the records they came from, and search.

Words: a *title* is a bibliographic record of the city; a *source record* is what a library brought, byte for byte;
a *copy* is one thing on a shelf of one library; a *search document* is what the search engine indexes of a title.

Rules
1. The MARC 21 record is kept without loss; everything else is derived from it and can be derived again.
2. An unknown date stays unknown; it never becomes the day of import.
3. A source record is unique by library, source and external id: the same file again adds nothing.
4. A copy carries its state; circulation asks `set_copy_state`.
5. All words of a query must match; search has one interface and one file per engine.
"""

"""The guest book.

Words: a *visit* is one person coming in (or a counted group of alike persons); an *entry* is what was written down
at once and may hold several visits rows (a group with its L and P); a *tally* counts a rush; a *sheet* is a day's
totals from a paper guest book.

Rules
1. No name is needed; a member is known by her card.
2. A row is never edited: a correction voids it and writes what it should have been.
3. Every row has the moment, the library's local day and the moment it was written down.
4. Disability is recorded only when offered.
5. A kiosk may only write visits of its one library.
"""

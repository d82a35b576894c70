"""The desk: lending, returning, renewing, reading in place, due lists.

Words: a *loan* is one copy with one member; a *rule* says how many, how long, how often; *overdue* is past due and
out; *in-house use* is a copy read in place.

Rules
1. A copy has at most one open loan; the database says so.
2. Loans are never edited: return, renewal and correction are changes of their own.
3. Physical facts win: a replayed loan of a copy that is out closes the first with an implied return.
4. A message about a child's loan goes to the guardian and names no titles.
5. A loan is unlinked from its reader when its time is over; the count stays.
"""

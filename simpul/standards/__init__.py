"""Standards and fields that a library is measured against: SNP, accreditation, NPP; the shelf of papers behind them.

Rules
1. Unknown is not missed: a requirement of which nobody told is shown as unknown, with where to tell it.
2. What was not read in a source is shown as not checked; weights seen elsewhere and grades of our own say so.
3. A paper is brought once: the shelf is that of `replication`, and every list reads it there.
"""

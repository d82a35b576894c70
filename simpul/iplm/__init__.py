"""The literacy development index (IPLM), the ratios of the LPPD, the reading indices (TGM, TKM).

Words: a *line* is one of the 28 counts of the questionnaire of 2025; an *institution* is a school or library outside
this node that belongs to the city's frame; its *return* is what it answered for a year; the *frame* is everybody who
was to answer.

Rules
1. A count follows from the records, or from a dated fact of the library; only institutions outside type numbers.
2. Coverage stands beside every index: who answered, of how many, by kind.
3. How the office turns counts into scores is not published: our composite is a simulation whose normaliser is named.
4. Indices of different years have different formulas and are not converted.
5. A yearly link asks no account, opens one return of one institution, and ends on its day.
"""

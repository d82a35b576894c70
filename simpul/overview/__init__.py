"""Overviews: numbers worth looking at, for who made them, for the neighbourhood, for the city, for everybody.

Words: the *ground* is what an overview stands on (months, coverage), a *sentence* tells figures with a link to each,
an overview (gambaran) is sentence, picture, table.

Rules
1. Every number shown is a figure of `simpul.indicators` (or its parts) and leads to its receipt.
2. No data is not zero: a month without records is a gap, a closed one is closed, an unknown share is not told.
3. Two periods are compared only where both are covered alike; else it is said why not.
4. Who stands outside a library is told what `indicators.protecting` lets out; what leaves the house is for outsiders.
5. A library is seen beside similar ones as median and middle half, never in a row of names.
"""

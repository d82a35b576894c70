"""Indicators: numbers that follow from the records, are exact at every moment and open down to their rows.

Words: a *measure* is what an app declares to be countable; an *indicator* is made of measures by a definition in
`definitions/`; a *figure* is an indicator's value at a place in a period; its *receipt* is the page that opens it.

Rules
1. A number is a recount. Roll-ups only remember recounts; a day whose records changed is marked by the database itself
   (triggers, `rollups/marks.py`) and is counted from its records until it has been rolled up again.
2. Reading writes nothing.
3. No data is not zero, and a denominator that is zero or unknown gives no value.
4. What readers outside a library see broken down is a sum of what may be told of each library and month
   (`protecting.py`): no other road leads to a smaller number.
5. Visits and people are two things; across libraries people are a range with its method named.
"""

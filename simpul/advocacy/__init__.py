"""Those who carry a library: partners, agreements, approaches, the yearly road to a budget, publicity.

Words: a *partner* gives money, goods, people or a place; an *agreement* binds it for a time; an *approach* wants one
thing of one office or company, goes from planned to achieved in *talks* and has *results*; *evidence* is a figure of
the library's own, kept as it was told; the *road* of a year leads from the community meeting to a budget, with a
*proposal* of two pages; *publicity* is where others read about it.

Rules
1. A figure that is told to an office is counted from records, and kept with its measure, period and day.
2. An office is named, not a person; whom to call at a partner is personal data and goes when the partnership ended.
3. Documents are for the library's own staff.
4. What was promised is not yet given: a promise and a budget are two results.
5. Results, talks and publicity are counted; they are never edited, only taken back and entered anew.
"""

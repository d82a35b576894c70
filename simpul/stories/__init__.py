"""Stories of change: what somebody's life was, what the library did, what is different now, and her right to it.

Words: a *story* is told in five prompts, a *testimony* in one sentence; its *consent* says for whom, how long, with
photo or not, by which name; *evidence* are the activities, titles, loans and answers behind it; a *round* is a period
in which the most significant changes are chosen, and a *choice* names one of them with its reason.

Rules
1. Nobody outside the library reads a story without a consent in force, and every such read asks `published_for`.
2. Whoever withdraws, or whose time is over, is forgotten: words, names, pictures and proof go, only that it happened stays.
3. She agreed to these words: other words need her consent again, and a verified story is not edited.
4. For a child the guardian agrees, by name and relation; a picture needs consent of its own.
5. A loan is evidence for the library's own staff; no sum of money is shown of fewer than five people.
"""

"""Plans: what a library means to do, and how far it has come.

Words: a *plan* is a follow-up plan (RTL) after a workshop or the work plan (rencana kerja) of a year; a *step* is one
of its dated rows: something to be done, or somebody to be won (advocacy); *evidence* proves a step; a *revision* is a
change after the plan was handed in; a *follow-up* looks at it again after 1, 3 and 6 months.

Rules
1. A plan that was handed in may change, but never unseen: each change is a revision with who, when and what.
2. A step that was taken out stays readable; nothing of a plan is deleted.
3. A step is done with or without proof; proof may follow at any time.
4. What was not done has a reason, and nobody is blamed for it.
5. A plan names offices and roles; whoever reads a library's counts reads its plan.
"""

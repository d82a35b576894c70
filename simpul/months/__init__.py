"""The month of a library: checked, answered, signed, told to the city; and the calendar of what is due when.

Words: a *report* is a library's month; a *signature* is one signed version of it with its snapshot; a *restatement* is
the difference between a signed version and what the records say now; a *told* fact is one that nobody could record.

Rules
1. Nothing is frozen: records of a signed month may change, and the difference is shown with who and why.
2. Warnings explain and can be answered; only what is impossible blocks a signature.
3. The librarian signs, nobody for her. A month that is not over may be prepared, not signed.
4. A figure is what outsiders may be told: what is signed is shown to the lurah.
5. This app knows no domain: what a domain says about a month stands in its `month_checks.py`.
"""

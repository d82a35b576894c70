"""Official reports, filled by themselves.

Words: a form is what an office asks for (IPLM 2025, LPPD, the SNP list …); filling it gives sections of lines in the
order and with the numbering of the paper; a line is one answer, with where it comes from.

Rules
1. Nobody types a number that the system can know.
2. A line without a value says why, and where it can be told; unknown is never 0.
3. A number that counts people says so; one that counts visits says so too.
4. What an office has not published (weights, thresholds, normalisers) is a labelled simulation.
5. A form is declared by the app that knows it (`<app>/report_forms.py`, FORMS); this app knows none of them.
"""

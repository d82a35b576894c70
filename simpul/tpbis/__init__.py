"""SIM TPBIS, the programme's national reporting: what is to be entered there, ready to copy; what was entered; accounts and
colours of the libraries; a simulation of the score whose weights are the city's own.

Rules
1. Nobody types a number here: items are the records of activities, advocacy, publicity and stories.
2. SIM's screens, weights and thresholds are not published. What is asked is a safe superset; the simulation says that it is
   one and is never called the national score.
3. A story is copied nowhere: an entry keeps fingerprints of its fields, so that a withdrawal leaves nothing behind.
"""

"""The months of Ramadan in Indonesia, as our own small table of facts.

2024 to 2026: the days the Ministry of Religious Affairs announced (1 Ramadan 1445 on 12 March 2024 and 1446 on
1 March 2025 by sidang isbat; 1447 on 19 February 2026, Idulfitri 21 March 2026 as in the joint decree on holidays).
2027: until the eve of Idulfitri on 10 March 2027 as in the joint decree. From 2028 on: reckoned, may be off by one
day until the sidang isbat of that year; correct them here when it is announced.
"""

from datetime import date

#: first and last day of fasting, both included
RAMADAN: tuple[tuple[date, date], ...] = (
    (date(2024, 3, 12), date(2024, 4, 9)),
    (date(2025, 3, 1), date(2025, 3, 30)),
    (date(2026, 2, 19), date(2026, 3, 20)),
    (date(2027, 2, 8), date(2027, 3, 9)),
    (date(2028, 1, 28), date(2028, 2, 25)),
    (date(2029, 1, 16), date(2029, 2, 13)),
    (date(2030, 1, 6), date(2030, 2, 3)),
    (date(2030, 12, 26), date(2031, 1, 23)),
)


def is_ramadan(day: date) -> bool:
    """Is it a day of fasting? Outside the table: no."""
    return any(first <= day <= last for first, last in RAMADAN)

"""How a library's year goes: weekdays, school holidays, Ramadan, the days off.

Dates are facts of the calendars 2025–2027: Ramadan and Idul Fitri as the ministry announced or astronomers expect
them, school holidays as in Banten's calendars; a day more or less does not matter to a demonstration.
"""

from dataclasses import dataclass
from datetime import date

RAMADAN = ((date(2025, 3, 1), date(2025, 3, 30)), (date(2026, 2, 19), date(2026, 3, 19)),
           (date(2027, 2, 8), date(2027, 3, 9)))
FEAST = ((date(2025, 3, 28), date(2025, 4, 7)), (date(2026, 3, 18), date(2026, 3, 26)),
         (date(2027, 3, 8), date(2027, 3, 16)))
SCHOOL_HOLIDAYS = tuple(
    span for year in (2025, 2026, 2027)
    for span in ((date(year, 6, 22), date(year, 7, 12)), (date(year, 12, 20), date(year, 12, 31)),
                 (date(year, 1, 1), date(year, 1, 4))))
DAYS_OFF = {(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)}


def _in(day: date, spans: tuple[tuple[date, date], ...]) -> bool:
    return any(first <= day <= last for first, last in spans)


@dataclass(frozen=True)
class Day:
    """What a day is like: `adults` and `children` multiply a library's usual numbers; 0 is closed."""

    adults: float
    children: float

    @property
    def is_closed(self) -> bool:
        return self.adults == 0 and self.children == 0


#: weekday (Monday first) → factor, by rhythm of a library
WEEKDAYS = {
    "office": (1.0, 0.9, 1.0, 0.95, 0.7, 0.0, 0.0),     # kelurahan: Monday to Friday
    "city": (0.9, 0.9, 0.95, 0.95, 0.8, 1.5, 1.3),      # the city library: every day, busiest at the weekend
    "garden": (0.0, 0.8, 0.8, 0.8, 0.9, 1.5, 1.6),      # TBM: afternoons and weekends
}


def day_of(day: date, rhythm: str) -> Day:
    """The factor of a day for a rhythm of `WEEKDAYS`."""
    base = WEEKDAYS[rhythm][day.weekday()]
    if (day.month, day.day) in DAYS_OFF or _in(day, FEAST):
        return Day(0, 0)
    adults = children = base
    if _in(day, RAMADAN):
        adults, children = adults * 0.6, children * (1.1 if rhythm == "garden" else 0.5)
    if _in(day, SCHOOL_HOLIDAYS):
        children *= 0.35 if rhythm == "office" else 1.5
    return Day(adults, children)

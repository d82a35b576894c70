"""Days on which libraries of the country do something, as a start for planning. Bodies of law and habit: 17 May is
Hari Buku Nasional and the day of the National Library, 14 September is Hari Kunjung Perpustakaan, September the
month of the love of reading; a city's anniversary is its own."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Template:
    """Month and day; `hours` from and until; `kind` one of `kinds.KINDS`."""

    code: str
    title: Any
    kind: str
    month: int
    day: int
    hours: tuple[time, time] = (time(9), time(11))
    theme: Any = ""

    def next_on(self, today: date) -> date:
        """Its next day, today included."""
        this_year = date(today.year, self.month, self.day)
        return this_year if this_year >= today else date(today.year + 1, self.month, self.day)


TEMPLATES = (
    Template("book_day", _("National Book Day"), "book_talk", 5, 17, theme=_("love of reading")),
    Template("visit_day", _("Library Visit Day"), "school_visit", 9, 14, theme=_("getting to know the library")),
    Template("reading_month", _("Month of the Love of Reading: reading aloud"), "reading_aloud", 9, 20,
             theme=_("love of reading")),
    Template("literacy_day", _("International Literacy Day"), "storytelling", 9, 8, theme=_("literacy")),
    Template("childrens_day", _("National Children's Day: storytelling"), "storytelling", 7, 23, theme=_("children")),
    Template("city_day", _("City anniversary: contest"), "contest", 2, 28, theme=_("our city")),
)
BY_CODE = {one.code: one for one in TEMPLATES}


def upcoming(today: date) -> list[tuple[Template, date]]:
    """All of them with their next day, soonest first."""
    return sorted(((one, one.next_on(today)) for one in TEMPLATES), key=lambda pair: pair[1])

"""Days on which libraries of the country do something, as a start for planning. By decree and habit: 17 May is Hari
Buku Nasional and the day of the National Library, 14 September Hari Kunjung Perpustakaan, all of September Bulan
Gemar Membaca; a city's anniversary is its own, a setting of the node (`activities.city_day`)."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from simpul.core.models import NodeSetting

CITY_DAY = "activities.city_day"  # NodeSetting: "02-28", or nothing
SATURDAY = 5


@dataclass(frozen=True)
class Template:
    """Month and day (day 0: the whole month); `hours` from and until; `kind` one of `kinds.KINDS`."""

    code: str
    title: Any
    kind: str
    month: int
    day: int
    hours: tuple[time, time] = (time(9), time(11))
    theme: Any = ""

    @property
    def is_month(self) -> bool:
        return self.day == 0

    def next_on(self, today: date) -> date:
        """Its next day, today included. Of a month its first Saturday, or the next one while the month lasts."""
        this_year = self._in(today.year, today)
        return this_year if this_year >= today else self._in(today.year + 1, today)

    def _in(self, year: int, today: date) -> date:
        if not self.is_month:
            is_leap_day = (self.month, self.day) == (2, 29) and date(year, 3, 1) - date(year, 2, 28) == timedelta(days=1)
            return date(year, self.month, 28 if is_leap_day else self.day)
        first = date(year, self.month, 1)
        start = today if (today.year, today.month) == (year, self.month) else first
        saturday = start + timedelta(days=(SATURDAY - start.weekday()) % 7)
        return saturday if saturday.month == self.month else start


TEMPLATES = (
    Template("book_day", _("National Book Day"), "book_talk", 5, 17, theme=_("love of reading")),
    Template("visit_day", _("Library Visit Day"), "school_visit", 9, 14, theme=_("getting to know the library")),
    Template("reading_month", _("Month of the Love of Reading: reading aloud"), "reading_aloud", 9, 0,
             theme=_("love of reading")),
    Template("literacy_day", _("International Literacy Day"), "storytelling", 9, 8, theme=_("literacy")),
    Template("childrens_day", _("National Children's Day: storytelling"), "storytelling", 7, 23, theme=_("children")),
)
THE_CITY = Template("city_day", _("City anniversary: contest"), "contest", 1, 1, theme=_("our city"))


def city_day() -> tuple[int, int] | None:
    """Month and day of the city's anniversary, or None where nobody set it."""
    row = NodeSetting.objects.filter(name=CITY_DAY).first()
    month, _dash, day = str(row.value if row else "").partition("-")
    return (int(month), int(day)) if month.isdigit() and day.isdigit() else None


def templates() -> tuple[Template, ...]:
    """All of this node, the city's own with them."""
    own = city_day()
    return (*TEMPLATES, replace(THE_CITY, month=own[0], day=own[1])) if own else TEMPLATES


def template_of(code: str) -> Template | None:
    return next((one for one in templates() if one.code == code), None)


def upcoming(today: date) -> list[tuple[Template, date]]:
    """All of them with their next day, soonest first."""
    return sorted(((one, one.next_on(today)) for one in templates()), key=lambda pair: pair[1])

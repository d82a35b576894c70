"""The city's dates: ours by default, as the coordinator set them; and those that other rooms declare."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from simpul.core.models import NodeSetting
from simpul.indicators.periods import Period, next_month
from simpul.months.dates import DEADLINES, MONTHLY, Deadline

DATES = "months.dates"


@dataclass(frozen=True)
class Dated:
    """A dated thing of the city: what, on which day, what has to be ready. `url` "" where there is no page for it.
    `is_ours`: the day is a default of this program, nobody of the city set it."""

    key: str
    on: date
    what: Any
    ready: Any
    url: str = ""
    is_ours: bool = False
    for_libraries: bool = False

    def days_left(self, today: date) -> int:
        return (self.on - today).days


def city_dates() -> dict[str, list[int]]:
    """Deadline → [month, day] as the coordinator set it ([0, day] for what is due monthly)."""
    row = NodeSetting.objects.filter(name=DATES).first()
    return dict(row.value) if row else {}


def due_day(dates: dict[str, list[int]] | None = None) -> int:
    """On which day of the following month a month's report is due."""
    set_dates = city_dates() if dates is None else dates
    return set_dates.get(MONTHLY.key, [0, MONTHLY.day])[1]


def dates_between(first: date, last: date) -> list[Dated]:
    """Everything dated from the first to the last day, by day; one question, and those of the rooms that declare some."""
    set_dates = city_dates()
    found = [one for deadline in DEADLINES for one in _of(deadline, first, last, set_dates)]
    for year in range(first.year, last.year + 2):
        for declared in declarations():
            found += [one for one in declared(year) if first <= one.on <= last]
    unique = {(one.key, one.on): one for one in found}
    return sorted(unique.values(), key=lambda one: (one.on, one.key))


def _of(deadline: Deadline, first: date, last: date, set_dates: dict[str, list[int]]) -> Iterable[Dated]:
    month, day = set_dates.get(deadline.key, [deadline.month, deadline.day])
    days = _monthly(day, first, last) if deadline.is_monthly else (
        date(year, month, min(day, 28) if month == 2 else day) for year in range(first.year, last.year + 1))
    for on in days:
        if first <= on <= last:
            what = deadline.label
            if deadline.is_monthly:
                about = Period.of_month(on.replace(day=1) - timedelta(days=1))
                what = f"{deadline.label}: {about.label}"
            yield Dated(deadline.key, on, what, deadline.ready, address_of(deadline), deadline.key not in set_dates,
                        deadline.for_libraries)


def _monthly(day: int, first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month.replace(day=min(day, 28))
        month = next_month(month)


def address_of(deadline: Deadline) -> str:
    """The page of the report that has to be ready, if this node knows the form."""
    if deadline.key == MONTHLY.key:
        return reverse("months:city")
    for name in deadline.forms:
        if name in known_forms():
            try:
                return reverse("reports:form", args=[name])
            except NoReverseMatch:
                return ""
    return ""


@cache
def known_forms() -> frozenset[str]:
    """Names of the official forms that rooms above declare."""
    return frozenset(form.name for module in _modules("report_forms") for form in getattr(module, "FORMS", ()))


Declared = Callable[[int], Iterable[Dated]]


@cache
def declarations() -> tuple[Declared, ...]:
    """`<app>/city_dates.py` of any room: CITY_DATES, callables (year) -> the Dated things of that year."""
    return tuple(one for module in _modules("city_dates") for one in module.CITY_DATES)


def _modules(name: str) -> Iterable[Any]:
    for app in apps.get_app_configs():
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.{name}"):
            yield import_module(f"{app.name}.{name}")

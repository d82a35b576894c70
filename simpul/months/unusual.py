"""What domains say about a month, declared above and discovered here.

An app brings `<app>/month_checks.py` with any of these module-level tuples:

    FIGURES  Shown(…): which indicators belong on the month's page, and the sentence of each
    CHECKS   callables (library, Period) -> Iterable[Unusual]: what should be looked at before signing
    LISTS    Listing(title, headings, rows): what is printed as a list (activities), rows by (library, Period)

A check asks few questions, names no person, and its `key` stays the same while it means the same.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.core.measure import discover
from simpul.indicators.periods import Period
from simpul.indicators.rollups.reading import day_counts
from simpul.libraries.models import Library
from simpul.libraries.queries.hours import hours_on

DAYS_NAMED = 4  # of more days the number is told


class Kind(StrEnum):
    WARN = "warn"    # explains, can be answered
    BLOCK = "block"  # impossible: has to be mended before signing


@dataclass(frozen=True)
class Unusual:
    """`sentence` says what is unusual in the reader's language, `address` where it can be looked at and mended, `mend`
    what to do there. `key` names it ("busy:2026-10-13"); what is answered under it is not asked again."""

    key: str
    kind: Kind
    sentence: str
    address: str = ""
    mend: str = ""

    @property
    def is_block(self) -> bool:
        return self.kind == Kind.BLOCK


@dataclass(frozen=True)
class Shown:
    """An indicator of the month's page. `says` is a lazy sentence over %(shown)s, plural by "n"; smaller `order` stands
    first."""

    indicator: str
    says: Any
    order: int = 50


@dataclass(frozen=True)
class Listing:
    """A list of the paper: rows of texts by library and period, ordered, without names of persons."""

    key: str
    title: Any
    headings: tuple[Any, ...]
    rows: Callable[[Library, Period], Iterable[Sequence[str]]] = field(repr=False)


Check = Callable[[Library, Period], Iterable[Unusual]]


@cache
def checks() -> tuple[Check, ...]:
    return tuple(_declared("CHECKS"))


@cache
def shown() -> tuple[Shown, ...]:
    return tuple(sorted(_declared("FIGURES"), key=lambda one: one.order))


@cache
def listings() -> tuple[Listing, ...]:
    return tuple(_declared("LISTS"))


def _declared(name: str) -> Iterable[Any]:
    for app in reversed(list(apps.get_app_configs())):
        if app.name.startswith("simpul.") and find_spec(f"{app.name}.month_checks"):
            yield from getattr(import_module(f"{app.name}.month_checks"), name, ())


# What several domains look at in the same way.


def in_words(days: Sequence[date]) -> str:
    """"3, 10 and 17 October"; of many days the first few and how many more."""
    named = [formats.date_format(day, "j") for day in days[:DAYS_NAMED]]
    more = len(days) - len(named)
    text = ", ".join(named)
    month = formats.date_format(days[0], "F")
    if more:
        return ngettext("%(days)s %(month)s and %(n)s day more", "%(days)s %(month)s and %(n)s days more", more) % {
            "days": text, "month": month, "n": more}
    return f"{text} {month}"


def key_of(name: str, days: Iterable[date]) -> str:
    """The key of a finding about days: another day makes it another finding."""
    return f"{name}:{hashlib.sha256(','.join(day.isoformat() for day in days).encode()).hexdigest()[:16]}"


def impossible_days(library: Library, period: Period, measure: str, today: date, address: str) -> list[Unusual]:
    """Records of a measure on days that are still to come, or before the library existed: these block."""
    found = sorted(day for (_pk, day), n in day_counts(discover()[measure], period.first, period.last, [library.pk]).items()
                   if n)
    what = str(discover()[measure].label)
    told = []
    coming = [day for day in found if day > today]
    if coming:
        told.append(Unusual(key_of(f"{measure}_future", coming), Kind.BLOCK, _(
            "%(what)s stand on days that are still to come: %(days)s. Take them back, then enter them on the day on which "
            "they happened.") % {"what": _upper(what), "days": in_words(coming)}, address, _("Mend")))
    early = [day for day in found if library.opened_on and day < library.opened_on]
    if early:
        told.append(Unusual(key_of(f"{measure}_early", early), Kind.BLOCK, _(
            "%(what)s stand on days before the library existed: %(days)s. Take them back, or correct the library's first "
            "day on its profile.") % {"what": _upper(what), "days": in_words(early)}, address, _("Mend")))
    return told


def closed_days(library: Library, period: Period, measure: str, address: str) -> list[Unusual]:
    """Records on days on which the library was closed by its hours (`library` with its hours fetched)."""
    counted = day_counts(discover()[measure], period.first, period.last, [library.pk])
    days = sorted(day for (_pk, day), n in counted.items()
                  if n and hours_on(library, day) == () and not (library.opened_on and day < library.opened_on))
    if not days:
        return []
    return [Unusual(key_of(f"{measure}_closed", days), Kind.WARN, _(
        "%(what)s on %(days)s, although the library was closed by its hours.") % {
        "what": _upper(str(discover()[measure].label)), "days": in_words(days)}, address, _("Look"))]


def busy_days(library: Library, period: Period, measure: str, address: Callable[[date], str], *, least: int,
              times: int) -> list[Unusual]:
    """Days far above the habit of the 90 days before and of the month: more than `least` and `times` its middle day."""
    before = period.first - timedelta(days=90)
    counted = {day: n for (_pk, day), n in day_counts(discover()[measure], before, period.last, [library.pk]).items() if n}
    if len(counted) < 10:
        return []
    habit = sorted(counted.values())[len(counted) // 2]
    return [Unusual(f"{measure}_busy:{day.isoformat()}", Kind.WARN, _(
        "%(day)s: %(n)s %(unit)s; an ordinary day has about %(habit)s. Counted twice, or a special day?") % {
        "day": formats.date_format(day, "l, j F"), "n": number(n), "unit": discover()[measure].unit, "habit": number(habit)},
        address(day), _("Look"))
        for day, n in sorted(counted.items()) if day >= period.first and n >= least and n > times * habit]


def number(n: int) -> str:
    return str(formats.number_format(n, use_l10n=True, force_grouping=True))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

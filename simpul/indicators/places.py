"""Places: a library, a region, the city, or a choice of libraries; with the days on which each library was there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.indicators.periods import Period
from simpul.indicators.rollups.counting import Span
from simpul.libraries.models import City, Library, Placement, Region


@dataclass(frozen=True)
class Stay:
    """A library was at the place from a day until before another (None: always, still)."""

    library: Library
    from_on: date | None = None
    until_on: date | None = None

    def within(self, period: Period) -> Period | None:
        last = self.until_on - timedelta(days=1) if self.until_on and self.until_on > date.min else self.until_on
        return period.clipped(self.from_on, last)


@dataclass(frozen=True)
class Place:
    """`code` is how an address writes it: a library's code, a region's code, "kota", or "" for a choice. `is_whole`:
    every library of the node, for all days."""

    code: str
    name: str
    stays: tuple[Stay, ...]
    library: Library | None = None
    region: Region | None = None
    is_whole: bool = False

    @property
    def libraries(self) -> list[Library]:
        """Each once, in the order of the stays."""
        return list({stay.library.pk: stay.library for stay in self.stays}.values())

    def there_on(self, day: date) -> list[UUID]:
        """Ids of the libraries that were at the place on a day."""
        return [stay.library.pk for stay in self.stays if stay.within(Period.of_day(day))]

    def spread(self, period: Period) -> tuple[dict[date, set[UUID]], list[Span]]:
        """The period at this place: whole months → libraries, and what is left as spans of days."""
        whole: dict[date, set[UUID]] = {}
        parts: dict[tuple[date, date], set[UUID]] = {}
        there: dict[Period, set[UUID]] = {}
        for stay in self.stays:
            part = stay.within(period)
            if part is not None:
                there.setdefault(part, set()).add(stay.library.pk)
        for part, libraries in there.items():
            months, rest = _pieces(part)
            for month in months:
                whole[month] = whole[month] | libraries if month in whole else libraries
            for run in rest:
                parts[run] = parts[run] | libraries if run in parts else libraries
        return whole, [Span(None if self.is_whole else frozenset(of), first, last)
                       for (first, last), of in sorted(parts.items())]


def _pieces(period: Period) -> tuple[list[date], list[tuple[date, date]]]:
    months = period.whole_months()
    if not months:
        return [], [(period.first, period.last)]
    from simpul.indicators.periods import end_of_month

    rest = []
    if period.first < months[0]:
        rest.append((period.first, months[0] - timedelta(days=1)))
    end = end_of_month(months[-1])
    if end < period.last:
        rest.append((end + timedelta(days=1), period.last))
    return months, rest


def of_library(library: Library) -> Place:
    return Place(library.code, library.name, (Stay(library),), library=library)


def of_libraries(libraries: Iterable[Library], name: str = "") -> Place:
    return Place("", name or _("the chosen libraries"), tuple(Stay(library) for library in libraries))


def of_city() -> Place:
    """Every library of the node."""
    city = City.objects.select_related("region").first()
    libraries = Library.objects.select_related("region").order_by("name")
    return Place("kota", city.name if city else _("the city"), tuple(Stay(one) for one in libraries),
                 region=city.region if city else None, is_whole=True)


def of_region(region: Region, among: Sequence[UUID] | None = None) -> Place:
    """The libraries that stood in the region or below it, each for the days on which it did; `among` narrows."""
    libraries = Library.objects.select_related("region")
    if among is not None:
        libraries = libraries.filter(pk__in=among)
    by_id = libraries.in_bulk()
    placed: set[UUID] = set()
    stays = []
    rows = Placement.objects.select_related("region").filter(library__in=by_id).order_by("library", "from_on")
    for row in rows:
        placed.add(row.library_id)
        if _is_under(row.region.code, region.code):
            stays.append(Stay(by_id[row.library_id], row.from_on, row.until_on))
    stays += [Stay(one) for one in by_id.values() if one.pk not in placed and _is_under(one.region.code, region.code)]
    stays.sort(key=lambda stay: (stay.library.name, stay.from_on or date.min))
    return Place(region.code, region.full_name, tuple(stays), region=region)


def _is_under(code: str, above: str) -> bool:
    return code == above or code.startswith(f"{above}.")

"""A library beside similar ones: median and the middle half of a group without names."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from statistics import median, quantiles
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.indicators.coverage import coverages
from simpul.indicators.definitions import indicators
from simpul.indicators.models import RegionFact
from simpul.indicators.numerators import sums
from simpul.indicators.periods import Period, end_of_month
from simpul.indicators.places import Place, of_libraries
from simpul.libraries.models import Library, OpeningHours
from simpul.overview.queries.ground import HAS_RECORDS, Ground
from simpul.overview.queries.reached import region_facts

LEAST = 5           # others: of fewer a number could be told apart
HOURS = 1.5         # opening hours a week between two thirds and one and a half times
PEOPLE = 2.0        # residents between half and double
MONTHS = 9          # of the last twelve, so many with records
NAMES = ("visits", "loans", "participants", "new_members")


@dataclass(frozen=True)
class Beside:
    """One number of twelve months: own, and of the others the median and the middle half; `most` ends the scale."""

    name: str
    own: int
    low: float
    middle: float
    high: float
    least: int
    most: int

    @property
    def says(self) -> str:
        if self.own < self.low:
            return _("below the middle half")
        return _("above the middle half") if self.own > self.high else _("within the middle half")


@dataclass(frozen=True)
class Alike:
    """The comparison with `n` others; `by` says what they have in common. Empty rows: `why_not` says why."""

    n: int
    by: str
    rows: tuple[Beside, ...]
    why_not: str = ""


def alike_of(library: Library, ground: Ground) -> Alike:
    """The last twelve whole months beside libraries of the same kind, of similar opening hours and residents where both
    are known; the second and then the first condition is left out where fewer than five remain."""
    months = _twelve(ground)
    own = sum(map(bool, ground.with_records(months)))
    if own < MONTHS:
        return Alike(0, "", (), _("for this, %(n)s of the last twelve months need records; there are %(own)s") % {
            "n": MONTHS, "own": own})
    others = list(Library.objects.filter(kind=library.kind, closed_on__isnull=True).exclude(pk=library.pk).select_related(
        "region"))
    among, by = _chosen(library, others, ground.today)
    place = of_libraries(among)
    known = coverages(place, [Period.of_month(month) for month in months], ground.today)
    full = [one for one in among if sum(month.by_library[one.pk] in HAS_RECORDS for month in known.values()) >= MONTHS]
    if len(full) < LEAST:
        return Alike(len(full), by, (), _("fewer than five similar libraries have recorded long enough"))
    return Alike(len(full), by, tuple(_beside(name, ground, _sums(name, place, months), full, months) for name in NAMES))


def _sums(name: str, place: Place, months: Sequence[date]) -> Mapping[UUID, int]:
    """Each library's number of these months."""
    found: dict[UUID, int] = defaultdict(int)
    for version, part in indicators()[name].parts(Period.between(months[0], end_of_month(months[-1]))):
        for term in version.numerator:
            for (library, _value), n in sums(term, part, place).items():
                found[library] += n * term.times
    return found


def _twelve(ground: Ground) -> list[date]:
    """The last twelve months that are over."""
    return [month for month in ground.months if end_of_month(month) < ground.today][-12:]


def _beside(name: str, ground: Ground, found: Mapping[UUID, int], full: Sequence[Library], months: Sequence[date]) -> Beside:
    numbers = sorted(found.get(one.pk, 0) for one in full)
    low, _middle, high = quantiles(numbers, n=4, method="inclusive")
    own = sum(ground.by_library(name, months).values())
    return Beside(name, own, low, median(numbers), high, numbers[0], max(numbers[-1], own))


def _chosen(library: Library, others: Sequence[Library], day: date) -> tuple[list[Library], str]:
    hours = _hours_a_week([library.pk, *(one.pk for one in others)], day)
    facts = region_facts({library.region_id, *(one.region_id for one in others)}, day, [RegionFact.Name.POPULATION])
    lived = {key: row[RegionFact.Name.POPULATION].value for key, row in facts.items()}
    mine, people = hours.get(library.pk), lived.get(library.region_id)
    kind = str(library.get_kind_display())
    if mine is None:
        return list(others), _("the same kind (%(kind)s)") % {"kind": kind}
    open_alike = [one for one in others if _is_near(hours.get(one.pk), mine, HOURS)]
    lived_alike = [one for one in open_alike if people and _is_near(lived.get(one.region_id), people, PEOPLE)]
    if len(lived_alike) >= LEAST:
        return lived_alike, _("the same kind (%(kind)s), similar opening hours, similarly many residents") % {"kind": kind}
    if len(open_alike) >= LEAST:
        return open_alike, _("the same kind (%(kind)s), similar opening hours") % {"kind": kind}
    return list(others), _("the same kind (%(kind)s)") % {"kind": kind}


def _is_near(other: float | None, own: float, factor: float) -> bool:
    return other is not None and own / factor <= other <= own * factor


def _hours_a_week(libraries: Sequence[UUID], day: date) -> Mapping[UUID, float]:
    """Hours of a usual week, where somebody told them. One question."""
    found: dict[UUID, float] = {}
    rows = OpeningHours.objects.filter(library__in=libraries, season=OpeningHours.Season.USUAL)
    for row in rows:
        if row.holds_on(day):
            found[row.library_id] = found.get(row.library_id, 0) + _hours(row.opens, row.closes)
    return found


def _hours(opens: time, closes: time) -> float:
    return closes.hour - opens.hour + (closes.minute - opens.minute) / 60

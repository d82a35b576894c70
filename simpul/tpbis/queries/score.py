"""A simulation of the score: from the same records, with weights of the city. Never the national score.

Completeness (are there records, is it entered) stands apart from what was achieved. Few questions for any number of libraries.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import Count as Number
from django.utils.translation import gettext as _

from simpul.activities.measures import held
from simpul.advocacy.models import Publicity, Result, Talk
from simpul.indicators import coverage as covering
from simpul.indicators.definitions import Term
from simpul.indicators.numerators import sums
from simpul.indicators.periods import Period
from simpul.indicators.places import Place, of_libraries
from simpul.libraries.models import Library
from simpul.stories.models import Audience, Story
from simpul.tpbis.models import Entered, Weighting
from simpul.tpbis.parts import COUNTS, DEFAULT_GREEN, DEFAULT_YELLOW, Colour, Count

Tally = dict[UUID, int]


@dataclass(frozen=True)
class Rules:
    """Weights (of 100), how many a month are enough, where colours begin; `row` None: our defaults."""

    weights: Mapping[str, int]
    a_month: Mapping[str, Decimal]
    green_from: int
    yellow_from: int
    row: Weighting | None = None


def rules_on(day: date) -> Rules:
    row = Weighting.objects.all().in_force(day)
    if row is None:
        return Rules({one.code: one.weight for one in COUNTS}, {one.code: Decimal(one.a_month) for one in COUNTS},
                     DEFAULT_GREEN, DEFAULT_YELLOW)
    return Rules({one.code: row.weights.get(one.code, 0) for one in COUNTS},
                 {one.code: Decimal(row.a_month.get(one.code, one.a_month)) for one in COUNTS},
                 row.green_from, row.yellow_from, row)


@dataclass(frozen=True)
class Line:
    """One part: how many, how many are enough, points of its weight."""

    count: Count
    value: int
    enough: int
    weight: int

    @property
    def points(self) -> Decimal:
        reached = Decimal(1) if self.enough == 0 else min(Decimal(1), Decimal(self.value) / self.enough)
        return (reached * self.weight).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def lacks(self) -> int:
        return max(0, self.enough - self.value)

    @property
    def lost(self) -> Decimal:
        """Points that are still to be had."""
        return self.weight - self.points


@dataclass(frozen=True)
class Simulation:
    """`months` of the period have begun. `with_records` of `expected` months have records; `entered` of `items` stand in
    SIM. Neither is part of the points."""

    library: Library
    lines: tuple[Line, ...]
    rules: Rules
    months: int
    with_records: int
    expected: int
    entered: int
    items: int

    @property
    def points(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0))

    @property
    def colour(self) -> Colour:
        if self.points >= self.rules.green_from:
            return Colour.GREEN
        return Colour.YELLOW if self.points >= self.rules.yellow_from else Colour.RED

    @property
    def waiting(self) -> int:
        return max(0, self.items - self.entered)

    @property
    def next(self) -> str:
        """What would help most, in one sentence."""
        worst = max(self.lines, key=lambda line: line.lost, default=None)
        if worst is None or worst.lost <= 0 or not worst.lacks:
            return _("Everything that is counted here is enough. Keep the rhythm, and enter what waits.")
        return str(worst.count.helps) % {"n": worst.lacks}


def simulate(libraries: Sequence[Library], period: Period, today: date) -> dict[UUID, Simulation]:
    """Of each of these libraries, for the months of the period that have begun."""
    there = period.clipped(None, today)
    rules = rules_on(min(period.last, today))
    if there is None:
        return {}
    place = of_libraries(libraries)
    months = len(list(there.months()))
    counted = {one.code: _count(one, there, place) for one in COUNTS if one.measures}
    counted["stories"] = _stories(libraries, there, today)
    expected, received = _coverage(place, there, today)
    items, entered = items_and_entered(libraries, there, today)
    made = {}
    for library in libraries:
        pk = library.pk
        lines = tuple(Line(one, counted[one.code].get(pk, 0), enough(rules.a_month[one.code], months), rules.weights[one.code])
                      for one in COUNTS)
        made[pk] = Simulation(library, lines, rules, months, received.get(pk, 0), expected.get(pk, 0), entered.get(pk, 0),
                              items.get(pk, 0))
    return made


def enough(a_month: Decimal, months: int) -> int:
    """Whole things that are enough for so many months, rounded up."""
    return int((a_month * months).to_integral_value(ROUND_CEILING))


def _count(count: Count, period: Period, place: Place) -> Tally:
    found: Tally = defaultdict(int)
    where = {"strategy": (count.strategy,)} if count.strategy else {}
    for name in count.measures:
        for (library, _value), n in sums(Term(measure=name, where=where), period, place).items():
            found[library] += n
    return found


def _stories(libraries: Sequence[Library], period: Period, today: date) -> Tally:
    rows = Story.objects.published_for(Audience.NATIONAL, today).filter(
        library__in=libraries, verified_on__gte=period.first, verified_on__lte=period.last)
    return dict(rows.order_by().values_list("library").annotate(n=Number("pk", distinct=True)))


def _coverage(place: Place, period: Period, today: date) -> tuple[Tally, Tally]:
    """Months in which something was expected, and those with records; closed months count for neither."""
    expected: Tally = defaultdict(int)
    received: Tally = defaultdict(int)
    columns = [Period.of_month(month) for month in period.months()]
    for one in covering.coverages(place, columns, today).values():
        for library, state in one.by_library.items():
            if state in (covering.State.RECEIVED, covering.State.LATE):
                received[library] += 1
                expected[library] += 1
            elif state == covering.State.SILENT:
                expected[library] += 1
    return expected, received


def items_and_entered(libraries: Sequence[Library], period: Period, today: date) -> tuple[Tally, Tally]:
    """How many items are to be entered, how many are, library by library; six questions."""
    found: Tally = defaultdict(int)
    days = {"library__in": libraries, "local_date__gte": period.first, "local_date__lte": period.last}
    asked = (held().filter(library__in=libraries, gathering__first_on__gte=period.first,
                            gathering__first_on__lte=period.last),
             Talk.objects.filter(voided_at__isnull=True, **days), Result.objects.filter(voided_at__isnull=True, **days),
             Publicity.objects.counting().filter(**days))
    for rows in asked:
        for library, n in rows.order_by().values_list("library_id").annotate(n=Number("pk", distinct=True)):
            found[library] += n
    for library, n in _stories(libraries, period, today).items():
        found[library] += n
    entries = Entered.objects.standing().between(period.first, period.last).filter(library__in=libraries).order_by()
    return found, dict(entries.values_list("library_id").annotate(n=Number("pk")))

"""What the system holds for each component of accreditation, and the library's own assessment by the older instrument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Q

from simpul.activities.models import Photo
from simpul.indicators.definitions import indicators
from simpul.indicators.figures import Figure, value
from simpul.indicators.periods import Period
from simpul.indicators.places import of_library
from simpul.libraries.models import Library
from simpul.libraries.queries import KnownFact, facts_of
from simpul.replication.models import Document
from simpul.replication.steps import Paper
from simpul.standards.accreditation import COMPONENTS, DEFAULT_A, DEFAULT_B, DEFAULT_C, OLD, Component, Old
from simpul.standards.models import Assessment, Grades

PHOTOS = 12


@dataclass(frozen=True)
class Evidence:
    """One component: facts as told, figures of the period, papers on the shelf (those in force first), kinds of paper that
    are missing, pictures of activities that show it."""

    component: Component
    facts: tuple[KnownFact, ...]
    figures: tuple[Figure, ...]
    papers: tuple[Document, ...]
    missing: tuple[Paper, ...]
    photos: tuple[Photo, ...] = ()

    @property
    def known(self) -> int:
        return (sum(one.now is not None for one in self.facts) + sum(one.value is not None for one in self.figures)
                + len(self.component.papers) - len(self.missing))

    @property
    def wanted(self) -> int:
        return len(self.facts) + len(self.figures) + len(self.component.papers)


def evidence_of(library: Library, period: Period, day: date) -> tuple[Evidence, ...]:
    """Of the nine components; a fixed number of questions."""
    told = {one.fact.name: one for one in facts_of(library, day)}
    wanted = dict.fromkeys(name for one in COMPONENTS for name in one.figures)
    place = of_library(library)
    figures = {name: value(indicators()[name], period, place, is_outsider=False) for name in wanted if name in indicators()}
    papers = list(Document.objects.standing().filter(library=library).select_related("file").order_by("kind", "-dated_on"))
    photos = tuple(Photo.objects.filter(activity__library=library, activity__gathering__first_on__gte=period.first,
                                        activity__gathering__first_on__lte=period.last).filter(
        Q(shows_children=False) | Q(guardians_agreed=True)).select_related("file", "activity__gathering").order_by(
        "-added_at")[:PHOTOS])
    return tuple(_evidence(one, told, figures, papers, day, photos if one.number in (3, 7) else ()) for one in COMPONENTS)


def _evidence(component: Component, told: dict[str, KnownFact], figures: dict[str, Figure], papers: Sequence[Document], day: date,
              photos: tuple[Photo, ...]) -> Evidence:
    own = [one for one in papers if one.kind in component.papers]
    own.sort(key=lambda one: one.is_over(day))
    there = {one.kind for one in own if not one.is_over(day)}
    return Evidence(component, tuple(told[name] for name in component.facts if name in told),
                    tuple(figures[name] for name in component.figures if name in figures), tuple(own),
                    tuple(kind for kind in component.papers if kind not in there), photos)


@dataclass(frozen=True)
class Scale:
    """From how many points a grade begins; `row` None: our defaults."""

    a_from: int
    b_from: int
    c_from: int
    row: Grades | None = None

    def grade(self, points: Decimal) -> str:
        """A, B, C, or "" below C."""
        for letter, least in (("A", self.a_from), ("B", self.b_from), ("C", self.c_from)):
            if points >= least:
                return letter
        return ""


def scale_on(day: date) -> Scale:
    row = Grades.objects.all().in_force(day)
    return Scale(row.a_from, row.b_from, row.c_from, row) if row else Scale(DEFAULT_A, DEFAULT_B, DEFAULT_C)


@dataclass(frozen=True)
class OldLine:
    """A component of the older instrument: weight, indicators, how many are fulfilled (None: not assessed)."""

    component: Old
    weight: int
    indicators: int
    fulfilled: int | None
    row: Assessment | None

    @property
    def points(self) -> Decimal:
        return Decimal((self.fulfilled or 0) * self.weight) / self.indicators


@dataclass(frozen=True)
class SelfAssessment:
    """A simulation by the older instrument; `points` of what was assessed only."""

    lines: tuple[OldLine, ...]
    scale: Scale

    @property
    def is_complete(self) -> bool:
        return all(line.fulfilled is not None for line in self.lines)

    @property
    def points(self) -> Decimal:
        return sum((line.points for line in self.lines), Decimal(0)).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def grade(self) -> str:
        return self.scale.grade(self.points) if self.is_complete else ""

    @property
    def best(self) -> OldLine | None:
        """Where one more indicator brings most."""
        left = [line for line in self.lines if line.fulfilled is not None and line.fulfilled < line.indicators]
        return max(left, key=lambda line: Decimal(line.weight) / line.indicators, default=None)


def self_assessment(library: Library, day: date) -> SelfAssessment:
    """Two questions."""
    latest: dict[str, Assessment] = {}
    for row in Assessment.objects.standing().filter(library=library, assessed_on__lte=day).select_related("account"):
        latest.setdefault(row.component, row)
    lines = tuple(OldLine(one, weight, n, latest[one].fulfilled if one in latest else None, latest.get(one))
                  for one, (weight, n) in OLD.items())
    return SelfAssessment(lines, scale_on(day))


def as_text(figure: Figure) -> Any:
    """The value, or why there is none."""
    return figure.value if figure.value is not None else figure.says

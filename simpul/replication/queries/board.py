"""The city at a glance: stages, silence, plans, training by kecamatan, what the remaining kelurahan would cost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from simpul.libraries.models import City, Library, Region
from simpul.plans.queries import NOTHING, Progress, progress_of
from simpul.replication.models import UnitCost
from simpul.replication.queries.journey import journeys
from simpul.replication.queries.standing import Journey
from simpul.replication.steps import ORDER, Stage


@dataclass(frozen=True)
class Line:
    """One library on the board."""

    journey: Journey
    progress: Progress

    @property
    def library(self) -> Library:
        return self.journey.library


@dataclass(frozen=True)
class District:
    """A kecamatan: how many of its libraries were trained, of all; kelurahan with at least one trained library."""

    region: Region
    libraries: int
    trained: int
    kelurahan: int
    reached: int

    @property
    def percent(self) -> int:
        return round(100 * self.reached / self.kelurahan) if self.kelurahan else 0


@dataclass(frozen=True)
class Estimate:
    """remaining: kelurahan without a trained library. Amounts in whole rupiah; an estimate from the city's own prices."""

    remaining: int
    rows: tuple[tuple[UnitCost, int, int], ...]  # price, how many times, amount

    @property
    def total(self) -> int:
        return sum(amount for _cost, _n, amount in self.rows)

    @property
    def each(self) -> int:
        """On average for one kelurahan."""
        return self.total // self.remaining if self.remaining else 0


@dataclass(frozen=True)
class Board:
    lines: tuple[Line, ...]
    districts: tuple[District, ...]
    estimate: Estimate

    @property
    def stages(self) -> list[tuple[Stage | None, int]]:
        """How many libraries stand where, in the order of the journey; None: not chosen yet."""
        found = Counter(line.journey.stage for line in self.lines)
        return [*((stage, found[stage]) for stage in ORDER), (None, found[None])]

    @property
    def taking_part(self) -> list[Line]:
        return [line for line in self.lines if line.journey.is_in]

    @property
    def trained(self) -> int:
        return sum(line.journey.at(Stage.TRAINED).is_reached for line in self.lines)

    @property
    def silent(self) -> list[Line]:
        return [line for line in self.lines if line.journey.rhythm.wants_greeting]

    @property
    def total(self) -> Progress:
        parts = [line.progress for line in self.lines]
        return Progress(**{name: sum(getattr(one, name) for one in parts) for name in (
            "plans", "planned", "going", "done", "not_done", "overdue")})


def board(libraries: Sequence[Library], today: date) -> Board:
    """Fetch the libraries `with_hours()` and with their region and the one above."""
    stands = journeys(libraries, today)
    progress = progress_of([one.pk for one in libraries], today)
    lines = tuple(Line(stands[one.pk], progress.get(one.pk, NOTHING)) for one in libraries)
    kelurahan = _kelurahan()
    districts = tuple(_districts(lines, kelurahan))
    reached = {line.library.region_id for line in lines if line.journey.at(Stage.TRAINED).is_reached}
    remaining = sum(one.pk not in reached for one in kelurahan)
    return Board(lines, districts, estimate_of(remaining))


def estimate_of(remaining: int) -> Estimate:
    """One question. Once-for-the-city costs count where anything remains."""
    rows = []
    for cost in UnitCost.objects.standing():
        n = cost.times if cost.unit == UnitCost.Unit.ONCE else cost.times * remaining
        n = n if remaining else 0
        rows.append((cost, n, n * cost.amount))
    return Estimate(remaining, tuple(rows))


def _kelurahan() -> list[Region]:
    city = City.objects.first()
    if city is None:
        return []
    return list(Region.objects.current().filter(parent__parent_id=city.region_id).select_related("parent").order_by("code"))


def _districts(lines: Iterable[Line], kelurahan: Sequence[Region]) -> Iterable[District]:
    of: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        district = line.library.district
        if district is not None:
            of[district.pk].append(line)
    parents = {one.parent_id: one.parent for one in kelurahan}
    for key, region in sorted(parents.items(), key=lambda pair: pair[1].code if pair[1] else ""):
        if region is None:
            continue
        here = [one.pk for one in kelurahan if one.parent_id == key]
        trained = [line for line in of[region.pk] if line.journey.at(Stage.TRAINED).is_reached]
        reached = {line.library.region_id for line in trained} & set(here)
        yield District(region, len(of[region.pk]), len(trained), len(here), len(reached))

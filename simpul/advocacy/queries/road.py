"""The yearly road of a library: the city's calendar with what the library says of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from simpul.advocacy.models import RoadStep
from simpul.advocacy.road import STEPS, Milestone, day_of
from simpul.core.models import NodeSetting

DATES = "advocacy.road"


@dataclass(frozen=True)
class Step:
    """A step of one library's road. `due_on` is its own day or the city's; `days_left` is negative once it is past."""

    milestone: Milestone
    due_on: date
    done_on: date | None
    remark: str
    is_own_day: bool
    days_left: int

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.days_left < 0


def city_dates() -> dict[str, list[int]]:
    """Step → [month, day] as the coordinator set them; what she did not set is left out."""
    row = NodeSetting.objects.filter(name=DATES).first()
    return dict(row.value) if row else {}


def road_of(library_id: UUID, year: int, day: date) -> list[Step]:
    """All steps of a year by their days; two queries."""
    return roads_of(library_id, [year], day)[year]


def roads_of(library_id: UUID, years: Sequence[int], day: date) -> dict[int, list[Step]]:
    """The same for several years, in two queries."""
    dates = city_dates()
    told = {(row.year, row.step): row for row in RoadStep.objects.filter(library_id=library_id, year__in=years)}
    return {year: sorted((_step(one, year, dates, told.get((year, one.key)), day) for one in STEPS),
                         key=lambda step: step.due_on) for year in years}


def _step(milestone: Milestone, year: int, dates: dict[str, list[int]], row: RoadStep | None, day: date) -> Step:
    own = row.due_on if row else None
    due = own or day_of(milestone, year, dates)
    return Step(milestone, due, row.done_on if row else None, row.note if row else "", own is not None, (due - day).days)


def is_begun(steps: list[Step]) -> bool:
    """Has anything been done or dated on this road?"""
    return any(step.done_on or step.is_own_day for step in steps)


def to_do(steps: list[Step], *, ahead: timedelta = timedelta(days=14)) -> Step | None:
    """The step to be reminded of: the earliest that is not done and due within `ahead`, or two months past at most.
    A road that nobody began reminds of its first step only, three weeks before it until its day."""
    if not is_begun(steps):
        first = steps[0]
        return first if 0 <= first.days_left <= 21 else None
    return next((step for step in steps if step.done_on is None and -60 <= step.days_left <= ahead.days), None)

"""Two periods beside each other, only where both are covered alike."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from simpul.indicators.periods import Kind, Period, end_of_month
from simpul.overview.queries.ground import Ground, months_back

ALIKE = 0.95  # of the libraries that recorded in either period, so many recorded in both


@dataclass(frozen=True)
class Comparison:
    """`before` of `period_before` beside `now` of `period`; where `why_not` says something, they are not compared."""

    now: int
    before: int
    period: Period
    period_before: Period
    why_not: str = ""

    @property
    def is_told(self) -> bool:
        return not self.why_not

    @property
    def difference(self) -> int:
        return self.now - self.before


def compared(ground: Ground, name: str) -> Comparison | None:
    """With the year before; of a month for which that is not possible, with the month before it. None: nothing is over
    that could be compared. The reason given is that of the year before."""
    whole = _over(ground)
    if whole is None:
        return None
    year = _beside(ground, name, whole, whole.year_before())
    if year.is_told or whole.kind != Kind.MONTH:
        return year
    last = _beside(ground, name, whole, Period.of_month(months_back(whole.first, 1)))
    return last if last.is_told else year


def why_not_last_year(ground: Ground) -> str:
    """Why the year before is not compared; "" where it is."""
    whole = _over(ground)
    return "" if whole is None else _beside(ground, "visits", whole, whole.year_before()).why_not


def _over(ground: Ground) -> Period | None:
    """The whole months of the period that are over."""
    months = [month for month in ground.period.months() if end_of_month(month) < ground.today]
    return Period.between(months[0], end_of_month(months[-1])) if months else None


def _beside(ground: Ground, name: str, period: Period, before: Period) -> Comparison:
    if before.first < ground.months[0]:
        return Comparison(ground.of(name, period), 0, period, before, _("there are no records of that time"))
    began = ground.began(name)
    if began is None or before.first <= began:  # the month in which recording began is a part of a month
        why = _("recording began only then") if began and began <= before.last else _("nothing was recorded then")
        return Comparison(ground.of(name, period), ground.of(name, before), period, before, why)
    return Comparison(ground.of(name, period), ground.of(name, before), period, before,
                      _difference_of_coverage(ground, list(period.months()), list(before.months())))


def _difference_of_coverage(ground: Ground, months: list[date], before: list[date]) -> str:
    """Why two runs of as many months are not covered alike; "" where they are."""
    now, then = ground.with_records(months), ground.with_records(before)
    if not any(then):
        return _("nothing was recorded then")
    if not any(now):
        return _("nothing was recorded now")
    pairs = list(zip(now, then, strict=True))
    if len(ground.libraries) == 1:
        recorded = (sum(map(bool, then)), sum(map(bool, now)))
        return "" if all(bool(one) == bool(other) for one, other in pairs) else _(
            "then %(before)s months were recorded, now %(now)s") % {"before": recorded[0], "now": recorded[1]}
    both = sum(len(one & other) for one, other in pairs)
    either = sum(len(one | other) for one, other in pairs)
    if both >= ALIKE * either:
        return ""
    return _("libraries with records then: %(before)s, now: %(now)s") % {
        "before": round(sum(map(len, then)) / len(then)), "now": round(sum(map(len, now)) / len(now))}

"""The yearly road in the city's calendar of what is due when: the city's own days where the coordinator set them."""

from collections.abc import Iterable

from django.urls import reverse

from simpul.advocacy.queries.road import city_dates
from simpul.advocacy.road import FIRST, LAST, STEPS, day_of
from simpul.months.queries.calendar import Dated


def the_road(year: int) -> Iterable[Dated]:
    """The steps of the road to the musrenbang of a year; some fall into the year before."""
    if not FIRST <= year <= LAST:
        return
    dates = city_dates()
    for step in STEPS:
        yield Dated(f"road-{step.key}", day_of(step, year, dates), step.label, step.why, reverse("advocacy:city_dates"),
                    is_ours=step.key not in dates)


CITY_DATES = (the_road,)

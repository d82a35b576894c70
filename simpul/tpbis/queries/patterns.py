"""What is unusual in the records: to be talked about with the library, mentor first. Never a verdict, never a ranking.

Each pattern has harmless explanations, which stand beside it. Three questions for any number of libraries.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.activities.measures import held
from simpul.core.actor import Actor, Role
from simpul.core.clock import local_date
from simpul.gatherings.models import Attendance
from simpul.indicators.periods import Period
from simpul.libraries.models import Library, StaffRole

LEAST = 4            # fewer activities make no pattern
MOST_OF = 0.8        # so large a part of them
LATE = timedelta(days=14)


@dataclass(frozen=True)
class Pattern:
    """What was seen, and what it may well be."""

    code: str
    says: str
    perhaps: str


@dataclass(frozen=True)
class _Seen:
    held_on: date
    typed_on: date
    people: int


def patterns_of(libraries: Sequence[Library], period: Period) -> dict[UUID, list[Pattern]]:
    """Libraries without anything unusual are left out."""
    zones = {one.pk: one.time_zone for one in libraries}
    rows = list(held().filter(library__in=libraries, gathering__first_on__gte=period.first,
                               gathering__first_on__lte=period.last).values_list(
        "library_id", "gathering_id", "gathering__first_on", "recorded_at"))
    people: dict[Any, int] = dict(Attendance.objects.present().filter(
        session__gathering__activity__library__in=libraries, session__gathering__first_on__gte=period.first,
        session__gathering__first_on__lte=period.last).order_by().values_list("session__gathering").annotate(
        n=Sum("count")))
    seen: dict[UUID, list[_Seen]] = defaultdict(list)
    for library, gathering, held_on, recorded in rows:
        assert held_on is not None  # held activities have days
        seen[library].append(_Seen(held_on, local_date(recorded, zones[library]), people.get(gathering, 0)))
    found = {library: _patterns(of_one) for library, of_one in seen.items() if len(of_one) >= LEAST}
    return {library: made for library, made in found.items() if made}


def _patterns(seen: Sequence[_Seen]) -> list[Pattern]:
    return [one for one in (_typed_at_once(seen), _same_number(seen), _nobody(seen), _one_large(seen)) if one]


def _typed_at_once(seen: Sequence[_Seen]) -> Pattern | None:
    """Most were written down on one day, weeks after they were held."""
    late = Counter(one.typed_on for one in seen if one.typed_on - one.held_on > LATE)
    if not late:
        return None
    _day, n = late.most_common(1)[0]
    if n < LEAST or n < MOST_OF * len(seen):
        return None
    return Pattern("typed_at_once", _("%(n)s of %(all)s activities were written down on one day, weeks after they were held.") % {
        "n": n, "all": len(seen)}, _("Perhaps the notes were on paper and somebody found time to type them."))


def _same_number(seen: Sequence[_Seen]) -> Pattern | None:
    counts = Counter(one.people for one in seen if one.people)
    if not counts:
        return None
    people, n = counts.most_common(1)[0]
    if n < LEAST or n < MOST_OF * len(seen) or people < 5:
        return None
    return Pattern("same_number", _("%(n)s of %(all)s activities had exactly %(people)s participants.") % {
        "n": n, "all": len(seen), "people": people}, _("Perhaps it is a class of one school or a group with fixed members."))


def _nobody(seen: Sequence[_Seen]) -> Pattern | None:
    n = sum(not one.people for one in seen)
    if n < LEAST - 1 or n < len(seen) / 2:
        return None
    return Pattern("nobody", ngettext("%(n)s of %(all)s activities has no participant.",
                                      "%(n)s of %(all)s activities have no participant.", n) % {"n": n, "all": len(seen)},
                   _("Perhaps the attendance list is still on paper; a number without names is enough."))


def _one_large(seen: Sequence[_Seen]) -> Pattern | None:
    counts = [one.people for one in seen if one.people]
    if len(counts) < LEAST:
        return None
    largest = max(counts)
    if largest < 5 * median(counts) or largest * 10 < 6 * sum(counts):
        return None
    return Pattern("one_large", _("One activity brought %(n)s of %(all)s participations.") % {
        "n": largest, "all": sum(counts)}, _("Perhaps it was a festival of the whole kelurahan."))


def libraries_to_talk_with(actor: Actor, libraries: Sequence[Library], today: date) -> list[Library]:
    """Whose patterns this reader is shown: a mentor her libraries; the city only those that have no mentor."""
    if actor.mentor_of:
        return [one for one in libraries if one.pk in actor.mentor_of]
    mentored = set(StaffRole.objects.on(today).filter(role=Role.MENTOR, library__isnull=False).values_list(
        "library_id", flat=True))
    return [one for one in libraries if one.pk not in mentored]


def sees_patterns(actor: Actor, library: Library, today: date) -> bool:
    """Its own staff and its mentor; the city where it has no mentor."""
    return actor.works_at(library.pk) or library in libraries_to_talk_with(actor, [library], today)

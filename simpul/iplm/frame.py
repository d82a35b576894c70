"""Who was to answer for a year at a place, who did, and who is not counted here and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.indicators.places import Place
from simpul.iplm.models import Institution, Return
from simpul.iplm.own import Own
from simpul.libraries.models import Library

#: a library of the node answers by itself; it is complete in the frame's sense when the half of its lines is known
ENOUGH = 14


@dataclass(frozen=True)
class OfKind:
    """One kind of the frame: how many were to answer, how many did."""

    name: str
    asked: int
    answered: int


@dataclass(frozen=True)
class Outside:
    """Institutions of the place with their valid return of the year."""

    institutions: tuple[Institution, ...]
    answers: Mapping[UUID, Mapping[str, int]]
    excluded: tuple[Institution, ...]

    def sum(self, key: str) -> tuple[int, int]:
        """The sum of a line over those who answered it, and how many those were."""
        known = [values[key] for values in self.answers.values() if isinstance(values.get(key), int)]
        return sum(known), len(known)


@dataclass(frozen=True)
class Frame:
    kinds: tuple[OfKind, ...]
    excluded: tuple[tuple[str, int, str], ...]  # kind, how many, why

    @property
    def asked(self) -> int:
        return sum(one.asked for one in self.kinds)

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.kinds)

    def facts(self) -> dict[str, Any]:
        return {"asked": self.asked, "answered": self.answered,
                "by_kind": {one.name: {"asked": one.asked, "answered": one.answered} for one in self.kinds},
                "excluded": [{"kind": kind, "n": n, "why": why} for kind, n, why in self.excluded]}


NOTHING = Outside((), {}, ())


def outside_of(place: Place, year: int) -> Outside:
    """Two questions. A single library, and a reader who sees a choice of libraries only, has nothing outside."""
    if place.library is not None or place.region is None:
        return NOTHING
    rows = Institution.objects.on_frame(year).select_related("region")
    rows = list(rows if place.is_whole else rows.under(place.region.code))
    counted = tuple(one for one in rows if one.is_counted)
    returns = Return.objects.filter(year=year, voided_at__isnull=True, institution__in=[one.pk for one in counted])
    return Outside(counted, dict(returns.values_list("institution_id", "answers")),
                   tuple(one for one in rows if not one.is_counted))


def counts_here(library: Library) -> bool:
    """A prison's library belongs to the ministry; everything else of the node is the city's."""
    return library.kind != Library.Kind.PRISON


def frame_of(own: Own, outside: Outside) -> Frame:
    """By kind; a library of the node has answered when half of its lines are known."""
    asked: dict[str, list[int]] = {}
    for library in own.libraries:
        if counts_here(library):
            known = sum(value is not None for value in own.of(library.pk).values())
            _add(asked, str(library.get_kind_display()), known >= ENOUGH)
    for institution in outside.institutions:
        _add(asked, str(institution.get_kind_display()), institution.pk in outside.answers)
    excluded: dict[tuple[str, str], int] = {}
    for one in outside.excluded:
        key = str(one.get_kind_display()), _("the province counts it")
        excluded[key] = excluded.get(key, 0) + 1
    for library in own.libraries:
        if not counts_here(library):
            key = str(library.get_kind_display()), _("the ministry counts it")
            excluded[key] = excluded.get(key, 0) + 1
    return Frame(tuple(OfKind(name, n, known) for name, (n, known) in asked.items()),
                 tuple((kind, n, why) for (kind, why), n in excluded.items()))


def _add(asked: dict[str, list[int]], kind: str, has_answered: bool) -> None:
    both = asked.setdefault(kind, [0, 0])
    both[0] += 1
    both[1] += has_answered

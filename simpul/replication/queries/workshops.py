"""What the rooms of training and certificates know of a library: who was invited, who took part, when.

The only place of this app that asks training.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from simpul.certificates.models import Certificate
from simpul.training.models import Invitation, Participant


@dataclass(frozen=True)
class Trained:
    """People of one library at one workshop; `people` took part, `passed` of them with a certificate."""

    workshop_id: UUID
    title: str
    day: date
    people: int
    passed: int


@dataclass(frozen=True)
class Invited:
    workshop_id: UUID
    title: str
    day: date


def took_part() -> Q:
    """Participants who were there: settled as present, or seen at a lesson."""
    return Q(outcome__in=("certificate", "attendance")) | Q(outcome="", presence__voided_at__isnull=True,
                                                            presence__isnull=False)


def trained_of(ids: Sequence[UUID]) -> dict[UUID, list[Trained]]:
    """Workshops of each library, the earliest first. One question."""
    rows = Participant.objects.filter(took_part(), library_id__in=list(ids), state="confirmed",
                                      workshop__gathering__last_on__isnull=False).order_by().values_list(
        "library_id", "workshop_id", "workshop__gathering__title", "workshop__gathering__last_on").annotate(
            people=Count("pk", distinct=True), passed=Count("pk", distinct=True, filter=Q(outcome="certificate")))
    found: dict[UUID, list[Trained]] = defaultdict(list)
    for library, workshop, title, day, people, passed in rows:
        found[library].append(Trained(workshop, title, day, people, passed))
    for of_library in found.values():
        of_library.sort(key=lambda one: one.day)
    return found


def invited_of(ids: Sequence[UUID]) -> dict[UUID, Invited]:
    """The first invitation of each library. One question."""
    rows = Invitation.objects.filter(library_id__in=list(ids)).order_by("-invited_at").values_list(
        "library_id", "workshop_id", "workshop__gathering__title", "invited_at")
    return {library: Invited(workshop, title, at.date()) for library, workshop, title, at in rows}


def certified_of(ids: Sequence[UUID]) -> dict[UUID, tuple[int, date]]:
    """Certificates in force of each library and the day of the first; one question."""
    rows = Certificate.objects.filter(library_id__in=list(ids), state__in=("issued", "returned"), local_date__isnull=False,
                                      kind__in=("certificate", "attendance"))
    found: dict[UUID, tuple[int, date]] = {}
    for library, day in rows.order_by("-local_date").values_list("library_id", "local_date"):
        if library is None or day is None:
            continue
        found[library] = (found.get(library, (0, day))[0] + 1, day)
    return found

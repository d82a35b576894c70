"""What people said of the activities that grew from the workshop: before, right after, six weeks later. All invented."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from simpul.activities.models import Activity
from simpul.core.actor import COMMAND
from simpul.core.clock import JAKARTA
from simpul.gatherings.models import Attendance, Gathering, Registration
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.plans.models import Evidence
from simpul.replication.queries.cascade import ACTIVITY
from simpul.surveys.actions import open_ready_survey
from simpul.surveys.models import Response, Version

KEYS = ("knowledge", "confidence", "application", "awareness")
#: how likely each of the four is agreed to, at each moment
MOMENTS = {"outcomes-baseline": (0.3, 0.22, 0.18, 0.35), "outcomes-after": (0.86, 0.74, 0.78, 0.8),
           "outcomes-followup": (0.8, 0.7, 0.62, 0.76)}
ANSWERED = {"outcomes-baseline": 0.8, "outcomes-after": 0.75, "outcomes-followup": 0.4}


def record(today: date) -> None:
    """Two of three activities that prove a row of a plan asked those who had registered."""
    chance = Chance(SEED + 61)
    references = Evidence.objects.filter(reference__startswith=ACTIVITY).values_list("reference", flat=True)
    rows = Activity.objects.filter(pk__in=[one.removeprefix(ACTIVITY) for one in references]).select_related(
        "gathering", "library").order_by("gathering__first_on", "pk")
    versions: dict[tuple[UUID, str], Version] = {}
    made: dict[type, list[Any]] = {Registration: [], Attendance: [], Response: []}
    changed: list[Attendance] = []
    asking: list[Gathering] = []
    for n, one in enumerate(rows):
        if n % 3 == 2 or one.gathering.first_on is None:
            continue
        counted = Attendance.objects.filter(session__gathering=one.gathering, how="headcount").order_by("-count").first()
        if counted is None or counted.count < 7:
            continue
        came = min(counted.count - 1, chance.randint(8, 15))
        counted.count -= came
        changed.append(counted)
        asking.append(one.gathering)
        one.gathering.asks_outcomes, one.gathering.last_number = True, came + 2
        _registered(chance, counted, one.gathering, came, made)
        _answers(chance, one.library, one.gathering, came, today, versions, made[Response])
    Attendance.objects.bulk_update(changed, ["count"])
    Gathering.objects.bulk_update(asking, ["asks_outcomes", "last_number"])
    for some in made.values():
        insert(some)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), JAKARTA)


def _registered(chance: Chance, counted: Attendance, gathering: Gathering, came: int, made: dict[type, list[Any]]) -> None:
    """Two more registered than came; their names were forgotten in time."""
    at = _at(gathering.first_on or counted.local_date)
    for number in range(1, came + 3):
        id = chance.id_at(at - timedelta(days=3))
        made[Registration].append(Registration(
            id=id, gathering=gathering, number=number, sex=counted.sex, age_group=counted.age_group, state="in",
            code=id.hex[-10:], token_hash=id.hex, registered_at=at - timedelta(days=3), forgotten_at=at + timedelta(days=90)))
        if number <= came:
            made[Attendance].append(Attendance(
                id=chance.id_at(at), session_id=counted.session_id, library_id=counted.library_id, registration_id=id,
                how="registered", sex=counted.sex, age_group=counted.age_group, happened_at=counted.happened_at,
                local_date=counted.local_date, recorded_at=counted.recorded_at, visit_entry_id=counted.visit_entry_id))


def _answers(chance: Chance, library: Library, gathering: Gathering, came: int, today: date,
             versions: dict[tuple[UUID, str], Version], made: list[Any]) -> None:
    day = gathering.first_on or today
    for ready, agree in MOMENTS.items():
        on = day + timedelta(days={"outcomes-baseline": -3, "outcomes-after": 0, "outcomes-followup": 44}[ready])
        if on >= today or (ready == "outcomes-followup" and chance.random() < 0.5):
            continue
        if (library.pk, ready) not in versions:
            survey = open_ready_survey(library=library, ready=ready, by=COMMAND, at=_at(on), id=chance.id_at(_at(on)))
            versions[library.pk, ready] = survey.versions.filter(published_at__isnull=False).latest("number")
        version = versions[library.pk, ready]
        for _n in range(max(5, round(came * ANSWERED[ready]))):
            answers: dict[str, Any] = {key: chance.choice((4, 5)) if chance.random() < p else chance.choice((2, 3))
                                       for key, p in zip(KEYS, agree, strict=True)}
            made.append(Response(
                id=chance.id_at(_at(on)), library_id=library.pk, version=version, about_id=gathering.pk, channel="link",
                answers=answers, happened_at=_at(on), local_date=on, recorded_at=_at(on)))

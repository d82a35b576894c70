"""A class that asked what it brought, and people who wait to be told: all at the cast's own library."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from simpul.activities.actions import Details, plan_activity
from simpul.core.actor import COMMAND, SCHEDULE
from simpul.core.clock import JAKARTA
from simpul.gatherings.actions import (
    SessionGiven,
    ask_outcomes,
    complete_registration,
    invite_participants,
    mark_attendance,
    move_session,
    publish_gathering,
    register,
)
from simpul.gatherings.models import Gathering, Registration
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.surveys.actions import answer_survey
from simpul.surveys.models import Invitation, Survey, Version

NAMES = ("Aminah", "Bagas", "Cahyani", "Darto", "Endang", "Farid", "Gina", "Hasan", "Iis", "Joko", "Kartika", "Lilis", "Mulyadi",
         "Neneng", "Oman", "Puji")
LINK = "link"
#: at the three moments, how many of five agree with each sentence
AGREE = {"outcomes-baseline": (1, 1, 1, 2), "outcomes-after": (4, 4, 4, 5), "outcomes-followup": (4, 3, 3, 5)}
KEYS = ("knowledge", "confidence", "application", "awareness")


def record(libraries: Sequence[Library], today: date) -> None:
    """One class seven weeks ago with its three sheets; one tomorrow to remind of, one moved, one to thank for."""
    chance = Chance(SEED + 11)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007")
    _asked(chance, own, today - timedelta(days=45))
    tomorrow = _announced(chance, own, "Kelas komputer dasar untuk ibu (demo)", today + timedelta(days=1), 12)
    _sign_up(chance, tomorrow, NAMES[:6], _at(today, -5))
    moved = _announced(chance, own, "Menanam sayur di pot (demo)", today + timedelta(days=6), 20)
    _sign_up(chance, moved, NAMES[6:10], _at(today, -5))
    begins = datetime.combine(today + timedelta(days=8), time(9), JAKARTA)
    move_session(session=moved.sessions.get(), given=SessionGiven(begins, begins + timedelta(hours=2), "Balai RW 03"),
                 by=COMMAND, at=_at(today, -1), id=chance.id_at(begins))
    over = _announced(chance, own, "Merangkai bunga kering (demo)", today - timedelta(days=1), 15)
    _present(chance, _sign_up(chance, over, NAMES[10:14], _at(today, -5)))


def _at(today: date, days: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(8), JAKARTA)


def _announced(chance: Chance, library: Library, title: str, on: date, capacity: int) -> Gathering:
    begins, at = datetime.combine(on, time(10), JAKARTA), _at(on, -14)
    common: Any = {"by": COMMAND, "at": at}
    activity = plan_activity(
        library=library, title=title, details=Details(kind="skills"), capacity=capacity,
        summary="Terbuka untuk warga, gratis.", sessions=[SessionGiven(begins, begins + timedelta(hours=2))],
        id=chance.id_at(at), **common)
    return publish_gathering(gathering=activity.gathering, id=chance.id_at(at), **common)


def _sign_up(chance: Chance, gathering: Gathering, names: Sequence[str], at: datetime) -> list[Registration]:
    return [register(gathering=gathering, name=f"{name} (demo)", may_follow_up=True, by=COMMAND, at=at, id=chance.id_at(at),
                     phone=f"08120002{chance.randint(0, 9999):04}" if n % 5 else f"{name.lower()}@contoh.example")
            for n, name in enumerate(names, 1)]


def _present(chance: Chance, rows: Sequence[Registration]) -> None:
    for row in rows:
        session = row.gathering.sessions.get()
        mark_attendance(session=session, registration=row, sex="P", age_group="18-59", by=COMMAND, at=session.starts_at,
                        id=chance.id_at(session.starts_at))


def _asked(chance: Chance, library: Library, on: date) -> None:
    """Sixteen registered, fourteen came; most answered, and some of those whose day has come."""
    gathering = _announced(chance, library, "Jual kue daring: dari dapur ke pelanggan (demo)", on, 20)
    at, over = _at(on, -7), _at(on, 1)
    ask_outcomes(gathering=gathering, is_wanted=True, by=COMMAND, at=at, id=chance.id_at(at))
    rows = _sign_up(chance, gathering, NAMES, at)
    for row in rows[:4]:
        complete_registration(registration=row, sex="P", age_group="18-59", may_follow_up=True, wants_no_photo=False,
                              by=COMMAND, at=at, id=chance.id_at(at))
    _present(chance, rows[:14])
    invite_participants(by=SCHEDULE, at=over, id=chance.id_at(over))
    for _n in range(13):
        _answer(chance, gathering, "outcomes-baseline", at)
    for _n in range(11):
        _answer(chance, gathering, "outcomes-after", over)
    for invitation in Invitation.objects.filter(about_id=gathering.pk).order_by("label")[:8]:
        _answer(chance, gathering, "outcomes-followup", _at(on, 43), invitation)


def _answer(chance: Chance, gathering: Gathering, ready: str, at: datetime, invitation: Invitation | None = None) -> None:
    survey = Survey.objects.get(library=gathering.library_id, ready=ready, closed_at=None)
    version = Version.objects.prefetch_related("questions").get(survey=survey)
    answers: dict[str, Any] = {
        key: chance.choice((4, 5)) if chance.random() * 5 < agree else chance.choice((1, 2, 3))
        for key, agree in zip(KEYS, AGREE[ready], strict=True)}
    answers |= {question.key: 1 for question in version.questions.all() if question.kind == "yes_no"}
    id: UUID = chance.id_at(at)
    answer_survey(version=version, answers=answers, channel=LINK, invitation=invitation, about_id=gathering.pk, by=COMMAND,
                  at=at, id=id)

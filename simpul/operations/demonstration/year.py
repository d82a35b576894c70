"""Twelve months of visits, loans and reading in place, with the rhythm of holidays and Ramadan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from simpul.catalogue.models import Copy
from simpul.circulation.models import InHouseUse, Loan
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import Chance
from simpul.operations.demonstration.rhythm import Day, day_of
from simpul.operations.demonstration.words import SCHOOLS
from simpul.people.models import Member
from simpul.visits.models import Visit

DAYS = 365
RHYTHM = {Library.Kind.CITY: "city", Library.Kind.TBM: "garden"}
VISITORS = {Library.Kind.CITY: 70.0, Library.Kind.VILLAGE: 3.2, Library.Kind.TBM: 6.5}  # on a usual day
LOANS = {Library.Kind.CITY: 6.0, Library.Kind.VILLAGE: 0.9, Library.Kind.TBM: 1.4}
GROUPS = (("L", "0-5", 3), ("P", "0-5", 4), ("L", "6-12", 16), ("P", "6-12", 19), ("L", "13-17", 9),
          ("P", "13-17", 13), ("L", "18-59", 11), ("P", "18-59", 19), ("L", "60+", 3), ("P", "60+", 3))
CHILDREN = {"0-5", "6-12", "13-17"}
PURPOSES = (("read", 40), ("borrow", 18), ("study", 16), ("ict", 9), ("activity", 8), ("play", 9))


@dataclass(frozen=True)
class Habit:
    """How a library lives: how busy beside its kind, and the day after which it fell silent (None: it goes on)."""

    library: Library
    rhythm: str
    busy: float
    silent_after: date | None


def habits_of(chance: Chance, libraries: list[Library], today: date) -> list[Habit]:
    """One library in twelve has fallen silent in the last weeks, two never began."""
    made = []
    for n, library in enumerate(libraries):
        silent = None
        if library.kind != Library.Kind.CITY and library.region.code != "36.71.01.1007":
            if chance.random() < 1 / 12:
                silent = today - timedelta(days=chance.randint(8, 50))
            if n in (40, 77):
                silent = today - timedelta(days=DAYS + 1)
        made.append(Habit(library, RHYTHM.get(Library.Kind(library.kind), "office"), chance.uniform(0.5, 1.7),
                          silent))
    return made


def days_of(habit: Habit, today: date) -> Iterator[tuple[date, Day]]:
    """The days on which this library was open and recorded, up to yesterday."""
    for n in range(DAYS, 0, -1):
        on = today - timedelta(days=n)
        day = day_of(on, habit.rhythm)
        if not day.is_closed and (habit.silent_after is None or on <= habit.silent_after):
            yield on, day


def moment(chance: Chance, on: date, library: Library) -> datetime:
    """Some minute of an opening day, most of them in the afternoon."""
    hour = min(max(chance.gauss(13.5, 2.2), 8.0), 16.9)
    at = time(int(hour), int(hour % 1 * 60), chance.randint(0, 59))
    return datetime.combine(on, at, ZoneInfo(library.time_zone))


def visits_of(chance: Chance, habit: Habit, members: list[Member], today: date) -> Iterator[Visit]:
    """The guest book's rows: most one by one, some rushes as a tally, a school class now and then."""
    usual = VISITORS.get(Library.Kind(habit.library.kind), 3.0) * habit.busy
    weights = [weight for _sex, _age, weight in GROUPS]
    for n, (on, day) in enumerate(days_of(habit, today)):
        grown = 1 + 0.35 * n / DAYS  # the programme works: a third more at the end of the year
        for sex, age, _weight in chance.choices(GROUPS, weights, k=chance.poisson(usual * grown)):
            if chance.random() > (day.children if age in CHILDREN else day.adults):
                continue
            yield _visit(chance, habit.library, moment(chance, on, habit.library), sex, age, members)
        if chance.random() < 0.012 and not day.is_closed:
            yield from _class(chance, habit.library, moment(chance, on, habit.library))


def _visit(chance: Chance, library: Library, at: datetime, sex: str, age: str, members: list[Member]) -> Visit:
    id = chance.id_at(at)
    visit = Visit(
        id=id, entry_id=id, library=library, how=Visit.How.VISITOR, sex=sex, age_group=age, happened_at=at,
        local_date=at.date(), recorded_at=at, purpose="")
    if members and chance.random() < 0.25:
        member = chance.choice(members)
        visit.how, visit.person_id, visit.sex = Visit.How.MEMBER, member.person_id, member.person.sex
        visit.age_group = member.person.age_group(at.date())
    elif chance.random() < 0.12:
        visit.how, visit.count = Visit.How.TALLY, chance.randint(2, 6)
    if chance.random() < 0.4:
        visit.purpose = chance.choices([p for p, _w in PURPOSES], [w for _p, w in PURPOSES])[0]
        visit.uses_ict = visit.purpose == Visit.Purpose.ICT
    return visit


def _class(chance: Chance, library: Library, at: datetime) -> Iterator[Visit]:
    entry, school = chance.id_at(at), chance.choice(SCHOOLS)
    for sex in ("L", "P"):
        yield Visit(id=chance.id_at(at), entry_id=entry, library=library, how=Visit.How.GROUP, sex=sex,
                    age_group="6-12", count=chance.randint(8, 18), origin=school, happened_at=at,
                    local_date=at.date(), recorded_at=at, purpose=Visit.Purpose.READ)


def loans_of(chance: Chance, habit: Habit, members: list[Member], copies: list[Copy],
             today: date) -> Iterator[Loan]:
    """Loans of a week, most returned in time, some late; what is still out is marked on its copy."""
    if not members or not copies:
        return
    usual = LOANS.get(Library.Kind(habit.library.kind), 0.2) * habit.busy
    free_on: dict[UUID, date] = {}
    for on, day in days_of(habit, today):
        for _ in range(chance.poisson(usual * max(day.children, day.adults))):
            copy, member = chance.choice(copies), chance.choice(members)
            if copy.state != Copy.State.AVAILABLE or free_on.get(copy.pk, date.min) >= on:
                continue
            at = moment(chance, on, habit.library)
            kept = chance.choices((chance.randint(1, 7), chance.randint(8, 25), chance.randint(40, 160)), (84, 13, 3))[0]
            back = on + timedelta(days=kept)
            loan = Loan(id=chance.id_at(at), library=habit.library, copy=copy, member=member, sex=member.person.sex,
                        age_group=member.person.age_group(on), lent_at=at, local_date=on,
                        due_on=on + timedelta(days=7), recorded_at=at)
            if back < today:
                loan.returned_at, loan.returned_on = moment(chance, back, habit.library), back
                free_on[copy.pk] = back
            else:
                copy.state = Copy.State.ON_LOAN
            yield loan


def uses_of(chance: Chance, habit: Habit, today: date) -> Iterator[InHouseUse]:
    """Books read in place, tallied at closing."""
    usual = VISITORS.get(Library.Kind(habit.library.kind), 3.0) * habit.busy * 0.5
    for on, day in days_of(habit, today):
        count = chance.poisson(usual * day.children)
        if count:
            at = datetime.combine(on, time(16, 0), ZoneInfo(habit.library.time_zone))
            yield InHouseUse(id=chance.id_at(at), library=habit.library, count=count, happened_at=at,
                             local_date=on, recorded_at=at)


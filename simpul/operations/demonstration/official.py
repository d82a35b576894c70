"""Accounts and colours in SIM, what was entered there, facts that the standard asks for, papers. All of it invented."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simpul.accounts.models import Account
from simpul.core.clock import JAKARTA
from simpul.libraries.models import DatedFact, Library
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.writing import insert
from simpul.replication.models import Document
from simpul.standards.accreditation import OLD
from simpul.standards.models import Assessment
from simpul.tpbis.models import Entered, SimAccount, SimColour
from simpul.tpbis.queries.items import items_of

SERVICES = ["circulation", "read_in_place", "reference", "search"]
BOOKS = ["adults", "children", "magazines", "newspapers", "reference", "teens"]
PAPERS = (("sk_staff", "SK/12/KEL/2024 (demo)", 700), ("service", "SOP/01 (demo)", 400), ("lending", "SOP/02 (demo)", 400),
          ("code_of_conduct", "", 380), ("collection", "SOP/03 (demo)", 1300), ("work_plan", "", 200))
MARKED = slice(5, 9)  # kelurahan libraries whose items were entered


def record(libraries: Sequence[Library], today: date) -> None:
    """Follows activities, advocacy, stories and the papers of the replication."""
    chance = Chance(SEED + 77)
    made: dict[type, list[Any]] = defaultdict(list)
    teller = Account.objects.filter(is_demonstration=True, roles__role="coordinator").first()
    known = set(DatedFact.objects.values_list("library_id", "name"))
    for n, library in enumerate(libraries):
        _sim(chance, library, n, teller, today, made)
        for name, value in _facts(chance, library, n).items():
            if (library.pk, name) not in known:
                made[DatedFact].append(DatedFact(
                    id=chance.id_at(_at(today)), library=library, name=name, value=value, from_on=date(today.year - 1, 1, 10),
                    source="Pendataan kota (demo)", recorded_at=_at(today - timedelta(days=300))))
        _papers(chance, library, n, today, made)
    _assessed(chance, [one for one in libraries if one.kind == Library.Kind.VILLAGE][:8], today, made)
    for rows in made.values():
        insert(rows)
    _entered(chance, [one for one in libraries if one.kind == Library.Kind.VILLAGE], today)


def _at(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=1), time(10), JAKARTA)


def _sim(chance: Chance, library: Library, n: int, teller: Account | None, today: date, made: dict[type, list[Any]]) -> None:
    """Two libraries in three have an account; its colour was read in three months."""
    if n % 10 == 9:
        return  # nobody told
    has = n % 3 != 2 or library.kind == Library.Kind.CITY
    since = today - timedelta(days=400 - n)
    state = SimAccount.State.YES if has else SimAccount.State.ASKED if n % 2 else SimAccount.State.NO
    made[SimAccount].append(SimAccount(id=chance.id_at(_at(since)), library=library, state=state, told_on=since,
                                       account=teller, together=chance.id_at(_at(since)), recorded_at=_at(today)))
    if not has:
        return
    at_first = chance.random()
    for ago, drift in ((190, 0.0), (100, chance.uniform(-0.2, 0.3)), (12, chance.uniform(-0.3, 0.4))):
        if n % 11 == 5:
            continue
        level = at_first + drift
        day = today - timedelta(days=ago)
        colour = "green" if level > 0.75 else "yellow" if level > 0.35 else "red"
        made[SimColour].append(SimColour(id=chance.id_at(_at(day)), library=library, colour=colour, told_on=day, account=teller,
                                         together=chance.id_at(_at(day)), recorded_at=_at(day)))


def _facts(chance: Chance, library: Library, n: int) -> dict[str, Any]:
    """Most of most libraries; of one in seven nothing is known."""
    if n % 7 == 6:
        return {}
    is_city = library.kind == Library.Kind.CITY
    facts: dict[str, Any] = {
        "building_area_m2": 1200 if is_city else chance.choice((24, 36, 48, 56, 64, 90)),
        "building_permanent": is_city or chance.random() < 0.8, "land_owned": is_city or chance.random() < 0.6,
        "seats": chance.choice((8, 12, 20)), "shelves": chance.choice((4, 6, 10)), "electricity": True,
        "toilet": chance.random() < 0.9, "internet": chance.random() < 0.7,
        "computers_public": chance.choice((0, 1, 2, 3)), "collection_kinds": sorted(chance.sample(BOOKS, chance.randint(3, 6))),
        "service_kinds": sorted({*chance.sample(SERVICES, chance.randint(2, 4)), "activities"}),
        "staff_qualified": 6 if is_city else int(chance.random() < 0.1),
        "staff_unqualified": 14 if is_city else chance.randint(1, 3),
        "staff_trained": chance.randint(0, 2), "head_education": chance.choice(("secondary", "secondary", "degree", "below")),
        "head_trained": chance.random() < 0.5,
    }
    return {name: value for name, value in facts.items() if is_city or chance.random() < 0.92}


def _papers(chance: Chance, library: Library, n: int, today: date, made: dict[type, list[Any]]) -> None:
    if n % 4 == 3:
        return
    for kind, number, ago in PAPERS[:2 + n % 5]:
        day = today - timedelta(days=ago + n)
        made[Document].append(Document(
            id=chance.id_at(_at(day)), library=library, kind=kind, dated_on=day, number=number, recorded_at=_at(day),
            valid_until=day + timedelta(days=1095) if kind in ("collection", "sk_staff") else None))


def _assessed(chance: Chance, libraries: Sequence[Library], today: date, made: dict[type, list[Any]]) -> None:
    for library in libraries:
        together = chance.id_at(_at(today))
        made[Assessment] += [
            Assessment(id=chance.id_at(_at(today)), library=library, component=one, assessed_on=today - timedelta(days=30),
                       fulfilled=round(n * chance.uniform(0.4, 0.95)), together=together, recorded_at=_at(today))
            for one, (_weight, n) in OLD.items()]


def _entered(chance: Chance, libraries: Sequence[Library], today: date) -> None:
    """What was held until two months ago stands in SIM; one entry differs from what is recorded now."""
    rows = []
    teller = Account.objects.filter(is_demonstration=True, roles__role="librarian").first()
    for library in libraries[MARKED]:
        until = today - timedelta(days=60)
        for n, item in enumerate(items_of(library, date(until.year, 1, 1), until, today).items):
            told = dict(item.told)
            if n == 3 and isinstance(told.get("participants"), int):
                told["participants"] += 2
            at = _at(min(today, item.day + timedelta(days=9)))
            rows.append(Entered(id=chance.id_at(at), library=library, reference=item.reference, part=item.part, item_on=item.day,
                                told=told, account=teller, together=chance.id_at(at), entered_at=at))
    insert(rows)

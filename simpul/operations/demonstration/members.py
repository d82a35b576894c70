"""Invented members: children with a guardian's consent, adults, a few still without."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from simpul.core.secrets import READABLE
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import Chance
from simpul.operations.demonstration.writing import insert
from simpul.people import wordings
from simpul.people.models import Card, Consent, Guardianship, Member, MemberType, Person
from simpul.people.queries import fold_name

WORDING = next(w.version for w in wordings.WORDINGS if w.purpose == Consent.Purpose.CHILD_MEMBERSHIP)
MEMBERS = {Library.Kind.CITY: 900, Library.Kind.VILLAGE: 24, Library.Kind.TBM: 40}


@dataclass
class Rows:
    """What is inserted together, parents before children."""

    persons: list[Person] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    guardians: list[Guardianship] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)

    def insert(self) -> None:
        for rows in (self.persons, self.members, self.cards, self.guardians, self.consents):
            insert(rows)


def make_members(chance: Chance, libraries: list[Library], names: dict[str, list[str]], type: MemberType,
                 at: datetime, latest: datetime, today: date) -> dict[UUID, list[Member]]:
    """Members by library with open cards; six in ten are children, nearly all with consent."""
    rows = Rows()
    for library in libraries:
        amount = round(MEMBERS.get(Library.Kind(library.kind), 10) * chance.uniform(0.6, 1.5))
        for n in range(1, amount + 1):
            person = _person(chance, library, names, at, today)
            rows.persons.append(person)
            if person.is_child(today):
                _consent(chance, rows, person, names, at, latest)
            member = Member(id=chance.id_at(at), library=library, person=person, number=f"{library.code}-A{n:04}",
                            type=type, since_on=today - timedelta(days=chance.randint(31, 700)))
            rows.members.append(member)
            code = "".join(chance.choice(READABLE) for _ in range(8))
            rows.cards.append(Card(id=chance.id_at(at), member=member, code=code, issued_at=at))
    rows.insert()
    by_library: dict[UUID, list[Member]] = {}
    for member in rows.members:
        by_library.setdefault(member.library_id, []).append(member)
    return by_library


def _person(chance: Chance, library: Library, names: dict[str, list[str]], at: datetime, today: date) -> Person:
    sex = "P" if chance.random() < 0.58 else "L"
    name = chance.choice(names[sex])
    is_child = chance.random() < 0.6
    birth = today.year - (chance.randint(6, 16) if is_child else chance.randint(19, 68))
    return Person(id=chance.id_at(at), library=library, name=name, name_key=fold_name(name), sex=sex, birth_year=birth,
                  phone="" if is_child else f"+6281{chance.randrange(10**9):09}", recorded_at=at)


def _consent(chance: Chance, rows: Rows, person: Person, names: dict[str, list[str]], at: datetime,
             latest: datetime) -> None:
    """A guardian's consent; one child in twenty was enrolled lately and her guardian has still some days to agree."""
    if chance.random() >= 0.95:
        person.recorded_at = at + (latest - at) * chance.uniform(0.94, 0.999)
        return
    guardian = Guardianship(id=chance.id_at(at), child=person, name=chance.choice(names["P"]),
                            phone=f"+6281{chance.randrange(10**9):09}", relation="ibu", recorded_at=at)
    rows.guardians.append(guardian)
    rows.consents.append(Consent(
        id=chance.id_at(at), person=person, guardianship=guardian, purpose=Consent.Purpose.CHILD_MEMBERSHIP,
        how=Consent.How.IN_PERSON, wording=WORDING, given_at=at, recorded_at=at))

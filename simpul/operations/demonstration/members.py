"""Invented members: children with a guardian's consent, adults, a few still without."""

from datetime import date, datetime, timedelta
from uuid import UUID

from simpul.core.secrets import READABLE
from simpul.libraries.models import Library
from simpul.operations.demonstration.ids import Chance
from simpul.people import wordings
from simpul.people.models import Card, Consent, Guardianship, Member, MemberType, Person
from simpul.people.queries import fold_name

WORDING = next(w.version for w in wordings.WORDINGS if w.purpose == Consent.Purpose.CHILD_MEMBERSHIP)
MEMBERS = {Library.Kind.CITY: 900, Library.Kind.VILLAGE: 24, Library.Kind.TBM: 40}


def make_members(chance: Chance, libraries: list[Library], names: dict[str, list[str]], type: MemberType,
                 at: datetime, latest: datetime, today: date) -> dict[UUID, list[Member]]:
    """Members by library with open cards; six in ten are children, nearly all with consent."""
    persons: list[Person] = []
    members: list[Member] = []
    cards: list[Card] = []
    guardians: list[Guardianship] = []
    consents: list[Consent] = []
    by_library: dict[UUID, list[Member]] = {}
    for library in libraries:
        amount = round(MEMBERS.get(Library.Kind(library.kind), 10) * chance.uniform(0.6, 1.5))
        for n in range(1, amount + 1):
            sex = "P" if chance.random() < 0.58 else "L"
            name = chance.choice(names[sex])
            is_child = chance.random() < 0.6
            birth = today.year - (chance.randint(6, 16) if is_child else chance.randint(19, 68))
            joined = today - timedelta(days=chance.randint(31, 700))
            person = Person(id=chance.id_at(at), library=library, name=name, name_key=fold_name(name), sex=sex,
                            birth_year=birth, phone="" if is_child else f"+6281{chance.randrange(10**9):09}",
                            recorded_at=at)
            has_consent = is_child and chance.random() < 0.95
            if is_child and not has_consent:  # enrolled lately: the guardian has still some days to agree
                person.recorded_at = at + (latest - at) * chance.uniform(0.94, 0.999)
            member = Member(id=chance.id_at(at), library=library, person=person, number=f"{library.code}-A{n:04}",
                            type=type, since_on=joined)
            persons.append(person)
            members.append(member)
            by_library.setdefault(library.pk, []).append(member)
            code = "".join(chance.choice(READABLE) for _ in range(8))
            cards.append(Card(id=chance.id_at(at), member=member, code=code, issued_at=at))
            if has_consent:
                guardian = Guardianship(id=chance.id_at(at), child=person, name=chance.choice(names["P"]),
                                        phone=f"+6281{chance.randrange(10**9):09}", relation="ibu", recorded_at=at)
                guardians.append(guardian)
                consents.append(Consent(
                    id=chance.id_at(at), person=person, guardianship=guardian,
                    purpose=Consent.Purpose.CHILD_MEMBERSHIP, how=Consent.How.IN_PERSON,
                    wording=WORDING, given_at=at, recorded_at=at))
    Person.objects.bulk_create(persons, batch_size=500)
    Member.objects.bulk_create(members, batch_size=500)
    Card.objects.bulk_create(cards, batch_size=500)
    Guardianship.objects.bulk_create(guardians, batch_size=500)
    Consent.objects.bulk_create(consents, batch_size=500)
    return by_library

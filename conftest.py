"""The named cast and plain factories, for every test of the house."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from django.test import Client

from simpul.accounts.models import Account
from simpul.catalogue.models import Copy, Title
from simpul.core.actor import Actor, ActorKind, Role
from simpul.core.ids import new_id
from simpul.libraries.models import City, Library, Region, StaffRole
from simpul.people.models import Card, Member, MemberType, Person

#: Tuesday morning in Tangerang (10.00 WIB)
NOON = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
LONG_AGO = date(2020, 1, 1)

_serial = count(1)


@pytest.fixture
def at() -> datetime:
    """The moment things happen in tests."""
    return NOON


@pytest.fixture
def city(db: None) -> City:
    """Kota Tangerang with one kecamatan and three kelurahan."""
    def region(code: str, name: str, level: int, parent: Region | None) -> Region:
        return Region.objects.create(id=Region.id_for(code), code=code, name=name, level=level, parent=parent)

    banten = region("36", "Banten", 1, None)
    tangerang = region("36.71", "Kota Tangerang", 2, banten)
    kecamatan = region("36.71.01", "Tangerang", 3, tangerang)
    for code, name in (("36.71.01.1001", "Sukarasa"), ("36.71.01.1002", "Sukaasih"),
                       ("36.71.01.1007", "Sukasari")):
        region(code, name, 4, kecamatan)
    return City.objects.create(region=tangerang, name="Kota Tangerang")


@pytest.fixture
def make_library(city: City) -> Callable[..., Library]:
    def make(**given: Any) -> Library:
        n = next(_serial)
        values = {"code": f"T{n:03}", "name": f"Perpustakaan {n}", "kind": Library.Kind.VILLAGE,
                  "region": Region.objects.get(code="36.71.01.1007")} | given
        return Library.objects.create(**values)

    return make


@pytest.fixture
def library(make_library: Callable[..., Library]) -> Library:
    """The kelurahan library of Sukasari: the librarian's."""
    return make_library(code="L001", name="Perpustakaan Kelurahan Sukasari")


@pytest.fixture
def other_library(make_library: Callable[..., Library]) -> Library:
    """A TBM next door: the stranger's."""
    return make_library(code="L002", name="TBM Melati", kind=Library.Kind.TBM,
                        region=Region.objects.get(code="36.71.01.1002"))


@pytest.fixture
def make_account(db: None) -> Callable[..., Account]:
    """An account with a password and, if asked, a role at a library (or the city)."""

    def make(name: str, role: Role | None = None, library: Library | None = None) -> Account:
        n = next(_serial)
        account = Account(name=name, phone=f"+6281200{n:06}", is_demonstration=role in (
            Role.COORDINATOR, Role.ADMINISTRATOR))  # spares most tests the second factor
        account.set_password("kata-sandi-uji")
        account.save()
        if role:
            StaffRole.objects.create(account=account, role=role, library=library, starts_on=LONG_AGO)
        return account

    return make


@pytest.fixture
def librarian(make_account: Callable[..., Account], library: Library) -> Account:
    return make_account("Rina Wulandari", Role.LIBRARIAN, library)


@pytest.fixture
def volunteer(make_account: Callable[..., Account], library: Library) -> Account:
    return make_account("Budi Santoso", Role.VOLUNTEER, library)


@pytest.fixture
def stranger(make_account: Callable[..., Account], other_library: Library) -> Account:
    """A librarian of another library."""
    return make_account("Dewi Lestari", Role.LIBRARIAN, other_library)


@pytest.fixture
def mentor(make_account: Callable[..., Account], library: Library) -> Account:
    return make_account("Agus Hidayat", Role.MENTOR, library)


@pytest.fixture
def coordinator(make_account: Callable[..., Account], city: City) -> Account:
    return make_account("Siti Rahayu", Role.COORDINATOR)


@pytest.fixture
def by_librarian(librarian: Account, library: Library) -> Actor:
    return Actor(kind=ActorKind.ACCOUNT, id=librarian.pk, librarian_of=frozenset({library.pk}))


@pytest.fixture
def by_volunteer(volunteer: Account, library: Library) -> Actor:
    return Actor(kind=ActorKind.ACCOUNT, id=volunteer.pk, volunteer_of=frozenset({library.pk}))


@pytest.fixture
def by_stranger(stranger: Account, other_library: Library) -> Actor:
    return Actor(kind=ActorKind.ACCOUNT, id=stranger.pk, librarian_of=frozenset({other_library.pk}))


@pytest.fixture
def by_mentor(mentor: Account, library: Library) -> Actor:
    return Actor(kind=ActorKind.ACCOUNT, id=mentor.pk, mentor_of=frozenset({library.pk}))


@pytest.fixture
def by_coordinator(coordinator: Account) -> Actor:
    return Actor(kind=ActorKind.ACCOUNT, id=coordinator.pk, is_coordinator=True)


@pytest.fixture
def sign_in() -> Callable[[Account], Client]:
    """A browser in which this account is signed in."""

    def browser(account: Account) -> Client:
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def adult_type(db: None) -> MemberType:
    return MemberType.objects.get_or_create(library=None, code="umum", defaults={"name": "Umum"})[0]


@pytest.fixture
def make_person(library: Library) -> Callable[..., Person]:
    def make(name: str = "Siti Aminah", **given: Any) -> Person:
        values = {"library": library, "name": name, "name_key": name.lower(), "sex": "P", "birth_year": 1990,
                  "recorded_at": NOON} | given
        return Person.objects.create(**values)

    return make


@pytest.fixture
def make_member(make_person: Callable[..., Person], adult_type: MemberType) -> Callable[..., Member]:
    """A member with an open card; `card` gives its code."""

    def make(name: str = "Siti Aminah", *, card: str = "", **given: Any) -> Member:
        n = next(_serial)
        person = make_person(name, **given)
        member = Member.objects.create(library=person.library, person=person, number=f"A{n:05}", type=adult_type,
                                       since_on=TODAY)
        Card.objects.create(member=member, code=card or f"K{n:07}", issued_at=NOON)
        return member

    return make


@pytest.fixture
def make_title(db: None) -> Callable[..., Title]:
    def make(title: str = "Laskar Pelangi", **given: Any) -> Title:
        return Title.objects.create(**({"title": title, "language": "ind", "recorded_at": NOON} | given))

    return make


@pytest.fixture
def make_copy(library: Library, make_title: Callable[..., Title]) -> Callable[..., Copy]:
    def make(title: Title | str = "Laskar Pelangi", **given: Any) -> Copy:
        n = next(_serial)
        row = title if isinstance(title, Title) else make_title(title)
        return Copy.objects.create(**({"library": library, "title": row, "code": f"B{n:06}",
                                       "recorded_at": NOON} | given))

    return make


@pytest.fixture
def change_id() -> Callable[[], Any]:
    """A fresh change id at each call."""
    return new_id

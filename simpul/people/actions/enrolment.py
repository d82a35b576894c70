"""Enrolling a member: at the desk in 45 seconds, by a connected system, or many by an import."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.clock import local_date
from simpul.core.ids import derived_id
from simpul.core.phones import normalise
from simpul.core.refusal import NotAllowed
from simpul.core.secrets import new_code
from simpul.libraries.models import Library
from simpul.people import wordings
from simpul.people.actions.refusals import BadBirthYear, BadChoice, BadPhone, CardTaken, NameMissing, PersonGone
from simpul.people.categories import EDUCATION, HELP, OCCUPATIONS
from simpul.people.models import (
    Card,
    Consent,
    Guardianship,
    Member,
    MemberType,
    NumberSeries,
    Person,
    Sex,
)
from simpul.people.permissions import can_record_members
from simpul.people.queries import card_codes, fold_name, is_card_free

CODE_LENGTH = 8
OLDEST = 120  # years; an earlier birth year is a slip of the finger


@dataclass(frozen=True)
class GuardianGiven:
    """The adult who answers for a child, as told at the desk."""

    name: str
    phone: str = ""
    relation: str = ""


@change("member.enrolled", says=gettext_lazy("{by} enrolled {result} as a member"))
def enrol_member(
    *, library: Library, name: str, birth_year: int | None, sex: str = "", phone: str = "", email: str = "",
    address: str = "", occupation: str = "", education: str = "", institution: str = "",
    help_offered: Iterable[str] = (), guardian: GuardianGiven | None = None, may_contact: bool = False,
    type: MemberType | None = None, until_on: date | None = None, card: str = "", by: Actor, at: datetime, id: UUID,
) -> Member:
    """A new person, member and card of this library. A child is a member by name at once and borrows once a
    guardian has agreed. `may_contact`: she agreed to messages (an adult only; for a child the guardian says so).
    `card`: what stands on a card that was printed before and is hers from now on; "" issues a random code.

    Refuses an empty name, an impossible birth year, a phone number that cannot be one, unknown choices.
    """
    if not can_record_members(by, library.pk):
        raise NotAllowed(_("Only the staff of this library enrol its members."))
    day = local_date(at, library.time_zone)
    known = described(day, name=name, birth_year=birth_year, sex=sex, phone=phone, email=email, address=address,
                      occupation=occupation, education=education, institution=institution,
                      help_offered=help_offered)
    person = Person.objects.create(id=derived_id(id, "person"), library=library, recorded_at=at, **known)
    is_child = person.is_child(day)
    if guardian and guardian.name.strip():
        add_guardian_row(person, guardian, at, derived_id(id, "guardian"))
    if may_contact and not is_child:
        Consent.objects.create(
            id=derived_id(id, "contact"), person=person, purpose=Consent.Purpose.CONTACT,
            how=Consent.How.IN_PERSON, wording=wordings.current(Consent.Purpose.CONTACT).version,
            given_at=at, recorded_at=at)
    member = Member.objects.create(
        id=derived_id(id, "member"), library=library, person=person, number=next_number(library, day),
        type=type or usual_type(is_child), since_on=day, until_on=until_on)
    issue_card(member, at, derived_id(id, "card"), printed=card)
    note(person=person)
    return member


def described(day: date, **given: Any) -> dict[str, Any]:
    """Checked and tidied fields of a person out of what was given; raises the refusals of `enrol_member`."""
    known = {name: tidy(value) if isinstance(value, str) else value for name, value in given.items()}
    if "name" in known:
        known["name"] = known["name"][:120]
        known["name_key"] = fold_name(known["name"])
        if not known["name_key"]:
            raise NameMissing(_("Write the name."), field="name")
    born: Any = known.get("birth_year")
    if born is not None and not day.year - OLDEST <= born <= day.year:
        raise BadBirthYear(_("Check the birth year: four digits, such as {year}.").format(year=day.year - 20),
                           field="birth_year")
    if known.get("phone"):
        known["phone"] = checked_phone(known["phone"], "phone")
    for name, choices in (("sex", Sex.values), ("occupation", OCCUPATIONS), ("education", EDUCATION)):
        if known.get(name) and known[name] not in choices:
            raise BadChoice(_("Choose one of the list."), field=name)
    if "help_offered" in known:
        known["help_offered"] = sorted(set(known["help_offered"]))
        if not set(known["help_offered"]) <= set(HELP):
            raise BadChoice(_("Choose one of the list."), field="help_offered")
    for name, length in (("address", 200), ("institution", 120), ("email", 254)):
        if name in known:
            known[name] = known[name][:length]
    return known


def tidy(text: str) -> str:
    """One line without control characters, blanks single: what a name or address looks like on a card."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())


def checked_phone(raw: str, field: str) -> str:
    """The number in E.164; refused where it cannot be one."""
    number = normalise(raw)
    if number is None:
        raise BadPhone(_("This cannot be a phone number. Write it like 0812-3456-7890."), field=field)
    return number


def add_guardian_row(child: Person, given: GuardianGiven, at: datetime, id: UUID) -> Guardianship:
    phone = checked_phone(given.phone, "guardian_phone") if given.phone.strip() else ""
    return Guardianship.objects.create(id=id, child=child, name=tidy(given.name)[:120], phone=phone,
                                       relation=tidy(given.relation)[:40], recorded_at=at)


def next_number(library: Library, day: date) -> str:
    """`2026-0042`: the year of joining and a serial of this library; imported numbers are stepped over."""
    series, _made = NumberSeries.objects.get_or_create(library=library, year=day.year)
    while True:
        # the update holds the row until the end of the change: two desks never get the same number
        NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
        series.refresh_from_db()
        number = f"{day.year}-{series.last:04}"
        if not Member.objects.filter(library=library, number=number).exists():
            return number


def usual_type(is_child: bool) -> MemberType:
    """The city's member type for a child (`anak`) or anybody else (`umum`), made on first use."""
    code, name = ("anak", "Anak") if is_child else ("umum", "Umum")
    return MemberType.objects.get_or_create(library=None, code=code, defaults={"name": name})[0]


def issue_card(member: Member, at: datetime, id: UUID, printed: str = "") -> Card:
    """Her card: a random code, or what stands on a printed one, which means her at her own library only. Raises
    CardTaken."""
    if not printed:
        return Card.objects.create(id=id, member=member, code=new_code(CODE_LENGTH), issued_at=at)
    if not is_card_free(printed, member.library):
        raise CardTaken(_("This card belongs to somebody already. Take another one."), field="card")
    return Card.objects.create(id=id, member=member, code=card_codes(printed, member.library)[-1], issued_at=at)


def still_there(person: Person) -> None:
    """Refuses to write about a person who was erased."""
    if person.erased_at is not None:
        raise PersonGone(_("This person's data was erased."))

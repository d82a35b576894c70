"""Questions about people: finding a member at the desk, who is reached how, who may be the same."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from rapidfuzz import fuzz, process

from simpul.core import clock
from simpul.core.models import JournalTouch
from simpul.core.phones import normalise
from simpul.libraries.models import Library
from simpul.people.models import (
    AgeGroup,
    Card,
    Consent,
    Guardianship,
    Member,
    MemberQuerySet,
    Person,
    SamePerson,
    Sex,
)

#: names this alike (rapidfuzz token_sort_ratio, 0–100) may be one person
ALIKE = 86
#: counts under this are told to nobody outside
FEW = 5

_OLD_SPELLINGS = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("ch", "h"))


@dataclass(frozen=True)
class DeskMember:
    """A member as the desk meets her. Of another library's member it holds a shortened name and no contact."""

    member_id: UUID
    person_id: UUID
    name: str
    number: str
    library_id: UUID
    library_name: str
    is_own: bool
    type_name: str
    sex: str
    age_group: AgeGroup
    birth_year: int | None
    phone: str
    address: str
    is_child: bool
    has_consent: bool  # a guardian's, in force; of interest for children only
    is_ended: bool
    blocked_because: str


@dataclass(frozen=True)
class Contact:
    """Whom to write to about a person: herself, or her guardian while she is a child."""

    name: str
    phone: str        # E.164, or empty
    is_guardian: bool
    may_contact: bool  # has consent to messages been given


def fold_name(name: str) -> str:
    """The form of a name by which it is found: no accents, no punctuation, lower case, single blanks."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", name) if not unicodedata.combining(ch))
    return " ".join(re.sub(r"['’`´]", "", plain).casefold().translate(_TO_BLANK).split())[:120]


_TO_BLANK = {code: " " for code in range(0x250) if not chr(code).isalnum()}


def printable(text: str) -> str:
    """Typed or scanned text without control characters (a NUL is an error to PostgreSQL), trimmed."""
    return "".join(ch for ch in text if ch.isprintable()).strip()


def card_codes(text: str, library: Library) -> list[str]:
    """The codes that scanned or typed `text` may stand for at this library: a random code in any grouping, or
    what an old card of this library says."""
    typed = printable(text).upper()
    if not typed or len(typed) > 40:
        return []
    compact = re.sub(r"[\s-]", "", typed)
    return list(dict.fromkeys([compact, f"{library.code}:{typed}", f"{library.code}:{compact}"]))


def is_card_free(code: str, library: Library) -> bool:
    """Can a card that was printed before be given to a new member: does nobody have it, or had it?"""
    codes = card_codes(code, library)
    return bool(codes) and not Card.objects.filter(code__in=codes).exists()


def member_by_card(code: str, library: Library) -> Member | None:
    """The member of the open card with this code, of any library of the city; old, imported cards mean somebody at
    their own library only. None: no such open card."""
    card = (Card.objects.open().filter(code__in=card_codes(code, library))
            .select_related(*(f"member__{also}{name}" for also in ("", "same_as__") for name in (
                "person", "type", "library"))).first())
    return (card.member.same_as or card.member) if card else None


def members_numbered(library: Library, numbers: Iterable[str]) -> dict[str, Member]:
    """Members of a library with their persons by the numbers that other tables know them by: the card's, else the one
    of the system they came from. Two questions; erased persons are nobody."""
    wanted = set(numbers)
    if not wanted:
        return {}
    known = Member.objects.filter(library=library, person__erased_at__isnull=True).select_related("person")
    found = {member.number_there: member for member in known.filter(number_there__in=wanted)}
    found.update((member.number, member) for member in known.filter(number__in=wanted))
    return found


def find_members(text: str, library: Library, limit: int = 8, *, day: date | None = None) -> list[DeskMember]:
    """Members by what was scanned or typed at `library`: a card, a member number, words of a name, the last digits
    of a phone number (four or more). A card or number that fits exactly comes alone; another library's members are
    found by their card only. Nothing fits: names that sound alike. `day` (today at the library) decides about ages."""
    day = day or clock.local_date(clock.now(), library.time_zone)
    text = printable(text)
    if len(text) < 2:
        return []
    rows = _described(Member.objects.filter(person__erased_at__isnull=True))
    card = Card.objects.open().filter(code__in=card_codes(text, library)).values_list(
        Coalesce("member__same_as", "member"), flat=True).first()
    numbers = {text, text.upper()}
    exact = rows.filter(pk=card) if card else rows.filter(Q(library=library, number__in=numbers) | Q(
        pk__in=Member.objects.filter(library=library, number__in=numbers, same_as__isnull=False).values("same_as")))
    if hits := [desk_member(member, library, day) for member in exact]:
        return hits
    # persons first: the index of (library, name) gives them in order, and only a few become members with all details
    persons = Person.objects.present().filter(library=library, member__isnull=False)
    ids = list(persons.filter(_by_name_or_phone(text)).order_by("name_key").values_list("pk", flat=True)[:limit * 4])
    ids = ids or _sounding_like(text, persons, limit)
    place = {pk: n for n, pk in enumerate(ids)}
    found = sorted(rows.filter(person__in=ids), key=lambda m: (m.ended_on is not None, place[m.person_id]))
    return [desk_member(member, library, day) for member in found[:limit]]


def listed_members(library: Library, text: str, shown: str, day: date) -> MemberQuerySet:
    """Members of this library for its list, by name, with `has_consent`; `shown` narrows: "" current ones,
    "tanpa-persetujuan" children nobody agreed for, "diblokir" blocked, "berakhir" ended or expired."""
    rows = _described(Member.objects.filter(library=library, person__erased_at__isnull=True))
    if shown == "berakhir":
        rows = rows.exclude(pk__in=Member.objects.current(day).filter(library=library))
    else:
        rows = rows.current(day)
    if shown == "tanpa-persetujuan":
        rows = rows.children(day).without_consent()
    if shown == "diblokir":
        rows = rows.exclude(blocked_because="")
    if text:
        rows = rows.filter(_by_name_or_phone(text, "person__") | Q(number__in={text, text.upper()}))
    return rows.order_by("person__name_key", "pk")


def _described(rows: MemberQuerySet) -> MemberQuerySet:
    return rows.counted().select_related("person", "type", "library").with_guardians_consent()


def _by_name_or_phone(text: str, to_person: str = "") -> Q:
    """Persons by the end of a phone number, where that is what was typed, else by the beginnings of the words of
    their names. `to_person` is the road from the asked model ("person__")."""
    digits = "".join(ch for ch in text if ch.isdigit())
    if len(digits) >= 4 and not re.search(r"[^\d\s+().-]", text):
        number = normalise(text) if len(digits) >= 9 else None
        return Q(**({f"{to_person}phone": number} if number else {f"{to_person}phone__endswith": digits}))
    wanted = Q()
    for word in fold_name(text).split():
        wanted &= Q(**{f"{to_person}name_key__startswith": word}) | Q(**{f"{to_person}name_key__contains": f" {word}"})
    return wanted or Q(pk__isnull=True)


def _sounding_like(text: str, persons: QuerySet[Person], limit: int) -> list[UUID]:
    """Old and new spelling, a slip of the finger: `Achmad Djoko` for `Ahmad Joko`. Ids of persons, best first."""
    sought = _respelled(fold_name(text))
    if len(sought) < 4 or any(ch.isdigit() for ch in sought):
        return []
    names = {pk: _respelled(key) for pk, key in persons.order_by().values_list("pk", "name_key")[:20_000]}
    hits = process.extract(sought, names, scorer=fuzz.token_set_ratio, score_cutoff=80, limit=limit)
    return [pk for _name, _score, pk in hits]


def _respelled(key: str) -> str:
    for old, new in _OLD_SPELLINGS:
        key = key.replace(old, new)
    return key


def desk_member(member: Member, at_library: Library, day: date) -> DeskMember:
    """A member (with person, type and library fetched, and `has_consent` annotated or asked) as this library's
    desk may see her."""
    person, is_own = member.person, member.library_id == at_library.pk
    has_consent = getattr(member, "has_consent", None)
    if has_consent is None:
        has_consent = has_guardians_consent(person)
    ended = member.ended_on is not None or (member.until_on is not None and member.until_on < day)
    return DeskMember(
        member_id=member.pk, person_id=person.pk, name=person.name if is_own else shortened(person.name),
        number=member.number, library_id=member.library_id, library_name=member.library.name, is_own=is_own,
        type_name=member.type.name, sex=person.sex, age_group=person.age_group(day),
        birth_year=person.birth_year if is_own else None, phone=person.phone if is_own else "",
        address=person.address if is_own else "", is_child=person.is_child(day), has_consent=has_consent,
        is_ended=ended, blocked_because=member.blocked_because)


def shortened(name: str) -> str:
    """`Siti Nurhaliza Putri` → `Siti N. P.`: enough to see whether the card is hers."""
    first, *rest = name.split() or [""]
    return " ".join([first, *(f"{word[0]}." for word in rest)])


def has_guardians_consent(person: Person) -> bool:
    """Is a guardian's consent to this child's named membership in force?"""
    return person.consents.in_force().filter(purpose=Consent.Purpose.CHILD_MEMBERSHIP).exists()


def similar_members(library: Library, name: str, birth_year: int | None, day: date,
                    limit: int = 3) -> list[DeskMember]:
    """Members of this library who may be this person already: the same birth year and an alike name."""
    if birth_year is None:
        return []
    sought = _respelled(fold_name(name))
    born = Person.objects.present().filter(library=library, birth_year=birth_year).values_list("pk", "name_key")
    alike = {pk: fuzz.token_sort_ratio(sought, _respelled(key)) for pk, key in born}
    best = sorted((pk for pk, score in alike.items() if score >= ALIKE), key=lambda pk: -alike[pk])[:limit]
    rows = {member.person_id: member for member in _described(Member.objects.filter(person__in=best))} if best else {}
    return [desk_member(rows[pk], library, day) for pk in best if pk in rows]


def same_person_candidates(person: Person, limit: int = 5) -> list[Person]:
    """Persons of other libraries with the same birth year and an alike name, not yet linked with her."""
    if person.birth_year is None:
        return []
    first = person.name_key[:1]
    others = Person.objects.present().filter(birth_year=person.birth_year, name_key__startswith=first).exclude(
        library=person.library_id).exclude(pk__in=linked_ids(person)).select_related("library")
    alike = [(fuzz.token_sort_ratio(person.name_key, other.name_key), other) for other in others[:5000]]
    return [other for score, other in sorted(alike, key=lambda pair: -pair[0]) if score >= ALIKE][:limit]


def linked_ids(person: Person) -> set[UUID]:
    """Ids of the persons who are her: at other libraries, or entered twice here."""
    pairs = SamePerson.objects.filter(Q(one=person) | Q(other=person), unlinked_at__isnull=True).values_list(
        "one_id", "other_id")
    return {pk for pair in pairs for pk in pair} - {person.pk}


def linked_persons(person: Person) -> list[Person]:
    """The persons who are her at other libraries, or under another number here, with libraries and members."""
    return list(Person.objects.filter(pk__in=linked_ids(person)).select_related("library", "member"))


def history_of(member: Member) -> set[UUID]:
    """Ids of the journal lines that touched this member, her person or her cards; three small questions."""
    touched = JournalTouch.objects.filter(
        row_id__in=[member.pk, member.person_id, *member.cards.values_list("pk", flat=True)])
    return set(touched.order_by("-line_id").values_list("line_id", flat=True)[:200])


def contacts_for(persons: Iterable[Person], day: date) -> dict[UUID, Contact]:
    """Whom to write to about each of these persons; two queries for any number of them."""
    persons = list(persons)
    guardians: dict[UUID, Guardianship] = {}
    for row in Guardianship.objects.filter(child__in=persons, ended_at__isnull=True):
        if row.child_id not in guardians or (row.phone and not guardians[row.child_id].phone):
            guardians[row.child_id] = row
    agreed = set(Consent.objects.in_force().filter(
        person__in=persons, purpose=Consent.Purpose.CONTACT).values_list("person_id", flat=True))
    found = {}
    for person in persons:
        guardian = guardians.get(person.pk) if person.is_child(day) else None
        if guardian and guardian.phone:
            found[person.pk] = Contact(guardian.name, guardian.phone, True, person.pk in agreed)
        else:
            found[person.pk] = Contact(person.name, person.phone, False, person.pk in agreed)
    return found


def contact_for(person: Person, day: date) -> Contact:
    """Whom to write to about this person."""
    return contacts_for([person], day)[person.pk]


@dataclass(frozen=True)
class MemberCount:
    """How many current members of an age group and sex; `count` is None where it may not be told."""

    age_group: AgeGroup
    sex: Sex
    count: int | None


def member_counts(libraries: Sequence[Library], day: date, *, hides_few: bool = True) -> list[MemberCount]:
    """Current members of these libraries on `day` by age group and sex; with `hides_few`, groups under five, and
    one that would give them away, come without their number. Holds no names: fit for mentors, coordinators and the public."""
    rows = (Member.objects.current(day).filter(library__in=[library.pk for library in libraries],
                                               person__erased_at__isnull=True)
            .order_by().values_list("person__birth_year", "person__sex").annotate(n=Count("pk")))
    totals: dict[tuple[AgeGroup, Sex], int] = {}
    for birth_year, sex, n in rows:
        key = (AgeGroup.of(birth_year, day), Sex(sex))
        totals[key] = totals.get(key, 0) + n
    hidden = {key for key, n in totals.items() if n < FEW} if hides_few else set()
    together = sum(totals[key] for key in hidden)
    if hidden and (len(hidden) == 1 or together < FEW or together == len(hidden) * (FEW - 1)):
        # the whole is told elsewhere: what is left of it must not be one cell
        hidden |= set(sorted(totals.keys() - hidden, key=lambda key: totals[key])[:1])
    return [MemberCount(group, sex, None if (group, sex) in hidden else totals[group, sex])
            for group in AgeGroup for sex in Sex if (group, sex) in totals]


def doubles_of(member: Member, day: date) -> list[DeskMember]:
    """Members of her library who may be her, entered twice: the same birth year and an alike name, nobody has decided
    yet. Best first."""
    person = member.person
    decided = {pk for pair in SamePerson.objects.filter(Q(one=person) | Q(other=person)).values_list(
        "one_id", "other_id") for pk in pair}
    alike = similar_members(member.library, person.name, person.birth_year, day, limit=6)
    return [row for row in alike if row.person_id != person.pk and row.person_id not in decided]


def double_pairs(library: Library) -> list[tuple[UUID, UUID]]:
    """Pairs of members of this library who may be one person, the older record first, the most alike pairs first;
    those that somebody has decided about are left out. Two questions."""
    decided = {frozenset(pair) for pair in SamePerson.objects.filter(one__library=library).values_list(
        "one_id", "other_id")}
    groups: dict[tuple[int | None, str], list[tuple[UUID, UUID, str]]] = {}
    for pk, person, key, born in Member.objects.counted().filter(
            library=library, person__erased_at__isnull=True, person__birth_year__isnull=False).order_by(
            "person__recorded_at", "number").values_list("pk", "person_id", "person__name_key", "person__birth_year"):
        groups.setdefault((born, key[:1]), []).append((pk, person, _respelled(key)))
    found = []
    for rows in groups.values():
        for n, (pk, person, key) in enumerate(rows):
            for other, other_person, other_key in rows[n + 1:]:
                score = fuzz.token_sort_ratio(key, other_key, score_cutoff=ALIKE)
                if score and frozenset((person, other_person)) not in decided:
                    found.append((score, pk, other))
    return [(one, other) for _score, one, other in sorted(found, key=lambda row: -row[0])]


def decided_pairs(library: Library) -> list[tuple[UUID, UUID]]:
    """Pairs of members of this library about whom somebody has decided, the latest first."""
    rows = SamePerson.objects.filter(one__library=library, other__library=library).order_by("-linked_at")
    return list(dict.fromkeys(rows.values_list("one__member", "other__member")))

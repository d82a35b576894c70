"""Partners with what they gave and when they were last spoken to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from simpul.advocacy.models import Agreement, Approach, Partner, Publicity, Result, Support, Talk
from simpul.advocacy.support import Given, given_elsewhere
from simpul.people.queries import fold_name


@dataclass(frozen=True)
class Listed:
    """A partner with its gifts: how many, worth how many rupiah (those with a worth), the last day of one."""

    partner: Partner
    gifts: int
    worth: int
    last_on: date | None


@dataclass(frozen=True)
class Gift:
    """One line of the history; `support` is set where it can be taken back here."""

    on: date
    kind: str
    what: str
    worth: int | None
    about: str = ""
    url: str = ""
    support: Support | None = None


@dataclass
class CityPartner:
    """Which libraries a partner of the city helps."""

    partner: Partner
    libraries: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))  # library → gifts
    worth: int = 0


def gifts_of(partners: Sequence[UUID], libraries: Iterable[UUID] | None = None) -> dict[UUID, list[tuple[UUID, Gift]]]:
    """Partner → (library, gift), the latest first; of these libraries only where given."""
    only = None if libraries is None else set(libraries)
    found: dict[UUID, list[tuple[UUID, Gift]]] = defaultdict(list)
    for row in Support.objects.filter(partner_id__in=partners, voided_at__isnull=True):
        if only is None or row.library_id in only:
            found[row.partner_id].append((row.library_id, Gift(
                row.local_date, str(row.get_kind_display()), row.what, row.worth, support=row)))
    names = dict(Support._meta.get_field("kind").flatchoices)
    for one in given_elsewhere(partners):
        if only is None or one.library_id in only:
            found[one.partner_id].append((one.library_id, _gift(one, names)))
    for gifts in found.values():
        gifts.sort(key=lambda pair: pair[1].on, reverse=True)
    return found


def _gift(one: Given, names: dict[str, str]) -> Gift:
    return Gift(one.on, str(names.get(one.kind, one.kind)), one.what, one.worth, one.about, one.url)


def found_by(text: str, kind: str, *, library_id: UUID, day: date, ended: bool) -> list[Partner]:
    """Partners that a library may name, by words of their name and by kind, in the order of their names."""
    rows = Partner.objects.of(library_id)
    rows = rows.filter(ended_on__lte=day) if ended else rows.exclude(ended_on__lte=day)
    rows = rows.filter(kind=kind) if kind in Partner.Kind.values else rows
    for word in fold_name(text).split():
        rows = rows.filter(name_key__contains=word)
    return list(rows.order_by("name_key", "pk")[:500])


def listed(partners: Sequence[Partner], library_id: UUID) -> list[Listed]:
    """With what they gave to this library; the queries do not grow with the partners."""
    gifts = gifts_of([one.pk for one in partners], [library_id])
    return [Listed(one, len(theirs), sum(gift.worth or 0 for _where, gift in theirs),
                   theirs[0][1].on if theirs else None)
            for one in partners for theirs in [gifts.get(one.pk, [])]]


def helping(rows: Sequence[Partner]) -> list[CityPartner]:
    """Which libraries these partners help, own ones included."""
    gifts = gifts_of([one.pk for one in rows])
    lines = []
    for one in rows:
        line = CityPartner(one)
        if one.library_id:
            line.libraries[one.library_id] += 0
        for where, gift in gifts.get(one.pk, []):
            line.libraries[where] += 1
            line.worth += gift.worth or 0
        lines.append(line)
    return lines


def cooperations_in(libraries: Sequence[UUID] | None, first: date, last: date) -> int:
    """External cooperation as the index asks: partners that were active and offices bound by an agreement of these
    libraries (None: all of the city, the city's own included) on a day from `first` to `last`; a partner with an
    agreement is one."""
    partners, agreements = Partner.objects.active_in(first, last), Agreement.objects.active_in(first, last)
    if libraries is not None:
        partners, agreements = partners.filter(library_id__in=libraries), agreements.filter(library_id__in=libraries)
    held = set(partners.values_list("pk", flat=True))
    offices: set[object] = set()
    for partner, library, office in agreements.values_list("partner_id", "library_id", "office"):
        if partner:
            held.add(partner)
        else:
            offices.add((library, fold_name(office)))
    return len(held) + len(offices)


@dataclass(frozen=True)
class LibraryLine:
    """What one library did for its standing within a time; counts, and rupiah that were given (no promises)."""

    partners: int
    agreements: int
    approaches: int
    talks: int
    results: int
    worth: int
    publicity: int


def lines_of(libraries: Sequence[UUID], first: date, last: date) -> dict[UUID, LibraryLine]:
    """Library → its line; seven queries whatever the number of libraries."""
    within = Q(library_id__in=libraries, local_date__range=(first, last), voided_at__isnull=True)

    def count(rows: object) -> dict[UUID, int]:
        return dict(rows.order_by().values_list("library_id").annotate(n=Count("pk")))  # type: ignore[attr-defined]

    partners = count(Partner.objects.active_in(first, last).filter(library_id__in=libraries))
    agreements = count(Agreement.objects.active_in(first, last).filter(library_id__in=libraries))
    approaches = count(Approach.objects.open().filter(library_id__in=libraries))
    talks, publicity = count(Talk.objects.filter(within)), count(Publicity.objects.filter(within))
    results: dict[UUID, list[int]] = defaultdict(lambda: [0, 0])
    for where, kind, worth in Result.objects.filter(within).values_list("library_id", "kind", "worth"):
        results[where][0] += 1
        results[where][1] += (worth or 0) if kind != Result.Kind.PROMISE else 0
    return {key: LibraryLine(partners.get(key, 0), agreements.get(key, 0), approaches.get(key, 0), talks.get(key, 0),
                             results[key][0], results[key][1], publicity.get(key, 0)) for key in libraries}

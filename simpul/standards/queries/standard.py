"""Each requirement of the standard with what is known: met, missed or unknown; many libraries in a fixed number of questions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.catalogue.models import Copy
from simpul.core.clock import JAKARTA
from simpul.indicators.models import RegionFact
from simpul.libraries.facts import FACTS
from simpul.libraries.models import Library, OpeningHours
from simpul.libraries.queries import facts_on
from simpul.replication.models import Document
from simpul.replication.queries.papers import papers_of
from simpul.replication.steps import Paper
from simpul.standards.requirements import (
    AREA,
    HOURS,
    KELURAHAN,
    KINDS,
    KOTA,
    PER_CAPITA,
    POLICY_YEARS,
    RECENT_PERCENT,
    SERVICES,
    STAFF,
    TITLES,
    Requirement,
)

NAMES = ("collection_kinds", "building_area_m2", "building_permanent", "land_owned", "service_kinds", "staff_qualified",
         "staff_unqualified", "head_education", "head_trained")


@dataclass(frozen=True)
class Answer:
    """`value` in words ("" unknown), `number` where it is one; `is_met` None: unknown. `lacks` says what is missing,
    `tell_at` where it is told, `opens` where the value comes from."""

    requirement: Requirement
    value: str
    number: Any
    is_met: bool | None
    lacks: str = ""
    tell_at: str = ""
    opens: str = ""
    source: str = ""


@dataclass(frozen=True)
class Held:
    """Titles of which the library holds a copy; `recent` of those with a year are of the last five years."""

    titles: int = 0
    recent: int = 0

    @property
    def percent(self) -> Decimal | None:
        if not self.titles:
            return None
        return (Decimal(self.recent * 100) / self.titles).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Known:
    """What the questions brought, by library."""

    day: date
    facts: Mapping[UUID, Mapping[str, Any]]
    held: Mapping[UUID, Held]
    hours: Mapping[UUID, Decimal]
    papers: Mapping[UUID, Mapping[str, Document]]
    residents: Mapping[UUID, int] = field(default_factory=dict)


def kelurahan(libraries: Sequence[Library], day: date) -> dict[UUID, tuple[Answer, ...]]:
    """Perka 6/2017 for each of these libraries; four questions."""
    known = _known(libraries, day)
    return {one.pk: tuple(_answer(asked, one, known) for asked in KELURAHAN) for one in libraries}


def kota(libraries: Sequence[Library], day: date) -> dict[UUID, tuple[Answer, ...]]:
    """What was read of Perka 8/2017, for city libraries; five questions."""
    known = _known(libraries, day, with_residents=True)
    return {one.pk: tuple(_answer(asked, one, known) for asked in KOTA) for one in libraries}


def _known(libraries: Sequence[Library], day: date, *, with_residents: bool = False) -> Known:
    ids = [one.pk for one in libraries]
    return Known(day, facts_on(day, NAMES, ids), held_by(ids, day), _hours(ids, day), papers_of(ids, day),
                 _residents(libraries, day) if with_residents else {})


def held_by(ids: Sequence[UUID], day: date) -> dict[UUID, Held]:
    """Titles with a copy that was there at the end of a day; one question. Books of the last five calendar years are recent."""
    end = datetime.combine(day, time.max, JAKARTA)
    rows = Copy.objects.filter(library_id__in=ids, recorded_at__lte=end).filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)).exclude(state=Copy.State.WITHDRAWN, withdrawn_on__isnull=True)
    counted = rows.order_by().values_list("library_id").annotate(
        titles=Count("title_id", distinct=True),
        recent=Count("title_id", distinct=True, filter=Q(title__year__gt=day.year - 5, title__year__lte=day.year)))
    return {library: Held(titles, recent) for library, titles, recent in counted}


def _hours(ids: Sequence[UUID], day: date) -> dict[UUID, Decimal]:
    """Hours of the shortest open weekday, usual season; libraries without told hours are left out. One question."""
    rows = OpeningHours.objects.filter(library_id__in=ids, season=OpeningHours.Season.USUAL)
    found: dict[UUID, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        if row.holds_on(day):
            minutes = (row.closes.hour - row.opens.hour) * 60 + row.closes.minute - row.opens.minute
            found[row.library_id][row.weekday] += Decimal(minutes) / 60
    return {library: min(days.values()).quantize(Decimal("0.1")).normalize() for library, days in found.items()}


def _residents(libraries: Sequence[Library], day: date) -> dict[UUID, int]:
    """Of each library's own region, as known on the day; one question."""
    regions = {one.region_id: one.pk for one in libraries}
    rows = RegionFact.objects.valid().filter(region_id__in=regions, name=RegionFact.Name.POPULATION, from_on__lte=day)
    return {regions[region]: value for region, value in rows.order_by("from_on").values_list("region_id", "value")}


def _answer(asked: Requirement, library: Library, known: Known) -> Answer:
    return JUDGES[asked.code](asked, library, known)


def _catalogue(library: Library) -> str:
    return f"{reverse('catalogue:search')}?perpustakaan={library.code}"


def _told(asked: Requirement, library: Library) -> str:
    return reverse("libraries:facts", args=[library.code, FACTS[asked.fact].section.value])


def _unknown(asked: Requirement, library: Library) -> Answer:
    return Answer(asked, "", None, None, _("nobody told it yet"), _told(asked, library))


def _titles(asked: Requirement, library: Library, known: Known) -> Answer:
    n = known.held.get(library.pk, Held()).titles
    if not n:
        return Answer(asked, "", None, None, _("no titles in the catalogue yet"), opens=_catalogue(library))
    lacks = ngettext("%(n)s title is missing", "%(n)s titles are missing", TITLES - n) % {"n": TITLES - n} if n < TITLES else ""
    return Answer(asked, str(n), n, n >= TITLES, lacks, opens=_catalogue(library), source=_("catalogue"))


def _recent(asked: Requirement, library: Library, known: Known) -> Answer:
    held = known.held.get(library.pk, Held())
    if held.percent is None:
        return Answer(asked, "", None, None, _("no titles in the catalogue yet"), opens=_catalogue(library))
    is_met = held.recent * 100 >= RECENT_PERCENT * held.titles
    more = -(-(RECENT_PERCENT * held.titles - 100 * held.recent) // (100 - RECENT_PERCENT))  # new ones add to both
    lacks = "" if is_met else ngettext("%(n)s new title is missing", "%(n)s new titles are missing", more) % {"n": more}
    return Answer(asked, _("%(percent)s %% (%(n)s of %(all)s)") % {
        "percent": formats.number_format(held.percent, use_l10n=True), "n": held.recent, "all": held.titles},
                  held.percent, is_met, lacks, opens=_catalogue(library), source=_("catalogue"))


def _chosen(wanted: Sequence[str]) -> Any:
    def judge(asked: Requirement, library: Library, known: Known) -> Answer:
        value = known.facts.get(library.pk, {}).get(asked.fact)
        if value is None:
            return _unknown(asked, library)
        fact = FACTS[asked.fact]
        missing = [code for code in wanted if code not in value]
        lacks = _("missing: %(what)s") % {"what": fact.in_words(missing)} if missing else ""
        return Answer(asked, fact.in_words(value), value, not missing, lacks,
                      _told(asked, library), source=_("told by the library"))
    return judge


def _yes(asked: Requirement, library: Library, known: Known) -> Answer:
    value = known.facts.get(library.pk, {}).get(asked.fact)
    if value is None:
        return _unknown(asked, library)
    return Answer(asked, FACTS[asked.fact].in_words(value), value, bool(value), "", _told(asked, library),
                  source=_("told by the library"))


def _area(asked: Requirement, library: Library, known: Known) -> Answer:
    value = known.facts.get(library.pk, {}).get(asked.fact)
    if value is None:
        return _unknown(asked, library)
    lacks = _("%(n)s m² are missing") % {"n": AREA - value} if value < AREA else ""
    return Answer(asked, FACTS[asked.fact].in_words(value), value, value >= AREA, lacks, _told(asked, library),
                  source=_("told by the library"))


def _open(asked: Requirement, library: Library, known: Known) -> Answer:
    hours = known.hours.get(library.pk)
    tell = reverse("libraries:hours", args=[library.code])
    if hours is None:
        return Answer(asked, "", None, None, _("nobody told the opening hours"), tell)
    lacks = _("%(n)s hours a day are missing") % {"n": format(HOURS - hours, "f")} if hours < HOURS else ""
    return Answer(asked, _("%(n)s hours on the shortest day") % {"n": format(hours, "f")}, hours, hours >= HOURS, lacks, tell,
                  source=_("opening hours"))


def _staff(asked: Requirement, library: Library, known: Known) -> Answer:
    facts = known.facts.get(library.pk, {})
    counts = [facts[name] for name in ("staff_qualified", "staff_unqualified") if name in facts]
    if not counts or (len(counts) == 1 and counts[0] < STAFF):
        return _unknown(asked, library)
    n = sum(counts)
    lacks = ngettext("%(n)s person is missing", "%(n)s people are missing", STAFF - n) % {"n": STAFF - n} if n < STAFF else ""
    return Answer(asked, str(n), n, n >= STAFF, lacks, _told(asked, library), source=_("told by the library"))


def _education(asked: Requirement, library: Library, known: Known) -> Answer:
    value = known.facts.get(library.pk, {}).get(asked.fact)
    if value is None:
        return _unknown(asked, library)
    return Answer(asked, FACTS[asked.fact].in_words(value), value, value != "below", "", _told(asked, library),
                  source=_("told by the library"))


def _per_capita(asked: Requirement, library: Library, known: Known) -> Answer:
    residents, n = known.residents.get(library.pk), known.held.get(library.pk, Held()).titles
    if not residents:
        return Answer(asked, "", None, None, _("nobody told how many residents there are"), opens=_catalogue(library))
    ratio = (Decimal(n) / residents).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    needed = -(-residents * 25 // 1000)
    lacks = ngettext("%(n)s title is missing", "%(n)s titles are missing", needed - n) % {"n": needed - n} if n < needed else ""
    return Answer(asked, _("%(ratio)s (%(n)s titles for %(residents)s residents)") % {
        "ratio": ratio, "n": n, "residents": residents}, ratio, Decimal(n) >= Decimal(PER_CAPITA) * residents, lacks,
        opens=_catalogue(library), source=_("catalogue"))


def _policy(asked: Requirement, library: Library, known: Known) -> Answer:
    shelf = reverse("standards:shelf", args=[library.code])
    paper = known.papers.get(library.pk, {}).get(Paper.COLLECTION)
    if paper is None:
        return Answer(asked, "", None, None, _("no collection policy on the shelf of papers"), f"{shelf}baru/?jenis=collection")
    limit = _years_before(known.day, POLICY_YEARS)
    is_met = paper.dated_on >= limit
    return Answer(asked, paper.dated_on.strftime("%d-%m-%Y"), paper.dated_on, is_met,
                  "" if is_met else _("it is older than three years"), shelf, shelf, _("shelf of papers"))


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == (2, 29) else day.day)


JUDGES = {
    "titles": _titles, "recent": _recent, "kinds": _chosen(KINDS), "area": _area, "permanent": _yes, "land": _yes,
    "hours": _open, "services": _chosen(SERVICES), "staff": _staff, "head_education": _education, "head_trained": _yes,
    "titles_per_capita": _per_capita, "policy": _policy,
}


@dataclass(frozen=True)
class Together:
    """One requirement over many libraries."""

    requirement: Requirement
    met: int
    missed: int
    unknown: int


def together(answers: Mapping[UUID, Sequence[Answer]]) -> list[Together]:
    """In the order of effort, then of how few meet it."""
    count: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    asked: dict[str, Requirement] = {}
    for of_one in answers.values():
        for one in of_one:
            asked[one.requirement.code] = one.requirement
            count[one.requirement.code][0 if one.is_met else 2 if one.is_met is None else 1] += 1
    rows = [Together(asked[code], *n) for code, n in count.items()]
    return sorted(rows, key=lambda row: (row.requirement.effort, row.met))


def cheapest(answers: Sequence[Answer]) -> Answer | None:
    """What is missed and takes least; None: nothing is missed."""
    missed = [one for one in answers if one.is_met is False]
    return min(missed, key=lambda one: one.requirement.effort, default=None)

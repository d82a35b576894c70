"""Who comes and who does not, beside the people who live there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from simpul.core.measure import discover
from simpul.indicators.breaking import broken_down
from simpul.indicators.definitions import indicators
from simpul.indicators.models import RegionFact
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.indicators.receipts import label_of, order_of
from simpul.indicators.rollups.once import once
from simpul.libraries.models import Region
from simpul.overview.queries.ground import Ground, receipt

#: value of a disaggregation → fact of a region
RESIDENTS = {
    "sex": {"L": RegionFact.Name.MALE, "P": RegionFact.Name.FEMALE},
    "age_group": {"0-5": RegionFact.Name.AGE_TO_5, "6-12": RegionFact.Name.AGE_TO_12, "13-17": RegionFact.Name.AGE_TO_17,
                  "18-59": RegionFact.Name.AGE_TO_59, "60+": RegionFact.Name.AGE_OLDER},
}
MISSED = 0.6  # a group with less than this part of its share among the residents is hardly reached
ENOUGH = 30   # from so many visits on a share says something


@dataclass(frozen=True)
class Group:
    """Visits of a group, out of 100 visits whose group is known; residents: out of 100 residents. None: not known."""

    value: str
    label: str
    n: int
    percent: int | None
    residents: int | None
    is_missed: bool = False


@dataclass(frozen=True)
class Who:
    """A breakdown of visits. withheld: visits told in no group. unknown: visits whose group nobody said."""

    by: str
    groups: tuple[Group, ...]
    withheld: int
    unknown: int
    source: str
    receipt: str

    @property
    def known(self) -> int:
        return sum(group.n for group in self.groups)

    @property
    def missed(self) -> list[Group]:
        return [group for group in self.groups if group.is_missed]

    @property
    def bars(self) -> list[dict[str, object]]:
        return [{"label": group.label, "value": group.percent, "before": group.residents} for group in self.groups]


@dataclass(frozen=True)
class Lived:
    """A number of residents with its source."""

    value: int
    source: str
    from_on: date


def region_facts(regions: Collection[UUID], day: date, names: Sequence[str] | None = None) -> dict[UUID, dict[str, Lived]]:
    """What is known of regions on a day, by name. One question."""
    rows = RegionFact.objects.valid().filter(region__in=regions, from_on__lte=day)
    rows = rows if names is None else rows.filter(name__in=names)
    found: dict[UUID, dict[str, Lived]] = {}
    for region, name, value, source, from_on in rows.order_by("from_on").values_list(
            "region_id", "name", "value", "source", "from_on"):
        found.setdefault(region, {})[name] = Lived(value, source, from_on)
    return found


def who_came(place: Place, period: Period, by: str, today: date, *, is_outsider: bool) -> Who | None:
    """Visits by sex or age group beside the residents of the place's region. None: these readers are not told."""
    measure = discover()["visits"]
    broken = broken_down(indicators()["visits"].parts(period), place, period, (by,), is_outsider=is_outsider, today=today)
    if broken is None:
        return None
    cells = dict(broken.cells)
    unknown = cells.pop("", 0)
    known = sum(cells.values()) + (broken.rest or 0)
    lived, source = _residents(place, by, period.last)
    values = sorted({*cells, *(RESIDENTS.get(by, {}) if lived else ())}, key=lambda value: order_of(measure, (by,), value))
    groups = []
    for value in values:
        n, share = cells.get(value, 0), lived.get(value)
        # beside a rest a group that is not told may be large: nothing is said about it
        is_told = broken.rest is None or value in cells
        percent = round(100 * n / known) if known and is_told else None
        groups.append(Group(value, label_of(measure, (by,), value), n, percent, None if share is None else round(100 * share),
                            is_missed=_is_missed(n, known, share) and is_told and broken.rest is None))
    return Who(by, tuple(groups), broken.rest or 0, unknown, source, receipt("visits", place, period, by))


def _is_missed(n: int, known: int, share: float | None) -> bool:
    return share is not None and known >= ENOUGH and n < MISSED * share * known


def _residents(place: Place, by: str, day: date) -> tuple[Mapping[str, float], str]:
    """Value → part of the residents, where all of its values are known; and where that comes from."""
    region = place.region or (place.library.region if place.library else None)
    wanted = RESIDENTS.get(by, {})
    if region is None or not wanted:
        return {}, ""
    facts, where = _facts_of(region, list(wanted.values()), day)
    total = sum(row.value for row in facts.values())
    if not total:
        return {}, ""
    row = next(iter(facts.values()))
    return ({value: facts[name].value / total for value, name in wanted.items()},
            f"{where}: {row.source} ({row.from_on.year})")


def _facts_of(region: Region, names: Sequence[str], day: date) -> tuple[dict[str, Lived], str]:
    """Each of these facts of a region; of one of which nobody told them the sum of its kelurahan, where all of them are
    known. At most three questions."""
    own = region_facts([region.pk], day, names).get(region.pk, {})
    if set(names) <= set(own):
        return {name: own[name] for name in names}, region.full_name
    below = once(("below", region.code), lambda: list(Region.objects.current().filter(
        code__startswith=f"{region.code}.", level=Region.Level.VILLAGE).values_list("pk", flat=True))
    ) if region.level in (Region.Level.REGENCY, Region.Level.DISTRICT) else []
    known = region_facts(below, day, names) if below else {}
    if not below or any(not set(names) <= set(known.get(pk, {})) for pk in below):
        return {}, ""
    rows = {name: [known[pk][name] for pk in below] for name in names}
    return ({name: Lived(sum(row.value for row in of), of[0].source, min(row.from_on for row in of))
             for name, of in rows.items()},
            _("%(region)s, the sum of its kelurahan") % {"region": region.full_name})


@dataclass(frozen=True)
class Reach:
    """A kelurahan: its libraries' visits, its residents (None: nobody told), visits for every 100 residents."""

    code: str
    name: str
    libraries: int
    visits: int | None
    residents: int | None
    received: int
    expected: int

    @property
    def per_hundred(self) -> float | None:
        if self.visits is None or not self.residents:
            return None
        return round(100 * self.visits / self.residents, 1)


@dataclass(frozen=True)
class District:
    code: str
    name: str
    rows: tuple[Reach, ...]

    @property
    def visits(self) -> int | None:
        known = [row.visits for row in self.rows if row.visits is not None]
        return sum(known) if known else None

    @property
    def residents(self) -> int | None:
        known = [row.residents for row in self.rows]
        return None if None in known or not known else sum(n for n in known if n is not None)

    @property
    def received(self) -> int:
        return sum(row.received for row in self.rows)

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.rows)

    @property
    def per_hundred(self) -> float | None:
        if self.visits is None or not self.residents:
            return None
        return round(100 * self.visits / self.residents, 1)


def reach_of(ground: Ground, regions: Sequence[tuple[str, str, UUID, str, str]]) -> list[District]:
    """Kelurahan by kelurahan for the period; `regions` are (code, name, id, kecamatan's code, its name) in the order of
    their codes. A library counts where it stands today. One question."""
    months = [month for month in ground.period.months() if month in ground.covered]
    visits = ground.by_library("visits", months)
    at: dict[UUID, list[UUID]] = {}
    for library in ground.place.libraries:
        at.setdefault(library.region_id, []).append(library.pk)
    received, expected = _expected(ground, months)
    facts = region_facts([pk for _code, _name, pk, *_rest in regions], ground.period.last, [RegionFact.Name.POPULATION])
    districts: dict[tuple[str, str], list[Reach]] = {}
    for code, name, pk, above, above_name in regions:
        here = at.get(pk, [])
        lived = facts.get(pk, {}).get(RegionFact.Name.POPULATION)
        districts.setdefault((above, above_name), []).append(Reach(
            code, name, len(here), sum(visits.get(one, 0) for one in here) if received & set(here) else None,
            lived.value if lived else None, len(received & set(here)), len(expected & set(here))))
    return [District(code, name, tuple(rows)) for (code, name), rows in districts.items()]


def _expected(ground: Ground, months: Sequence[date]) -> tuple[set[UUID], set[UUID]]:
    """Libraries with records in one of the months, and those that were open in one."""
    from simpul.indicators.coverage import State

    received: set[UUID] = set()
    expected: set[UUID] = set()
    for month, there in zip(months, ground.with_records(months), strict=True):
        received |= there
        expected |= there | {pk for pk, state in ground.states(month).items() if state == State.SILENT}
    return received, expected

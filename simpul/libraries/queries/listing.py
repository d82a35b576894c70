"""The public list of libraries and what one library shows of itself."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from simpul.core.clock import local_date
from simpul.libraries.models import Closure, Library, LibraryQuerySet, Region
from simpul.libraries.queries.facts import KnownFact, facts_of
from simpul.libraries.queries.hours import OpeningDay, closure_on, hours_on, is_open, next_open_day, week_of

PAGE = 20
SHOWN = ("computers_public", "internet", "wifi_public", "printer", "scanner", "projector")


@dataclass(frozen=True)
class ListedLibrary:
    """A row of the list: `is_open` None where the hours are unknown; `closes` only while open, `opens` the time it
    opens later today."""

    library: Library
    is_open: bool | None
    closes: time | None
    opens: time | None
    closure: Closure | None


@dataclass(frozen=True)
class District:
    """A kecamatan with how many open libraries stand in it."""

    region: Region
    n: int


def filtered(*, text: str = "", district: str = "", kind: str = "", day: date, closed: bool = False) -> LibraryQuerySet:
    """Libraries that serve on the day (or, with `closed`, no more), narrowed by what the reader chose."""
    rows = Library.objects.filter(closed_on__lte=day) if closed else Library.objects.open_on(day)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(code__iexact=text) | Q(address__icontains=text)
                           | Q(region__name__icontains=text))
    if district:
        rows = rows.in_region(district)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.with_place().order_by("name", "code")


def list_page(rows: LibraryQuerySet, number: str | int, moment: datetime, *, open_now: bool) -> Page[Any]:
    """One page of twenty `ListedLibrary`, in a fixed number of queries. Open now is a question to each library's own
    clock, so it is asked of all before they are counted."""
    rows = rows.with_hours()
    if open_now:
        open_ones = [one for one in (_listed(library, moment) for library in rows) if one.is_open]
        return Paginator(open_ones, PAGE).get_page(number)
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = [_listed(library, moment) for library in page.object_list]
    return page


def _listed(library: Library, moment: datetime) -> ListedLibrary:
    today = local_date(moment, library.time_zone)
    return status_of(library, moment, hours_on(library, today))


def status_of(library: Library, moment: datetime, spans: Any) -> ListedLibrary:
    """Open or closed at the moment, with the times that matter."""
    now = moment.astimezone(ZoneInfo(library.time_zone)).time()
    closes = next((closes for opens, closes in spans or () if opens <= now < closes), None)
    opens = next((opens for opens, _closes in spans or () if opens > now), None)
    closure = closure_on(library, local_date(moment, library.time_zone))
    return ListedLibrary(library, is_open(library, moment), closes, opens if closes is None else None, closure)


def districts(city: Region, day: date) -> list[District]:
    """The kecamatan of the city that have libraries, with how many serve today."""
    counted: dict[str, int] = {}
    for code, n in Library.objects.open_on(day).order_by().values_list("region__code").annotate(n=Count("pk")):
        key = ".".join(code.split(".")[:3])
        counted[key] = counted.get(key, 0) + n
    rows = Region.objects.current().filter(parent=city).order_by("name")
    return [District(region, counted[region.code]) for region in rows if region.code in counted]


@dataclass(frozen=True)
class PublicProfile:
    """What anybody may read about a library."""

    library: Library
    status: ListedLibrary
    week: list[OpeningDay]
    next_open: date | None
    coming_closures: list[Closure]
    spaces: list[Any]
    stops: list[Any]
    comforts: list[str]   # accessibility it has
    equipment: list[str]  # computers, internet
    staff: int            # how many look after it; never who


def public_profile(library: Library, moment: datetime) -> PublicProfile:
    """Everything of the public page, in a fixed number of queries. Fetch `library` with its place and hours."""
    today = local_date(moment, library.time_zone)
    week = week_of(library, today)
    known = [one for one in facts_of(library, today) if one.value not in (None, False, 0, [])]
    closed_today = hours_on(library, today) == ()
    ahead = next_open_day(library, today) if closed_today else today
    return PublicProfile(
        library=library, status=status_of(library, moment, week[0].spans), week=week,
        next_open=ahead if ahead != today else None,
        coming_closures=sorted((c for c in library.closures.all() if c.withdrawn_at is None and c.last_on >= today),
                               key=lambda c: c.first_on),
        spaces=list(library.spaces.filter(is_closed=False).order_by("name")),
        stops=list(library.stops.filter(is_closed=False).select_related("region").order_by("weekday", "arrives")),
        comforts=[str(one.fact.label) for one in known if one.fact.section == "aksesibilitas"],
        equipment=[_as_equipment(one) for one in known if one.fact.section == "tik" and one.fact.name in SHOWN],
        staff=library.staff.on(today).exclude(role="mentor").count())


def _as_equipment(one: KnownFact) -> str:
    """`Wi-Fi for visitors`, or with its number `computers for visitors: 4`."""
    return str(one.fact.label) if isinstance(one.value, bool) else f"{one.fact.label}: {one.text}"

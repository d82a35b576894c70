"""Building the demonstration city, once, with progress."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from importlib import import_module
from uuid import UUID

from django.utils.translation import gettext as _
from faker import Faker

from simpul.catalogue.search import index_titles
from simpul.core import clock
from simpul.core.actor import COMMAND
from simpul.core.ids import derived_id
from simpul.core.models import NodeSetting
from simpul.indicators.rollups import marks
from simpul.libraries.actions import load_regions, set_up_city
from simpul.libraries.models import City, Library, OpeningHours, Placement, Region
from simpul.operations.demonstration import (
    activities,
    advocacy,
    courses,
    harvest,
    index_year,
    kits,
    lastday,
    learning,
    members,
    months,
    official,
    outcomes,
    plans,
    populations,
    replication,
    shelves,
    stories,
    training,
    voices,
    volunteers,
    year,
)
from simpul.operations.demonstration.cast import make_cast
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.words import GARDENS
from simpul.operations.demonstration.writing import insert
from simpul.people.models import MemberType

Progress = Callable[[int, int, str], None]
CITY = "36.71"
ROOT = UUID(int=SEED)
BUILT = "demonstration_built"
HOURS = {"office": (range(0, 5), time(8), time(15)), "city": (range(0, 7), time(8), time(17)),
         "garden": (range(1, 7), time(13), time(17))}


def is_built() -> bool:
    """Is the demonstration city here, to its last step?"""
    return NodeSetting.objects.filter(name=BUILT).exists()


def build(progress: Progress, *, today: date | None = None) -> None:
    """Make the whole demonstration city. Refuses nothing: call it on an empty data folder, after `is_built()`.

    `today` is the day after the invented year; the same day gives the same city.
    """
    today = today or clock.local_date(clock.now(), "Asia/Jakarta")
    marks.uninstall()  # one mark a row would cost seconds; at the end every day is marked
    chance = Chance(SEED)
    at = datetime.combine(today - timedelta(days=year.DAYS + 5), time(9), clock.JAKARTA)
    latest = datetime.combine(today - timedelta(days=1), time(9), clock.JAKARTA)
    progress(0, 100, _("regions of Indonesia"))
    load_regions(by=COMMAND, at=at, id=derived_id(ROOT, "regions"))
    progress(15, 100, _("libraries"))
    libraries = make_libraries(chance, at)
    make_cast(libraries, at.date())
    progress(20, 100, _("books"))
    names = invented_names()
    titles = shelves.make_titles(chance, names["L"] + names["P"], at)
    copies = shelves.make_copies(chance, libraries, titles, at, today)
    progress(35, 100, _("members"))
    member_type, _made = MemberType.objects.get_or_create(library=None, code="umum", defaults={"name": "Umum"})
    people = members.make_members(chance, libraries, names, member_type, at, latest, today)
    for library_members in people.values():
        for member in library_members:
            member.person  # noqa: B018 kept on the instance
    tell_year(chance, libraries, people, copies, today, progress)
    index_titles([title.pk for title in titles])  # now that it is known where each copy stands
    progress(95, 100, _("yesterday and today"))
    lastday.record(chance, libraries, people, copies, today)
    progress(97, 100, _("activities"))
    activities.record(libraries, names, today)
    learning.record(libraries, today)
    progress(98, 100, _("voices and surveys"))
    voices.record(libraries, today)
    stories.record(libraries, today)
    outcomes.record(libraries, today)
    courses.record(libraries, today)
    progress(99, 100, _("partners and advocacy"))
    _programme(libraries, names, today)
    marks.ensure()
    months.record(libraries, today)
    import_module("simpul.sync.demonstration").record(today)  # an app beside this one brings its own
    NodeSetting.objects.create(name=BUILT, value=today.isoformat())
    progress(100, 100, _("ready"))


def _programme(libraries: list[Library], names: dict[str, list[str]], today: date) -> None:
    """Partners, plans, the workshop and what grew from it; each follows from what is written before it."""
    advocacy.record(libraries, today)
    plans.record(libraries, today)
    training.record(libraries, names, today)
    kits.record(libraries, today)
    volunteers.record(libraries, names, today)
    replication.record(libraries, today)
    harvest.record(today)
    official.record(libraries, today)
    index_year.record(libraries, today)
    populations.record(today)


def make_libraries(chance: Chance, at: datetime) -> list[Library]:
    """The city's own and one for each kelurahan by the set-up action, sixteen reading gardens, opening hours."""
    region = Region.objects.get(code=CITY, level=Region.Level.REGENCY)
    set_up_city(region=region, with_libraries=True, by=COMMAND, at=at, id=derived_id(ROOT, "city"),
                is_demonstration=True)
    villages = list(Region.objects.filter(level=Region.Level.VILLAGE, code__startswith=CITY + ".").order_by("code"))
    gardens = [
        Library(id=chance.id_at(at), code=f"L{200 + n}", name=f"TBM {name} (demo)", kind=Library.Kind.TBM, region=where,
                is_demonstration=True)
        for n, (name, where) in enumerate(zip(GARDENS, chance.sample(villages, len(GARDENS)), strict=True), 1)]
    Library.objects.bulk_create(gardens)
    Placement.objects.bulk_create([
        Placement(id=derived_id(one.pk, "placement"), library=one, region_id=one.region_id) for one in gardens])
    libraries = list(Library.objects.select_related("region").order_by("code"))
    hours = []
    for library in libraries:
        days, opens, closes = HOURS[year.RHYTHM.get(Library.Kind(library.kind), "office")]
        hours += [OpeningHours(id=chance.id_at(at), library=library, weekday=weekday, opens=opens, closes=closes)
                  for weekday in days]
    OpeningHours.objects.bulk_create(hours)
    City.objects.update(is_demonstration=True)
    return libraries


def invented_names() -> dict[str, list[str]]:
    """Six hundred Indonesian names by sex, from Faker's lists with a fixed seed, without titles and degrees."""
    fake = Faker("id_ID")
    fake.seed_instance(SEED)
    return {"L": [f"{fake.first_name_male()} {fake.last_name_male()}" for _n in range(300)],
            "P": [f"{fake.first_name_female()} {fake.last_name_female()}" for _n in range(300)]}


def tell_year(chance: Chance, libraries: list[Library], people: dict, copies: dict, today: date,
              progress: Progress) -> None:
    """Write the year library by library, in one batch stream a table."""
    habits = year.habits_of(chance, libraries, today)
    total = len(habits)
    pending: dict[str, list] = {"visits": [], "loans": [], "uses": []}
    for n, habit in enumerate(habits):
        theirs, shelf = people.get(habit.library.pk, []), copies[habit.library.pk]
        pending["visits"] += year.visits_of(chance, habit, theirs, today)
        pending["loans"] += year.loans_of(chance, habit, theirs, shelf, today)
        pending["uses"] += year.uses_of(chance, habit, today)
        if n % 10 == 9 or n == total - 1:
            for rows in pending.values():
                insert(rows)
                rows.clear()
            progress(35 + 60 * n // total, 100, _("a year of visits and loans"))
    out = [copy for shelf in copies.values() for copy in shelf if copy.state == copy.State.ON_LOAN]
    type(out[0]).objects.bulk_update(out, ["state"], batch_size=500)

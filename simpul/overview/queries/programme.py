"""What the libraries do, with whom, what was asked of them, what it cost."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from simpul.activities.kinds import STRATEGIES
from simpul.activities.models import Activity, Contribution, Photo
from simpul.advocacy.models import Approach, Partner, Proposal, Result, Support
from simpul.gatherings.models import Attendance, Gathering
from simpul.indicators.breaking import broken_down
from simpul.indicators.definitions import indicators
from simpul.indicators.periods import Period
from simpul.indicators.places import Place
from simpul.libraries.models import Library
from simpul.overview.queries.ground import receipt
from simpul.stories.models import Audience, Story
from simpul.surveys import themes
from simpul.surveys.models import Meeting, Voice
from simpul.surveys.queries import SMALL

Libraries = Collection[UUID] | None


@dataclass(frozen=True)
class Strategy:
    key: str
    label: str
    n: int
    receipt: str


def strategies_of(place: Place, period: Period, today: date) -> list[Strategy]:
    """Activities by the three strategies; they name nobody, so everybody is told."""
    broken = broken_down(indicators()["activities"].parts(period), place, period, ("strategy",), is_outsider=False, today=today)
    cells = broken.cells if broken else {}
    return [Strategy(key, str(label), cells.get(key, 0), receipt("activities", place, period, "strategy"))
            for key, label in STRATEGIES]


def _of(rows: "QuerySet[Any]", libraries: Libraries, path: str = "library_id") -> "QuerySet[Any]":
    return rows if libraries is None else rows.filter(**{f"{path}__in": list(libraries)})


@dataclass(frozen=True)
class Asked:
    """A theme with the people behind it; answered: those whose wish was fulfilled."""

    key: str
    label: str
    people: int
    answered: int


@dataclass(frozen=True)
class Needs:
    """Themes of five people and more, most first; `others` are people behind smaller themes."""

    rows: tuple[Asked, ...]
    others: int
    meetings: int
    present: int

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows) + self.others

    @property
    def bars(self) -> list[dict[str, object]]:
        return [{"label": row.label, "value": row.people, "before": None} for row in self.rows]


def needs_of(libraries: Libraries, first: date, last: date) -> Needs:
    """What residents asked for; a theme of one to four people is not told apart. Two questions."""
    rows = _of(Voice.objects.counting().filter(local_date__range=(first, last)), libraries)
    people: dict[str, int] = defaultdict(int)
    answered: dict[str, int] = defaultdict(int)
    for theme, state, n in rows.order_by().values_list("theme", "state").annotate(n=Sum("people")):
        people[theme] += n
        answered[theme] += n if state == Voice.State.ANSWERED else 0
    large = {theme for theme, n in people.items() if n >= SMALL}
    small = sum(n for theme, n in people.items() if theme not in large)
    if 0 < small < SMALL and large:  # the rest itself would be a small group
        large.discard(min(large, key=lambda theme: (people[theme], theme)))
        small = sum(n for theme, n in people.items() if theme not in large)
    meetings = list(_of(Meeting.objects.filter(held_on__range=(first, last)), libraries).values_list("people", flat=True))
    told = tuple(Asked(theme, themes.label_of(theme), people[theme], _told_part(answered[theme], people[theme]))
                 for theme in sorted(large, key=lambda one: (-people[one], one)))
    return Needs(told, small if small >= SMALL else 0, len(meetings), sum(meetings))


def _told_part(part: int, whole: int) -> int:
    """A part beside whose whole no group of one to four stands; 0 where it does."""
    return part if part >= SMALL and (part == whole or whole - part >= SMALL) else 0


@dataclass(frozen=True)
class Helper:
    name: str
    kind: str
    gifts: int
    worth: int
    libraries: int


@dataclass(frozen=True)
class Means:
    """What it cost and who helped, whole rupiah. with_cost of `activities` wrote down what they cost."""

    cost: int
    with_cost: int
    activities: int
    helpers: tuple[Helper, ...]
    worth: int
    brought: int
    results: tuple[str, ...]


def means_of(libraries: Libraries, first: date, last: date, most: int = 12) -> Means:
    """Five questions for any number of libraries."""
    held = _of(Activity.objects.filter(gathering__state=Gathering.State.PUBLISHED, gathering__first_on__range=(first, last)),
               libraries)
    sums = held.aggregate(total=Sum("cost"), n=Count("pk"), with_cost=Count("cost"))
    gifts = _of(Contribution.objects.filter(
        activity__gathering__state=Gathering.State.PUBLISHED, activity__gathering__first_on__range=(first, last)),
        libraries, "activity__library_id").values_list("partner_id", "activity__library_id", "worth")
    supports = _of(Support.objects.filter(local_date__range=(first, last), voided_at__isnull=True), libraries).values_list(
        "partner_id", "library_id", "worth")
    by_partner: dict[UUID, list[Any]] = defaultdict(lambda: [0, 0, set()])
    for partner, library, worth in (*gifts, *supports):
        line = by_partner[partner]
        line[0], line[1] = line[0] + 1, line[1] + (worth or 0)
        line[2].add(library)
    names = Partner.objects.in_bulk(list(by_partner))
    helpers = sorted((Helper(names[key].name, str(names[key].get_kind_display()), n, worth, len(of))
                      for key, (n, worth, of) in by_partner.items()), key=lambda one: (-one.worth, -one.gifts, one.name))
    results = list(_of(Result.objects.filter(local_date__range=(first, last), voided_at__isnull=True).exclude(
        kind=Result.Kind.PROMISE), libraries).order_by("-worth", "what").values_list("what", "worth"))
    return Means(sums["total"] or 0, sums["with_cost"], sums["n"], tuple(helpers[:most]), sum(one.worth for one in helpers),
                 sum(worth or 0 for _what, worth in results), tuple(what for what, _worth in results[:5]))


@dataclass(frozen=True)
class Wish:
    """Something asked of an office: what, of whom, the state in words."""

    aim: str
    office: str
    state: str
    library: str


def wishes_of(libraries: Libraries, most: int = 8) -> list[Wish]:
    """What libraries want of offices and companies and have not reached."""
    rows = _of(Approach.objects.exclude(state__in=(Approach.State.ACHIEVED, Approach.State.NOT_NOW)), libraries)
    return [Wish(row.aim, row.office, str(row.get_state_display()), row.library.name)
            for row in rows.select_related("library").order_by("next_on", "pk")[:most]]


def proposal_of(library: Library, year: int) -> Proposal | None:
    """The proposal of this year or the one after."""
    return Proposal.objects.filter(library=library, year__in=(year, year + 1)).order_by("-year").first()


def stories_of(libraries: Libraries, audience: str, day: date, most: int = 3) -> list[Story]:
    """Verified ones whose consent reaches this audience today, those with a picture first."""
    rows = Story.objects.published_for(audience, day)
    rows = rows if libraries is None else rows.filter(library_id__in=list(libraries))
    found = list(rows.shown(day).order_by("-verified_on", "-pk")[:most * 4])
    return sorted(found, key=lambda story: not story.shown_pictures)[:most]


PUBLIC = Audience.PUBLIC
CITY = Audience.CITY
LIBRARY = Audience.LIBRARY


def pictures_of(libraries: Libraries, first: date, last: date, most: int = 6) -> list[Photo]:
    """Pictures of activities that may be public, the latest first, one of each activity."""
    rows = _of(Photo.objects.filter(is_public=True, activity__gathering__state=Gathering.State.PUBLISHED), libraries,
               "activity__library_id").select_related("file", "activity__gathering", "activity__library")
    within = rows.filter(activity__gathering__first_on__range=(first, last)).order_by("-activity__gathering__first_on", "pk")
    found: dict[UUID, Photo] = {}
    for row in within[:most * 3]:
        found.setdefault(row.activity_id, row)
    return list(found.values())[:most]


@dataclass(frozen=True)
class Held:
    """An activity with how many came."""

    title: str
    library: str
    day: date
    people: int


def held_in(libraries: Libraries, first: date, last: date, most: int = 6) -> list[Held]:
    """The activities with most people, none of fewer than five. One question."""
    rows = _of(Activity.objects.filter(gathering__state=Gathering.State.PUBLISHED,
                                       gathering__first_on__range=(first, last)), libraries)
    present = Q(gathering__sessions__attendance__voided_at__isnull=True,
                gathering__sessions__attendance__state=Attendance.State.PRESENT)
    found = rows.annotate(people=Sum("gathering__sessions__attendance__count", filter=present)).filter(
        people__gte=SMALL).order_by("-people", "pk").values_list(
            "gathering__title", "library__name", "gathering__first_on", "people")[:most]
    return [Held(title, library, day, people) for title, library, day, people in found]


def coming_in(libraries: Sequence[UUID], day: date, most: int = 4) -> list[tuple[date, str, str]]:
    """Public activities still to come: day, hours, title."""
    from simpul.activities.queries import lines, near_me

    found = lines(list(near_me(first=day).filter(library__in=libraries)[:most]), day)
    return [(line.session.local_date, str(line.session.hours), line.gathering.title) for line in found if line.session]

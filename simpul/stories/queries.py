"""Questions about stories. Whatever leaves a library goes through `Story.objects.published_for`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from simpul.activities.models import Activity
from simpul.circulation.models import Loan
from simpul.files.models import StoredFile
from simpul.gatherings.models import Attendance, Gathering, Registration
from simpul.gatherings.queries import Turnout, turnout
from simpul.libraries.models import Library, Region
from simpul.people.models import Person
from simpul.stories.kinds import Change, Theme
from simpul.stories.models import Audience, Choice, Evidence, Round, Story, StoryQuerySet
from simpul.surveys.models import Response

SMALL = 5  # sums of money are never shown of fewer people
SIX_WEEKS = timedelta(days=42)
STILL = timedelta(days=28)  # and for four weeks more somebody may be asked


def public_stories(day: date, *, theme: str = "", region: str = "", text: str = "") -> QuerySet[Story]:
    """What everybody may read, newest first, narrowed by theme, a region's code and words."""
    rows = Story.objects.published_for(Audience.PUBLIC, day)
    if theme in Theme.values:
        rows = rows.filter(theme=theme)
    if region:
        rows = rows.filter(Q(library__region__code=region) | Q(library__region__code__startswith=f"{region}."))
    for word in text.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(quote__icontains=word) | Q(before__icontains=word)
                           | Q(helped__icontains=word) | Q(after__icontains=word))
    return rows.shown(day).order_by("-verified_on", "-pk")


def public_story(code: str, day: date) -> Story | None:
    """One of them by the code of its address."""
    return public_stories(day).filter(code=code.replace("\x00", "")[:8]).first()


def newest_public(day: date, n: int = 3) -> list[Story]:
    """For the start page and a library's page."""
    return list(public_stories(day)[:n])


def regions_with_stories(day: date) -> list[Region]:
    """Kelurahan (or wider places) of libraries with a public story, by name."""
    return list(Region.objects.filter(
        libraries__in=Story.objects.published_for(Audience.PUBLIC, day).values("library")).distinct().order_by("name"))


@dataclass(frozen=True)
class Success:
    """A kisah sukses or testimony as the national report takes it; `photos` are files to attach."""

    code: str
    library: str
    place: str
    kind: str
    who: str
    theme: str
    change: str
    title: str
    before: str
    helped: str
    after: str
    quote: str
    income_before: int | None  # rupiah a month
    income_after: int | None
    verified_on: date | None
    photos: tuple[StoredFile, ...]
    is_testimony: bool = False


def kisah_sukses(libraries: Iterable[UUID], first: date, last: date, day: date) -> list[Success]:
    """Stories and testimonies of these libraries verified from `first` to `last` that may stand in the national report
    on `day`, in order of verification. Three queries."""
    rows = Story.objects.published_for(Audience.NATIONAL, day).filter(
        library__in=list(libraries), verified_on__gte=first, verified_on__lte=last)
    return [_success(row) for row in rows.shown(day).order_by("verified_on", "pk")]


def _success(row: Story) -> Success:
    return Success(
        code=row.code, library=row.library.name, place=row.library.region.full_name, kind=row.get_kind_display(),
        who=row.shown_name, theme=row.get_theme_display(), change=row.get_change_display(), title=row.headline,
        before=row.before, helped=row.helped, after=row.after, quote=row.quote, income_before=row.income_before,
        income_after=row.income_after, verified_on=row.verified_on,
        photos=tuple(photo.file for photo in row.shown_pictures), is_testimony=row.is_testimony)


@dataclass(frozen=True)
class IncomeChange:
    """How much more a month these people earn together, rupiah, and of how many it is the sum."""

    people: int
    more: int


def income_change(libraries: Iterable[UUID] | None, first: date, last: date, day: date) -> IncomeChange | None:
    """Of stories verified in the period that the city may read; None where fewer than five people told both amounts."""
    rows = Story.objects.published_for(Audience.CITY, day).filter(
        verified_on__gte=first, verified_on__lte=last, income_before__isnull=False, income_after__isnull=False)
    if libraries is not None:
        rows = rows.filter(library__in=list(libraries))
    told = rows.aggregate(people=Count("pk"), more=Sum(F("income_after") - F("income_before")))
    return IncomeChange(told["people"], told["more"]) if told["people"] >= SMALL else None


@dataclass(frozen=True)
class Behind:
    """An activity behind a story: how many came, and on which days she was there, as far as it is known."""

    activity: Activity
    turnout: Turnout
    her_days: tuple[date, ...]


@dataclass(frozen=True)
class Proofs:
    """What stands behind a story, for the library's own staff."""

    activities: tuple[Behind, ...]
    titles: tuple[Evidence, ...]
    loans: tuple[Evidence, ...]
    answers: tuple[tuple[Evidence, tuple[tuple[str, str], ...]], ...]


def proofs_of(story: Story) -> Proofs:
    """Activities with their turnout and her attendance, titles, loans, survey answers with their words."""
    rows = list(story.evidence.select_related("activity__gathering", "title", "loan__copy__title",
                                              "response__version__survey"))
    hers: dict[UUID, list[date]] = {}
    if story.person_id:
        for gathering, day in Attendance.objects.present().filter(person=story.person_id).values_list(
                "session__gathering", "local_date"):
            hers.setdefault(gathering, []).append(day)
    behind = tuple(Behind(row.activity, turnout(list(row.activity.gathering.sessions.values_list("pk", flat=True))),
                          tuple(sorted(hers.get(row.activity.gathering_id, []))))
                   for row in rows if row.activity is not None)
    return Proofs(behind, tuple(row for row in rows if row.title_id), tuple(row for row in rows if row.loan_id),
                  tuple((row, _answers(row.response)) for row in rows if row.response is not None))


def _answers(response: Response) -> tuple[tuple[str, str], ...]:
    told = []
    for question in response.version.questions.all():
        value = response.answers.get(question.key)
        if value is not None:
            words = dict(question.options)
            told.append((question.label, str(words.get(value, value) if isinstance(value, int) else value)))
    return tuple(told)


def public_evidence(story: Story) -> tuple[list[Activity], list[Evidence]]:
    """What a reader outside may follow: announced activities and titles. Never loans, never answers."""
    activities = Activity.objects.announced().filter(
        pk__in=story.evidence.filter(activity__isnull=False).values("activity")).select_related("gathering")
    return list(activities), list(story.evidence.filter(title__isnull=False).select_related("title"))


@dataclass(frozen=True)
class Offered:
    """What may stand behind a story: hers first, then her library's latest."""

    activities: list[tuple[Activity, bool]]  # (activity, was she there)
    loans: list[Loan]
    answers: list[Response]


def offered(story: Story, day: date, most: int = 40) -> Offered:
    """Four queries for any story."""
    hers = set(Attendance.objects.present().filter(person=story.person_id).values_list(
        "session__gathering", flat=True)) if story.person_id else set()
    there = set(story.evidence.filter(activity__isnull=False).values_list("activity", flat=True))
    rows = list(Activity.objects.filter(library=story.library_id, gathering__first_on__lte=day).exclude(
        gathering__state=Gathering.State.DRAFT).select_related("gathering").order_by("-gathering__first_on", "pk")[:200])
    rows.sort(key=lambda one: (one.pk not in there, one.gathering_id not in hers))
    loans = Loan.objects.valid().filter(library=story.library_id, member__person=story.person_id).select_related(
        "copy__title").order_by("-lent_at") if story.person_id else Loan.objects.none()
    answers = Response.objects.filter(library=story.library_id, voided_at__isnull=True).filter(
        Q(invitation__isnull=False) | Q(pk__in=story.evidence.filter(response__isnull=False).values("response")),
    ).select_related("version__survey", "invitation").order_by("-happened_at")
    return Offered([(one, one.gathering_id in hers) for one in rows[:most]], list(loans[:most]), list(answers[:20]))


def may_tell(library: Library, day: date) -> QuerySet[Registration]:
    """Who came six to ten weeks ago, agreed to be asked again, and did not begin a story since."""
    told = Story.objects.filter(library=library, name=OuterRef("name"))
    return Registration.objects.filter(
        Exists(Attendance.objects.present().filter(registration=OuterRef("pk"))), ~Exists(told),
        gathering__library=library, may_follow_up=True, gathering__last_on__lte=day - SIX_WEEKS,
        gathering__last_on__gte=day - SIX_WEEKS - STILL,
    ).exclude(name="").select_related("gathering").order_by("gathering__last_on", "number")


def members_named(library: Library, text: str, n: int = 8) -> list[Person]:
    """Members whose name holds these letters, to link a story to."""
    rows = Person.objects.present().filter(library=library, name__icontains=text.replace("\x00", "")[:60])
    return list(rows.order_by("name_key")[:n]) if len(text.strip()) > 2 else []


# --- rounds ------------------------------------------------------------------------------------------------


def group_of(library: Library) -> Region:
    """The kecamatan in which a library's stories are compared; the whole city for the city's own library."""
    return library.district or library.region


def libraries_in(region: Region) -> frozenset[UUID]:
    """Ids of the libraries of one group."""
    where = Q(region=region)
    if region.level == Region.Level.DISTRICT:
        where |= Q(region__parent=region)
    return frozenset(Library.objects.filter(where).values_list("pk", flat=True))


def in_round(round: Round, day: date) -> StoryQuerySet:
    """Stories that the city may read, verified in the round's period."""
    return Story.objects.published_for(Audience.CITY, day).filter(
        verified_on__gte=round.first_on, verified_on__lte=round.last_on)


def candidates(round: Round, level: str, theme: str, day: date, *, library: Library | None = None,
               region: Region | None = None) -> list[Story]:
    """Stories to choose from: a library's own; for a kecamatan what its libraries chose, and the only story of a
    library that had no choice; for the city the same of its kecamatan. Newest first."""
    rows = in_round(round, day).filter(theme=theme)
    if level == Choice.Level.LIBRARY and library is not None:
        rows = rows.filter(library=library)
    elif level == Choice.Level.GROUP and region is not None:
        rows = rows.filter(library__in=libraries_in(region))
    found = list(rows.shown(day).order_by("-verified_on", "-pk"))
    if level == Choice.Level.LIBRARY:
        return found
    found = _upwards(found, _chosen(round, Choice.Level.LIBRARY, theme), lambda one: one.library_id)
    if level == Choice.Level.GROUP:
        return found
    return _upwards(found, _chosen(round, Choice.Level.GROUP, theme), lambda one: group_of(one.library).pk)


def _chosen(round: Round, level: str, theme: str) -> dict[UUID, UUID]:
    """place → story."""
    return dict(round.choices.filter(level=level, theme=theme).values_list("place", "story"))


def _upwards(rows: list[Story], chosen: dict[UUID, UUID], place: Callable[[Story], UUID]) -> list[Story]:
    """One of each place: the chosen one, or the only one there is."""
    by_place: dict[UUID, list[Story]] = {}
    for row in rows:
        by_place.setdefault(place(row), []).append(row)
    return [row for row in rows if (there := by_place[place(row)])
            and (chosen.get(place(row)) == row.pk or len(there) == 1)]


@dataclass(frozen=True)
class Cell:
    """One place of the round in one domain: how many to choose from, and what was chosen."""

    theme: str
    label: str
    stories: int
    choice: Choice | None


@dataclass(frozen=True)
class Line:
    """A library or kecamatan with its domains that have stories."""

    place: UUID
    name: str
    code: str
    cells: tuple[Cell, ...]


def choices_of(round: Round, day: date) -> list[Choice]:
    """Choices whose story may still be read, with the story as it is shown; the city's first."""
    order = {Choice.Level.CITY: 0, Choice.Level.GROUP: 1, Choice.Level.LIBRARY: 2}
    stories = {one.pk: one for one in in_round(round, day).shown(day)}
    found = []
    for choice in round.choices.select_related("library", "region").order_by("theme", "chosen_at"):
        if choice.story_id in stories:
            choice.story = stories[choice.story_id]
            found.append(choice)
    return sorted(found, key=lambda one: order[Choice.Level(one.level)])


def round_groups(round: Round, day: date, *, only: frozenset[UUID] | None = None) -> list[Line]:
    """Kecamatan with stories of this round (of these libraries), each domain with what was chosen."""
    rows = list(in_round(round, day).select_related("library__region__parent"))
    if only is not None:
        rows = [row for row in rows if row.library_id in only]
    chosen = {(one.place, one.theme): one for one in choices_of(round, day) if one.level == Choice.Level.GROUP}
    groups: dict[UUID, Region] = {}
    counts: dict[tuple[UUID, str], int] = {}
    for row in rows:
        group = group_of(row.library)
        groups[group.pk] = group
        counts[group.pk, row.theme] = counts.get((group.pk, row.theme), 0) + 1
    return [Line(pk, group.full_name, group.code, tuple(
        Cell(theme, str(Theme(theme).label), counts[pk, theme], chosen.get((pk, theme)))
        for theme in Theme.values if (pk, theme) in counts))
        for pk, group in sorted(groups.items(), key=lambda pair: pair[1].name)]


def round_cells(round: Round, level: str, day: date, *, library: Library | None = None) -> list[Cell]:
    """The domains of one place: a library's, or the city's."""
    place = library.pk if library is not None else round.pk
    chosen = {one.theme: one for one in choices_of(round, day) if one.level == level and one.place == place}
    cells = []
    for theme in Theme.values:
        n = len(candidates(round, level, theme, day, library=library))
        if n:
            cells.append(Cell(theme, str(Theme(theme).label), n, chosen.get(theme)))
    return cells


def counted(rows: QuerySet[Story], field: str) -> list[tuple[str, int]]:
    """(label, n) by theme or kind of change, the most first."""
    names = dict(Theme.choices if field == "theme" else Change.choices)
    found = rows.exclude(**{field: ""}).order_by().values(field).annotate(n=Count("pk"))
    return sorted(((str(names.get(row[field], "–")), row["n"]) for row in found), key=lambda pair: -pair[1])


def tabs_of(library: Library) -> dict[str, int]:
    """How many stories of a library are in each state; one query."""
    return dict(Story.objects.present().filter(library=library).order_by().values_list("state").annotate(n=Count("pk")))

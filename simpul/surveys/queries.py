"""Questions that count across voices and surveys."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q, Sum

from simpul.core.models import NodeSetting
from simpul.surveys import themes
from simpul.surveys.models import Disclosure, Response, Survey, Voice

SMALL = 5  # groups under five are never broken down for anybody outside the library
SAFEGUARDING = "surveys.safeguarding"
HOTLINES = "surveys.hotlines"
OPEN_STATES = (Voice.State.NEW, Voice.State.ACCEPTED, Voice.State.PLANNED)


@dataclass(frozen=True)
class NeedGroup:
    """What people of one neighbourhood want of one theme. `people` counts those behind its voices; `voices` are
    their ids, oldest first; `neighbourhood` is "" where nobody said it."""

    theme: str
    neighbourhood: str
    people: int
    voices: tuple[UUID, ...]
    waiting: int = 0
    unplanned: int = 0  # people whose voice was noted and that no activity answers yet

    @property
    def label(self) -> str:
        return themes.label_of(self.theme)


def needs_of(library_id: UUID, *, states: Iterable[str] = OPEN_STATES) -> list[NeedGroup]:
    """Needs of a library in these states by theme and neighbourhood, those with most people first. Neighbourhoods
    are taken as alike whatever their capitals and spaces. One query."""
    found: dict[tuple[str, str], list[Voice]] = defaultdict(list)
    rows = Voice.objects.filter(library_id=library_id, state__in=list(states)).only(
        "id", "theme", "neighbourhood", "people", "state", "answered_by").order_by("happened_at", "recorded_at", "pk")
    for row in rows:
        found[row.theme, _alike(row.neighbourhood)].append(row)
    groups = [NeedGroup(
        theme=theme, neighbourhood=rows[0].neighbourhood.strip(), people=sum(row.people for row in rows),
        voices=tuple(row.pk for row in rows), waiting=sum(row.state == Voice.State.NEW for row in rows),
        unplanned=sum(row.people for row in rows if row.state == Voice.State.ACCEPTED and not row.answered_by))
        for (theme, _key), rows in found.items()]
    return sorted(groups, key=lambda group: (-group.people, group.theme, group.neighbourhood))


def spellings_of(library_id: UUID, neighbourhood: str) -> list[str]:
    """How people of a library wrote this neighbourhood: `RW 05`, `rw. 05`."""
    rows = Voice.objects.filter(library_id=library_id).order_by().values_list("neighbourhood", flat=True).distinct()
    return [written for written in rows if _alike(written) == _alike(neighbourhood)]


def _alike(neighbourhood: str) -> str:
    return " ".join(neighbourhood.casefold().replace(".", " ").split())


@dataclass(frozen=True)
class ThemeCount:
    theme: str
    voices: int
    people: int

    @property
    def label(self) -> str:
        return themes.label_of(self.theme)


def themes_of(libraries: Sequence[UUID] | None) -> list[ThemeCount]:
    """People behind open needs by theme, most first; None is the whole city. One query."""
    rows = Voice.objects.filter(state__in=OPEN_STATES)
    if libraries is not None:
        rows = rows.filter(library_id__in=libraries)
    found = rows.order_by().values("theme").annotate(n=Count("pk"), people=Sum("people"))
    return sorted((ThemeCount(row["theme"], row["n"], row["people"]) for row in found),
                  key=lambda one: (-one.people, one.theme))


@dataclass(frozen=True)
class LibraryVoices:
    library_id: UUID
    people: int
    waiting: int
    answered: int
    last_at: datetime | None


def voices_by_library(libraries: Sequence[UUID] | None, since: datetime) -> dict[UUID, LibraryVoices]:
    """What each library heard since a moment: one query for any number of libraries."""
    rows = Voice.objects.counting().filter(happened_at__gte=since)
    if libraries is not None:
        rows = rows.filter(library_id__in=libraries)
    found = rows.order_by().values("library_id").annotate(
        n=Sum("people"), waiting=Count("pk", filter=Q(state=Voice.State.NEW)),
        answered=Count("pk", filter=Q(state=Voice.State.ANSWERED)), last=Max("happened_at"))
    return {row["library_id"]: LibraryVoices(row["library_id"], row["n"], row["waiting"], row["answered"], row["last"])
            for row in found}


def safeguarding_account() -> UUID | None:
    """Whose eyes alone see disclosures; None while nobody is named."""
    row = NodeSetting.objects.filter(name=SAFEGUARDING).first()
    return UUID(row.value) if row and row.value else None


@dataclass(frozen=True)
class Hotline:
    """A number to call; `source` says where the city has it from, and "" that it has not checked it."""

    name: str
    number: str
    source: str = ""

    @property
    def is_checked(self) -> bool:
        return bool(self.source)


#: what the field knows; nobody of this city has checked them yet, and the pages say so
DEFAULT_HOTLINES = (Hotline("Panggilan darurat", "112"), Hotline("SAPA (kekerasan terhadap perempuan dan anak)", "129"))


def hotlines() -> list[Hotline]:
    """The numbers that stand beside messages about safety, as the coordinator set them."""
    row = NodeSetting.objects.filter(name=HOTLINES).first()
    return [Hotline(**told) for told in row.value] if row and row.value else list(DEFAULT_HOTLINES)


def disclosures_waiting() -> int:
    """How many wait for the safeguarding person: the only thing anybody else may know."""
    return Disclosure.objects.filter(handled_at__isnull=True).count()


def voices_lately(library_id: UUID, at: datetime, within: timedelta) -> int:
    """Unread voices that came over the public page within a time before `at`."""
    return Voice.objects.filter(library_id=library_id, source=Voice.Source.PAGE, state=Voice.State.NEW,
                                happened_at__gt=at - within).count()


def withheld_counts(counts: Sequence[int]) -> list[int | None]:
    """Parts of a whole that is known, as outsiders may see them: parts of 1 to 4 are withheld, and with them the next
    smallest parts until what is hidden holds at least two parts and five persons, so that no part follows from the
    total. A whole under five is withheld altogether."""
    if 0 < sum(counts) < SMALL:
        return [None] * len(counts)
    hidden = {n for n, count in enumerate(counts) if 0 < count < SMALL}
    if hidden:
        for n in sorted((n for n in range(len(counts)) if n not in hidden), key=lambda n: (counts[n] == 0, counts[n])):
            if len(hidden) > 1 and sum(counts[n] for n in hidden) >= SMALL:
                break
            hidden.add(n)
    return [None if n in hidden else count for n, count in enumerate(counts)]


def withheld_needs(groups: Sequence[NeedGroup]) -> list[dict[str, object]]:
    """Bars by theme for outsiders."""
    totals: dict[str, int] = defaultdict(int)
    for group in groups:
        totals[group.theme] += group.people
    return _bars(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))


def withheld_themes(counts: Sequence[ThemeCount]) -> list[dict[str, object]]:
    """Bars by theme of many libraries for those who see counts only."""
    return _bars([(one.theme, one.people) for one in counts])


def _bars(totals: Sequence[tuple[str, int]]) -> list[dict[str, object]]:
    shown = withheld_counts([n for _key, n in totals])
    return [{"label": themes.label_of(key), "value": n} for (key, _n), n in zip(totals, shown, strict=True)]


def open_ready_code(library_id: UUID, ready: str) -> str:
    """The public code of the library's open survey made from this file; "" where it has none."""
    return Survey.objects.filter(
        library=library_id, ready=ready, closed_at__isnull=True, closes_on__isnull=True,
        versions__published_at__isnull=False).order_by("pk").values_list("code", flat=True).first() or ""


def answers_by_library(libraries: Sequence[UUID], since: datetime) -> dict[UUID, int]:
    """Survey answers of each library since a moment: one query."""
    rows = Response.objects.filter(library_id__in=libraries, voided_at__isnull=True, happened_at__gte=since)
    return {row["library_id"]: row["n"] for row in rows.order_by().values("library_id").annotate(n=Count("pk"))}

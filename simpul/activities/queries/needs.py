"""Which needs an activity may answer, which it answers, and who of them can be told."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from simpul.activities.models import Activity
from simpul.core.models import reference
from simpul.surveys import themes
from simpul.surveys.models import Voice
from simpul.surveys.queries import SMALL, needs_of

OPEN = (Voice.State.ACCEPTED, Voice.State.PLANNED)  # read by the library: an unread voice may be about harm


def alike(neighbourhood: str) -> str:
    """`RW 05`, `rw. 05` and `RW  05` are one neighbourhood."""
    return " ".join(neighbourhood.casefold().replace(".", " ").split())


@dataclass(frozen=True)
class NeedChoice:
    """What people of one neighbourhood want of one theme; `voices` are those that no other activity answers."""

    theme: str
    neighbourhood: str
    people: int
    voices: tuple[UUID, ...]
    is_chosen: bool = False

    @property
    def key(self) -> str:
        """`skills|rw 05`: how a form names it."""
        return f"{self.theme}|{alike(self.neighbourhood)}"

    @property
    def label(self) -> str:
        return themes.label_of(self.theme)


def needs_to_choose(library_id: UUID, activity: Activity | None = None) -> list[NeedChoice]:
    """Open needs of a library that have been read and that no other activity answers, most people first; those that
    this activity answers are chosen. Two queries."""
    mine = reference(activity) if activity else "-"
    rows = Voice.objects.filter(library_id=library_id).filter(
        Q(state__in=OPEN, answered_by="") | Q(state__in=[*OPEN, Voice.State.ANSWERED], answered_by=mine))
    free = {pk: (people, by) for pk, people, by in rows.values_list("pk", "people", "answered_by")}
    found = []
    for group in needs_of(library_id, states=[*OPEN, Voice.State.ANSWERED]):
        ids = tuple(pk for pk in group.voices if pk in free)
        if ids:
            found.append(NeedChoice(group.theme, group.neighbourhood, sum(free[pk][0] for pk in ids), ids,
                                    any(free[pk][1] == mine for pk in ids)))
    return sorted(found, key=lambda one: (not one.is_chosen, -one.people, one.theme, one.neighbourhood))


def voices_behind(activity: Activity) -> QuerySet[Voice]:
    """The voices that an activity answers."""
    return Voice.objects.filter(library=activity.library_id, answered_by=reference(activity)).exclude(
        state=Voice.State.REMOVED)


def voices_to_tell(activity: Activity) -> QuerySet[Voice]:
    """Those behind it who left a number and were not told yet."""
    return voices_behind(activity).exclude(phone="").order_by("happened_at", "pk")


@dataclass(frozen=True)
class NeedBehind:
    """A theme that an activity answers, and how many people wanted it."""

    theme: str
    people: int

    @property
    def label(self) -> str:
        return themes.label_of(self.theme)

    @property
    def is_small(self) -> bool:
        """Too few to be told to outsiders as a number."""
        return self.people < SMALL


def needs_behind(activity: Activity) -> list[NeedBehind]:
    """By theme, most people first. One query."""
    totals: dict[str, int] = defaultdict(int)
    for theme, people in voices_behind(activity).values_list("theme", "people"):
        totals[theme] += people
    return [NeedBehind(theme, people) for theme, people in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))]

"""Questions about learning paths, each in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.text import capfirst

from simpul.activities.models import Activity
from simpul.activities.queries import Line, lines, near_me, with_gathering
from simpul.catalogue.models import DigitalResource
from simpul.catalogue.queries import Shelf, resources_of, shelves
from simpul.gatherings.models import Gathering
from simpul.learning.models import Path, Step
from simpul.libraries.models import Library, Region

MOST_COMING = 3     # activities at one step
LOOKED_AT = 200     # coming activities of all kinds of a path


def with_counts(rows: QuerySet[Path]) -> QuerySet[Path]:
    """Each with its library and `n_steps`."""
    return rows.select_related("library__region", "copied_from__library").annotate(
        n_steps=Count("steps", filter=Q(steps__removed_at=None), distinct=True))


def public_paths(*, theme: str = "", region: str = "") -> QuerySet[Path]:
    """Published paths, the nearest first: of this kelurahan, of its kecamatan, of the city, then the newest. Without
    `region` all of them."""
    rows = with_counts(Path.objects.published())
    if theme:
        rows = rows.filter(theme=theme)
    if not region:
        return rows.order_by("-is_city", "-published_at", "pk")
    here = Q(library__region__code=region) | Q(library__region__code__startswith=f"{region}.")
    near = Q(library__region__code__startswith=f"{region[:8]}.") if len(region) > 8 else here
    return rows.filter(here | near | Q(is_city=True)).annotate(distance=Case(
        When(here, then=Value(0)), When(near, then=Value(1)), default=Value(2), output_field=IntegerField())).order_by(
        "distance", "-published_at", "pk")


def regions_of_paths() -> list[Region]:
    """Kelurahan and kecamatan whose libraries have published paths, by name."""
    ids = Path.objects.published().order_by().values("library__region")
    above = Region.objects.filter(pk__in=ids).order_by().values("parent")
    return list(Region.objects.filter(Q(pk__in=ids) | Q(pk__in=above), level__gte=Region.Level.DISTRICT).order_by("name"))


def own_paths(library: Library) -> QuerySet[Path]:
    return with_counts(Path.objects.filter(library=library)).annotate(n_uses=Count("uses", distinct=True)).order_by(
        "state", "-recorded_at", "pk")


def paths_to_copy(library: Library) -> QuerySet[Path]:
    """Published paths of the others."""
    return with_counts(Path.objects.published().exclude(library=library)).order_by("-published_at", "pk")


@dataclass(frozen=True)
class StepShown:
    """A step with what stands behind it today. `is_there`: its title or material can still be had."""

    step: Step
    number: int
    is_there: bool = True
    shelves: list[Shelf] = field(default_factory=list)
    resources: list[DigitalResource] = field(default_factory=list)
    coming: list[Line] = field(default_factory=list)

    @property
    def heading(self) -> str:
        step = self.step
        if step.heading:
            return step.heading
        if step.kind == Step.Kind.BOOK and step.title:
            return step.title.title
        if step.kind == Step.Kind.MATERIAL and step.resource:
            return step.resource.label or step.resource.title.title
        if step.kind == Step.Kind.ACTIVITY:
            if step.activity and self.coming:
                return step.activity.gathering.title
            return capfirst(str(step.get_activity_kind_display()))
        return ""


def steps_of(path: Path, day: date, *, is_public: bool) -> list[StepShown]:
    """The steps in order with where books are now, which materials open and what is coming: at most eight queries. For
    the public what is no longer there is left out."""
    steps = list(path.steps.filter(removed_at=None).select_related(
        "title", "resource__title", "resource__file", "resource__library", "activity__gathering"))
    titles = [step.title_id for step in steps if step.title_id]
    places = shelves(titles, first=path.library.code) if titles else {}
    opened = resources_of(titles) if titles else {}
    coming = _coming(path, [step for step in steps if step.kind == Step.Kind.ACTIVITY], day)
    shown: list[StepShown] = []
    for step in steps:
        is_there = _is_there(step, day)
        if is_there or not is_public:
            shown.append(StepShown(
                step, len(shown) + 1, is_there, places.get(step.title_id, []) if step.title_id else [],
                [step.resource] if step.resource else opened.get(step.title_id, []) if step.title_id else [],
                coming.get(step.pk, [])))
    return shown


def _is_there(step: Step, day: date) -> bool:
    title = step.title or (step.resource.title if step.resource else None)
    if title is not None and (title.withdrawn_at or title.is_provisional):
        return False
    return step.resource is None or (
        step.resource.is_standing(day) and step.resource.access != DigitalResource.Access.STAFF)


def _coming(path: Path, steps: Sequence[Step], day: date) -> dict[object, list[Line]]:
    """Which announced activities a step leads to: its own while it is to come, else the next of its kind, those of the
    path's library first."""
    if not steps:
        return {}
    wanted = [step.activity_id for step in steps if step.activity_id]
    named = {one.pk: one for one in with_gathering(Activity.objects.filter(
        pk__in=wanted, gathering__state=Gathering.State.PUBLISHED, gathering__is_public=True,
        gathering__last_on__gte=day))} if wanted else {}
    kinds = sorted({step.activity_kind for step in steps if step.activity_id not in named})
    of_kind: dict[str, list[Activity]] = defaultdict(list)
    for one in near_me(kinds=kinds, first=day)[:LOOKED_AT] if kinds else ():
        of_kind[one.kind].append(one)
    chosen = {step.pk: [named[step.activity_id]] if step.activity_id in named else sorted(
        of_kind[step.activity_kind], key=lambda one: one.library_id != path.library_id)[:MOST_COMING] for step in steps}
    told = {line.activity.pk: line for line in lines(
        list({one.pk: one for ones in chosen.values() for one in ones}.values()), day)}
    return {step: [told[one.pk] for one in ones] for step, ones in chosen.items()}


def coming_activities(library: Library, day: date) -> list[Activity]:
    """What this library has announced, for the choice of a step."""
    return list(near_me(first=day).filter(library=library)[:30])

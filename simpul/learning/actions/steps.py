"""Steps are added, worded, moved without dragging, taken out and put back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from simpul.activities.kinds import KINDS
from simpul.activities.models import Activity
from simpul.catalogue.models import DigitalResource, Title
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.learning.actions.paths import MOST_STEPS
from simpul.learning.actions.refusals import StepUnclear, must_build
from simpul.learning.models import Path, Step


@dataclass(frozen=True)
class StepGiven:
    """What a step is: the first of title, resource, activity, kind of activity that is given; else its own words."""

    title: Title | None = None
    resource: DigitalResource | None = None
    activity: Activity | None = None
    activity_kind: str = ""
    heading: str = ""
    text: str = ""

    @property
    def kind(self) -> str:
        if self.title is not None:
            return Step.Kind.BOOK
        if self.resource is not None:
            return Step.Kind.MATERIAL
        return Step.Kind.ACTIVITY if self.activity is not None or self.activity_kind else Step.Kind.TEXT


@change("step.added", says=_("{by} added a step to {path}"))
def add_step(*, path: Path, title: Title | None = None, resource: DigitalResource | None = None,
             activity: Activity | None = None, activity_kind: str = "", heading: str = "", text: str = "", by: Actor,
             at: datetime, id: UUID) -> Step:
    """A step at the end of a path: one of title, resource, activity, kind of activity; else words of its own."""
    given = StepGiven(title, resource, activity, activity_kind, heading.strip()[:120], text.strip()[:600])
    must_build(by, path.library_id)
    kind = given.kind
    if kind == Step.Kind.TEXT and not (given.heading or given.text):
        raise StepUnclear(_("Write what to do in this step."), field="heading")
    if activity_kind and activity_kind not in KINDS:
        raise StepUnclear(_("Choose a kind of activity."), field="activity_kind")
    if activity is not None and (activity.gathering.is_draft or not activity.gathering.is_public):
        raise StepUnclear(_("Announce the activity first, then make it a step."), field="activity")
    Path.objects.select_for_update().get(pk=path.pk)  # two phones do not give two steps one place
    steps = path.steps.filter(removed_at=None)
    if steps.count() >= MOST_STEPS:
        raise StepUnclear(_("A path of more than 40 steps is two paths. Begin a second one."))
    last = path.steps.aggregate(n=Max("position"))["n"] or 0
    note(library=path.library_id)
    return Step.objects.create(
        id=derived_id(id, "step"), path=path, position=last + 1, kind=kind,
        title=title if kind == Step.Kind.BOOK else None, resource=resource if kind == Step.Kind.MATERIAL else None,
        activity=activity if kind == Step.Kind.ACTIVITY else None,
        activity_kind=(activity.kind if activity else activity_kind) if kind == Step.Kind.ACTIVITY else "",
        heading=given.heading, text=given.text)


@change("step.worded", says=_("{by} changed the words of a step"))
def change_step(*, step: Step, heading: str, text: str, by: Actor, at: datetime, id: UUID) -> Step:
    """What is said beside a step's book, material or activity."""
    must_build(by, step.path.library_id)
    heading, text = heading.strip()[:120], text.strip()[:600]
    if step.kind == Step.Kind.TEXT and not (heading or text):
        raise StepUnclear(_("Write what to do in this step."), field="heading")
    note(library=step.path.library_id)
    step.heading, step.text = heading, text
    step.save(update_fields=["heading", "text"])
    return step


@change("step.moved", says=_("{by} moved a step"))
def move_step(*, step: Step, up: bool, by: Actor, at: datetime, id: UUID) -> Step:
    """One place up or down; at the end it stays."""
    must_build(by, step.path.library_id)
    note(library=step.path.library_id)
    Path.objects.select_for_update().get(pk=step.path_id)
    steps = list(Step.objects.filter(path=step.path_id, removed_at=None))
    place = next((n for n, one in enumerate(steps) if one.pk == step.pk), None)
    if place is not None and 0 <= (other := place - 1 if up else place + 1) < len(steps):
        steps[place], steps[other] = steps[other], steps[place]
        for n, one in enumerate(steps, 1):
            one.position = n
        Step.objects.bulk_update(steps, ["position"])
    step.refresh_from_db()
    return step


@change("step.removed", says=_("{by} took a step out"))
def remove_step(*, step: Step, by: Actor, at: datetime, id: UUID) -> Step:
    """Out of the path; it can be put back."""
    must_build(by, step.path.library_id)
    note(library=step.path.library_id)
    step.removed_at = at
    step.save(update_fields=["removed_at"])
    return step


@change("step.restored", says=_("{by} put a step back"))
def restore_step(*, step: Step, by: Actor, at: datetime, id: UUID) -> Step:
    """Undo: the step stands where it stood."""
    must_build(by, step.path.library_id)
    note(library=step.path.library_id)
    step.removed_at = None
    step.save(update_fields=["removed_at"])
    return step

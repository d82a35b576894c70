"""What a kit holds becomes the library's own work by one tap: a form a survey, a template an activity, both drafts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from simpul.activities.actions import Details, plan_activity
from simpul.activities.kinds import KINDS
from simpul.activities.models import Activity
from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions import SessionGiven
from simpul.kits.actions.refusals import WrongText
from simpul.kits.models import Item, PartDone
from simpul.kits.permissions import can_use
from simpul.kits.queries import CARRIED_OUT, one_shown
from simpul.libraries.models import Library
from simpul.surveys.actions import make_survey, write_question
from simpul.surveys.models import Survey

#: what a form of a kit is for → what a survey is for
PURPOSES = {"need": Survey.Purpose.NEED, "baseline": Survey.Purpose.NEED, "feedback": Survey.Purpose.FEEDBACK,
            "outcomes": Survey.Purpose.OUTCOMES, "plan": Survey.Purpose.FEEDBACK}
IN_TWO_WEEKS, AT_THREE = timedelta(days=14), 15
USUAL_MINUTES = 90
NEEDS = 40


@change("kit.form_used", says=_("{by} made a survey of {library} from {item}"))
def use_form(*, item: Item, library: Library, by: Actor, at: datetime, id: UUID) -> Survey:
    """A survey of the library, as a draft with the form's questions as they read here. Raises NotAllowed, WrongText."""
    words = _words(item, "form", library, by)
    survey = make_survey(library=library, title=str(words["title"])[:120], purpose=PURPOSES[words["purpose"]], by=by, at=at,
                         id=derived_id(id, "survey"))
    for one in words.get("questions", ()):
        write_question(survey=survey, kind=one["kind"], text=one["text"], choices=one.get("choices", ()),
                       is_required=one.get("is_required", True), by=by, at=at, id=derived_id(id, f"question {one['key']}"))
    note(library=library.pk, item=item)
    return survey


@change("kit.template_used", says=_("{by} drafted an activity of {library} from {item}"))
def use_template(*, item: Item, library: Library, by: Actor, at: datetime, id: UUID) -> Activity:
    """An activity of the library, as a draft two weeks ahead with the template's aim, needs and cost; everything can be
    changed before it is announced. Raises NotAllowed, WrongText."""
    words = _words(item, "activity", library, by)
    begins = (at.astimezone(ZoneInfo(library.time_zone)) + IN_TWO_WEEKS).replace(hour=AT_THREE, minute=0, second=0, microsecond=0)
    ends = begins + timedelta(minutes=words.get("minutes") or USUAL_MINUTES)
    kind = words["kind"] if words["kind"] in KINDS else "other"
    details = Details(kind=kind, objective=str(words.get("aim", ""))[:400], cost=words.get("cost") or None)
    made = plan_activity(library=library, title=str(words["title"])[:120], details=details, sessions=[SessionGiven(begins, ends)],
                         by=by, at=at, id=derived_id(id, "activity"))
    needs = [*words.get("needs", ()), *words.get("steps", ())]
    if needs:
        made.checklist = [{"text": text[:120], "done": False} for text in needs[:NEEDS]]
        made.save(update_fields=["checklist"])
    note(library=library.pk, item=item)
    return made


@change("kit.part_done", says=_("{by} carried out {item} at {library}"))
def tell_done(*, item: Item, library: Library, by: Actor, at: datetime, id: UUID) -> PartDone:
    """The library carried this part out. Twice is once. Raises NotAllowed, WrongText."""
    if not can_use(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    if item.kind not in CARRIED_OUT:
        raise WrongText(_("This cannot be used so."))
    note(library=library.pk)
    made, _is_new = PartDone.objects.get_or_create(library=library, item=item, defaults={
        "id": derived_id(id, "done"), "done_on": clock.local_date(at, library.time_zone), "recorded_at": at})
    return made


@change("kit.part_undone", says=_("{by} took back that {item} was carried out at {library}"))
def untell_done(*, item: Item, library: Library, by: Actor, at: datetime, id: UUID) -> int:
    """It was a slip. Raises NotAllowed."""
    if not can_use(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    note(library=library.pk)
    return PartDone.objects.filter(library=library, item=item).delete()[0]


def _words(item: Item, kind: str, library: Library, by: Actor) -> dict[str, Any]:
    if not can_use(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    if item.kind != kind:
        raise WrongText(_("This cannot be used so."))
    return one_shown(item).words

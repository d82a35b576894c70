"""From a need to an activity, and back to those who voiced it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.actions.keeping import need_keeper
from simpul.activities.models import Activity
from simpul.activities.queries import needs_to_choose, voices_behind
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.models import reference
from simpul.gatherings.actions import cancel_gathering
from simpul.surveys.actions import answer_need
from simpul.surveys.models import Voice


@change("activity.needs_chosen", says=_("{by} chose which needs “{activity}” answers: {n} voices"))
def choose_needs(*, activity: Activity, voices: Sequence[UUID], by: Actor, at: datetime, id: UUID) -> int:
    """These voices are answered by this activity and no others: they are planned (or done, where it was reported);
    those left out wait again. Voices of other libraries, unread ones and those that another activity answers are
    passed over. How many it answers now. Raises NotAllowed."""
    need_keeper(by, activity.library_id)
    n = link_needs(activity, voices, by, at, id)
    note(n=n)
    return n


def link_needs(activity: Activity, voices: Sequence[UUID], by: Actor, at: datetime, id: UUID) -> int:
    """As one step of the change that names the voices."""
    free = {pk for choice in needs_to_choose(activity.library_id, activity) for pk in choice.voices}
    chosen = [pk for pk in voices if pk in free]
    rows = voices_behind(activity)
    dropped = list(rows.exclude(pk__in=chosen).values_list("pk", flat=True))
    added = set(chosen) - set(rows.values_list("pk", flat=True))
    _mark(activity, dropped, Voice.State.ACCEPTED, "", by, at, derived_id(id, "dropped"))
    state = Voice.State.ANSWERED if activity.reported_at else Voice.State.PLANNED
    _mark(activity, sorted(added), state, reference(activity), by, at, derived_id(id, "added"))
    return len(set(chosen))


def needs_are_done(activity: Activity, by: Actor, at: datetime, id: UUID) -> int:
    """What was planned for these voices took place: a step of the change that reports it."""
    planned = list(voices_behind(activity).filter(state=Voice.State.PLANNED).values_list("pk", flat=True))
    return _mark(activity, planned, Voice.State.ANSWERED, reference(activity), by, at, derived_id(id, "done"))


@change("activity.called_off", says=_("{by} called “{activity}” off; {n} voices wait again"))
def cancel_activity(*, activity: Activity, by: Actor, at: datetime, id: UUID) -> Activity:
    """It does not take place: who registered is to be told, and the needs that it was to answer wait again. Raises
    as `cancel_gathering`."""
    need_keeper(by, activity.library_id)
    activity.gathering = cancel_gathering(gathering=activity.gathering, by=by, at=at, id=derived_id(id, "gathering"))
    waiting = list(voices_behind(activity).filter(state=Voice.State.PLANNED).values_list("pk", flat=True))
    note(n=_mark(activity, waiting, Voice.State.ACCEPTED, "", by, at, derived_id(id, "needs")))
    return activity


def _mark(activity: Activity, voices: Sequence[UUID], state: str, answered_by: str, by: Actor, at: datetime,
          id: UUID) -> int:
    """What is not shown to everybody stays so."""
    shown = set(Voice.objects.filter(pk__in=voices, is_shown=True).values_list("pk", flat=True))
    n = 0
    for is_shown in (True, False):
        part = [pk for pk in voices if (pk in shown) == is_shown]
        if part:
            n += answer_need(library=activity.library, voices=part, state=state, answered_by=answered_by,
                             is_shown=is_shown, by=by, at=at, id=derived_id(id, f"shown {is_shown}"))
    return n

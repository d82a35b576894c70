"""What changed for those who came: a baseline when they register, one right after, a follow-up six weeks later."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions.planning import need_planner
from simpul.gatherings.models import Attendance, Gathering, Notice, Registration
from simpul.messages.queries import is_set_up
from simpul.surveys.actions import invite, open_ready_survey
from simpul.surveys.models import Invitation

BEFORE, AFTER, LATER = "outcomes-baseline", "outcomes-after", "outcomes-followup"
SIX_WEEKS = timedelta(weeks=6)
FOLLOW_UP = "follow-up"
AT_ONCE = 100


@change("gathering.outcomes_asked", says=_("{by} changed whether “{gathering}” asks what it brings"))
def ask_outcomes(*, gathering: Gathering, is_wanted: bool, by: Actor, at: datetime, id: UUID) -> Gathering:
    """From now on those who register are asked before, right after and six weeks later, or no longer. The ready-made
    surveys of the library are opened where they are not. Raises NotAllowed."""
    need_planner(by, gathering.library_id)
    if is_wanted:
        for ready in (BEFORE, AFTER, LATER):
            open_ready_survey(library=gathering.library, ready=ready, by=by, at=at, id=derived_id(id, ready))
    gathering.asks_outcomes = is_wanted
    gathering.save(update_fields=["asks_outcomes"])
    return gathering


@change("follow_ups.invited", says=_("{by} put {n} participants on the lists for six weeks later"))
def invite_participants(*, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 100 who were there and agreed to be asked stand on their library's follow-up list, each once a gathering;
    how many. The schedule calls it until nothing is left."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    rows = list(to_be_invited(at)[:AT_ONCE])
    for row in rows:
        gathering = row.gathering
        survey = open_ready_survey(library=gathering.library, ready=LATER, by=by, at=at, id=derived_id(id, f"survey {row.pk}"))
        invite(survey=survey, label=row.name[:80], phone=row.phone, email=row.email, about=gathering.title[:120],
               about_id=gathering.pk, due_on=_six_weeks_after(gathering.last_on, at), channel=_channel(row), by=by, at=at,
               id=derived_id(id, f"invitation {row.pk}"))
        Notice.objects.create(id=derived_id(id, f"notice {row.pk}"), registration=row, occasion=FOLLOW_UP,
                              via=Notice.Via.MAIL if row.email else Notice.Via.WHATSAPP, told_at=at)
    note(n=len(rows))
    return len(rows)


def to_be_invited(at: datetime) -> QuerySet[Registration]:
    """Participants of gatherings that ended within the last six weeks."""
    today = clock.local_date(at, "Asia/Jakarta")
    present = Attendance.objects.present().filter(
        session__gathering__asks_outcomes=True, session__gathering__last_on__gte=today - SIX_WEEKS)
    return Registration.objects.filter(
        pk__in=present.values("registration"), may_follow_up=True, gathering__asks_outcomes=True,
        gathering__last_on__lt=today, gathering__last_on__gte=today - SIX_WEEKS).exclude(name="").exclude(
        phone="", email="").exclude(notices__occasion=FOLLOW_UP).select_related("gathering__library").order_by(
        "gathering", "number")


def _six_weeks_after(last_on: date | None, at: datetime) -> date:
    return (last_on or clock.local_date(at, "Asia/Jakarta")) + SIX_WEEKS


def _channel(row: Registration) -> str:
    if row.phone:
        return Invitation.Channel.WHATSAPP
    return Invitation.Channel.MAIL if is_set_up() else Invitation.Channel.KIOSK

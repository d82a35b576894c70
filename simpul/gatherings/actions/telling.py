"""Telling: marked by staff for each ready message, done by the schedule for each e-mail."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.gatherings.actions.planning import need_planner
from simpul.gatherings.actions.refusals import NotDue
from simpul.gatherings.letters import feedback_path, letter_about
from simpul.gatherings.models import Notice, Registration, Session
from simpul.gatherings.telling import NEWS, THANKS, Telling, tellings
from simpul.messages.actions import put_message
from simpul.surveys.queries import open_ready_code

AT_ONCE = 200


@change("registration.notified", says=_("{by} told {registration} what is due"))
def tell(*, registration: Registration, occasion: str, by: Actor, at: datetime, id: UUID) -> Registration:
    """Somebody sent her the ready message. `occasion` is that of a `Telling`. Twice is once. Raises NotAllowed, NotDue."""
    need_planner(by, registration.gathering.library_id)
    note(library=registration.gathering.library_id)
    if occasion.partition(":")[0] not in (NEWS, "reminder", THANKS) or len(occasion) > 80:
        raise NotDue(_("This is not to be told."))
    _told(registration, occasion, Notice.Via.WHATSAPP, at, id)
    return registration


@change("registration.not_notified", says=_("{by} took back that {registration} was told"))
def untell(*, registration: Registration, occasion: str, by: Actor, at: datetime, id: UUID) -> Registration:
    """It was a slip: she stands on the list again. Raises NotAllowed."""
    need_planner(by, registration.gathering.library_id)
    note(library=registration.gathering.library_id)
    if occasion.startswith(NEWS):
        Registration.objects.filter(pk=registration.pk).update(told_at=None)
    else:
        Notice.objects.filter(registration=registration, occasion=occasion, via=Notice.Via.WHATSAPP).delete()
    return registration


@change("registrants.mailed", says=_("{by} put {n} e-mails for registrants in the outbox"))
def tell_by_mail(*, by: Actor, at: datetime, id: UUID) -> int:
    """Up to 200 e-mails that are due; how many. Each occasion once; who stopped e-mail counts as told."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    due = mails_due(at)[:AT_ONCE]
    sessions = _sessions_of(due)
    for one in due:
        row = one.registration
        letter = letter_about(row, sessions.get(row.gathering_id, []), about=one.about, feedback=_feedback(one))
        put_message(key=f"gatherings.{one.occasion}:{row.pk}", to=row.email, subject=letter.subject, text=letter.text,
                    library_id=row.gathering.library_id, expires_at=one.until, at=at, id=id)
        _told(row, one.occasion, Notice.Via.MAIL, at, derived_id(id, f"{row.pk}"))
    note(n=len(due))
    return len(due)


def mails_due(at: datetime) -> list[Telling]:
    return [one for one in tellings(at) if one.by_mail]


def _sessions_of(due: list[Telling]) -> dict[UUID, list[Session]]:
    found: dict[UUID, list[Session]] = {}
    ids = {one.registration.gathering_id for one in due}
    for session in Session.objects.filter(gathering__in=ids).select_related("library"):
        found.setdefault(session.gathering_id, []).append(session)
    return found


def _feedback(one: Telling) -> str:
    gathering = one.registration.gathering
    if one.about != THANKS or not gathering.asks_outcomes:
        return ""
    code = open_ready_code(gathering.library_id, "outcomes-after")
    return feedback_path(gathering, code) if code else ""


def _told(registration: Registration, occasion: str, via: str, at: datetime, id: UUID) -> None:
    if occasion.startswith(NEWS):
        Registration.objects.filter(pk=registration.pk).update(told_at=at)
    else:
        Notice.objects.get_or_create(registration=registration, occasion=occasion, defaults={
            "id": derived_id(id, f"notice {occasion}"), "via": via, "told_at": at})

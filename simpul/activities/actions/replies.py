"""Every report gets a human reply."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.actions.keeping import need_keeper
from simpul.activities.models import Activity, Reply
from simpul.activities.permissions import can_reply
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed, Refusal


class ReplyMissing(Refusal):
    code = "reply_missing"


class NothingReported(Refusal):
    code = "nothing_reported"


@change("report.answered", says=_("{by} answered the report of “{activity}”"))
def answer_report(*, activity: Activity, text: str, by: Actor, at: datetime, id: UUID) -> Reply:
    """A sentence or two from mentor, coordinator or city library to those who carried an activity. Raises NotAllowed
    (her own library's too), NothingReported, ReplyMissing."""
    if not can_reply(by, activity.library_id):
        raise NotAllowed(_("Reports are answered by the mentor, the coordinator or the city library."))
    if activity.reported_at is None:
        raise NothingReported(_("Nothing is reported yet."))
    said = " ".join(text.replace("\x00", "").split())[:400]
    if len(said) < 3:
        raise ReplyMissing(_("Write a sentence, or tap one of the ready ones."), field="text")
    role = Reply.As.COORDINATOR if by.is_coordinator else (
        Reply.As.MENTOR if activity.library_id in by.mentor_of else Reply.As.CITY_LIBRARY)
    return Reply.objects.create(id=derived_id(id, "reply"), activity=activity, text=said, by_account_id=by.id,
                                said_as=role, said_at=at)


@change("reply.withdrawn", says=_("{by} took a reply to the report of “{activity}” back"))
def withdraw_reply(*, reply: Reply, by: Actor, at: datetime, id: UUID) -> int:
    """Undo, by whoever said it. Raises NotAllowed."""
    if by.id is None or reply.by_account_id != by.id:
        raise NotAllowed(_("Only whoever wrote it takes it back."))
    note(activity=reply.activity, library=reply.activity.library_id)
    reply.delete()
    return 1


@change("reply.read", says=_("{by} read the reply to the report of “{reply}”"))
def read_reply(*, reply: Reply, by: Actor, at: datetime, id: UUID) -> Reply:
    """Somebody of the library has read it; the first time counts. Raises NotAllowed."""
    need_keeper(by, reply.activity.library_id)
    note(library=reply.activity.library_id)
    if reply.read_at is None:
        reply.read_at = at
        reply.save(update_fields=["read_at"])
    return reply

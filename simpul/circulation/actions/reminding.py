"""Who was reminded when."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy

from simpul.circulation.actions.refusals import allow
from simpul.circulation.models import Reminder
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.libraries.models import Library
from simpul.people.models import Member


@change("member.reminded", says=gettext_lazy("{by} reminded {member} of what is due"))
def note_reminder(*, library: Library, member: Member, by: Actor, at: datetime, id: UUID) -> Reminder:
    """Remember that this member was reminded; the text is not kept."""
    allow(by, library.pk)
    return Reminder.objects.create(id=id, library=library, member=member, at=at, by_id=by.id)

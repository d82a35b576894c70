"""Notes from one duty to the next, and thanks."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.libraries.models import Library
from simpul.volunteers.actions.refusals import NothingGiven, Stopped, need_keeper, need_thanker
from simpul.volunteers.models import Handover, Helper, Thanks, account_of


@change("handover.left", says=_("{by} left a note for the next duty at {library}"))
def leave_note(*, library: Library, text: str, by: Actor, at: datetime, id: UUID) -> Handover:
    """Raises NothingGiven, NotAllowed."""
    need_keeper(by, library.pk)
    if not text.strip():
        raise NothingGiven(_("What should the next one know?"), field="text")
    return Handover.objects.create(id=derived_id(id, "note"), library=library, text=text.strip()[:300],
                                   by_id=account_of(by), happened_at=at)


@change("handover.read", says=_("{by} read a note of the last duty at {library}"))
def mark_note_read(*, note: Handover, by: Actor, at: datetime, id: UUID) -> Handover:
    need_keeper(by, note.library_id)
    if note.read_at is None:
        note.read_at, note.read_by_id = at, account_of(by)
        note.save(update_fields=["read_at", "read_by"])
    return note


@change("handover.unread", says=_("{by} put a note of the last duty at {library} back"))
def mark_note_unread(*, note: Handover, by: Actor, at: datetime, id: UUID) -> Handover:
    need_keeper(by, note.library_id)
    note.read_at = note.read_by = None
    note.save(update_fields=["read_at", "read_by"])
    return note


@change("volunteers.thanked", says=_("{by} thanked volunteers of {library}"))
def thank(*, library: Library, text: str, helper: Helper | None = None, by: Actor, at: datetime, id: UUID) -> Thanks:
    """One helper, or all of them. Mentor and coordinator, who see no names, thank all. Raises NothingGiven, Stopped,
    NotAllowed."""
    need_thanker(by, library.pk)
    if helper is not None:
        need_keeper(by, library.pk)
        if helper.forgotten_at is not None:
            raise Stopped(_("She no longer helps here."), field="helper")
    if not text.strip():
        raise NothingGiven(_("Say in a few words what for."), field="text")
    return Thanks.objects.create(id=derived_id(id, "thanks"), library=library, helper=helper, text=text.strip()[:300],
                                 by_id=account_of(by), happened_at=at)


@change("volunteers.thanks_taken_back", says=_("{by} took back thanks at {library}"))
def take_back_thanks(*, thanks: Thanks, by: Actor, at: datetime, id: UUID) -> Thanks:
    need_thanker(by, thanks.library_id)
    if thanks.taken_back_at is None:
        thanks.taken_back_at = at
        thanks.save(update_fields=["taken_back_at"])
    return thanks

"""Sending a story to be checked, checking it with her, hiding it for a while."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor, ActorKind
from simpul.core.change import change
from simpul.core.refusal import NotAllowed
from simpul.stories.actions.refusals import CannotChange, ConsentMissing, NotToldYet, WrongDay
from simpul.stories.actions.steps import fresh
from simpul.stories.actions.writing import need_words
from simpul.stories.models import Story, StoryConsent
from simpul.stories.permissions import can_check, can_tell


@change("story.submitted", says=_("{by} sent a story of {library} to be checked"))
def submit(*, story: Story, by: Actor, at: datetime, id: UUID) -> Story:
    """Told, agreed to in these very words, and for more than this library. Raises NotAllowed, CannotChange,
    NotToldYet, ConsentMissing."""
    if not can_tell(by, story.library_id):
        raise NotAllowed(_("You do not work at this library."))
    row = fresh(story)
    if not row.is_open:
        raise CannotChange(_("This story was sent already."))
    need_words(row)
    consent = consent_in_force(row, at)
    if not consent.reaches_city:
        raise ConsentMissing(_("She agreed to this library only, so nobody else reads the story and nothing is sent."))
    row.state, row.word, row.touched_at = Story.State.WAITING, "", at
    row.save(update_fields=["state", "word", "touched_at"])
    return row


def consent_in_force(row: Story, at: datetime) -> StoryConsent:
    """Her consent to these very words. Raises ConsentMissing."""
    consent: StoryConsent | None = row.consents.in_force(
        clock.local_date(at, row.library.time_zone)).first()
    if consent is None:
        raise ConsentMissing(_("Ask for her consent first."))
    if consent.words != row.words:
        raise ConsentMissing(_("The words changed since she agreed. Read them to her and record her consent again."))
    return consent


@change("story.verified", says=_("{by} verified a story of {library}"))
def verify(*, story: Story, how: str, checked_on: date, by: Actor, at: datetime, id: UUID) -> Story:
    """A mentor or the coordinator asked her: it is true, and she wants it told. From now on those may read it whom
    the consent names. Raises NotAllowed, CannotChange, ConsentMissing, WrongDay."""
    if not can_check(by, story.library_id):
        raise NotAllowed(_("A mentor of this library or the coordinator checks stories."))
    row = fresh(story)
    if row.state != Story.State.WAITING:
        raise CannotChange(_("This story does not wait to be checked."))
    consent = consent_in_force(row, at)
    if not consent.reaches_city:
        raise ConsentMissing(_("She agreed to this library only, so nobody else reads the story and nothing is sent."))
    if how not in Story.How.values:
        raise NotToldYet(_("Choose how you checked it with her."), field="how")
    if not row.local_date <= checked_on <= clock.local_date(at, row.library.time_zone):
        raise WrongDay(_("Choose a day between the telling and today."), field="checked_on")
    row.state, row.verified_how, row.verified_on, row.touched_at = Story.State.VERIFIED, how, checked_on, at
    row.verified_by_id = by.id if by.kind == ActorKind.ACCOUNT else None
    row.save(update_fields=["state", "verified_how", "verified_on", "verified_by", "touched_at"])
    return row


@change("story.sent_back", says=_("{by} sent a story of {library} back with a word"))
def send_back(*, story: Story, word: str, by: Actor, at: datetime, id: UUID) -> Story:
    """With a word of what is missing. Raises NotAllowed, CannotChange, NotToldYet."""
    if not can_check(by, story.library_id):
        raise NotAllowed(_("A mentor of this library or the coordinator checks stories."))
    row = fresh(story)
    if row.state != Story.State.WAITING:
        raise CannotChange(_("This story does not wait to be checked."))
    if not word.strip():
        raise NotToldYet(_("Say in a word what is missing."), field="word")
    row.state, row.word, row.touched_at = Story.State.BACK, word.strip()[:300], at
    row.save(update_fields=["state", "word", "touched_at"])
    return row


@change("story.hidden", says=_("{by} took a story of {library} down for a while"))
def hide(*, story: Story, by: Actor, at: datetime, id: UUID) -> Story:
    """Nobody outside reads it until it is shown again. Raises NotAllowed."""
    return _set_hidden(story, True, by)


@change("story.shown", says=_("{by} showed a story of {library} again"))
def show(*, story: Story, by: Actor, at: datetime, id: UUID) -> Story:
    return _set_hidden(story, False, by)


def _set_hidden(story: Story, is_hidden: bool, by: Actor) -> Story:
    if not (can_tell(by, story.library_id) or can_check(by, story.library_id)):
        raise NotAllowed(_("You do not work at this library."))
    row = fresh(story)
    row.is_hidden = is_hidden
    row.save(update_fields=["is_hidden"])
    return row

"""What the actions of this room share: a story fetched anew, and forgotten for good."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.refusal import NotAllowed
from simpul.files import storage
from simpul.files.models import StoredFile
from simpul.stories.actions.refusals import CannotChange
from simpul.stories.models import Story, StoryConsent
from simpul.stories.permissions import can_write

EMPTY = {"name": "", "alias": "", "title": "", "theme": "", "before": "", "helped": "", "after": "", "quote": "",
         "change": "", "word": "", "income_before": None, "income_after": None, "person": None, "verified_by": None,
         "verified_how": "", "verified_on": None}


def fresh(story: Story) -> Story:
    """The row as it is now, locked until the change is over. Raises CannotChange where it was withdrawn."""
    row = Story.objects.select_for_update().select_related("library").get(pk=story.pk)
    if row.state == Story.State.GONE:
        raise CannotChange(_("This story was withdrawn."))
    return row


def need_writer(by: Actor, story: Story) -> None:
    if not can_write(by, story):
        raise NotAllowed(_("Only the library's own staff, or she herself, writes this story."))


def remove_files(ids: Iterable[object]) -> None:
    """Rows now, bytes as soon as the change stands."""
    for stored in StoredFile.objects.filter(pk__in=list(ids)):
        pk = stored.pk
        stored.delete()
        transaction.on_commit(lambda pk=pk: storage.remove(pk))  # type: ignore[misc]


def end_consent(story: Story, why: str, at: datetime) -> None:
    """The consent in force ends; of it stay the facts, without names and without the sheet."""
    proofs = []
    for consent in StoryConsent.objects.filter(story=story):
        proofs.append(consent.evidence_id)
        consent.witness = consent.guardian = consent.relation = ""
        consent.evidence = None
        if consent.ended_at is None:
            consent.ended_at, consent.ended = at, why
        consent.save()
    remove_files(pk for pk in proofs if pk)


def remove_photos(story: Story) -> None:
    files = list(story.photos.values_list("file_id", flat=True))
    story.photos.all().delete()
    remove_files(files)


def forget(story: Story, why: str, at: datetime) -> None:
    """Nothing of it is left but that it was: words, names, pictures, proof, evidence and choices go."""
    end_consent(story, why, at)
    remove_photos(story)
    story.evidence.all().delete()
    story.choices.all().delete()
    Story.objects.filter(pk=story.pk).update(state=Story.State.GONE, gone_at=at, touched_at=at, **EMPTY)

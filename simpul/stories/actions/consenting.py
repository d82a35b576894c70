"""Agreeing, withdrawing, and what happens when the time is over."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.files.actions import store_picture
from simpul.stories.actions.refusals import CannotChange, GuardianMissing, NotToldYet, ProofMissing, WrongDay
from simpul.stories.actions.steps import forget, fresh, need_writer, remove_files, remove_photos
from simpul.stories.actions.writing import delete_draft, need_words
from simpul.stories.models import Story, StoryConsent
from simpul.stories.permissions import can_tell, is_herself
from simpul.stories.wordings import current

LONGEST = timedelta(days=5 * 366)
DRAFT_KEPT = timedelta(days=90)  # after somebody last wrote on it
A_BATCH = 50


@change("story.agreed", says=_("{by} recorded consent to a story of {library}"))
def give_consent(*, story: Story, until_on: date, how: str, for_city: bool = False, for_public: bool = False,
                 for_national: bool = False, with_photo: bool = False, with_name: bool = False, witness: str = "",
                 guardian: str = "", relation: str = "", evidence: Any = None, words: str = "", by: Actor, at: datetime,
                 id: UUID) -> StoryConsent:
    """She, or a child's guardian, agrees to the words as they stand; a consent before it is replaced, pictures go
    where she no longer wants them. `words` is the fingerprint of what was read to her, where the page knows it.
    Raises NotAllowed, NotToldYet, CannotChange, GuardianMissing, ProofMissing, WrongDay."""
    need_writer(by, story)
    row = fresh(story)
    if words and words != row.words:
        raise CannotChange(_("The words changed in the meantime. Read the story once more."))
    need_words(row)
    day = clock.local_date(at, row.library.time_zone)
    _need_proof(row, how, witness, guardian, relation, evidence, by)
    if with_name and not row.name:
        raise NotToldYet(_("Write her name down first, or show the alias."), field="with_name")
    if not day < until_on <= day + LONGEST:
        raise WrongDay(_("Choose a day after today, at most five years ahead."), field="until_on")
    stored = store_picture(upload=evidence, library_id=row.library_id, at=at, id=derived_id(id, "file")) \
        if evidence is not None and how == StoryConsent.How.SHEET else None
    _replace(row, at)
    if not with_photo:
        remove_photos(row)
    row.touched_at = at
    row.save(update_fields=["touched_at"])
    return StoryConsent.objects.create(
        id=derived_id(id, "consent"), story=row, for_city=for_city, for_public=for_public, for_national=for_national,
        with_photo=with_photo, with_name=with_name, until_on=until_on, how=how, witness=witness.strip()[:80],
        guardian=guardian.strip()[:80] if row.is_child else "", relation=relation.strip()[:40] if row.is_child else "",
        evidence=stored, wording=current().version, words=row.words, given_at=at)


def _need_proof(row: Story, how: str, witness: str, guardian: str, relation: str, evidence: Any, by: Actor) -> None:
    if (how == StoryConsent.How.LINK) != is_herself(by, row) or how not in StoryConsent.How.values:
        raise ProofMissing(_("Choose how the consent was given."), field="how")
    if row.is_child and not guardian.strip():
        raise GuardianMissing(_("A child's story needs a parent or guardian: write the name."), field="guardian")
    if row.is_child and not relation.strip():
        raise GuardianMissing(_("Write what she is to the child: mother, grandfather …"), field="relation")
    if how == StoryConsent.How.SHEET and evidence is None:
        raise ProofMissing(_("Add a photo of the signed sheet."), field="evidence")
    if how == StoryConsent.How.WITNESS and not witness.strip():
        raise ProofMissing(_("Write who was there when consent was given."), field="witness")


def _replace(row: Story, at: datetime) -> None:
    """The consent before stays readable as a fact; its sheet goes, because the newer one proves more."""
    for old in row.consents.filter(ended_at__isnull=True):
        proof = old.evidence_id
        old.evidence, old.ended_at, old.ended = None, at, StoryConsent.Ended.REPLACED
        old.save()
        remove_files([proof] if proof else [])


@change("story.withdrawn", says=_("A story of {library} was withdrawn"))
def withdraw(*, story: Story, by: Actor, at: datetime, id: UUID) -> int:
    """She no longer wants it told: at once it is on no page, list, report or export, its words are empty, its files
    deleted. Withdrawn already: nothing is left to do. Raises NotAllowed."""
    if not (is_herself(by, story) or can_tell(by, story.library_id) or by.is_node):
        raise NotAllowed(_("Only the library's own staff, or she herself, writes this story."))
    row = Story.objects.select_for_update().get(pk=story.pk)
    if row.state == Story.State.GONE:
        return 0
    forget(row, StoryConsent.Ended.WITHDRAWN, at)
    return 1


def over(at: datetime) -> Any:
    """Stories whose consent is over by the clock of their library, and was not replaced."""
    latest = clock.local_date(at, "Asia/Jayapura")  # the earliest midnight of the country
    return StoryConsent.objects.over(latest).select_related("story__library").order_by("until_on")


def abandoned(at: datetime) -> Any:
    """Drafts nobody agreed to and nobody wrote on for ninety days."""
    agreed = StoryConsent.objects.filter(story=OuterRef("pk"), ended_at__isnull=True)
    return Story.objects.filter(~Exists(agreed), state__in=(Story.State.DRAFT, Story.State.BACK),
                                touched_at__lt=at - DRAFT_KEPT)


@change("stories.expired", says=_("{by} deleted {n} stories whose consent was over or that nobody finished"))
def expire(*, by: Actor, at: datetime, id: UUID) -> int:
    """What the schedule does; how many stories. Raises NotAllowed."""
    if not by.is_node:
        raise NotAllowed(_("Only the schedule of the node does this."))
    n = 0
    for consent in over(at)[:A_BATCH]:
        story = Story.objects.select_for_update().select_related("library").get(pk=consent.story_id)
        if consent.until_on < clock.local_date(at, story.library.time_zone):
            forget(story, StoryConsent.Ended.EXPIRED, at)
            n += 1
    for story in abandoned(at)[:A_BATCH]:
        delete_draft(story)
        n += 1
    note(n=n)
    return n

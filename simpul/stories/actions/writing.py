"""Writing a story down, step by step, with what the system knows about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.models import Activity
from simpul.catalogue.models import Title
from simpul.circulation.models import Loan
from simpul.core import clock, secrets
from simpul.core.actor import Actor
from simpul.core.change import change
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.files.actions import store_picture
from simpul.libraries.models import Library
from simpul.people.models import Person
from simpul.stories.actions.refusals import CannotChange, NoPhotoAllowed, NotToldYet, TooManyPhotos
from simpul.stories.actions.steps import fresh, need_writer, remove_files
from simpul.stories.kinds import Change, Theme
from simpul.stories.models import Evidence, Story, StoryPhoto
from simpul.stories.permissions import can_tell, is_herself
from simpul.surveys.models import Response

MOST_PHOTOS, MOST_EVIDENCE = 6, 60
TEXTS = {"name": 80, "alias": 80, "title": 120, "before": 1500, "helped": 1500, "after": 1500, "quote": 400}
CHOSEN = {"theme": set(Theme.values), "change": set(Change.values)}
AMOUNTS = ("income_before", "income_after")


@change("story.begun", says=_("{by} began to write a story down at {library}"))
def begin_story(*, library: Library, kind: str = Story.Kind.STORY, name: str = "", alias: str = "", is_child: bool = False,
                person: Person | None = None, activity: Activity | None = None, by: Actor, at: datetime,
                id: UUID) -> Story:
    """A draft of a library; `person` where she is a member, `activity` where it began. Raises NotAllowed."""
    if not can_tell(by, library.pk):
        raise NotAllowed(_("You do not work at this library."))
    if person is not None and person.library_id != library.pk:
        raise NotAllowed(_("You do not work at this library."))
    story = Story.objects.create(
        id=derived_id(id, "story"), library=library, kind=kind if kind in Story.Kind.values else Story.Kind.STORY,
        code=secrets.new_code(8), name=_clean(name, 80), alias=_clean(alias, 80), is_child=is_child, person=person,
        happened_at=at, touched_at=at, local_date=clock.local_date(at, library.time_zone))
    if activity is not None and activity.library_id == library.pk:
        Evidence.objects.create(id=derived_id(id, "evidence"), story=story, activity=activity)
    return story


@change("story.written", says=_("{by} wrote on a story of {library}"))
def write_story(*, story: Story, told: Mapping[str, Any], activities: Sequence[UUID] | None = None, by: Actor, at: datetime,
                id: UUID) -> Story:
    """Keep what a prompt asked for: any of the story's words, its theme and kind of change, rupiah, is_child. With
    `activities` (ids) those of her library stand behind it instead of the ones before. Raises NotAllowed,
    CannotChange."""
    need_writer(by, story)
    row = fresh(story)
    if not row.is_open:
        raise CannotChange(_("This story is being checked or was verified. Take it back first to change its words."))
    for key, most in TEXTS.items():
        if key in told:
            setattr(row, key, _clean(str(told[key] or ""), most))
    for key, allowed in CHOSEN.items():
        if key in told:
            setattr(row, key, told[key] if told[key] in allowed else "")
    for key in AMOUNTS:
        if key in told:
            setattr(row, key, told[key])
    if "is_child" in told:
        row.is_child = bool(told["is_child"])
    row.touched_at = at
    row.save()
    if activities is not None:
        _set(row, "activity", Activity.objects.filter(library=row.library_id, pk__in=list(activities)), id)
    return row


@change("story.evidence_set", says=_("{by} named what stands behind a story of {library}"))
def set_evidence(*, story: Story, activities: Sequence[UUID] = (), titles: Sequence[UUID] = (), loans: Sequence[UUID] = (),
                 responses: Sequence[UUID] = (), by: Actor, at: datetime, id: UUID) -> Story:
    """The activities, titles, loans and survey answers behind it, instead of those before. Loans must be hers, answers
    her library's; others are passed over. Raises NotAllowed."""
    if is_herself(by, story) or not can_tell(by, story.library_id):
        raise NotAllowed(_("You do not work at this library."))
    row = fresh(story)
    hers = Loan.objects.valid().filter(library=row.library_id, member__person=row.person_id, pk__in=list(loans))
    _set(row, "activity", Activity.objects.filter(library=row.library_id, pk__in=list(activities)), id)
    _set(row, "title", Title.objects.filter(pk__in=list(titles)), id)
    _set(row, "loan", hers if row.person_id else Loan.objects.none(), id)
    _set(row, "response", Response.objects.filter(library=row.library_id, pk__in=list(responses)), id)
    return row


def _set(story: Story, what: str, wanted: Any, id: UUID) -> None:
    ids = list(wanted.values_list("pk", flat=True)[:MOST_EVIDENCE])
    story.evidence.filter(**{f"{what}__isnull": False}).exclude(**{f"{what}__in": ids}).delete()
    there = set(story.evidence.filter(**{f"{what}__in": ids}).values_list(f"{what}_id", flat=True))
    Evidence.objects.bulk_create([Evidence(id=derived_id(id, f"{what} {pk}"), story=story, **{f"{what}_id": pk})
                                  for pk in ids if pk not in there])


@change("story.photo_added", says=_("{by} added a picture to a story of {library}"))
def add_story_photo(*, story: Story, picture: Any, caption: str = "", by: Actor, at: datetime, id: UUID) -> StoryPhoto:
    """A picture she agreed to: only while a consent with photo is in force. Raises NotAllowed, CannotChange,
    NoPhotoAllowed, TooManyPhotos, UploadRefused."""
    need_writer(by, story)
    row = fresh(story)
    day = clock.local_date(at, row.library.time_zone)
    if not row.consents.in_force(day).filter(with_photo=True).exists():
        raise NoPhotoAllowed(_("She has not agreed to pictures. Ask her first and record her consent."), field="picture")
    if row.photos.count() >= MOST_PHOTOS:
        raise TooManyPhotos(_("Six pictures are enough. Take one away first."), field="picture")
    stored = store_picture(upload=picture, library_id=row.library_id, at=at, id=derived_id(id, "file"))
    return StoryPhoto.objects.create(id=derived_id(id, "photo"), story=row, file=stored, caption=_clean(caption, 160),
                                     added_at=at)


@change("story.photo_removed", says=_("{by} removed a picture of a story"))
def remove_story_photo(*, photo_id: UUID, story: Story, by: Actor, at: datetime, id: UUID) -> int:
    """The row at once, the bytes with it. A picture that is gone already is no mistake."""
    need_writer(by, story)
    photo = StoryPhoto.objects.filter(pk=photo_id, story=story).first()
    if photo is None:
        return 0
    file = photo.file_id
    photo.delete()
    remove_files([file])
    return 1


@change("story.taken_back", says=_("{by} took a story of {library} back to change its words"))
def take_back(*, story: Story, by: Actor, at: datetime, id: UUID) -> Story:
    """It becomes a draft again and is nowhere until it was checked once more. Choices of it end. Raises NotAllowed."""
    if not can_tell(by, story.library_id):
        raise NotAllowed(_("You do not work at this library."))
    row = fresh(story)
    row.choices.all().delete()
    row.state, row.touched_at = Story.State.DRAFT, at
    row.verified_by, row.verified_how, row.verified_on = None, "", None
    row.save()
    return row


@change("story.discarded", says=_("{by} threw a draft of a story away"))
def discard_draft(*, story: Story, by: Actor, at: datetime, id: UUID) -> int:
    """A story nobody finished: gone altogether. Raises NotAllowed, CannotChange."""
    need_writer(by, story)
    row = fresh(story)
    if not row.is_open:
        raise CannotChange(_("Only a draft can be thrown away. Withdraw the story instead."))
    delete_draft(row)
    return 1


def delete_draft(row: Story) -> None:
    """A draft with all that belongs to it."""
    files = [*row.photos.values_list("file_id", flat=True),
             *row.consents.exclude(evidence=None).values_list("evidence_id", flat=True)]
    row.delete()
    remove_files(files)


def need_words(story: Story) -> None:
    """Is it told? Raises NotToldYet with the field that is missing."""
    wanted = ("quote", "theme") if story.is_testimony else ("before", "helped", "after", "change", "quote", "theme")
    for field in wanted:
        if not getattr(story, field):
            raise NotToldYet(_("Something is still missing: go through the questions once more."), field=field)


def _clean(text: str, most: int) -> str:
    return text.replace("\x00", "").strip()[:most]

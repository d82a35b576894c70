"""Invented stories of change in every state, with drawn pictures, and a round that is being chosen."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from simpul.accounts.models import Account
from simpul.activities.models import Activity
from simpul.core.actor import Role
from simpul.core.clock import JAKARTA
from simpul.core.secrets import READABLE
from simpul.files import storage
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.libraries.models import Library
from simpul.operations.demonstration.drawing import scene
from simpul.operations.demonstration.ids import SEED, Chance
from simpul.operations.demonstration.tales import REASONS, TALES
from simpul.stories.models import Choice, Evidence, Round, Story, StoryConsent, StoryPhoto
from simpul.stories.queries import group_of

ALL = {"for_city": True, "for_public": True, "for_national": True}


def record(libraries: Sequence[Library], today: date) -> None:
    """Fifteen stories: the cast's library holds one of every state."""
    chance = Chance(SEED + 11)
    own = next(one for one in libraries if one.region.code == "36.71.01.1007")
    near = [one for one in libraries if one.region.code.startswith("36.71.01.") and one.pk != own.pk]
    far = [one for one in libraries if not one.region.code.startswith("36.71.01.") and one.kind != Library.Kind.CITY]
    places = {"own": [own], "near": chance.sample(near, 4), "far": chance.sample(far, 6)}
    by = Account.objects.filter(roles__role=Role.MENTOR, is_demonstration=True).first()
    city = Account.objects.filter(roles__role=Role.COORDINATOR, is_demonstration=True).first()
    told: list[Story] = []
    for n, tale in enumerate(TALES):
        group = places[tale["where"]]
        story = _story(chance, tale, group[n % len(group)], today)
        if story.state == Story.State.VERIFIED:
            story.verified_by = by if tale["where"] != "far" else city
        story.save(force_insert=True)
        _consent(chance, story, tale, today)
        _evidence(chance, story, tale)
        told.append(story)
    _round(chance, [one for one, tale in zip(told, TALES, strict=True) if tale.get("consent") == "all"], today)


def _story(chance: Chance, tale: dict[str, Any], library: Library, today: date) -> Story:
    on = today - timedelta(days=tale["ago"])
    at = datetime.combine(on, time(chance.randint(9, 15), chance.randint(0, 59)), JAKARTA)
    words = {key: tale[key] for key in ("name", "alias", "is_child", "title", "theme", "before", "helped", "after", "quote",
                                        "change", "income_before", "income_after", "word", "kind") if key in tale}
    state = tale.get("state", Story.State.VERIFIED)
    checked = {"verified_on": min(on + timedelta(days=4), today), "verified_how": chance.choice(Story.How.values)} \
        if state == Story.State.VERIFIED else {}
    return Story(id=chance.id_at(at), library=library, code="".join(chance.choice(READABLE) for _n in range(8)), state=state,
                 happened_at=at, local_date=on, touched_at=at, recorded_at=at, **words, **checked)


def _consent(chance: Chance, story: Story, tale: dict[str, Any], today: date) -> None:
    """For everybody, for the library only, or none yet; a picture where she agreed to it."""
    if "consent" not in tale:
        return
    at = story.happened_at + timedelta(days=1)
    StoryConsent.objects.create(
        id=chance.id_at(at), story=story, until_on=today + timedelta(days=tale.get("left", 600)), with_photo="scene" in tale,
        with_name=tale.get("with_name", False), how=StoryConsent.How.WITNESS, witness="Kader RW (demo)", wording="story-1",
        words=story.words, given_at=at, recorded_at=at, guardian="Ibu dari anak (demo)" if story.is_child else "",
        relation="ibu" if story.is_child else "", **(ALL if tale["consent"] == "all" else {}))
    if "scene" in tale:
        drawn = Prepared("picture", "image/jpeg", "gambar.jpg", scene(tale["scene"], chance))
        stored = StoredFile.objects.create(
            id=chance.id_at(at), library_id=story.library_id, kind=drawn.kind, media_type=drawn.media_type,
            given_name=drawn.given_name, sha256=drawn.sha256, size=len(drawn.content), stored_at=at)
        storage.write(stored.pk, drawn.content)
        StoryPhoto.objects.create(id=chance.id_at(at), story=story, file=stored, caption=tale.get("caption", ""), added_at=at)


def _evidence(chance: Chance, story: Story, tale: dict[str, Any]) -> None:
    """The latest activity of its library before it that is of the right kind and, where the tale names one, called so;
    otherwise none: a wrong one would be worse."""
    rows = Activity.objects.announced().filter(library=story.library_id, gathering__first_on__lt=story.local_date)
    rows = rows.filter(kind__in=tale["kinds"], gathering__title__icontains=tale.get("called", ""))
    found = rows.order_by("-gathering__first_on").first()
    if found is not None:
        Evidence.objects.create(id=chance.id_at(story.happened_at), story=story, activity=found)


def _round(chance: Chance, stories: list[Story], today: date) -> None:
    """Open since a month; some libraries and kecamatan have chosen."""
    at = datetime.combine(today - timedelta(days=30), time(10), JAKARTA)
    round_ = Round.objects.create(id=chance.id_at(at), title=f"Cerita perubahan {today.year}", made_at=at,
                                  first_on=today - timedelta(days=365), last_on=today + timedelta(days=30))
    seen: set[Any] = set()
    for story in stories:
        where = group_of(story.library)
        if story.verified_on is None or (where.pk, story.theme) in seen:
            continue
        seen.add((where.pk, story.theme))
        common = {"round": round_, "theme": story.theme, "story": story, "reason": chance.choice(REASONS), "chosen_at": at}
        Choice.objects.create(id=chance.id_at(at), level=Choice.Level.LIBRARY, library=story.library,
                              place=story.library_id, **common)
        if chance.random() < 0.6:
            Choice.objects.create(id=chance.id_at(at), level=Choice.Level.GROUP, region=where, place=where.pk, **common)

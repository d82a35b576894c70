"""Paths are made, described, published, copied and opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.learning.actions.refusals import PathIncomplete, must_build
from simpul.learning.models import Path, PathUse, Step
from simpul.learning.permissions import can_offer_to_city
from simpul.libraries.models import Library
from simpul.surveys.themes import BY_KEY

MOST_STEPS = 40
LONGEST = {"title": 120, "theme": 16, "audience": 160, "outcome": 400, "cover": 60}


@dataclass(frozen=True)
class PathWords:
    """What a path says of itself; `theme` is a key of the city's themes."""

    title: str
    theme: str = "other"
    audience: str = ""
    outcome: str = ""
    cover: str = ""
    is_city: bool = False


@change("path.made", says=_("{by} began the learning path {result}"))
def create_path(*, library: Library, words: PathWords, by: Actor, at: datetime, id: UUID) -> Path:
    """A draft without steps; its address is made from its title and stays."""
    must_build(by, library.pk)
    path = Path(id=derived_id(id, "path"), library=library, recorded_at=at)
    _say(path, words, by)
    path.slug = free_slug(path.title)
    path.save(force_insert=True)
    return path


@change("path.described", says=_("{by} changed the words of {path}"))
def describe_path(*, path: Path, words: PathWords, by: Actor, at: datetime, id: UUID) -> Path:
    """Other words; the address stays as it was sent on."""
    must_build(by, path.library_id)
    _say(path, words, by)
    path.save(update_fields=list(words.__dataclass_fields__))
    return path


@change("path.published", says=_("{by} published {path}"))
def publish_path(*, path: Path, by: Actor, at: datetime, id: UUID) -> Path:
    """Everybody sees it; needs a step and what one can do afterwards."""
    must_build(by, path.library_id)
    if not path.steps.filter(removed_at=None).exists():
        raise PathIncomplete(_("Add at least one step, then publish the path."))
    if not path.outcome:
        raise PathIncomplete(_("Write what people can do afterwards, then publish the path."))
    path.state, path.published_at = Path.State.PUBLISHED, path.published_at or at
    path.save(update_fields=["state", "published_at"])
    return path


@change("path.unpublished", says=_("{by} took {path} back to the drafts"))
def unpublish_path(*, path: Path, by: Actor, at: datetime, id: UUID) -> Path:
    """Only the staff sees it from now on."""
    must_build(by, path.library_id)
    path.state = Path.State.DRAFT
    path.save(update_fields=["state"])
    return path


@change("path.copied", says=_("{by} copied {path} for {library}"))
def copy_path(*, path: Path, library: Library, by: Actor, at: datetime, id: UUID) -> Path:
    """A draft of one's own from a published path, which says whose it was."""
    must_build(by, library.pk)
    if not path.is_published and path.library_id != library.pk:
        raise NotAllowed(_("Only published paths of other libraries can be copied."))
    note(library=library.pk)
    made = Path.objects.create(
        id=derived_id(id, "path"), library=library, slug=free_slug(path.title), title=path.title, theme=path.theme,
        audience=path.audience, outcome=path.outcome, cover=path.cover, copied_from=path, recorded_at=at)
    Step.objects.bulk_create([
        Step(id=derived_id(id, f"step {n}"), path=made, position=n, kind=step.kind, title_id=step.title_id,
             resource_id=step.resource_id, activity_kind=step.activity_kind, heading=step.heading, text=step.text)
        for n, step in enumerate(path.steps.filter(removed_at=None), 1)])
    return made


@change("path.opened", says=_("{path} was opened"))
def count_opening(*, path: Path, by: Actor, at: datetime, id: UUID) -> PathUse:
    """One opening. `id` is the same for the same browser and minute, so that opening again counts nothing."""
    library = path.library
    note(library=library.pk)
    return PathUse.objects.create(id=derived_id(id, "use"), path=path, library=library, happened_at=at,
                                  local_date=clock.local_date(at, library.time_zone))


def _say(path: Path, words: PathWords, by: Actor) -> None:
    if not words.title.strip():
        raise PathIncomplete(_("Write what can be learned here."), field="title")
    if words.theme not in BY_KEY:
        raise PathIncomplete(_("Choose a theme."), field="theme")
    if words.is_city and not path.is_city and not can_offer_to_city(by, path.library):
        raise NotAllowed(_("Only the city offers a path to the whole city."))
    for name in words.__dataclass_fields__:
        value = getattr(words, name)
        setattr(path, name, value.strip()[:LONGEST.get(name)] if isinstance(value, str) else value)


def free_slug(title: str) -> str:
    """`jual-kue-daring`, `jual-kue-daring-2`, …"""
    base = slugify(title)[:70].strip("-") or "jalur"
    taken = set(Path.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else next(
        slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)

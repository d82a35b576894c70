"""Titles entered at the desk, corrected, and merged when a hasty one turns out to be known."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.actions.copies import AT_ONCE, place_copies
from simpul.catalogue.actions.refusals import NotProvisional, TitleNeeded, must_catalogue
from simpul.catalogue.importing.describing import to_json
from simpul.catalogue.importing.drafts import CopyDraft, Description, Maker
from simpul.catalogue.importing.matching import match_key
from simpul.catalogue.importing.values import clean
from simpul.catalogue.importing.writing import DESCRIBED, hang_on, title_row
from simpul.catalogue.models import Contributor, Copy, DigitalResource, DigitalUse, Identifier, SourceRecord, Subject, Title
from simpul.catalogue.permissions import can_correct_title
from simpul.catalogue.search import index_titles
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.refusal import NotAllowed
from simpul.libraries.models import Library

DESK = "desk"
#: a person who held the book in her hands describes it better than any import
DESK_FULLNESS = 1000


@change("title.entered", says=_("{by} entered {result} with {n} copies at {library}"))
def enter_title(*, description: Description, library: Library, by: Actor, at: datetime, id: UUID, count: int = 1,
                copy: CopyDraft | None = None) -> Title:
    """One book from the form. A title that the city has already (same ISBN and words) only gets the copies."""
    must_catalogue(by, library.pk)
    if not description.title:
        raise TitleNeeded(_("Write the title."), field="title")
    title = title_for(description, at, id)
    keep_source(title, description, library, at)
    pattern = copy or CopyDraft()
    drafts = [pattern, *(CopyDraft(**{name: getattr(pattern, name) for name in _ALIKE})
                         for _n in range(min(count, AT_ONCE) - 1))] if count > 0 else []
    place_copies(title, library, drafts, at, id)
    index_titles([title.pk])
    note(library=library.pk, n=len(drafts))
    return title


def title_for(description: Description, at: datetime, id: UUID) -> Title:
    """Inside the caller's change: the city's title of this description, or a new one (`derived_id(id, "title")`)."""
    key = match_key(description)
    title = Title.objects.filter(match_key=key, withdrawn_at=None).order_by("pk").first() if key else None
    if title is None:
        title = title_row(derived_id(id, "title"), description, key, at)
        title.save(force_insert=True)
        hang_on([(title.pk, description)])
    return title


def keep_source(title: Title, description: Description, library: Library, at: datetime) -> None:
    """Inside the caller's change: what the desk said of a title, fullest where it made it just now."""
    _keep_source(title, description, library, at, DESK_FULLNESS if title.recorded_at == at else description.fullness)


_ALIKE = ("call_number", "item_type", "shelf", "acquisition", "supplier", "price", "received_on", "state")


@change("title.quickly_entered", says=_("{by} entered {result} in haste, to be catalogued later"))
def enter_quick_title(*, title: str, library: Library, by: Actor, at: datetime, id: UUID,
                      contributor: str = "") -> Copy:
    """A book that is lent before it is catalogued: a provisional title and one copy with a code of ours."""
    must_catalogue(by, library.pk)
    words = clean(title, 500)
    if not words:
        raise TitleNeeded(_("Write the title."), field="title")
    name = clean(contributor, 255)
    description = Description(title=words, makers=[Maker(name)] if name else [])
    row = title_row(derived_id(id, "title"), description, "", at)
    row.is_provisional = True
    row.save(force_insert=True)
    hang_on([(row.pk, description)])
    copy = place_copies(row, library, [CopyDraft()], at, id)[0]
    index_titles([row.pk])
    return copy


@change("title.corrected", says=_("{by} corrected {title}"))
def correct_title(*, title: Title, description: Description, library: Library, by: Actor, at: datetime,
                  id: UUID) -> Title:
    """Describe a title anew, with the book in hand; later imports leave that description alone. A provisional title
    is catalogued by it."""
    if not can_correct_title(by, title, library.pk):
        raise NotAllowed(_("Only staff of a library that holds this title may correct it."))
    if not description.title:
        raise TitleNeeded(_("Write the title."), field="title")
    note(library=library.pk)
    row = title_row(title.pk, description, match_key(description), title.recorded_at)
    written = [*DESCRIBED, "contributors_line", "match_key", "is_provisional"]
    for name in written:
        setattr(title, name, getattr(row, name))
    title.save(update_fields=written)
    for model in (Contributor, Subject, Identifier):
        model._default_manager.filter(title=title).delete()
    hang_on([(title.pk, description)])
    _keep_source(title, description, library, at, DESK_FULLNESS)
    index_titles([title.pk])
    return title


@change("title.merged", says=_("{by} merged {title} into {into}"))
def merge_title(*, title: Title, into: Title, library: Library, by: Actor, at: datetime, id: UUID) -> Title:
    """A provisional title was a known one all along: its copies, with their loans, go there and it disappears."""
    must_catalogue(by, library.pk)
    title.refresh_from_db()
    if not title.is_provisional or title.withdrawn_at or title.pk == into.pk:
        raise NotProvisional(_("Only a title that was entered in haste can be merged."))
    if Copy.objects.filter(title=title).exclude(library=library).exists():
        raise NotAllowed(_("Only the staff of this library may change its collection."))
    note(library=library.pk)
    Copy.objects.filter(title=title).update(title=into)
    SourceRecord.objects.filter(title=title).update(title=into)
    offered = DigitalResource.objects.filter(title=title)
    known = DigitalResource.objects.filter(title=into, library=library).exclude(url="").values_list("url", flat=True)
    offered.exclude(url__in=list(known)).update(title=into)
    DigitalUse.objects.filter(title=title).update(title=into)
    Title.objects.filter(pk=title.pk).update(withdrawn_at=at)
    index_titles([title.pk, into.pk])
    return into


def _keep_source(title: Title, description: Description, library: Library, at: datetime, fullness: int) -> None:
    content = to_json(description)
    SourceRecord.objects.update_or_create(
        library=library, source=DESK, external_id=str(title.pk),
        defaults={"title": title, "form": SourceRecord.Form.DESK, "content": content, "fullness": fullness,
                  "sha256": hashlib.sha256(content).hexdigest(), "recorded_at": at})

"""Copies come, are corrected, leave and come back."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.catalogue.actions.refusals import CodeTaken, CopyIsOut, must_catalogue
from simpul.catalogue.importing.codes import CodeMaker
from simpul.catalogue.importing.drafts import CopyDraft
from simpul.catalogue.models import Copy, Title
from simpul.catalogue.search import copies_changed, index_titles
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id
from simpul.core.rows import update
from simpul.libraries.models import Library

AT_ONCE = 200
_DETAILS = tuple(f.name for f in fields(CopyDraft) if f.name != "code")


def place_copies(title: Title, library: Library, drafts: Sequence[CopyDraft], at: datetime, id: UUID) -> list[Copy]:
    """Inside the caller's change: copies of a title at a library; those without code get one. Their ids follow from
    the change: `derived_id(id, "copy 1")`, … Raises CodeTaken (fields `code`, `inventory_number`)."""
    Library.objects.select_for_update().get(pk=library.pk)  # two desks do not make one code
    codes = CodeMaker(library)
    _refuse_taken(library, {d.code for d in drafts if d.code}, {d.inventory_number for d in drafts if d.inventory_number})
    copies = [Copy(id=derived_id(id, f"copy {n}"), library=library, title=title, code=draft.code or codes.next(),
                   recorded_at=at, **{name: getattr(draft, name) for name in _DETAILS})
              for n, draft in enumerate(drafts, 1)]
    return Copy.objects.bulk_create(copies)


def _refuse_taken(library: Library, codes: set[str], numbers: set[str], but: UUID | None = None) -> None:
    others = Copy.objects.filter(library=library)
    if but:
        others = others.exclude(pk=but)
    taken = others.filter(code__in=codes).select_related("title").first()
    if taken:
        raise CodeTaken(_("The code %(code)s is already on “%(title)s”. Take another.") % {
            "code": taken.code, "title": taken.title.title}, field="code")
    taken = others.numbered(numbers).select_related("title").first() if numbers else None
    if taken:
        raise CodeTaken(_("The inventory number %(number)s is already on “%(title)s”.") % {
            "number": taken.inventory_number, "title": taken.title.title}, field="inventory_number",
            code="inventory_number_taken")


@change("copies.added", says=_("{by} added {n} copies of {title} to {library}"))
def add_copies(*, title: Title, library: Library, by: Actor, at: datetime, id: UUID, count: int = 1,
               copy: CopyDraft | None = None) -> list[str]:
    """Add copies alike; a given code or inventory number belongs to the first. Returns their codes."""
    must_catalogue(by, library.pk)
    count = max(1, min(count, AT_ONCE))
    pattern = copy or CopyDraft()
    drafts = [pattern, *(CopyDraft(**{name: getattr(pattern, name) for name in _DETAILS if name != "inventory_number"})
                         for _n in range(count - 1))]
    copies = place_copies(title, library, drafts, at, id)
    index_titles([title.pk])
    note(library=library.pk, n=len(copies))
    return [c.code for c in copies]


@change("copy.corrected", says=_("{by} corrected {copy} of {library}"))
def correct_copy(*, copy: Copy, details: CopyDraft, by: Actor, at: datetime, id: UUID) -> Copy:
    """Write what stands on the copy and in the inventory book; its state stays (see `set_copy_state`)."""
    must_catalogue(by, copy.library_id)
    _refuse_taken(copy.library, {details.code} if details.code else set(),
                  {details.inventory_number} if details.inventory_number else set(), but=copy.pk)
    note(library=copy.library_id)
    copy.code = details.code or copy.code
    for name in _DETAILS:
        if name != "state":
            setattr(copy, name, getattr(details, name))
    copy.save()
    index_titles([copy.title_id])
    return copy


@change("copy.withdrawn", says=_("{by} withdrew {copy} from {library}"))
def withdraw_copy(*, copy: Copy, on: date, by: Actor, at: datetime, id: UUID) -> Copy:
    """Take a copy out of the collection on the library's day `on`; it stays in the inventory book."""
    must_catalogue(by, copy.library_id)
    copy.refresh_from_db()
    if copy.state == Copy.State.ON_LOAN:
        raise CopyIsOut(_("This copy is lent. Take it back first, then withdraw it."))
    note(library=copy.library_id, was=copy.state)
    copy.withdrawn_on = on
    copy.save(update_fields=["withdrawn_on"])
    set_copy_state(copy, Copy.State.WITHDRAWN)
    return copy


@change("copy.restored", says=_("{by} put {copy} back into the collection of {library}"))
def restore_copy(*, copy: Copy, by: Actor, at: datetime, id: UUID) -> Copy:
    """Undo a withdrawal; a copy that is not withdrawn stays as it is."""
    must_catalogue(by, copy.library_id)
    note(library=copy.library_id)
    copy.refresh_from_db()
    if copy.state == Copy.State.WITHDRAWN:
        copy.withdrawn_on = None
        copy.save(update_fields=["withdrawn_on"])
        set_copy_state(copy, Copy.State.AVAILABLE)
    return copy


def set_copy_state(copy: Copy, state: str) -> None:
    """Inside the caller's change: where the copy is now, and what search tells about it."""
    copy.state = state
    update(copy, "state")
    copies_changed([copy.title_id])

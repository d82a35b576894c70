"""Writes a plan: one short transaction, bulk statements only."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from simpul.catalogue.importing.copies import CORRECTED
from simpul.catalogue.importing.drafts import Description
from simpul.catalogue.importing.planning import LINK, SOURCE, Plan
from simpul.catalogue.importing.rows import insert
from simpul.catalogue.models import Contributor, Copy, DigitalResource, Identifier, SourceRecord, Subject, Title
from simpul.catalogue.search import index_titles
from simpul.catalogue.search.bulk import write_new
from simpul.core.ids import new_id

DESCRIBED = ("title", "subtitle", "part", "responsibility", "edition", "publisher", "place", "year", "extent",
             "series", "language", "ddc", "format", "is_easy_reading", "summary")
_described, _corrected = attrgetter(*DESCRIBED), attrgetter(*CORRECTED)
_TITLE = ("id", *DESCRIBED, "contributors_line", "match_key", "is_provisional", "recorded_at", "withdrawn_at")
_COPY = ("id", "library_id", "title_id", "code", *CORRECTED, "space_id", "state", "recorded_at", "withdrawn_on")
_REWRITTEN = [*DESCRIBED, "contributors_line", "match_key", "is_provisional"]
_SOURCE_FIELDS = ["title", "form", "content", "sha256", "fullness", "batch_id", "recorded_at"]


def write(plan: Plan, library_id: UUID, at: datetime) -> None:
    """Inside the caller's transaction: titles with what hangs on them, source records, copies, search documents."""
    new = [(pk, d, key) for pk, (d, key, is_new) in plan.described.items() if is_new]
    rewritten = {pk: (d, key) for pk, (d, key, is_new) in plan.described.items() if not is_new}
    insert(Title, _TITLE, [
        (pk, *_described(d), d.contributors_line, key, False, at, None) for pk, d, key in new])
    if rewritten:
        Title.objects.bulk_update([title_row(pk, d, key, at) for pk, (d, key) in rewritten.items()], _REWRITTEN)
        for model in (Contributor, Subject, Identifier):
            model._default_manager.filter(title_id__in=rewritten).delete()
    hang_on((pk, d) for pk, (d, _key, _new) in plan.described.items())
    insert(SourceRecord, SOURCE, plan.new_sources)
    if plan.changed_sources:
        SourceRecord.objects.bulk_update(plan.changed_sources, _SOURCE_FIELDS)
    insert(Copy, _COPY, [
        (new_id(), library_id, title_id, code, *_corrected(copy), None, copy.state, at, None)
        for title_id, copies in plan.new_copies.items() for code, copy in copies])
    if plan.changed_copies:
        Copy.objects.bulk_update(plan.changed_copies, ["title", *CORRECTED])
    # known links stay as they are; by way of the others a title that was there before is indexed again below
    insert(DigitalResource, LINK, plan.links, " ON CONFLICT DO NOTHING")
    write_new(plan.documents)
    if plan.touched:
        index_titles(list(plan.touched))


def title_row(pk: UUID, d: Description, key: str, at: datetime) -> Title:
    """A title as a description says it."""
    return Title(id=pk, contributors_line=d.contributors_line, match_key=key, recorded_at=at,
                 **{name: getattr(d, name) for name in DESCRIBED})


def hang_on(described: Iterable[tuple[UUID, Description]]) -> None:
    """Contributors, subjects and numbers of titles that have none yet."""
    makers: list[tuple[Any, ...]] = []
    subjects: list[tuple[Any, ...]] = []
    numbers: list[tuple[Any, ...]] = []
    for pk, d in described:
        makers += [(pk, m.name, m.role, m.is_body, n) for n, m in enumerate(d.makers, 1)]
        subjects += [(pk, term, n) for n, term in enumerate(d.subjects, 1)]
        numbers += [(pk, i.kind, i.value[:60], i.is_valid) for i in d.numbers]
    insert(Contributor, ("title_id", "name", "role", "is_body", "position"), makers)
    insert(Subject, ("title_id", "term", "position"), subjects)
    insert(Identifier, ("title_id", "kind", "value", "is_valid"), numbers)

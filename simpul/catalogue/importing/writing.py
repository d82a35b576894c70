"""Writes a plan: one short transaction, bulk statements only."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from simpul.catalogue.importing.copies import CORRECTED
from simpul.catalogue.importing.drafts import Description
from simpul.catalogue.importing.planning import Plan
from simpul.catalogue.models import Contributor, Copy, Identifier, SourceRecord, Subject, Title

DESCRIBED = ("title", "subtitle", "part", "responsibility", "edition", "publisher", "place", "year", "extent",
             "series", "language", "ddc", "format", "is_easy_reading", "summary")
_REWRITTEN = [*DESCRIBED, "contributors_line", "match_key", "is_provisional"]
_SOURCE_FIELDS = ["title", "form", "content", "sha256", "fullness", "batch_id", "recorded_at"]


def write(plan: Plan, at: datetime) -> None:
    """Inside the caller's transaction: titles with what hangs on them, source records, copies, search documents."""
    from simpul.catalogue.search import index_titles

    new = {pk: (d, key) for pk, (d, key, is_new) in plan.described.items() if is_new}
    rewritten = {pk: (d, key) for pk, (d, key, is_new) in plan.described.items() if not is_new}
    Title.objects.bulk_create([title_row(pk, d, key, at) for pk, (d, key) in new.items()])
    if rewritten:
        Title.objects.bulk_update([title_row(pk, d, key, at) for pk, (d, key) in rewritten.items()], _REWRITTEN)
        for model in (Contributor, Subject, Identifier):
            model._default_manager.filter(title_id__in=rewritten).delete()
    hang_on((pk, d) for pk, (d, _key, _new) in plan.described.items())
    SourceRecord.objects.bulk_create(plan.new_sources)
    if plan.changed_sources:
        SourceRecord.objects.bulk_update(plan.changed_sources, _SOURCE_FIELDS)
    Copy.objects.bulk_create(plan.new_copies)
    if plan.changed_copies:
        Copy.objects.bulk_update(plan.changed_copies, ["title", *CORRECTED])
    if plan.touched:
        index_titles(list(plan.touched))


def title_row(pk: UUID, d: Description, key: str, at: datetime) -> Title:
    """A title as a description says it."""
    return Title(id=pk, contributors_line=d.contributors_line, match_key=key, recorded_at=at,
                 **{name: getattr(d, name) for name in DESCRIBED})


def hang_on(described: Iterable[tuple[UUID, Description]]) -> None:
    """Contributors, subjects and numbers of titles that have none yet."""
    makers, subjects, numbers = [], [], []
    for pk, d in described:
        makers += [Contributor(title_id=pk, name=m.name, role=m.role, is_body=m.is_body, position=n)
                   for n, m in enumerate(d.makers, 1)]
        subjects += [Subject(title_id=pk, term=term, position=n) for n, term in enumerate(d.subjects, 1)]
        numbers += [Identifier(title_id=pk, kind=i.kind, value=i.value[:60], is_valid=i.is_valid) for i in d.numbers]
    Contributor.objects.bulk_create(makers)
    Subject.objects.bulk_create(subjects)
    Identifier.objects.bulk_create(numbers)

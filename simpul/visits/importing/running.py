"""Visits of a table, planned by the handful."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.core import clock
from simpul.core.actor import Actor
from simpul.libraries.models import Library
from simpul.people.queries import members_numbered
from simpul.transfers.history import CannotImport, History, ImportSummary, Plan, Progress, Sayings, readable, run
from simpul.transfers.tables import NotTheColumns, Table
from simpul.visits.actions.retention import due_before
from simpul.visits.importing.reading import NAMES, NEEDED, Draft, draft_of, slims_log
from simpul.visits.models import Cell, Details, Visit


def import_visits(path: Path | str, library: Library, by: Actor, at: datetime, id: UUID, dry_run: bool = False,
                  progress: Progress | None = None) -> ImportSummary:
    """Import a table of visits into a library. With `dry_run` nothing is written: the summary tells what would
    happen. The same id again answers as the first time. Raises CannotImport or NotAllowed before anything is read."""
    path = readable(path, library.pk, by)
    try:
        table = Table(path, NAMES, NEEDED, slims_log)
    except NotTheColumns:
        raise CannotImport(_(
            "The first line names no column with the day of the visit. Use the template, or the visitor log of "
            "SLiMS with its columns member_id, member_name, institution, checkin_date.")) from None
    today = clock.local_date(at, library.time_zone)
    history = History("visits", table, partial(draft_of, zone=library.time_zone, today=today),
                      partial(_plan, library=library, forgotten=due_before(at), sayings=Sayings(library.pk, "visit")))
    return run(history, library.pk, by=by, at=at, id=id, dry_run=dry_run, progress=progress)


def _plan(drafts: Sequence[Draft], *, library: Library, forgotten: date, sayings: Sayings) -> Plan:
    visits = [_visit(draft, library, sayings) for draft in drafts]
    _link(visits, drafts, library, forgotten)
    there = set(Visit.objects.filter(pk__in=[visit.pk for visit in visits]).values_list("pk", flat=True))
    new = [visit for visit in visits if visit.pk not in there]
    return Plan(added=len(new), unchanged=len(visits) - len(new),
                write=lambda: Visit.objects.bulk_create(new, ignore_conflicts=True))


def _visit(draft: Draft, library: Library, sayings: Sayings) -> Visit:
    id = sayings.id_of(draft.identity)
    return Visit(
        id=id, entry_id=id, library=library, how=draft.how, sex=draft.cell.sex,
        age_group=draft.cell.age_group, count=draft.cell.count, occupation=draft.details.occupation,
        education=draft.details.education, purpose=draft.details.purpose, uses_ict=draft.details.uses_ict,
        happened_at=draft.happened_at, local_date=draft.local_date)


def _link(visits: Sequence[Visit], drafts: Sequence[Draft], library: Library, forgotten: date) -> None:
    """Members known by their number give sex, age, occupation; of the last twelve months they stay linked."""
    known = members_numbered(library, {draft.member_number for draft in drafts if draft.member_number})
    for visit, draft in zip(visits, drafts, strict=True):
        if draft.member_number not in known:
            continue
        person = known[draft.member_number].person
        cell = Cell(person.sex, person.age_group(draft.local_date).value)
        details: Details = replace(draft.details, occupation=person.occupation, education=person.education)
        visit.sex, visit.age_group = draft.cell.sex or cell.sex, draft.cell.age_group or cell.age_group
        visit.occupation, visit.education = details.occupation, details.education
        visit.person = person if draft.local_date >= forgotten else None

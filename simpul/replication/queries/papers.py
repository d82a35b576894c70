"""The shelf of papers, for whoever asks for proof: journey, national standard, accreditation, index."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from simpul.libraries.queries import facts_on
from simpul.replication.models import Document
from simpul.replication.steps import POLICIES, Paper


def papers_of(libraries: Iterable[UUID], day: date) -> dict[UUID, dict[str, Document]]:
    """library → kind → the newest paper in force on the day, with its file. One question."""
    found: dict[UUID, dict[str, Document]] = defaultdict(dict)
    rows = Document.objects.in_force(day).filter(library_id__in=list(libraries)).select_related("file")
    for row in rows.order_by("dated_on", "recorded_at"):
        found[row.library_id][row.kind] = row
    return dict(found)


def policies_of(libraries: Iterable[UUID], day: date) -> dict[UUID, set[str]]:
    """library → codes of written policies and procedures that it has: told as a fact, or on its shelf and in force.
    Libraries of which nothing is known are left out: nobody told is not none. Two questions."""
    ids = list(libraries)
    found = {pk: set(known["policy_documents"]) for pk, known in facts_on(day, ["policy_documents"], ids).items()}
    for pk, papers in papers_of(ids, day).items():
        codes = {POLICIES[Paper(kind)] for kind in papers if kind in POLICIES}
        if codes:
            found[pk] = found.get(pk, set()) | codes
    return found
